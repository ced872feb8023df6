"""Numbers of people whom a register knows by name and day of birth only: somewhere both stand with a personnummer.

A register in which some have no number, and a list, a form or a letter that gives it beside the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from scanner.linking.identity import BORN, NAME, PERSONNUMMER, View
from scanner.linking.ownership import Place

if TYPE_CHECKING:
    from scanner.subject.records import Records

_MOST = 200
"""Records with a personnummer of one day from which on it tells nothing: it stands for any day that is not known."""


class NumbersByBirth:
    """Looks them up; remembered for one search.

    Args:
        records: Of the search.
    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self._on: dict[bytes, list[View]] = {}

    def of(self, views: Iterable[View]) -> frozenset[bytes]:
        """The one personnummer that stands somewhere with name and day of birth of whom rows are about."""
        found = {number for view in views for number in self._told(view)}
        return frozenset(found) if len(found) == 1 else frozenset()

    def _told(self, view: View) -> Iterator[bytes]:
        days = {one.further for one in view.owned(BORN) if one.further} if view.owner.names else ()
        for day in days:
            for other in self._born(day):
                numbers = [one for one in other.seen if one.entity == PERSONNUMMER]
                if len({one.identity for one in numbers}) == 1 and view.owner.names <= _names(other):
                    yield from (one.identity for one in numbers if one.trusted and one.further == day)

    def _born(self, day: bytes) -> list[View]:
        """The records in which the personnummer of somebody born on a day stands."""
        if day not in self._on:
            rows = {record for record, _, _, entity in self._records.having(day) if entity == PERSONNUMMER}
            self._on[day] = [self._records.view(row) for row in sorted(rows)] if len(rows) <= _MOST else []
        return self._on[day]


def _names(view: View) -> frozenset[bytes]:
    """The whole names in the owner's place or in running text; none if these are several people's."""
    seen = [one.parts for one in view.seen if one.entity == NAME and one.parts and one.place is not Place.OTHER]
    return frozenset(seen) if len(set(seen)) == 1 else frozenset()
