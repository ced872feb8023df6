"""Retention: is what is held still allowed to be held, by the policy's own periods? Rules P1 to P12 of the policy file.

A verdict is for data of one kind in one place with one age, never for a table. It is worked out for every purpose that
applies, in both readings of every event, and says when it rests on a reading that nobody has confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reports.ages import Aged, Held
from reports.dates import NEVER
from reports.facts import Coverage, Source
from reports.judging import Judge, Judgement
from reports.language import sort_key
from reports.policy import Policy
from reports.review import Decision, held_by
from reports.verdicts import VERDICTS, Days


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
    aged: Iterable[Aged],
    sources: Sequence[Source],
    policy: Policy,
    on: date,
    *,
    decided: Sequence[Decision] = (),
) -> list[Item]:
    """Judge data by their age.

    Args:
        aged: What is held where, by age.
        sources: With owners and purposes.
        policy: To judge by.
        on: The day to judge on.
        decided: What people have decided: what they dismissed is left out, what they moved is judged by its new
            category, what they hold is marked.
    """
    judge = Judge(sources, policy, on, decided)
    by_name = {source.name: source for source in sources}
    found: dict[tuple[object, ...], Item] = {}
    for some in aged:
        for at, one in judge.judged(some):
            held = some.held[at]
            item = _item(held, one, by_name.get(held.source) or Source(held.source, ""), policy)
            key = _key(item)
            found[key] = _sum(found[key], item) if key in found else item
    marked = (_held(item, decided) for item in found.values()) if decided else found.values()
    return sorted(marked, key=_order)


def _item(held: Held, one: Judgement, source: Source, policy: Policy) -> Item:
    outcome = one.outcome
    return Item(
        held.source, held.unit, held.unit_kind, held.field, held.entity, one.category, one.role, source.owner,
        outcome.verdict,
        one.purposes,
        outcome.rules,
        bound=not policy.tagged(source, held.unit),
        preliminary=outcome.preliminary,
        count=one.count,
        rule=outcome.rule,
        event=outcome.event,
        months=outcome.months,
        events=one.events,
        until=one.until,
    )  # fmt: skip


def _held(item: Item, decided: Sequence[Decision]) -> Item:
    by = held_by(decided, item.source, item.unit)
    return replace(item, held=by) if by else item


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


def _around(one: Days, other: Days) -> Days:
    firsts = [day for day in (one[0], other[0]) if day is not None]
    lasts = [day for day in (one[1], other[1]) if day is not None]
    return min(firsts, default=None), max(lasts, default=None)


def _order(item: Item) -> tuple[object, ...]:
    place = (sort_key(item.owner), item.source, sort_key(item.unit), VERDICTS.index(item.verdict))
    return (*place, sort_key(item.field), item.category, item.entity or "", item.role, item.until[1] or NEVER)


def totals(items: Iterable[Item]) -> Mapping[str, int]:
    """Number of data by verdict."""
    found = dict.fromkeys(VERDICTS, 0)
    for item in items:
        found[item.verdict] += item.count
    return found
