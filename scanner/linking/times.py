"""Which columns of a table say from when to when something was: those so called that hold days in that order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations, product

from scanner.linking.links import normal_name

_DAY = r"(?=_|$|dat|dag|day|dt|tid|ar$)"
_FIRST = re.compile(
    rf"(?:fran|from|start(?:ed|ade?|at)?|(?:^|_)(?:fr|fr?_?o_?m|begins?|began|since|sedan)){_DAY}"
    r"|in_?flytt|till?trad|move_?in|moved_in|(?:ut|over)_?lamna|handed_out|issued|assigned"
    r"|^starts_on$|^dat_?(?:fr|from|fran|fom|in|start)$|^ut$|(?:^|_)(?:utl|utl?_?dat(?:um)?|(?:ut)?lanad|lent|loaned|checked_out)$"
)
_LAST = re.compile(
    rf"(?:till|(?<!be)(?<!an)slut(?:ade?|at)?|(?:^|_)(?:to|ti|t_?o_?m|until|ends?|ended|expires|expiry)){_DAY}"
    r"|ut_?flytt|av_?flytt|frantrad|move_?out|moved_out|upphor|(?:ater|in)_?lamna|returned|unassigned|revoked|out_of_(?:service|use)|ur_(?:drift|bruk)"
    r"|^ends_on$|^dat_?(?:ti|to|till|tom|ut|slut)$|^in$|(?:^|_)(?:inl|ater|atl|(?:in|inl|ater|atl)_?dat(?:um)?|checked_in)$"
)
_SET = re.compile(r"(?:^|_)(?:install(?:ed|erad|ations?)?|insatt|monterad|mounted|activated|aktiverad)" + _DAY)
_TAKEN = re.compile(
    r"(?:^|_)(?:removed|uninstalled|avinstallerad|uttagen|(?:ned|de|av)monterad|deactivated|avaktiverad|borttagen)"
    + _DAY
)
"""The days on which something is put where it is, and taken away: only both tell how long it was there."""
_ELSE = re.compile(r"warrant|garant|batter|cert|besikt|inspect|insur|forsakr|licen")
"""What ends without anything being taken away."""
_UNDONE = re.compile(r"(^|_)(?:un|dis|de|av|fran|bort)_?(?=[a-z]{4})")
"""Before what was done, the other way round: `bound_at`, `unbound_at`; `kopplad`, `frankopplad`."""
_HANDED = re.compile(
    r"lamna|handed|issued|returned|checked|(?:^|_)(?:ut|in)l?(?:_?dat(?:um)?)?$|(?:^|_)(?:ater|lent|loaned|(?:ut)?lanad)"
)
"""How the days are called on which things are lent and come back: also for a day or two."""
_MEANT = re.compile(
    r"(?:^|_)(?:schedul|sched_|plan(?:ned|erad|erat)|bok(?:ad|ning)|book(?:ed|ing)|appoint|visit|besok|arbets?_?start|work_?start)"
)
"""When it is meant that somebody comes: that lasts for no time."""
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
    normal = {number: normal_name(name) for number, name in names.items()}
    lasts = [number for number, name in normal.items() if _LAST.search(name)]
    firsts = [number for number, name in normal.items() if _FIRST.search(name) and number not in lasts]
    sets, takens = ([number for number, name in normal.items() if way.search(name)] for way in (_SET, _TAKEN))
    undone = [(first, last) for first, last in permutations(normal, 2) if _is_undone(normal[first], normal[last])]
    ends = [] if firsts else [number for number in lasts if not _ELSE.search(normal[number])]
    both = [*product(firsts, lasts), *product(sets, [*takens, *ends]), *undone]
    pairs = [(first, last) for first, last in both if _are_right(days, first, last)]
    lent = [pair for pair in pairs if all(_HANDED.search(normal[number]) for number in pair)]
    long = next((Times(*pair) for pair in pairs if pair in lent or _are_long(days, *pair)), None)
    begins = [number for number in firsts if not _MEANT.search(normal[number])]
    alone = Times(begins[0], None) if len(begins) == len(firsts) == 1 and not lasts else None
    stays = sets[0] if len(names) == len(sets) == 1 else None
    return Dated(len(names), long or alone, bool(pairs) and long is None, stays)


def _is_undone(name: str, other: str) -> bool:
    return name != other and _UNDONE.sub(r"\1", other) == name


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
