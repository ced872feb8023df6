"""Of which tables the rows say from when to when something was; remembered for one search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.linking.ownership import Ownership
from scanner.linking.times import DRAWN, Dated, Times, dated

if TYPE_CHECKING:
    from scanner.subject.records import Records


class TableTimes:
    """Tells them.

    Args:
        records: Of the search.
        ownership: Tells what columns are called.
    """

    def __init__(self, records: Records, ownership: Ownership) -> None:
        self._records = records
        self._ownership = ownership
        self._known: dict[int, Dated] = {}

    def of(self, unit: int) -> Times | None:
        """The columns of a table that tell from when to when people have what its rows join them with."""
        return self.told(unit).times

    def told(self, unit: int) -> Dated:
        """What the days in the rows of a table are."""
        if unit not in self._known:
            days = [self._records.days(record) for record in self._records.first(unit, DRAWN)]
            names = {number: self._ownership.entity(number) for row in days for number in row}
            self._known[unit] = dated(names, days)
        return self._known[unit]
