"""The dates that rows of a table carry, by some of its rows: no keys, whatever they are called."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from scanner.linking.handlers import Column
from scanner.linking.times import DRAWN, Dated, dated
from scanner.store import Store, schema

_TOUCHED = "modified"
"""The date of a file, which says nothing of its rows."""


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
            record, moment = schema.record.c, schema.moment.c
            some = select(record.id).where(record.unit_id == unit).order_by(record.id).limit(DRAWN)
            rows: dict[int, dict[int, int]] = {}
            query = select(moment.record_id, moment.name, moment.day).where(moment.record_id.in_(some))
            for number, name, day in self._connection.execute(query):
                rows.setdefault(number, {})[name] = day
            terms = {name for row in rows.values() for name in row}
            told = {name: str(self._store.terms.text(self._connection, name)) for name in terms}
            names = {number: name for number, name in told.items() if name != _TOUCHED}
            self._known[unit] = names, dated(names, [*rows.values()])
        return self._known[unit]
