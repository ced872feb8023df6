"""How sure it is that what hangs below a row is of whom that row is of: what lasts may have been another's before.

A home is sold, a panel is put up at the next customer's, and the row that tells of it names who has it now. A bill or
an order is of whom it was on its day, and so is what hangs below it, which is of the same days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from scanner.linking.identity import PERSONNUMMER, View
from scanner.linking.ownership import CUSTOMER_ID

if TYPE_CHECKING:
    from scanner.subject.known import Known
    from scanner.subject.records import Records

_DRAWN, _BELOW = 50, 20
"""Rows of a table, and rows below each of them, that are looked at."""
_LEAST = 3
"""Rows of a table below which something has a day: of fewer nothing is told."""
_BEFORE, _AFTER = 31, 92
"""Days before and after the first one of a row on which everything about it happens, if it is a thing of that day."""
_MOSTLY = 0.9
"""Share of the rows of a table of which that is so."""


class Lasting:
    """Tells it; remembered for one search.

    Args:
        records: Of the search.
    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self._brief: dict[int, bool] = {}

    def is_of_one(self, view: View) -> bool:
        """Whether a row, and what hangs on it, never was of another: it is a person's, or of what is over soon."""
        return self._is_of_person(view) or self._is_brief(view.unit)

    def had_then(self, known: Known, thing: View, row: View) -> bool:
        """Whether a table tells that the person had a thing while a row below it lasts, and nobody else meanwhile."""
        return self._records.tenures.had_throughout(known.numbers, thing, row)

    def _is_of_person(self, view: View) -> bool:
        """Whether a row tells of somebody by number, and is no row about a thing, which points to that one's."""
        people = self._numbers(view)
        above = (self._numbers(self._records.view(one)) for one, _ in self._records.parents(view.id) if one != view.id)
        return bool(people) and all(people.isdisjoint(some) for some in above)

    def _numbers(self, view: View) -> frozenset[bytes]:
        """The numbers of a person that stand in a row as those of whom it is: where a site's customer stands, none."""
        own = self._records.told_apart_by(view)
        customers = (
            one.token
            for one in view.owned(CUSTOMER_ID)
            if own == {self._records.called(one.field)} or self._records.is_pointed_at(view.unit, one.field)
        )
        numbers = (one.identity for one in view.owned(PERSONNUMMER))
        people = (self._records.person(CUSTOMER_ID, token) for token in customers)
        return frozenset(numbers) | frozenset[bytes]().union(*people)

    def _is_brief(self, unit: int) -> bool:
        """Whether all that hangs below the rows of a table is of their own days."""
        if unit not in self._brief:
            below = {row: self._below(row) for row in self._records.first(unit, _DRAWN)}
            self._records.read_days(list(chain.from_iterable(below.values())))
            told = [one for row, its in below.items() if (one := self._is_over_soon(row, its)) is not None]
            self._brief[unit] = len(told) >= _LEAST and sum(told) >= _MOSTLY * len(told)
        return self._brief[unit]

    def _below(self, number: int) -> Sequence[int]:
        view = self._records.view(number)
        return list(self._records.children_in(view, self._records.units_below(view.unit), _BELOW))

    def _is_over_soon(self, number: int, rows: Iterable[int]) -> bool | None:
        """Whether what hangs below a row is of its days; None: nothing there has a day."""
        tenures = self._records.tenures
        days = [day for row in rows if (day := tenures.day_of(row)) is not None]
        if not days:
            return None
        first = tenures.day_of(number)
        return first is not None and first - _BEFORE <= min(days) and max(days) <= first + _AFTER
