"""What units, fields and terms of the store are called, opened and remembered for one search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from scanner.linking.groups import group_of
from scanner.linking.links import normal_name
from scanner.store import Store, schema


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """A unit, opened."""

    id: int
    source: str
    key: str
    kind: str


class Opened:
    """Names as the store has them.

    Args:
        store: Opens them.
        connection: To it.
    """

    def __init__(self, store: Store, connection: Connection) -> None:
        self._store = store
        self._connection = connection
        self._units: dict[int, UnitInfo] = {}
        self._fields: dict[int, list[str]] = {}
        self._groups: dict[int, str] = {}
        self._names: dict[int, str] = {}
        self._normal: dict[int, list[str]] = {}
        self._unit_names: dict[int, str] = {}

    def unit(self, number: int) -> UnitInfo:
        """Source, key and kind of a unit."""
        if number not in self._units:
            query = (
                select(schema.source.c.name, schema.unit.c.key, schema.unit.c.kind)
                .join(schema.unit, schema.unit.c.source_id == schema.source.c.id)
                .where(schema.unit.c.id == number)
            )
            source, key, kind = self._connection.execute(query).one()
            self._units[number] = UnitInfo(number, source, self._store.keys.unseal(key), kind)
        return self._units[number]

    def field(self, number: int) -> str:
        """Name of a field."""
        if number not in self._names:
            self._names[number] = self._store.keys.unseal(self._store.field_names.text(self._connection, number))
        return self._names[number]

    def fields(self, unit: int) -> list[str]:
        """Names of all fields of a unit that hold something, in the order in which they were first met."""
        if unit not in self._fields:
            fact = schema.field_fact
            query = select(fact.c.field_id).where(fact.c.unit_id == unit, fact.c.total > 0).order_by(fact.c.field_id)
            self._fields[unit] = [self.field(number) for number in self._connection.scalars(query).all()]
        return self._fields[unit]

    def group(self, field: int) -> str:
        """What the name of a field says beside the datum."""
        if field not in self._groups:
            self._groups[field] = group_of(".".join(self.parts(field)))
        return self._groups[field]

    def entity(self, number: int) -> str:
        """Name of an entity type, or any other term."""
        return str(self._store.terms.text(self._connection, number))

    def parts(self, field: int) -> Sequence[str]:
        """Normalised parts of a field's name."""
        if field not in self._normal:
            self._normal[field] = [normal_name(part) for part in self.field(field).split(".")]
        return self._normal[field]

    def called(self, unit: int) -> str:
        """Normalised name of a unit, without the folders."""
        if unit not in self._unit_names:
            self._unit_names[unit] = normal_name(self.unit(unit).key.rpartition("/")[2])
        return self._unit_names[unit]
