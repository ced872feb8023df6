"""What a description of a call says that helps to tell which call it is."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.recordings.times import DAY, Moment


@dataclass(frozen=True, slots=True, repr=False)
class Clues:
    """Drawn from a CDR row, a sidecar, tags or a file name. `repr` shows nothing: numbers are personal data."""

    numbers: frozenset[str] = frozenset()
    """Telephone numbers, normalised."""
    started: Moment | None = None
    ids: frozenset[str] = frozenset()
    """Call ids, casefolded; of a file name: every run of its parts that could be one."""
    files: frozenset[str] = frozenset()
    """Names of recordings, casefolded, with `/`."""

    def __repr__(self) -> str:
        """Show how much is known, never what."""
        return f"Clues({len(self.numbers)} numbers, {len(self.ids)} ids)"

    @property
    def timed(self) -> bool:
        """Tell whether the start is known to the minute."""
        return self.started is not None and self.started.precision < DAY

    def without(self, own: frozenset[str]) -> Clues:
        """Leave out the company's own numbers: they say nothing about whose call it is."""
        return Clues(self.numbers - own, self.started, self.ids, self.files)

    def with_more(self, other: Clues) -> Clues:
        """Add what another description of the same call says; the time of this one stands if it is as exact."""
        started = self.started if self.timed or not other.started else other.started
        return Clues(self.numbers | other.numbers, started, self.ids | other.ids, self.files | other.files)

    def contradict(self, other: Clues) -> bool:
        """Tell whether the two cannot be the same call: other numbers, or another day."""
        if self.numbers and other.numbers and not self.numbers & other.numbers:
            return True
        return bool(self.started and other.started and self.started.gap(other.started) > DAY)
