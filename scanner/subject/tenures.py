"""Things that change hands: whose a row about a flat, a meter or a card is, is told by its day.

Rows of some table join a thing with people, each from a day to another (`from_date`, `TOMDAT`). What hangs below the
thing itself, a reading of its meter, is of whoever had it on that day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from scanner.linking.identity import CONTACT, NAME, PERSONNUMMER, STRONG, USERNAME, View
from scanner.linking.ownership import Ownership

if TYPE_CHECKING:
    from scanner.subject.grading import Known
    from scanner.subject.records import Records

_FEW = 4
"""People who have a thing at once, at most."""
_MOST = 500
"""Tenures of one thing that are looked at."""
_AT_ONCE = 500
_DEPTH = 2
_OPEN, _UNTOLD = 1 << 30, -(1 << 30)
"""Day on which a tenure ends that has no end, or of which none is told."""
_PERSONS = (*STRONG, *CONTACT, USERNAME)
_TOUCHED = "modified"
"""The date of a file, which says nothing of its rows."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """That people have a thing from a day to another, both included, as days since 1970-01-01."""

    people: frozenset[bytes]
    first: int
    last: int

    def covers(self, day: int) -> bool:
        """Whether they had it on a day."""
        return self.first <= day <= self.last

    def meets(self, other: Tenure) -> bool:
        """Whether others had it on one of the same days."""
        return self.first <= other.last and other.first <= self.last


class Tenures:
    """Tells who had what when; remembered for one search.

    Args:
        records: Of the search.
        ownership: Tells what columns are called.
    """

    def __init__(self, records: Records, ownership: Ownership) -> None:
        self._records = records
        self._ownership = ownership
        self._times = records.people.times
        self._had: dict[int, Sequence[Tenure]] = {}

    def are_told_in(self, unit: int) -> bool:
        """Whether the rows of a table say from when, or to when."""
        return self._times.of(unit) is not None

    def is_of_other_times(self, known: Known, thing: View, row: View) -> bool:
        """Whether a row below a thing is of a day on which the person did not have it.

        Never a row that says itself whose it is, or one of a thing that is one's by its own number.
        """
        if not self._restricts(thing) or self.are_told_in(row.unit) or self._says(row):
            return False
        day = self._day(row)
        return day is not None and not self._had_on(known, thing, day)

    def went_on(self, known: Known, thing: View) -> bool:
        """Whether a thing is, or was, somebody else's when it was not the person's: nothing below is by itself."""
        had = self.of(thing)
        ours = [one for one in had if one.people & known.people]
        return bool(had) and not all(any(one.meets(other) for other in ours) for one in had)

    def rows(self, known: Known, thing: View) -> Iterator[int]:
        """The rows below a thing that are of days on which the person had it, also below rows of other days or none."""
        if self.had_by(known, thing) and not _tells_somebody(thing):
            yield from self._rows(known, thing, (thing, None, 0))

    def _rows(self, known: Known, thing: View, under: tuple[View, int | None, int]) -> Iterator[int]:
        above, day_above, depth = under
        for record, _, in_role in self._dated(self._records.children(above)):
            row = self._records.view(record)
            if in_role or self.are_told_in(row.unit) or self._says(row):
                continue
            own_day = self._day(row)
            day = day_above if own_day is None else own_day
            if day is not None and self._had_on(known, thing, day):
                yield record
            elif depth < _DEPTH:
                yield from self._rows(known, thing, (row, day, depth + 1))

    def had_by(self, known: Known, thing: View) -> bool:
        """Whether the person had a thing some time."""
        return any(one.people & known.people for one in self.of(thing))

    def _restricts(self, thing: View) -> bool:
        """Whether times tell what of a thing is whose: also of one that names just who has it now."""
        had = self.of(thing)
        if not had or any(thing.owned(*STRONG)):
            return False
        return not _tells_somebody(thing) or len({one.people for one in had}) > 1

    def _had_on(self, known: Known, thing: View, day: int) -> bool:
        """Whether the person had a thing on a day, with few others; also between two times, if nobody else had it."""
        had = self.of(thing)
        then = [one.people for one in had if one.covers(day)]
        if then:
            return any(one & known.people for one in then) and len(frozenset[bytes]().union(*then)) <= _FEW
        before = max((one for one in had if one.last < day), key=lambda one: one.last, default=None)
        after = min((one for one in had if one.first > day), key=lambda one: one.first, default=None)
        return all(one is not None and bool(one.people & known.people) for one in (before, after))

    def _says(self, row: View) -> bool:
        """Whether a row says itself, or by another of its keys, whose it is."""
        return any(row.owned(PERSONNUMMER, NAME)) or bool(self._records.identities(row.id))

    def _day(self, row: View) -> int | None:
        """The day that a row is of: the first of those that stand in it."""
        days = self._records.days(row.id).items()
        return min((day for name, day in days if self._ownership.entity(name) != _TOUCHED), default=None)

    def of(self, thing: View) -> Sequence[Tenure]:
        """Who had a thing, from when to when, the first first."""
        if thing.id not in self._had:
            self._had[thing.id] = []  # also ends a circle
            self._had[thing.id] = _one_after_the_other(sorted(self._met(thing), key=lambda one: (one.first, one.last)))
        return self._had[thing.id]

    def _met(self, thing: View) -> Iterator[Tenure]:
        below = self._records.ahead(self._records.children(thing))
        told = [one for one in below if not one[2] and self.are_told_in(self._unit(one[0]))]
        for record, *_ in self._dated(told[:_MOST]):
            times, days = self._times.of(self._unit(record)), self._records.days(record)
            if times and times.first in days:
                last = days.get(times.last, _OPEN) if times.last is not None else _UNTOLD
                yield from self._tenures(record, days[times.first], last)

    def _tenures(self, record: int, first: int, last: int) -> Iterator[Tenure]:
        """Who had a thing by one row, which may be a thing itself that people come to have, and leave: a contract."""
        people = self._records.people.above(record)
        within = () if people else self.of(self._records.view(record))
        for one in within:
            if one.meets(Tenure(people, first, last)):
                yield Tenure(one.people, max(first, one.first), min(last, one.last))
        people = people or (frozenset() if within else self._records.people.below(record))
        if people:
            yield Tenure(people, first, last)

    def _dated(self, rows: Sequence[tuple[int, bool, bool]]) -> Iterator[tuple[int, bool, bool]]:
        """Rows with their findings and days read ahead."""
        for at in range(0, len(rows), _AT_ONCE):
            some = rows[at : at + _AT_ONCE]
            self._records.read_days([record for record, *_ in some])
            yield from self._records.ahead(some)

    def _unit(self, record: int) -> int:
        return self._records.view(record).unit


def _tells_somebody(thing: View) -> bool:
    return bool(thing.owner.names) or any(thing.owned(*_PERSONS))


def _one_after_the_other(had: Sequence[Tenure]) -> Sequence[Tenure]:
    """The same, where no end is told until the day before the next begins."""
    starts = sorted({one.first for one in had})
    ends = {one: after - 1 for one, after in pairwise((*starts, _OPEN))}
    return [Tenure(one.people, one.first, ends[one.first] if one.last == _UNTOLD else one.last) for one in had]
