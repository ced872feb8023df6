"""Judging what is held where by its ages: much of it at once, in columns of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from reports.ages import Age, Aged, Held, Numbers
from reports.facts import Source
from reports.policy import Policy
from reports.review import Decision, about, settled
from reports.verdicts import Days, Outcome, RuleSet, Verdicts


@dataclass(frozen=True, slots=True)
class Judgement:
    """Data of one kind in one place with the same verdict by the same rules."""

    category: str
    role: str
    """Whom it is about, as far as the place tells; "" = not known."""
    purposes: tuple[str, ...]
    outcome: Outcome
    count: int
    events: Days
    """First and last date of the event that decides; None: not known, `NEVER`: not yet."""
    until: Days
    """The first last-day in the earliest reading, and the last in the latest."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How data are judged that are about people of a role: for which purposes, by which rules."""

    role: str
    purposes: tuple[str, ...]
    own: RuleSet
    third: RuleSet


_NO_FIRST, _NO_LAST = 2**31, 0
"""Dates that are not known, as ordinals: neither changes what is first or last of several."""
_STATES = 3
"""Of a record: no customer's, a customer's, a former customer's. Whom it is about may hang on that."""


class Judge:
    """Judges what is held where; what is the same for many data is worked out once."""

    def __init__(self, sources: Sequence[Source], policy: Policy, on: date, decided: Sequence[Decision] = ()) -> None:
        """Judge on a day; see `reports.retention.build`."""
        self._policy = policy
        self._decided = decided
        self._sources = {source.name: source for source in sources}
        self._verdicts = Verdicts(policy, on)
        self._ways: dict[_Way, int] = {}
        self._outcomes: dict[Outcome, int] = {}
        self._way = cache(self._way_in)

    def judged(self, aged: Aged) -> Iterator[tuple[int, Judgement]]:
        """The verdicts on data by their ages, each with the number of that which it is about."""
        categories = {at: category for at, one in enumerate(aged.held) if (category := self._category(one))}
        states = np.array([_state(age) for age in aged.ages], np.int64)
        ways = np.zeros((len(aged.held), _STATES), np.int64)
        present = sorted(set(states.tolist()))
        for at, category in categories.items():
            for state in present:
                ways[at, state] = self._way_of(aged.held[at], category, state)
        held, pairs = _expanded(np.array([*categories], np.int64), aged.spans)
        sums = self._summed(held, ways[held, states[aged.age[pairs]]], aged, pairs)
        known, outcomes = list(self._ways), list(self._outcomes)
        for at, number, outcome, count, *days in zip(*(column.tolist() for column in sums), strict=True):
            events, until = (_days(*days[:2]), _days(*days[2:]))
            way = known[number]
            yield at, Judgement(categories[at], way.role, way.purposes, outcomes[outcome], count, events, until)

    def _category(self, one: Held) -> str | None:
        """Of data that are judged; "" or None: they are no personal data, or somebody said so."""
        category = self._policy.category_of(one.entity, one.kind, one.field, one.unit, one.extensions)
        mine = about(self._decided, one.source, one.unit, one.field, one.entity)
        return None if mine and mine[-1].kind == "dismiss" else settled(mine, category)[0]

    def _way_of(self, one: Held, category: str, state: int) -> int:
        role = self._policy.role_of(category, one.field, one.unit, linked=state > 0, ended=state > 1)
        return self._way(category, role, one.source, one.unit)

    def _way_in(self, category: str, role: str, source: str, unit: str) -> int:
        purposes = tuple(self._policy.purposes_for(category, role, self._source(source), unit))
        way = _Way(role, purposes, *self._verdicts.rules(category, role, purposes))
        return self._ways.setdefault(way, len(self._ways))

    def _source(self, name: str) -> Source:
        return self._sources.get(name) or Source(name, "")

    def _summed(self, held: Numbers, way: Numbers, aged: Aged, pairs: Numbers) -> list[Numbers]:
        """Numbers of held, way and outcome, of data, and the dates of event and last day, a column each."""
        age, count = aged.age[pairs], aged.count[pairs]
        outcome, days = self._outcomes_of(way, age, aged.ages)
        order = np.lexsort((outcome, way, held))
        keys = [column[order] for column in (held, way, outcome)]
        starts = np.flatnonzero(np.any([np.diff(column, prepend=-1) != 0 for column in keys], axis=0))
        if not len(starts):
            return [held] * 8
        ends = (np.minimum, np.maximum) * 2
        reduced = [end.reduceat(day[order], starts) for end, day in zip(ends, days, strict=True)]
        return [*(column[starts] for column in keys), np.add.reduceat(count[order], starts), *reduced]

    def _outcomes_of(self, way: Numbers, age: Numbers, ages: Sequence[Age]) -> tuple[Numbers, Numbers]:
        """What comes of each way and age, and its dates as ordinals; worked out once for each that there is."""
        met, place = np.unique(way * max(1, len(ages)) + age, return_inverse=True)
        known, rows = list(self._ways), []
        for one in met.tolist():
            number, at = divmod(one, len(ages))
            outcome, *days = self._verdicts.judged(known[number].own, known[number].third, ages[at])
            rows.append((self._outcomes.setdefault(outcome, len(self._outcomes)), *_ordinals(*days)))
        table = np.array(rows, np.int64).reshape(-1, 5)[place]
        return table[:, 0], table[:, 1:].T


def _state(age: Age) -> int:
    return 2 if age.linked and age.ended_last is not None else int(age.linked)


def _expanded(wanted: Numbers, spans: Numbers) -> tuple[Numbers, Numbers]:
    """Each pair of the spans of some of what is held: whose it is, and where it stands."""
    first = spans[wanted, 0]
    lengths = spans[wanted, 1] - first
    before = np.cumsum(lengths) - lengths
    pairs = np.arange(lengths.sum()) + np.repeat(first - before, lengths)
    return np.repeat(wanted, lengths), pairs


def _ordinals(*spans: Days) -> list[int]:
    return [
        day.toordinal() if day else other
        for span in spans
        for day, other in zip(span, (_NO_FIRST, _NO_LAST), strict=True)
    ]


@cache
def _days(first: int, last: int) -> Days:
    return (
        None if first == _NO_FIRST else date.fromordinal(first),
        None if last == _NO_LAST else date.fromordinal(last),
    )
