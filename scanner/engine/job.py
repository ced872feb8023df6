"""What a worker is given to do, and what it answers. Neither holds a value of a source, except in memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from connectors import Chunk, Unit


@dataclass(frozen=True, slots=True)
class Job:
    """Read one unit, or one chunk of one, and enter what is found."""

    task_id: int
    holder_id: int
    scan_id: int
    source: str
    source_id: int
    unit: Unit
    analyzer: str
    """Version of all that decides what is found: units read with another are read again."""
    tables: tuple[str, ...] = ()
    """Names of the source's tables: a column may be called after one."""
    chunk: Chunk | None = None


@dataclass(slots=True)
class Outcome:
    """What became of a job."""

    states: Counter[str] = field(default_factory=Counter)
    records: int = 0
    values: int = 0
    findings: int = 0
    unread: list[tuple[str, str, str]] = field(default_factory=list)
    """Unit (or member), state, reason."""
    lost: bool = False
    """Another scanner had taken the task over meanwhile: nothing was written."""
    error: str = ""
    """The source as a whole cannot be read."""
    apart: bool = False
    """Neither what was read nor what was known before has keys of rows: how tables hang together stays as it was."""
