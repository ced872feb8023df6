"""Where what is held and what the policy says part ways. A person judges every gap; none is a verdict of law."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.policy import Policy, Promise

if TYPE_CHECKING:
    from reports.inventory import Row

SEVERITIES = ("critical", "high", "medium", "low", "info")
KINDS = (
    "protected_identity",
    "special_category",
    "secret_in_clear",
    "broken_promise",
    "undeclared",
    "no_purpose",
    "open_access",
    "unseen",
)
_OPEN = frozenset({"everyone", "public"})
"""Who may read a place to which anybody has access who has any: more than a need to know (GDPR art. 25.2, 32)."""
_SECRETS = frozenset({"SECRET", "ALARM_CODE"})


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap. `source` and what follows are "" or None where the gap is not of one place."""

    kind: str
    severity: str
    source: str = ""
    unit: str = ""
    field: str = ""
    entity: str | None = None
    category: str | None = None
    count: int = 0
    """Values found."""
    persons: int = 0
    """Persons at least."""
    claim: str = ""
    """The words of the policy or the law that are not kept."""
    law: str = ""
    """The law whose words they are, "" = the policy's."""
    owner: str = ""
    """Of the system."""
    share: float | None = None
    """Of the field's values: evidence of how much it is."""
    confidence: float = 0.0
    conflict: str = ""
    """The open question of the policy that it is about."""
    readers: str = ""
    """Who may read the place, where it is about that: `everyone` or `public`."""


def find_gaps(
    rows: Sequence[Row], policy: Policy, *, scanned: bool = True, declared: Collection[str] = ()
) -> list[Gap]:
    """Find the gaps in an inventory, the gravest first.

    Args:
        rows: What was found, with names as the sources have them.
        policy: What the rows were judged by.
        scanned: False: nothing was searched yet, so nothing can be missing.
        declared: Categories said to be held where no connector reaches: they are not missing.
    """
    gaps = _each_once(_of_place(gap, policy) for row in rows for gap in _of_row(row, policy))
    gaps += _open(rows, policy)
    gaps += _unseen({*(row.category for row in rows), *declared}, policy) if scanned else []
    return sorted(gaps, key=lambda gap: (SEVERITIES.index(gap.severity), KINDS.index(gap.kind)))


def _of_place(gap: Gap, policy: Policy) -> Gap:
    """A gap that only the name of the table or folder makes is the place's, not that of each of its fields."""
    if gap.entity:
        by_field, by_both = (policy.category_of(gap.entity, "", gap.field, unit) for unit in ("", gap.unit))
        named_by_place = gap.kind == "undeclared" and by_field != gap.category == by_both
    else:
        named_by_place = policy.named(gap.field, unit=gap.unit) != gap.category
    return replace(gap, field="", entity=None) if named_by_place else gap


def _each_once(gaps: Iterable[Gap]) -> list[Gap]:
    """Gaps of one kind in one place as one, with the largest counts: fields of a table share its rows."""
    found: dict[tuple[object, ...], Gap] = {}
    for gap in gaps:
        key = (gap.kind, gap.source, gap.unit, gap.field, gap.entity, gap.category, gap.claim)
        if before := found.get(key):
            gap = replace(gap, count=max(before.count, gap.count), persons=max(before.persons, gap.persons))
        found[key] = gap
    return list(found.values())


def _of_row(row: Row, policy: Policy) -> Iterator[Gap]:
    if row.category is None:
        yield _gap(row, "undeclared", "medium")
    elif uncovered := policy.not_in_policy.get(row.category):
        severity = "high" if uncovered.gap == "undeclared" else "critical"
        yield _gap(row, uncovered.gap, severity, conflict=uncovered.conflict)
    elif _lacks_purpose(row.category, row.purposes, policy):
        normal = policy.categories[row.category].sensitivity == "normal"
        yield _gap(row, "no_purpose", "medium" if normal else "high")
    if row.entity in _SECRETS:
        category = policy.categories.get(row.category or "")
        yield _gap(row, "secret_in_clear", "critical", conflict=category.conflict if category else "")
    yield from _broken(row, policy)


def _lacks_purpose(category: str, purposes: Iterable[str], policy: Policy) -> bool:
    """A category that only the rules outside the table name (cookies) needs none."""
    return not list(purposes) and bool(policy.purposes_with(category) or not policy.rules_of(category))


def _broken(row: Row, policy: Policy) -> Iterator[Gap]:
    """Claims such as "we keep no names in cookies" that a finding in such a place contradicts."""
    places = {policy.named(row.unit), policy.named(row.field), row.category}
    for rule in policy.third_party_rules.values():
        if rule.claim and row.entity in rule.claim_broken_by and places.intersection(rule.categories):
            yield _gap(row, "broken_promise", "high", claim=rule.claim)
    for promise in policy.promises:
        if row.entity in promise.entities and _contradicts(row, promise, policy):
            told = {"claim": promise.text, "law": promise.law, "conflict": promise.conflict}
            yield _gap(row, "broken_promise", promise.severity, **told)


def _contradicts(row: Row, promise: Promise, policy: Policy) -> bool:
    in_name = row.field == "path"
    if in_name or promise.in_names:
        return in_name and promise.in_names
    content = policy.category_of(None, "", row.field, row.unit, row.extensions)
    return (
        content in promise.in_categories
        or policy.role_named(row.field, row.unit) in promise.in_roles
        or bool(row.tags and {*row.tags} <= {*promise.in_purposes})
    )


def _open(rows: Sequence[Row], policy: Policy) -> Iterator[Gap]:
    """Places that more people may read than need to: one gap a place, the graver the more sensitive what is there."""
    places: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.readers in _OPEN:
            places.setdefault((row.source, row.unit), []).append(row)
    for held in places.values():
        public = any(row.readers == "public" for row in held)
        sensitive = any(_sensitive(row.category, policy) for row in held)
        severity = "critical" if public else "high" if sensitive else "medium"
        count, persons = max(row.values for row in held), max(row.persons for row in held)
        whole = replace(held[0], field="", entity=None, category=None, values=count, persons=persons, share=None)
        yield replace(_gap(whole, "open_access", severity), readers="public" if public else "everyone")


def _sensitive(category: str | None, policy: Policy) -> bool:
    known = policy.categories.get(category or "")
    return category in policy.not_in_policy or (known is not None and known.sensitivity != "normal")


def _unseen(seen: Collection[str | None], policy: Policy) -> Iterator[Gap]:
    """A category that no row of the policy names is only known how to recognise: nobody has said that it is held."""
    for id, category in policy.categories.items():
        if category.phrases and policy.covers(id) and not {*seen} & policy.expand([id]):
            yield Gap("unseen", "info", category=id)


def _gap(row: Row, kind: str, severity: str, *, claim: str = "", law: str = "", conflict: str = "") -> Gap:
    return Gap(
        kind=kind,
        severity=severity,
        source=row.source,
        unit=row.unit,
        field=row.field,
        entity=row.entity,
        category=row.category,
        count=row.values,
        persons=row.persons,
        claim=claim,
        law=law,
        owner=row.owner,
        share=row.share,
        confidence=row.confidence,
        conflict=conflict,
    )
