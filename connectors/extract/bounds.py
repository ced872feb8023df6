"""What the confined child may cost. Every bound, when hit, ends in a named state: a bound is never "clean"."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.extract.limits import MIB


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first six are per file, the last two per child. Time is counted while the child is waited for."""

    seconds: float = 120
    """For a whole file: `limit:time`. As much processor time, counted by the kernel."""
    second_bytes: int = MIB // 2
    """A large file has a second more for each so many bytes: ten times what XML, the slowest, takes alone."""
    silence_seconds: float = 30
    """Between two answers: `limit:silence`."""
    memory_bytes: int = 1536 * MIB
    """Address space beyond what the child has at its start: `limit:memory`. A text takes three times its size."""
    output_bytes: int = 256 * MIB
    """Of answers, beyond `output_ratio` times the size of the file: `limit:output`."""
    output_ratio: int = 20
    child_files: int = 2000
    """Then a fresh child is started."""
    child_bytes: int = 2048 * MIB
    """Of files that were read; then a fresh child is started."""

    def seconds_for(self, size: int) -> float:
        """How long the reading of a file of so many bytes may take."""
        return self.seconds + size / self.second_bytes
