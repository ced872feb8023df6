"""Tables whose rows say from when to when something was: columns that are called so, and hold days in that order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.linking.links import normal_name
from scanner.linking.ownership import Ownership

if TYPE_CHECKING:
    from scanner.subject.records import Records

_DAY = r"(?=_|$|dat|dag|day|dt|tid|ar$)"
_FIRST = re.compile(
    rf"(?:fran|from|start|(?:^|_)(?:fr|fr?_?o_?m|begins?|began|since|sedan)){_DAY}"
    r"|in_?flytt|till?trad|move_?in|moved_in|(?:ut|over)_?lamna|handed_out|issued|assigned"
)
_LAST = re.compile(
    rf"(?:till|(?<!be)(?<!an)slut|(?:^|_)(?:to|t_?o_?m|until|ends?|ended|expires|expiry)){_DAY}"
    r"|ut_?flytt|av_?flytt|frantrad|move_?out|moved_out|upphor|(?:ater|in)_?lamna|returned|unassigned|revoked"
)
_DRAWN = 50
"""Rows of a table that are looked at."""
_RIGHT = 0.9
"""Share of rows with both days in which the first comes first."""
_LONG = 7
"""Days that half of the rows of a table last at least: calls, sessions and bookings have a start and an end, too."""


@dataclass(frozen=True, slots=True)
class Times:
    """The columns of a table that tell from when to when: numbers of their names."""

    first: int
    last: int | None


class TableTimes:
    """Tells them; remembered for one search.

    Args:
        records: Of the search.
        ownership: Tells what columns are called.
    """

    def __init__(self, records: Records, ownership: Ownership) -> None:
        self._records = records
        self._ownership = ownership
        self._known: dict[int, tuple[frozenset[int], Times | None, bool]] = {}

    def of(self, unit: int) -> Times | None:
        """The columns of a table that tell from when to when people have what its rows join them with."""
        return self._told(unit)[1]

    def are_short(self, unit: int) -> bool:
        """Whether the rows of a table have a start and an end that are hardly apart."""
        return self._told(unit)[2]

    def dated(self, unit: int) -> int:
        """How many columns of a table hold days."""
        return len(self._told(unit)[0])

    def _told(self, unit: int) -> tuple[frozenset[int], Times | None, bool]:
        if unit not in self._known:
            days = [self._records.days(record) for record in self._records.first(unit, _DRAWN)]
            self._known[unit] = self._judged(days)
        return self._known[unit]

    def _judged(self, days: Sequence[Mapping[int, int]]) -> tuple[frozenset[int], Times | None, bool]:
        names = {number: normal_name(self._ownership.entity(number)) for row in days for number in row}
        lasts = [number for number, name in names.items() if _LAST.search(name)]
        firsts = [number for number, name in names.items() if _FIRST.search(name) and number not in lasts]
        pairs = [(first, last) for first in firsts for last in lasts if _are_right(days, first, last)]
        long = next((Times(*pair) for pair in pairs if _are_long(days, *pair)), None)
        alone = Times(firsts[0], None) if len(firsts) == 1 and not lasts else None
        return frozenset(names), long or alone, bool(pairs) and long is None


def _spans(days: Sequence[Mapping[int, int]], first: int, last: int) -> list[int]:
    return [row[last] - row[first] for row in days if first in row and last in row]


def _are_right(days: Sequence[Mapping[int, int]], first: int, last: int) -> bool:
    """Whether no row, but by mistake, ends before it begins."""
    spans = _spans(days, first, last)
    return sum(span >= 0 for span in spans) >= _RIGHT * len(spans)


def _are_long(days: Sequence[Mapping[int, int]], first: int, last: int) -> bool:
    spans = sorted(span for span in _spans(days, first, last) if span >= 0)
    return not spans or spans[len(spans) // 2] >= _LONG
