"""What was asked to be read again and could not be: said on standard error, so that nobody takes blank for empty."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from scanner.console import say


@dataclass(slots=True)
class Blank:
    """How much of each source could not be read again."""

    counts: Counter[str] = field(default_factory=Counter)
    down: dict[str, str] = field(default_factory=dict)
    """Sources that could not be reached, and why in words."""

    def tell(self, what: str) -> None:
        """Say it, a line a source: how many (`value`, `record`), and why; never one of them."""
        for source, number in self.counts.items():
            why = self.down.get(source, "not there any more, or not as the scan found it")
            where = f"source {source}: "
            amount = f"{number} {what}" if number == 1 else f"{number} {what}s"
            say(f"insyn: {where}{amount} could not be read again: {why.removeprefix(where)}")
