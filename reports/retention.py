"""Retention: is what is held still allowed to be held, by the policy's own periods? Rules P1 to P12 of the policy file.

A verdict is for data of one kind in one place with one age, never for a table. It is worked out for every purpose that
applies, in both readings of every event, and says when it rests on a reading that nobody has confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from reports.ages import Age, AgedFacts
from reports.dates import NEVER
from reports.expiry import Events, Expiry, Span, ended_by, expiry, longest
from reports.facts import Coverage, Source
from reports.language import sort_key
from reports.policy import NOT_PERSONAL, Policy
from reports.review import Decision, about, held_by, settled

VERDICTS = ("overdue", "may_be_overdue", "unknown", "no_purpose", "in_time")
"""The gravest first."""


@dataclass(frozen=True, slots=True)
class Item:
    """Data of one kind in one place with the same verdict by the same rules."""

    source: str
    unit: str
    unit_kind: str
    field: str
    entity: str | None
    category: str
    role: str
    """Whom it is about, as far as the place tells; "" = not known."""
    owner: str
    verdict: str
    purposes: tuple[str, ...]
    """Those that apply to such data of such people in this place (P2)."""
    rules: tuple[str, ...]
    """Retention rules that were worked out."""
    bound: bool
    """The place has no purposes of its own: all may apply, and the verdict is an upper bound."""
    preliminary: tuple[str, ...]
    """Open questions of the policy that the verdict rests on."""
    count: int
    """Data."""
    rule: str
    """The rule that decides, "" if none applies."""
    event: str
    """Its event."""
    months: int
    events: tuple[date | None, date | None]
    """First and last date of that event among the data; None: not known, `NEVER`: not yet."""
    until: tuple[date | None, date | None]
    """The first last-day among the data in the earliest reading, and the last in the latest."""
    held: str = ""
    """What stops the erasure, though not the verdict (P7)."""
    select: str = ""
    """How to find the rows: SQL, or a command; "" where nothing tells."""


@dataclass(frozen=True, slots=True)
class Retention:
    """All verdicts, the gravest first within each owner."""

    on: date
    generated: str
    policy: Policy
    sources: Sequence[Source]
    items: Sequence[Item]
    coverage: Sequence[Coverage]


def build(
    facts: Iterable[AgedFacts],
    sources: Sequence[Source],
    policy: Policy,
    on: date,
    *,
    decided: Sequence[Decision] = (),
) -> list[Item]:
    """Judge data by their age.

    Args:
        facts: What is held where, by age.
        sources: With owners and purposes.
        policy: To judge by.
        on: The day to judge on.
        decided: What people have decided: what they dismissed is left out, what they moved is judged by its new
            category, what they hold is marked.
    """
    judge = _Judge(policy, on, decided)
    by_name = {source.name: source for source in sources}
    found: dict[tuple[object, ...], Item] = {}
    for fact in facts:
        source = by_name.get(fact.source) or Source(fact.source, "")
        for item in judge.items(fact, source):
            item = replace(item, held=held_by(decided, fact.source, fact.unit))
            key = _key(item)
            found[key] = _sum(found[key], item) if key in found else item
    return sorted(found.values(), key=_order)


def _key(item: Item) -> tuple[object, ...]:
    place = (item.source, item.unit, item.field, item.entity, item.category, item.role)
    return (*place, item.verdict, item.purposes, item.event, item.months, item.preliminary)


def _sum(one: Item, other: Item) -> Item:
    return replace(
        one,
        count=one.count + other.count,
        events=_around(one.events, other.events),
        until=_around(one.until, other.until),
    )


Days = tuple[date | None, date | None]


def _around(one: Days, other: Days) -> Days:
    firsts = [day for day in (one[0], other[0]) if day is not None]
    lasts = [day for day in (one[1], other[1]) if day is not None]
    return min(firsts, default=None), max(lasts, default=None)


def _order(item: Item) -> tuple[object, ...]:
    place = (sort_key(item.owner), item.source, sort_key(item.unit), VERDICTS.index(item.verdict))
    return (*place, sort_key(item.field), item.category, item.entity or "", item.role, item.until[1] or NEVER)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What comes of rules applied to an age."""

    verdict: str
    rules: tuple[str, ...] = ()
    preliminary: tuple[str, ...] = ()
    rule: str = ""
    event: str = ""
    months: int = 0


_Sums = tuple[int, Days, Days]
_Rules = tuple[tuple[str, str], ...]
"""Retention rules, each with the event that ends the purpose itself, "" if none does."""


