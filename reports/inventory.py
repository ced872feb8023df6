"""The inventory: which category of the policy is held where, how much of it, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from reports.content import content_facts
from reports.facts import READERS, Coverage, Estate, FieldFacts, Source
from reports.gaps import Gap, find_gaps
from reports.intervals import wilson
from reports.language import sort_key
from reports.policy import NOT_PERSONAL, Policy, tags_of
from reports.review import Decision, open_gaps, reviewed

if TYPE_CHECKING:
    from reports.trend import Trend


_NAMING = frozenset({"SE_PERSONNUMMER", "PERSON", "EMAIL_ADDRESS"})
"""Of these a value stands for a person."""


@dataclass(frozen=True, slots=True)
class Row:
    """One category in one field of one unit, by one kind of evidence. The names are those of the JSON format."""

    source: str
    unit: str
    field: str
    entity: str | None
    """None: placed by the name of the field or unit, or by the kind of file."""
    category: str | None
    """None: it fits no category."""
    units: int
    values: int
    distinct: int
    records: int
    persons: int
    share: float | None
    """Of the field's non-empty values, those with the entity; None without an entity."""
    share_low: float | None
    share_high: float | None
    confidence: float
    sampled: bool
    owner: str
    purposes: tuple[str, ...]
    legal_bases: tuple[str, ...]
    retention: tuple[str, ...]
    """What the policy says of how long, one text a rule."""
    oldest: date | None
    newest: date | None
    review: str | None = None
    readers: str = ""
    """Who may read the most open of the units: one of `facts.READERS`."""
    tags: tuple[str, ...] = ()
    """The purposes that the place is tagged with; () = none of its own. Not in the JSON format."""
    extensions: tuple[str, ...] = ()
    """Of the files in the place. Not in the JSON format."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """All that is known of what is held, judged by a policy."""

    generated: str
    policy: Policy
    sources: Sequence[Source]
    rows: Sequence[Row]
    gaps: Sequence[Gap]
    coverage: Sequence[Coverage]
    dismissed: Sequence[Row] = ()
    """Rows that somebody said are no personal data."""
    accepted: Sequence[Gap] = ()
    """Gaps that somebody has accepted for a time."""
    decisions: Sequence[Decision] = ()
    """What it was made by."""
    trend: Trend | None = None
    """What has changed since an earlier scan; None: there was none, or nobody asked."""


Named = TypeVar("Named", Row, Gap)


def build(estate: Estate, policy: Policy, *, shown: Callable[[str], str] = str) -> Inventory:
    """Judge what was found by a policy.

    A company's number and other things that are no personal data are left out, and so are fields without findings whose
    name says nothing.

    Args:
        estate: What the scans found.
        policy: The policy to judge by.
        shown: Makes the name of a unit or field fit to be shown, masking personal data in it.
    """
    sources = {source.name: source for source in estate.sources}
    facts = [*estate.facts, *content_facts(estate.facts, policy)]
    placed = _merge((fact, _category(fact, policy)) for fact in facts)
    told = _Told(policy)
    rows = [
        _row(fact, category, sources.get(fact.source) or Source(fact.source, ""), told) for fact, category in placed
    ]
    rows, dismissed = reviewed(rows, estate.decisions)
    rows.sort(key=lambda row: _order(row, list(sources)))
    declared = {name for source in estate.sources for name in source.categories}
    every = find_gaps(rows, policy, scanned=bool(estate.scanned_at), declared=declared)
    gaps, accepted = open_gaps(every, estate.decisions)
    made = Inventory(
        generated=estate.scanned_at,
        policy=policy,
        sources=tuple(estate.sources),
        rows=rows,
        gaps=gaps,
        coverage=tuple(estate.coverage),
        dismissed=dismissed,
        accepted=accepted,
        decisions=tuple(estate.decisions),
    )
    return made if shown is str else masked(made, shown)


def masked(inventory: Inventory, shown: Callable[[str], str]) -> Inventory:
    """The same with names of units and fields fit to be shown."""
    mask = cache(shown)
    return replace(
        inventory,
        rows=[_shown(row, mask) for row in inventory.rows],
        gaps=[_shown(gap, mask) for gap in inventory.gaps],
        dismissed=[_shown(row, mask) for row in inventory.dismissed],
        accepted=[_shown(gap, mask) for gap in inventory.accepted],
        trend=inventory.trend and inventory.trend.masked(mask),
    )


def _shown(one: Named, mask: Callable[[str], str]) -> Named:
    unit, field = mask(one.unit), mask(one.field)
    return one if (unit, field) == (one.unit, one.field) else replace(one, unit=unit, field=field)


def _category(fact: FieldFacts, policy: Policy) -> str | None:
    return policy.category_of(fact.entity, fact.kind, fact.field, fact.unit, fact.extensions)


def _merge(placed: Iterable[tuple[FieldFacts, str | None]]) -> list[tuple[FieldFacts, str | None]]:
    """Put kinds of one entity in one field that share a category together: a row a field, entity and category."""
    merged: dict[tuple[str, str, str, str | None, str | None], FieldFacts] = {}
    for fact, category in placed:
        if category == NOT_PERSONAL or (category is None and fact.entity is None):
            continue
        key = (fact.source, fact.unit, fact.field, fact.entity, category)
        merged[key] = _sum(merged[key], fact) if key in merged else fact
    return [(fact, key[-1]) for key, fact in merged.items()]


def _sum(one: FieldFacts, other: FieldFacts) -> FieldFacts:
    """Counts of both kinds; where they may overlap, within what was looked at, or the larger as a lower bound."""
    total = max(one.total, other.total)
    values = one.values + other.values
    weighed = one.confidence * one.values + other.confidence * other.values
    return replace(
        one,
        units=max(one.units, other.units),
        values=min(values, total),
        total=total,
        distinct=one.distinct + other.distinct,
        records=max(one.records, other.records),
        persons=max(one.persons, other.persons),
        confidence=weighed / values if values else max(one.confidence, other.confidence),
        sampled=one.sampled or other.sampled,
        readers=max(one.readers, other.readers, key=READERS.index),
        oldest=min(filter(None, (one.oldest, other.oldest)), default=None),
        newest=max(filter(None, (one.newest, other.newest)), default=None),
    )


class _Told:
    """What a policy says of a category in a place; a place has many fields of the same category."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._known: dict[tuple[str | None, str, str], tuple[tuple[str, ...], ...]] = {}

    def of(self, category: str | None, source: Source, unit: str) -> tuple[tuple[str, ...], ...]:
        """Its purposes, their legal bases, and how long it is kept."""
        key = (category, source.name, unit)
        if key not in self._known:
            self._known[key] = self._read(category, source, unit) if category else ((), (), ())
        return self._known[key]

    def _read(self, category: str, source: Source, unit: str) -> tuple[tuple[str, ...], ...]:
        purposes = self.policy.purposes_of(category, source, unit)
        periods = self.policy.retentions(purposes, category)
        return tuple(purposes), tuple(self.policy.legal_bases(purposes)), tuple(periods)


