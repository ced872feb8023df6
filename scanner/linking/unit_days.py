"""The dates that rows of a table carry, by some of its rows: no keys, whatever they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, Select, select

from scanner.linking.handlers import Column
from scanner.linking.time_names import may_tell
from scanner.linking.times import DRAWN, Dated, dated
from scanner.store import Store, schema

_TOUCHED = "modified"
"""The date of a file, which says nothing of its rows."""
_SEARCHED = 20_000
"""Rows that are gone through for a day that few have: hardly a panel has been taken away."""
_RARE = 10


class UnitDays:
    """Looks them up; remembered meanwhile.

    Args:
        store: Whose units.
        connection: Within whose transaction.
    """

    def __init__(self, store: Store, connection: Connection) -> None:
        self._store = store
        self._connection = connection
        self._known: dict[int, tuple[Mapping[int, str], Dated]] = {}

    def of(self, unit: int) -> Dated:
        """What the days in the rows of a table are."""
        return self._told(unit)[1]

    def are_in(self, column: Column) -> bool:
        """Whether a column of keys holds days."""
        return column.name in self._told(column.unit)[0].values()

    def _told(self, unit: int) -> tuple[Mapping[int, str], Dated]:
        if unit not in self._known:
            rows = self._days(_first(unit, DRAWN))
            for name in self._others(unit, {name for row in rows.values() for name in row}):
                moment = schema.moment.c
                having = select(moment.record_id).where(
                    moment.name == name, moment.record_id.in_(_first(unit, _SEARCHED))
                )
                rows |= self._days(having.limit(_RARE))
            terms = {name for row in rows.values() for name in row}
            told = {name: str(self._store.terms.text(self._connection, name)) for name in terms}
            names = {number: name for number, name in told.items() if name != _TOUCHED}
            self._known[unit] = names, dated(names, [*rows.values()])
        return self._known[unit]

    def _days(self, records: Select[tuple[int]]) -> dict[int, dict[int, int]]:
        moment, rows = schema.moment.c, dict[int, dict[int, int]]()
        query = select(moment.record_id, moment.name, moment.day).where(moment.record_id.in_(records))
        for number, name, day in self._connection.execute(query):
            rows.setdefault(number, {})[name] = day
        return rows

    def _others(self, unit: int, met: set[int]) -> Iterator[int]:
        """Numbers of the names of columns that may tell of a beginning or an end, and of which no day was met."""
        fact = schema.field_fact.c
        query = select(fact.field_id).where(fact.unit_id == unit, fact.total > 0, fact.is_text.is_(False))
        for field in self._connection.scalars(query).all():
            name = self._store.keys.unseal(self._store.field_names.text(self._connection, field))
            number = self._store.terms.find(self._connection, name) if may_tell(name) else None
            if number is not None and number not in met:
                yield number


def _first(unit: int, count: int) -> Select[tuple[int]]:
    record = schema.record.c
    return select(record.id).where(record.unit_id == unit).order_by(record.id).limit(count)
