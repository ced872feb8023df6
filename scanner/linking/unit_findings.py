"""What stands in which columns of a unit, and what its keys are, as the store knows it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, case, func, select

from scanner.store import Store, schema

NAME = "PERSON"
PERSONNUMMER = "SE_PERSONNUMMER"
_ROWS = 1000
_LOOKED_AT = 5000
"""Findings of a unit that tell in which of its fields what stands."""


class UnitFindings:
    """Answers from the store."""

    def __init__(self, store: Store, connection: Connection) -> None:
        self._store = store
        self._connection = connection
        self._places: dict[int, Sequence[tuple[int, int]]] = {}

    def places(self, unit: int) -> Sequence[tuple[int, int]]:
        """Fields of a unit, each with an entity that stands there; remembered."""
        if unit not in self._places:
            self._places[unit] = self._read_places(unit)
        return self._places[unit]

    def _read_places(self, unit: int) -> Sequence[tuple[int, int]]:
        finding = schema.finding.c
        some = select(finding.field_id, finding.entity).where(finding.unit_id == unit).limit(_LOOKED_AT).subquery()
        rows = self._connection.execute(select(some.c.field_id, some.c.entity).distinct())
        return [(field, entity) for field, entity in rows]

    def share(self, unit: int, entity: str) -> float:
        """In how many of the first rows of a unit that hold anything an entity stands, from 0 to 1."""
        finding, term = schema.finding.c, self._store.terms.find(self._connection, entity)
        some = select(finding.record_id, finding.entity).where(finding.unit_id == unit).limit(_LOOKED_AT).subquery()
        counts = select(
            func.count(some.c.record_id.distinct()),
            func.count(case((some.c.entity == term, some.c.record_id)).distinct()),
        )
        rows, having = self._connection.execute(counts).one()
        return having / rows if rows else 0.0

    def named(self, unit: int) -> Sequence[int]:
        """Fields of a unit in which names stand."""
        name = self._store.terms.find(self._connection, NAME)
        return [field for field, entity in self.places(unit) if entity == name]

    def has_whole_names(self, unit: int, field: int) -> bool:
        """Whether given names and surnames stand in a field together."""
        finding = schema.finding.c
        name = self._store.terms.find(self._connection, NAME)
        of_field = (finding.unit_id == unit, finding.field_id == field, finding.entity == name)
        query = select(finding.record_id).where(*of_field, schema.present(finding.variant)).limit(1)
        return self._connection.scalar(query) is not None

    def keys(self, unit: int) -> Sequence[int]:
        """Fields of a unit that point to other rows."""
        relation = schema.relation.c
        return self._connection.scalars(select(relation.field_id).where(relation.unit_id == unit)).all()

    def referred(self, unit: int) -> Sequence[tuple[int, int]]:
        """The same, each with the unit whose rows it points to."""
        relation = schema.relation.c
        query = select(relation.field_id, relation.ref_unit_id).where(relation.unit_id == unit)
        return [(field, ref) for field, ref in self._connection.execute(query)]

    def filled(self, unit: int, field: int) -> float:
        """In how many of the rows of a unit a field is filled, from 0 to 1."""
        fact = schema.field_fact.c
        query = select(fact.field_id, fact.total).where(fact.unit_id == unit)
        totals = {row.field_id: row.total for row in self._connection.execute(query)}
        # The column that tells rows apart is full; of keys that are made of several nothing is known.
        return totals.get(field, 0) / max(totals.values(), default=1) if totals.get(field) else 1.0

    def share_named(self, unit: int, fields: Sequence[int]) -> float:
        """In how many of the first rows of a unit a name stands in one of some fields, from 0 to 1."""
        finding, record = schema.finding.c, schema.record.c
        name = self._store.terms.find(self._connection, NAME)
        some = select(record.id).where(record.unit_id == unit).order_by(record.id).limit(_ROWS)
        of_fields = (finding.record_id.in_(some), finding.entity == name, finding.field_id.in_(fields))
        named = self._connection.scalar(select(func.count(finding.record_id.distinct())).where(*of_fields)) or 0
        return named / (self._connection.scalar(select(func.count()).select_from(some.subquery())) or 1)

    def referring(self, unit: int) -> int:
        """How many other units have keys that point to rows of a unit."""
        relation = schema.relation.c
        query = select(func.count(relation.unit_id.distinct())).where(
            relation.ref_unit_id == unit, relation.unit_id != unit
        )
        return self._connection.scalar(query) or 0
