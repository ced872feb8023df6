"""The units and columns that `relations:` of the configuration name, as the store knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, func, or_, select

from scanner.references import fields, heads
from scanner.store import Store, schema

_WITH_SCHEMA = ("table", "view")
"""Kinds of units whose name may be told without what stands before its dot: to be found, all are looked through."""

_SOME = 2000


@dataclass(frozen=True, slots=True)
class Spot:
    """A column of a unit."""

    unit: int
    key: str
    field: int
    name: str
    total: int
    """How many of its values are not empty."""


@dataclass(frozen=True, slots=True)
class Referred:
    """What a column as it is told may mean."""

    units: tuple[int, ...] = ()
    """Units that are so called."""
    spots: tuple[Spot, ...] = ()
    """Their columns that are so called."""


class Referenced:
    """Looks them up; remembered meanwhile.

    Args:
        store: Opens names.
        connection: To it.
    """

    def __init__(self, store: Store, connection: Connection) -> None:
        self._store = store
        self._connection = connection
        self._found: dict[tuple[str, str], Referred] = {}
        self._tables = lru_cache(self._read_tables)

    def find(self, source: str, column: str) -> Referred:
        """What a column as it is told is in a source; nothing of a source that was never scanned."""
        key = (source, column)
        if key not in self._found:
            number = self._number(source)
            units = {} if number is None else self._units(number, column)
            spots = [spot for unit, name in units.items() for spot in self._spots(unit, name, column)]
            self._found[key] = Referred(tuple(units), tuple(spots))
        return self._found[key]

    def _number(self, source: str) -> int | None:
        table = schema.source
        number: int | None = self._connection.scalar(select(table.c.id).where(table.c.name == source))
        return number

    def columns(self, unit: int) -> list[str]:
        """The names of a unit's columns."""
        fact = schema.field_fact
        numbers = self._connection.scalars(select(fact.c.field_id).where(fact.c.unit_id == unit))
        return [self._store.keys.unseal(self._store.field_names.text(self._connection, number)) for number in numbers]

    def called(self, source: str) -> set[str]:
        """What tables and folders of a source are called, some of them where there are very many."""
        number, unit = self._number(source), schema.unit
        places = select(unit.c.place).where(unit.c.source_id == (number or 0)).distinct().limit(_SOME)
        folders = set(map(self._store.keys.unseal, self._connection.scalars(places)))
        tables = self._tables(number).values() if number else ()
        return {*folders, *tables, *(table.rpartition(".")[2] for table in tables)}

    def _units(self, source: int, column: str) -> dict[int, str]:
        unit, names = schema.unit, [self._store.keys.seal(head) for head in heads(column)]
        query = select(unit.c.id, unit.c.key).where(unit.c.source_id == source)
        rows = self._connection.execute(query.where(or_(unit.c.key.in_(names), unit.c.place.in_(names)))).all()
        found = {number: self._store.keys.unseal(key) for number, key in rows}
        known = found | self._tables(source)
        return {number: key for number, key in sorted(known.items()) if any(fields(column, key))}

    def _read_tables(self, source: int) -> dict[int, str]:
        unit = schema.unit
        query = select(unit.c.id, unit.c.key).where(unit.c.source_id == source, unit.c.kind.in_(_WITH_SCHEMA))
        return {number: self._store.keys.unseal(key) for number, key in self._connection.execute(query)}

    def _spots(self, unit: int, key: str, column: str) -> Sequence[Spot]:
        fact, spots = schema.field_fact, []
        for name in dict.fromkeys(fields(column, key)):
            number = self._store.field_names.find(self._connection, self._store.keys.seal(name))
            where = (fact.c.unit_id == unit, fact.c.field_id == number)
            total = None if number is None else self._connection.scalar(select(fact.c.total).where(*where))
            if number is not None and total is not None:
                spots.append(Spot(unit, key, number, name, total))
        return spots


def linked(connection: Connection, spot: Spot) -> tuple[int, int]:
    """How many values of a column are kept as keys, and how many different ones."""
    link, record = schema.link, schema.record
    records = select(record.c.id).where(record.c.unit_id == spot.unit)
    query = select(func.count(), func.count(link.c.token.distinct()))
    rows, values = connection.execute(query.where(link.c.record_id.in_(records), link.c.field_id == spot.field)).one()
    return rows, values
