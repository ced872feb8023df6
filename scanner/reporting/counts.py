"""How many findings there are, place by place, soon counted: for the snapshot that each scan takes."""

from __future__ import annotations

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, cast, distinct, func, literal, select

from scanner.store import schema


def counted_by_place(wanted: ColumnElement[bool], min_score: float) -> Select[tuple[object, ...]]:
    """Units and records by place, field, entity and kind; neither values apart nor confidence, which are 0.

    Units are counted first, each by itself: so numbers are sorted, not places, and no token.

    Args:
        wanted: A condition on units.
        min_score: Findings below it are left out.
    """
    unit, finding = schema.unit, schema.finding
    of_unit = (finding.c.unit_id, finding.c.field_id, finding.c.entity, finding.c.kind)
    inside = (
        select(*of_unit, func.count(distinct(finding.c.record_id)).label("records"))
        .where(finding.c.unit_id.in_(select(unit.c.id).where(wanted)), finding.c.score >= min_score)
        .group_by(*of_unit)
        .subquery()
    )
    group = (unit.c.source_id, unit.c.place, inside.c.field_id, inside.c.entity, inside.c.kind)
    return (
        select(
            *group,
            func.min(unit.c.kind).label("unit_kind"),
            func.count().label("units"),
            cast(func.sum(inside.c.records), BigInteger).label("records"),  # PostgreSQL sums to a decimal
            literal(0).label("kinds"),
            literal(0).label("score"),
            func.max(cast(unit.c.sampled, Integer)).label("sampled"),
            func.max(unit.c.readers).label("readers"),
        )
        .join(inside, inside.c.unit_id == unit.c.id)
        .group_by(*group)
        .order_by(*group)
    )
