"""What people have decided about findings: confirmed, dismissed, moved to another category, accepted for a time, held.

A decision is tied to a place and an entity, not to rows: it survives new scans, and is listed in every report that it
changed. What has expired, was undone, or waits for a second person changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.gaps import Gap
    from reports.inventory import Row

HANDLE = "handle"
"""What was overdue in a place is erased, its owner says; the next scan tells."""
HOLD = "hold"
"""What lies in a place must not be erased yet (P7)."""
KINDS = ("confirm", "dismiss", "reclassify", "accept", HOLD, HANDLE)
_OF_PLACES = (HOLD, HANDLE)
"""What is said of all that lies in a place, and not of what it is."""
ACTIVE, EXPIRED, WAITING, UNDONE = "active", "expired", "waiting", "undone"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. Names are those of the sources; `*` and `?` stand for anything."""

    id: int
    kind: str
    source: str
    unit: str
    field: str
    entity: str
    """"" = any, also none."""
    category: str
    """Of `reclassify`: the new one. Of `accept`: the kind of gap."""
    reason: str
    by: str
    at: str
    """ISO time."""
    until: date | None = None
    approved_by: str = ""
    undone_by: str = ""
    token: bytes | None = None
    """Of a dismissed value, wherever it stands."""

    @property
    def wide(self) -> bool:
        """Reaches beyond one field, and is not about one value: a second person must approve it."""
        if self.kind in _OF_PLACES or self.token is not None:
            return False
        whole = self.kind == "dismiss" and not self.field
        return whole or any(sign in self.unit + self.field for sign in "*?[")

    def state(self, on: date) -> str:
        """Whether it counts on a day, and if not, why."""
        if self.undone_by:
            return UNDONE
        if self.until is not None and on > self.until:
            return EXPIRED
        return WAITING if self.wide and not self.approved_by else ACTIVE

    def covers(self, source: str, unit: str, field: str, entity: str | None) -> bool:
        """Whether it is about an entity in a field of a place."""
        return (
            self.token is None
            and self.source in ("", source)
            and fnmatchcase(unit, self.unit)
            and (not self.field or fnmatchcase(field, self.field))
            and self.entity in ("", entity or "")
        )


def counting(decisions: Iterable[Decision], on: date) -> list[Decision]:
    """The decisions that count on a day; the latest last, and it wins."""
    return sorted((one for one in decisions if one.state(on) == ACTIVE), key=lambda one: one.id)


def reviewed(rows: Iterable[Row], decisions: Sequence[Decision]) -> tuple[list[Row], list[Row]]:
    """Apply decisions to the rows of an inventory.

    Returns:
        Rows that stay, with `review` and perhaps another category, and rows that were dismissed.
    """
    kept: list[Row] = []
    gone: list[Row] = []
    for row in rows:
        mine = about(decisions, row.source, row.unit, row.field, row.entity)
        if mine:
            category, review = settled(mine, row.category)
            row = replace(row, category=category, review=review)
        (gone if mine and mine[-1].kind == "dismiss" else kept).append(row)
    return kept, gone


def about(decisions: Iterable[Decision], source: str, unit: str, field: str, entity: str | None) -> list[Decision]:
    """What was said of an entity in a field of a place, the latest last."""
    return [one for one in decisions if one.kind not in _OF_PLACES and one.covers(source, unit, field, entity)]


def settled(mine: Sequence[Decision], category: str | None) -> tuple[str | None, str | None]:
    """The category after some decisions, and the last of them for the column `review`; None: there is none."""
    moved = [one.category for one in mine if one.kind == "reclassify"]
    last = mine[-1] if mine else None
    if moved and last and last.kind != "dismiss":
        category = moved[-1]
    return category, _said(last) if last else None


def _said(decision: Decision) -> str:
    """The decision for the column `review`: `confirm #3 anna 2026-11-22`."""
    until = f" until {decision.until}" if decision.until else ""
    return f"{decision.kind} #{decision.id} {decision.by} {decision.at[:10]}{until}"


def open_gaps(gaps: Iterable[Gap], decisions: Sequence[Decision]) -> tuple[list[Gap], list[Gap]]:
    """Gaps that are open, and those that somebody has accepted for a time."""
    accepted = [one for one in decisions if one.kind == "accept"]
    taken: list[Gap] = []
    left: list[Gap] = []
    for gap in gaps:
        mine = (one for one in accepted if one.category in ("", gap.kind))
        hit = any(one.covers(gap.source, gap.unit, gap.field, gap.entity) for one in mine)
        (taken if hit else left).append(gap)
    return left, taken


def held_by(decisions: Sequence[Decision], source: str, unit: str) -> str:
    """What stops erasure in a place: the reasons of the holds on it."""
    mine = [one for one in decisions if one.kind == HOLD and one.source in ("", source) and fnmatchcase(unit, one.unit)]
    return "; ".join(one.reason for one in mine)
