"""What became of a scan, and who is told while it goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from connectors import State, Unread
from scanner.engine.job import Outcome


@dataclass(slots=True)
class SourceResult:
    """What became of a source in a scan. The states sum to what was enumerated."""

    source: str
    units: Counter[str] = field(default_factory=Counter)
    records: int = 0
    values: int = 0
    bytes: int = 0
    findings: int = 0
    seconds: float = 0.0
    unread: list[Unread] = field(default_factory=list)
    error: str = ""
    """Why the source could not be scanned at all; what was known of it is kept."""

    @property
    def status(self) -> str:
        """`complete`, `partial` (some units could not be read whole) or `failed`."""
        if self.error:
            return "failed"
        return "partial" if self.unread else "complete"

    def count(self, outcome: Outcome) -> None:
        """Add how much was read and found."""
        self.records += outcome.records
        self.values += outcome.values
        self.findings += outcome.findings

    def add(self, outcome: Outcome) -> None:
        """Add the outcome of a unit."""
        self.count(outcome)
        self.units.update(outcome.states)
        self.unread.extend(Unread(unit, State(state), reason) for unit, state, reason in outcome.unread)


class Progress(Protocol):
    """Who is told how a scan goes on."""

    def start(self, source: str, total: int, size: int) -> None:
        """A source has been listed: so many units, so many bytes as far as is known."""

    def advance(self, source: str, findings: int, size: int, *, units: int = 1) -> None:
        """One more unit (or a part of one: `units=0`) is done, with so many findings and bytes."""


class Silent:
    """Progress that nobody sees."""

    def start(self, source: str, total: int, size: int) -> None:
        """Say nothing."""

    def advance(self, source: str, findings: int, size: int, *, units: int = 1) -> None:
        """Say nothing."""


def overall(results: Sequence[SourceResult]) -> str:
    """The status of a scan from those of its sources."""
    statuses = {result.status for result in results}
    return next((status for status in ("failed", "partial") if status in statuses), "complete")
