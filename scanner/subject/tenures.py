"""Things that change hands: whose a row about a flat, a meter or a card is, is told by its day.

Rows of some table join a thing with people, each from a day to another (`from_date`, `TOMDAT`). What hangs below the
thing itself, a reading of its meter, is of whoever had it on that day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations
from typing import TYPE_CHECKING

from scanner.linking.identity import CONTACT, NAME, PERSONNUMMER, USERNAME, View
from scanner.linking.ownership import CUSTOMER_ID, Ownership
from scanner.linking.party_roles import HOLDER, OTHER, USER
from scanner.linking.role_words import are_keys, is_others
from scanner.linking.times import closed
from scanner.subject.tenure import Tenure, one_after_the_other

if TYPE_CHECKING:
    from scanner.subject.known import Known
    from scanner.subject.records import Records
    from scanner.subject.same_things import SameThings

_NAMING = (PERSONNUMMER, CUSTOMER_ID, NAME, USERNAME, *CONTACT)
_FEW = 4
"""People who have a thing at once, at most."""
_COUPLE = 2
_DRAWN = 50
"""Things of a table that are looked at to tell how many people have one at once: no more than two on the whole."""
_MOST = 500
"""Tenures of one thing that are looked at."""
_AT_ONCE = 500
_DEEPEST = 8
"""Things of which it is asked at once who had them: whose a row is may hang on whose others are, and so on."""
_TOUCHED = "modified"
"""The date of a file, which says nothing of its rows."""


class Tenures:
    """Tells who had what when; remembered for one search.

    Args:
        records: Of the search.
        ownership: Tells what columns are called.
        same: Finds the rows of other tables that tell of the same thing.
    """

    def __init__(self, records: Records, ownership: Ownership, same: SameThings) -> None:
        self._records = records
        self._ownership = ownership
        self._same = same
        self._times = records.people.times
        self._had: dict[int, Sequence[Tenure]] = {}
        self._deep = 0  # of how many it is asked
        self._held: dict[int, bool] = {}
        self._had_mostly: dict[int, bool] = {}

    def are_told_in(self, unit: int) -> bool:
        """Whether the rows of a table say from when, or to when."""
        return self._times.of(unit).times is not None

    def is_of_other_times(self, known: Known, thing: View, row: View) -> bool:
        """Whether a row below a thing is of a day on which the person did not have it.

        Never a row that says itself, or by another of its keys, that it is the person's.
        """
        if not self.restricts(thing) or self._records.told.own(row):
            return False
        day = self.day(row)
        if day is None or self.had_on(known.people, thing, day) or self.had_meanwhile(known.people, thing, row):
            return False
        others = (self._records.identities(one) for one, _ in self._records.parents(row.id) if one != thing.id)
        return not any(some & known.numbers for some in others)

    def is_over(self, row: View) -> bool:
        """Whether a row says that somebody had something until a day that has passed."""
        days = self._times.of(row.unit)
        span = days.lasts(self._records.days(row.id)) if days.times else None
        return span is not None and 0 < span[1] < _today()

    def went_on(self, known: Known, thing: View) -> bool:
        """Whether a thing is, or was, somebody else's when it was not the person's: nothing below is by itself."""
        had = self.of(thing)
        ours = [one for one in had if one.people & known.people]
        return bool(had) and not all(any(one.meets(other) for other in ours) for one in had)

    def passed_on(self, known: Known, thing: View) -> bool:
        """Whether somebody else had a thing before or after the person did."""
        return self.had_by(known, thing) and self.went_on(known, thing)

    def is_nobodys(self, thing: View) -> bool:
        """Whether rows say when somebody had a thing, and not who, as they do of most of its kind: a firm has it."""
        units = {unit for unit in self._records.units_below(thing.unit) if self.are_told_in(unit)}
        if not units or self.of(thing) or next(self._records.children_in(thing, units, 1), None) is None:
            return False
        if thing.unit not in self._had_mostly:
            told = [bool(self.of(self._view(row))) for row in self._records.first(thing.unit, _DRAWN)]
            self._had_mostly[thing.unit] = 4 * sum(told) >= 3 * len(told)
        return self._had_mostly[thing.unit]

    def had_by(self, known: Known, thing: View) -> bool:
        """Whether the person had a thing some time."""
        return any(one.people & known.people for one in self.of(thing))

    def restricts(self, thing: View) -> bool:
        """Whether times tell what of a thing is whose: also of one that has changed hands and names who has it now."""
        had = () if self._is_registered(thing) or not self._are_held(thing.unit) else self.of(thing)
        now = self._records.told.own(thing) | thing.owner.names
        if not now and not any(thing.owned(*CONTACT, USERNAME)):
            return bool(had)
        told = frozenset[bytes]().union(*(one.people for one in had))
        if thing.owner.names:
            told = told.union(*map(self._names, had))
        return bool(now & told) and any(not one.people & other.people for one, other in combinations(had, 2))

    def _names(self, tenure: Tenure) -> frozenset[bytes]:
        """The names of who had a thing, as the rows above the one that says so have them."""
        named = self._records.people.named(tenure.row) if tenure.row else ()
        return frozenset[bytes]().union(*(self._view(row).owner.names for row in named))

    def _is_registered(self, thing: View) -> bool:
        """Whether a row is a customer's own: its customer number is no key of another row."""
        numbers = thing.owned(CUSTOMER_ID)
        return any(not self._records.is_pointer(thing.unit, one.field) for one in numbers)

    def _are_held(self, unit: int) -> bool:
        """Whether things of a table are one's, or a couple's, at a time: those who take a course do not have it."""
        if unit not in self._held:
            self._held[unit] = True  # also ends a circle
            had = filter(None, (self.of(self._records.view(row)) for row in self._records.first(unit, _DRAWN)))
            most = [max(len(self._on(some, one.first)) for one in some) for some in had]
            self._held[unit] = sum(most) <= _COUPLE * len(most)
        return self._held[unit]

    @staticmethod
    def _on(had: Sequence[Tenure], day: int) -> frozenset[bytes]:
        return frozenset[bytes]().union(*(one.people for one in had if one.covers(day)))

    def people_on(self, thing: View, day: int) -> frozenset[bytes]:
        """Who had a thing on a day; nobody of many."""
        people = self._on(self.of(thing), day)
        return people if len(people) <= _FEW else frozenset()

    def had_on(self, people: AbstractSet[bytes], thing: View, day: int) -> bool:
        """Whether somebody had a thing on a day, with few others; also between two times, if nobody else had it."""
        had = self.of(thing)
        if any(one.covers(day) for one in had):
            return bool(self.people_on(thing, day) & people)
        before = max((one for one in had if one.last < day), key=lambda one: one.last, default=None)
        after = min((one for one in had if one.first > day), key=lambda one: one.first, default=None)
        return all(one is not None and bool(one.people & people) for one in (before, after))

    def had_meanwhile(self, people: AbstractSet[bytes], thing: View, row: View) -> bool:
        """Whether somebody had a thing while what a row tells lasted: a panel was in the flat, whoever lived there."""
        span = self._times.of(row.unit).lasts(self._records.days(row.id))
        if span is None or self._records.told.own(row) or row.owner.names:
            return False
        first, last = span  # on one day something is taken away, and the next one moves in
        return any(one.people & people and one.first < last and first < one.last for one in self.of(thing))

    def had_throughout(self, people: AbstractSet[bytes], thing: View, row: View) -> bool:
        """Whether somebody, and nobody else, had a thing on the day of a row, or as long as what it tells lasts.

        A camera that was put up for one tenant and is still there is of the next ones, too.
        """
        day = self.day(row)
        span = self._times.of(row.unit).lasts(self._records.days(row.id)) or (day, day)
        if span[0] is None or span[1] is None:
            return False
        had = [one for one in self.of(thing) if one.first <= span[1] and span[0] <= one.last]
        return bool(had) and all(one.people & people for one in had)

    def day(self, row: View) -> int | None:
        """The day that a row is of: the first of those that stand in it."""
        return self.day_of(row.id)

    def day_of(self, record: int) -> int | None:
        """The same, by its number."""
        days = self._records.days(record).items()
        return min((day for name, day in days if self._ownership.entity(name) != _TOUCHED), default=None)

    def of(self, thing: View) -> Sequence[Tenure]:
        """Who had a thing, from when to when, the first first; nothing if that hangs on too much else."""
        if thing.id not in self._had and self._deep < _DEEPEST:
            self._had[thing.id] = []  # also ends a circle
            self._deep += 1
            try:
                same = map(self._view, self._same.of(thing))
                met = list(self._met(thing)) or [one for row in same for one in self.of(row)]
                had = one_after_the_other(sorted(met, key=lambda one: (one.first, one.last)))
                self._had[thing.id] = self._once(had)
            finally:
                self._deep -= 1
        return self._had.get(thing.id, ())

    def _once(self, had: Sequence[Tenure]) -> Sequence[Tenure]:
        """Without those told by a name of who is told by a number for the same time: father and son have one name."""
        named = [one for one in had if one.by_name]
        if not named or len(named) == len(had):
            return had
        numbered = [(one, self._names(one)) for one in had if not one.by_name]
        twice = {one for one in named if any(one.people <= names and one.meets(other) for other, names in numbered)}
        return [one for one in had if one not in twice]

    def _met(self, thing: View) -> Iterator[Tenure]:
        units = {unit for unit in self._records.units_below(thing.unit) if self.are_told_in(unit)}
        rows = self._records.children_in(thing, units, _MOST)
        spans: dict[int, list[tuple[View, tuple[int, int]]]] = {}
        for record, *_ in self.dated([(record, False, False) for record in rows]):
            row = self._records.view(record)
            times = self._times.of(row.unit).times
            if times and (span := times.span(self._records.days(record))):
                spans.setdefault(row.unit, []).append((row, span))
        for some in map(self._holding, spans.values()):
            ends = closed([span for _, span in some])
            for (row, _), span in zip(some, ends, strict=True):
                yield from self._tenures(thing, row, span)

    def _holding(self, rows: Sequence[tuple[View, tuple[int, int]]]) -> Sequence[tuple[View, tuple[int, int]]]:
        """Of the rows of one table about a thing, those of who has it: beside such others but use it."""
        roles = [self._records.role(row) for row, _ in rows]
        return [one for one, role in zip(rows, roles, strict=True) if role != USER or HOLDER not in roles]

    def _tenures(self, thing: View, row: View, span: tuple[int, int]) -> Iterator[Tenure]:
        """Who had a thing by one row, which may be a thing itself that people come to have, and leave: a contract."""
        called = self._ownership.called(row.unit)
        if self._ownership.names_others(row.unit) or is_others(called) or are_keys(called):
            return  # whom to call, or who has a key
        if self._records.role(row) == OTHER:
            return  # a guest
        own = self._records.told.own(row)
        people, by_name = own or row.owner.names, not own
        within = () if people else self.of(row)
        for one in within:
            if one.meets(Tenure(people, *span)):
                yield replace(one, first=max(span[0], one.first), last=min(span[1], one.last))
        if not people and not within:
            parents = (one for one, _ in self._records.parents(row.id) if one != thing.id)
            beside = [one for one in parents if not self._is_in(one, thing.unit)]
            if thing.owner.names and beside and not any(any(self._view(one).owned(*_NAMING)) for one in beside):
                return  # it joins whom the row names with a home, which nobody's name stands in
            moved = [one for one in beside if self._changes_hands(self._records.view(one), row.unit)]
            yield from (new for one in moved for new in self._there(one, row, span))
            told = [(self._numbers(one), one) for one in beside if one not in moved]
            people = frozenset[bytes]().union(*(numbers or self._records.people.above(one) for numbers, one in told))
            by_name = bool(people) and not any(numbers for numbers, _ in told)
            if not people and not moved and not self._is_placed(row):
                people = self._records.people.joined_with(row.id)
        if people:
            yield Tenure(people, *span, row.id, by_name=by_name)

    def _is_placed(self, row: View) -> bool:
        """Whether a row says how long a thing was where it was put: who ordered it says nothing of the place."""
        times = self._times.of(row.unit).times
        return times is not None and times.placed

    def _numbers(self, row: int) -> frozenset[bytes]:
        """Whom a row is about, by number: a name may be that of one of them only."""
        return self._records.identities(row) | self._records.joint.holders(row)

    def _is_in(self, thing: int, places: int) -> bool:
        """Whether a thing is itself in one of a table of things, now this and now that: a panel in a flat."""
        return any(self._unit(above) == places for above, _ in self._records.parents(thing))

    def _changes_hands(self, place: View, but: int) -> bool:
        """Whether people have, one after the other, what a thing is in, as rows of another table tell."""
        units = (unit for unit in self._records.units_below(place.unit) if unit != but and self.are_told_in(unit))
        lists = all(are_keys(self._ownership.called(unit)) for unit in units)
        return not lists and self.restricts(place)

    def _there(self, place: int, row: View, span: tuple[int, int]) -> Iterator[Tenure]:
        """Who had what a thing was in meanwhile: a panel in a flat, of whoever lives there then."""
        for one in self.of(self._records.view(place)):
            if one.meets(Tenure(one.people, *span)):
                yield replace(one, first=max(span[0], one.first), last=min(span[1], one.last), row=row.id)

    def dated(self, rows: Sequence[tuple[int, bool, bool]]) -> Iterator[tuple[int, bool, bool]]:
        """Rows with their findings and days read ahead."""
        for at in range(0, len(rows), _AT_ONCE):
            some = rows[at : at + _AT_ONCE]
            self._records.read_days([record for record, *_ in some])
            yield from self._records.ahead(some)

    def _view(self, record: int) -> View:
        return self._records.view(record)

    def _unit(self, record: int) -> int:
        return self._view(record).unit


def _today() -> int:
    return (datetime.now(UTC).date() - date(1970, 1, 1)).days
