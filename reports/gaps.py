"""Where what is held and what the policy says part ways. A person judges every gap; none is a verdict of law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.policy import Policy

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
    "unseen",
)
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
    """The policy's words that are not kept."""


def find_gaps(rows: Sequence[Row], policy: Policy, *, scanned: bool = True) -> list[Gap]:
    """Find the gaps in an inventory, the gravest first.

    Args:
        rows: What was found, with names as the sources have them.
        policy: What the rows were judged by.
        scanned: False: nothing was searched yet, so nothing can be missing.
    """
    gaps = [gap for row in rows for gap in _of_row(row, policy)]
    gaps += _unseen(rows, policy) if scanned else []
    return sorted(gaps, key=lambda gap: (SEVERITIES.index(gap.severity), KINDS.index(gap.kind)))


def _of_row(row: Row, policy: Policy) -> Iterator[Gap]:
    if row.category is None:
        yield _gap(row, "undeclared", "medium")
    elif uncovered := policy.not_in_policy.get(row.category):
        yield _gap(row, uncovered.gap, "high" if uncovered.gap == "undeclared" else "critical")
    elif _lacks_purpose(row.category, row.purposes, policy):
        normal = policy.categories[row.category].sensitivity == "normal"
        yield _gap(row, "no_purpose", "medium" if normal else "high")
    if row.entity in _SECRETS:
        yield _gap(row, "secret_in_clear", "critical")
    for claim in _broken(row, policy):
        yield _gap(row, "broken_promise", "high", claim)


def _lacks_purpose(category: str, purposes: Iterable[str], policy: Policy) -> bool:
    """A category that only the rules outside the table name (cookies) needs none."""
    return not list(purposes) and bool(policy.purposes_with(category) or not policy.rules_of(category))


def _broken(row: Row, policy: Policy) -> Iterator[str]:
    """Claims such as "we keep no names in cookies" that a finding in such a place contradicts."""
    places = {policy.named(row.unit), policy.named(row.field), row.category}
    for rule in policy.third_party_rules.values():
        if rule.claim and row.entity in rule.claim_broken_by and places.intersection(rule.categories):
            yield rule.claim


def _unseen(rows: Sequence[Row], policy: Policy) -> Iterator[Gap]:
    seen = {row.category for row in rows}
    for id, category in policy.categories.items():
        if category.phrases and not seen & policy.expand([id]):
            yield Gap("unseen", "info", category=id)


def _gap(row: Row, kind: str, severity: str, claim: str = "") -> Gap:
    place = (row.source, row.unit, row.field, row.entity, row.category)
    return Gap(kind, severity, *place, count=row.values, persons=row.persons, claim=claim)