class _Judge:
    """Works verdicts out; what is the same for many data is worked out once."""

    def __init__(self, policy: Policy, on: date, decided: Sequence[Decision]) -> None:
        self._policy = policy
        self._decided = decided
        self._on = on
        self._events = Events(policy.document.events)
        self._expiry = cache(self._worked_out)
        self._outcome = cache(self._judged)

    def items(self, fact: AgedFacts, source: Source) -> Iterator[Item]:
        """The verdicts on data in one place, by their ages; none where they are no personal data."""
        policy = self._policy
        category = policy.category_of(fact.entity, fact.kind, fact.field, fact.unit, fact.extensions)
        mine = about(self._decided, fact.source, fact.unit, fact.field, fact.entity)
        category, _ = settled(mine, category)
        if category == NOT_PERSONAL or category is None or (mine and mine[-1].kind == "dismiss"):
            return
        roles = cache(lambda *state: policy.role_of(category, fact.field, fact.unit, linked=state[0], ended=state[1]))
        purposes = cache(lambda role: tuple(policy.purposes_for(category, role, source, fact.unit)))
        rules = cache(lambda role: self._rules(category, role, purposes(role)))
        sums: dict[tuple[str, _Outcome], _Sums] = {}
        for age, count in fact.ages.items():
            role = roles(age.linked, age.ended_last is not None)
            outcome, events, until = self._outcome(*rules(role), age)
            before = sums.get((role, outcome), (0, (None, None), (None, None)))
            sums[role, outcome] = (before[0] + count, _around(before[1], events), _around(before[2], until))
        place = (fact.source, fact.unit, fact.unit_kind, fact.field, fact.entity, category)
        for (role, outcome), (count, events, until) in sums.items():
            yield Item(
                *place,
                role=role,
                owner=source.owner,
                verdict=outcome.verdict,
                purposes=purposes(role),
                rules=outcome.rules,
                bound=not policy.tagged(source, fact.unit),
                preliminary=outcome.preliminary,
                count=count,
                rule=outcome.rule,
                event=outcome.event,
                months=outcome.months,
                events=events,
                until=until,
            )

    def _rules(self, category: str, role: str, purposes: Sequence[str]) -> tuple[_Rules, _Rules]:
        """Retention rules of the purposes with what ends each, and those about third parties, which are strict (P5)."""
        policy = self._policy
        third = [policy.third_party_rules[id] for id in policy.third_party_rules_for(category, role)]
        strict = any(rule.overrides_any_purpose for rule in third)
        serving = () if strict else (policy.purposes[id] for id in purposes)
        own = tuple(dict.fromkeys((purpose.retention, purpose.ends_at) for purpose in serving))
        return own, tuple(dict.fromkeys((rule.retention, "") for rule in third))

    def _judged(self, own: _Rules, third: _Rules, age: Age) -> tuple[_Outcome, Days, Days]:
        by_rule, by_purpose = ([self._expiry(*rule, age) for rule in some] for some in (third, own))
        expiries = [*by_rule, *by_purpose]
        span = longest(expiries)
        if by_rule and by_purpose:
            span = Span(longest(by_rule).first, span.last)
        one = _deciding(expiries, span)
        if one is None:
            return _Outcome("no_purpose"), (None, None), (None, None)
        rests_on = dict.fromkeys((each.rule, each.event) for each in expiries)
        rules = tuple(dict.fromkeys(each.rule for each in expiries))
        questions = self._policy.unconfirmed(rests_on)
        outcome = _Outcome(self._verdict(span), rules, questions, one.rule, one.event, one.months)
        return outcome, (one.from_.first, one.from_.last), (span.first, span.last)

    def _worked_out(self, rule: str, ends_at: str, age: Age) -> Expiry:
        found = expiry(rule, self._policy.retention_rules[rule], self._events, age)
        return ended_by(ends_at, found, self._events, age) if ends_at else found

    def _verdict(self, until: Span) -> str:
        if until.last is not None and self._on > until.last:
            return "overdue"
        if until.first is not None and self._on <= until.first:
            return "in_time"
        return "may_be_overdue" if until.first is not None and until.last is not None else "unknown"


def _deciding(expiries: Sequence[Expiry], span: Span) -> Expiry | None:
    """The expiry whose latest reading decides, or one that is not known; None without any."""
    return next((one for one in expiries if one.until.last == span.last), None)


def totals(items: Iterable[Item]) -> Mapping[str, int]:
    """Number of data by verdict."""
    found = dict.fromkeys(VERDICTS, 0)
    for item in items:
        found[item.verdict] += item.count
    return found
