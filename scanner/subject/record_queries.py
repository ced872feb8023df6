"""The queries of a search, made once: to put one together takes longer than to run it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, select

from scanner.store import schema

_here, _there = schema.link.alias(), schema.link.alias()
_relation, _finding = schema.relation, schema.finding
RECORD: BindParameter[int] = bindparam("record")

WHERE = select(schema.record.c.unit_id, schema.record.c.locator).where(schema.record.c.id == RECORD)
SEEN = (
    select(
        _finding.c.field_id, _finding.c.entity, _finding.c.why,
        _finding.c.token, _finding.c.variant, _finding.c.further, _finding.c.score,
    )
    .where(_finding.c.record_id == RECORD)
    .order_by(_finding.c.id)
)  # fmt: skip
SPOTS = select(
    _finding.c.field_id, _finding.c.start, _finding.c.end, _finding.c.entity, _finding.c.score, *schema.TOKENS
).where(_finding.c.record_id == RECORD)
RELATIONS = select(
    _relation.c.unit_id, _relation.c.field_id, _relation.c.ref_unit_id, _relation.c.ref_field_id, _relation.c.declared
)
KEY = ("token", "unit", "field")
_AT_KEY = (
    _here.c.token == bindparam("token"),
    _here.c.unit_id == bindparam("unit"),
    _here.c.field_id == bindparam("field"),
)
AT = select(_here.c.record_id).where(*_AT_KEY).order_by(_here.c.record_id)
SAME_KEY = select(_here.c.record_id).where(*_AT_KEY).limit(2)
LINKS = select(_here.c.field_id, _here.c.token).where(_here.c.record_id == RECORD)


def _with_values_of(standing: ColumnElement[bool]) -> Select[tuple[Any]]:
    """Records in which a value of some fields of a record stands, too."""
    return (
        select(_there.c.record_id)
        .select_from(_here)
        .join(_there, _there.c.token == _here.c.token)
        .where(_here.c.record_id == RECORD, _here.c.field_id.in_(bindparam("fields", expanding=True)), standing)
        .order_by(_there.c.record_id)
        .distinct()
    )


_PATHS: BindParameter[Any] = bindparam("paths", expanding=True)
IN_PATHS = _with_values_of(_there.c.field_id.in_(_PATHS))
NAMED_BY_PATH = _with_values_of(_there.c.field_id.not_in(_PATHS))
BESIDE = (
    select(schema.record.c.id)
    .where(schema.record.c.unit_id == bindparam("unit"), schema.record.c.id != RECORD)
    .order_by(schema.record.c.id)
)
