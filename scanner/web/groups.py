"""Hits of a case put together as people look at them: the rows of a table with one grade and one way to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from reports.masking import masked_hit, names
from scanner.cases.hits import Review
from scanner.cases.model import CaseHit, Decision
from scanner.subject.shown import Shown

LISTED = 25
"""Records of a group that a page lists."""


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one unit that were found with the same grade."""

    source: str
    unit: str
    grade: str
    rows: Sequence[Review]

    @property
    def id(self) -> int:
        """Stands for the group on a page."""
        return self.rows[0].kept.id

    @property
    def listed(self) -> Sequence[Review]:
        """The records that a page lists."""
        return self.rows[:LISTED]

    @property
    def categories(self) -> list[str]:
        """The categories that its fields are in."""
        return list(dict.fromkeys(field.category for row in self.rows for field in row.hit.fields if field.category))

    @property
    def others(self) -> int:
        """Identifiers of other people in it."""
        return sum(row.hit.other_people for row in self.rows)

    @property
    def decision(self) -> Decision | None:
        """What was decided; None: not the same for all."""
        return _decision(row.kept for row in self.rows)

    @property
    def by(self) -> str:
        """Who decided."""
        return _deciders(row.kept for row in self.rows)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided, as a place of a page shows it."""

    name: str
    decision: Decision | None
    by: str


def verdicts(kept: Iterable[CaseHit], group: int, hit: int, listed: Collection[int]) -> list[Verdict]:
    """What the other places of a page show after a decision: of the group of a record, and of records of a group.

    Args:
        kept: The records of the case as they are now.
        group: Stands for the group on the page; 0: all of it was decided on.
        hit: The record that was decided on.
        listed: Records that are decided on with their group, and have a verdict of their own on the page.
    """
    known = {one.id: one for one in kept}
    made = [Verdict(f"one-{id}", known[id].decision, known[id].decided_by) for id in listed if id in known]
    if group and hit in known:
        shown = [one for one in known.values() if one.found and _place(one) == _place(known[hit])]
        made.append(Verdict(str(group), _decision(shown), _deciders(shown)))
    return made


def _place(one: CaseHit) -> tuple[str, str, str]:
    return one.grade, one.source, one.unit


def _decision(records: Iterable[CaseHit]) -> Decision | None:
    found = {one.decision for one in records}
    return found.pop() if len(found) == 1 else None


def _deciders(records: Iterable[CaseHit]) -> str:
    return ", ".join(dict.fromkeys(one.decided_by for one in records if one.decided_by))


def grouped(rows: Iterable[Review]) -> list[Group]:
    """Groups in the order of their first records."""
    found: dict[tuple[str, str, str], list[Review]] = {}
    for row in rows:
        found.setdefault(_place(row.kept), []).append(row)
    return [Group(source, unit, grade, rows) for (grade, source, unit), rows in found.items()]


def masked(groups: Sequence[Group], shown: Shown) -> list[Group]:
    """Groups fit to be shown."""
    shown.ahead(name for group in groups for name in names(row.hit for row in group.listed))
    return [_masked(group, shown) for group in groups]


def _masked(group: Group, shown: Shown) -> Group:
    rows = [replace(row, hit=masked_hit(row.hit, shown)) for row in group.rows[:LISTED]]
    return replace(group, unit=shown(group.unit), rows=[*rows, *group.rows[LISTED:]])


def records_by_grade(groups: Iterable[Group]) -> dict[str, int]:
    """How many records there are of each grade."""
    found: Counter[str] = Counter()
    for group in groups:
        found[group.grade] += len(group.rows)
    return dict(found)