def _row(fact: FieldFacts, category: str | None, source: Source, told: _Told) -> Row:
    purposes, bases, retention = told.of(category, source, fact.unit)
    counted = fact.entity is not None and fact.total > 0
    hits = min(fact.values, fact.total)
    low, high = wilson(hits, fact.total) if counted else (None, None)
    return Row(
        source=fact.source,
        unit=fact.unit,
        field=fact.field,
        entity=fact.entity,
        category=category,
        units=fact.units,
        values=fact.values,
        distinct=fact.distinct,
        records=fact.records,
        persons=_persons(fact, category, told.policy),
        share=_rounded(hits / fact.total) if counted else None,
        share_low=_rounded(low),
        share_high=_rounded(high),
        confidence=round(fact.confidence, 4),
        sampled=fact.sampled,
        owner=source.owner,
        purposes=purposes,
        legal_bases=bases,
        retention=retention,
        oldest=fact.oldest,
        newest=fact.newest,
        readers=fact.readers,
        tags=tags_of(source, fact.unit),
        extensions=fact.extensions,
    )


def _persons(fact: FieldFacts, category: str | None, policy: Policy) -> int:
    """Distinct people: those whom the records are about, unless the field names others; a lower bound."""
    named = fact.distinct if fact.entity in _NAMING else 0
    others = category is not None and policy.names_others(category, fact.field)
    return named if others else fact.persons or named


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _order(row: Row, sources: list[str]) -> tuple[object, ...]:
    place = sources.index(row.source) if row.source in sources else len(sources)
    return place, row.source, sort_key(row.unit), sort_key(row.field), row.category or "~", row.entity or ""
