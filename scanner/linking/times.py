"""Which columns of a table say from when to when something was: those so called that hold days in that order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from scanner.linking.time_names import TimeNames

DRAWN = 50
"""Rows of a table that are looked at."""
_RIGHT = 0.9
"""Share of rows with both days in which the first comes first."""
_SOME = 3
"""Rows with both days among which one may be a mistake."""
_LONG = 7
"""Days that half of the rows of a table last at least: calls, sessions and bookings have a start and an end, too."""
OPEN, UNTOLD = 1 << 30, -(1 << 30)
"""Day on which something ends that has no end, or of which none is told."""
Days = Sequence[Mapping[int, int]]
"""Of rows: number of the name of a date -> days since 1970-01-01."""


@dataclass(frozen=True, slots=True)
class Times:
    """The columns of a table that tell from when to when: numbers of their names."""

    first: int
    last: int | None
    placed: bool = field(default=False, compare=False)
    """They tell how long a thing was where it was put; of people nothing."""

    def span(self, days: Mapping[int, int]) -> tuple[int, int] | None:
        """First and last day of a row; nothing if it does not begin."""
        if self.first not in days:
            return None
        return days[self.first], UNTOLD if self.last is None else days.get(self.last, OPEN)


@dataclass(frozen=True, slots=True)
class Dated:
    """What the days in the rows of a table are."""

    columns: int
    """How many columns hold days."""
    times: Times | None
    """From when to when its rows last, for some time."""
    short: bool
    """They have a start and an end that are hardly apart."""
    stays: int | None = None
    """The only day in its rows: on which something was put where it is, and still is."""

    def lasts(self, days: Mapping[int, int]) -> tuple[int, int] | None:
        """First and last day of a row of a thing; nothing if one is not told."""
        if self.times is not None:
            return self.times.span(days) if self.times.last is not None else None
        return (days[self.stays], OPEN) if self.stays is not None and self.stays in days else None


def dated(names: Mapping[int, str], days: Days) -> Dated:
    """Judge the days in some rows of a table.

    Args:
        names: Number of the name of each date -> the name.
        days: Of the rows.
    """
    called = TimeNames(names)
    pairs = [pair for pair in called.pairs() if _are_right(days, *pair)]
    lent = [pair for pair in pairs if called.are_handed(pair)]
    lasting = next((pair for pair in pairs if pair in lent or _are_long(days, *pair)), None)
    long = Times(*lasting, placed=called.is_placed(lasting[0])) if lasting else None
    alone = None
    if len(called.firsts) == 1 and not called.lasts and not called.is_meant(called.firsts[0]):
        alone = Times(called.firsts[0], None)
    stays = called.sets[0] if len(names) == len(called.sets) == 1 else None
    return Dated(len(names), long or alone, bool(pairs) and long is None, stays)


def _spans(days: Days, first: int, last: int) -> list[int]:
    return [row[last] - row[first] for row in days if first in row and last in row]


def _are_right(days: Days, first: int, last: int) -> bool:
    """Whether hardly a row, and at most one of a few, ends before it begins."""
    spans = _spans(days, first, last)
    right = sum(span >= 0 for span in spans)
    return right >= _RIGHT * len(spans) or (right == len(spans) - 1 and len(spans) >= _SOME)


def _are_long(days: Days, first: int, last: int) -> bool:
    spans = sorted(span for span in _spans(days, first, last) if span >= 0)
    return not spans or spans[len(spans) // 2] >= _LONG


def closed(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same, where no end is told until the day before the next begins."""
    starts = sorted({first for first, _ in spans})
    after = dict(pairwise((*starts, OPEN + 1)))
    return [(first, after[first] - 1 if last == UNTOLD else last) for first, last in spans]
