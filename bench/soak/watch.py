"""What a process holds, as the kernel tells, and whether it grows."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WARM = 2
"""One of so many rounds is warm-up and left out: what is loaded on first use, and bounded caches that fill, are no
growth."""
MAY_GROW = {"rss": 0.05, "objects": 0.01, "files": 0.0, "threads": 0.0, "children": 0.0}
"""By what share, from the first third to the last."""


@dataclass(frozen=True, slots=True)
class Held:
    """Resident set in MiB, file descriptors, threads, child processes; Python objects, as the process itself says."""

    rss: float
    files: int
    threads: int
    children: int
    objects: int


def held(pid: int, objects: int) -> Held:
    """Look at a process."""
    at = Path(f"/proc/{pid}")
    status = dict(line.split(":", 1) for line in (at / "status").read_text(encoding="ascii").splitlines())
    children = (at / "task" / str(pid) / "children").read_text(encoding="ascii").split()
    files = len(list((at / "fd").iterdir()))
    return Held(int(status["VmRSS"].split()[0]) / 1024, files, int(status["Threads"]), len(children), objects)


def thirds(values: Sequence[float]) -> tuple[float, float]:
    """Medians of the first and the last third of the second half.

    >>> thirds([90, 95, 99, 100, 100, 101, 102, 102, 103, 103])
    (101.0, 103.0)
    """
    warm = values[len(values) // WARM :]
    part = max(1, len(warm) // 3)
    return float(statistics.median(warm[:part])), float(statistics.median(warm[-part:]))


def grown(rounds: Sequence[Held]) -> list[str]:
    """What grew, by name; nothing if all is flat."""
    found = []
    for name, may in MAY_GROW.items():
        first, last = thirds([getattr(one, name) for one in rounds])
        if last > first * (1 + may):
            found.append(f"{name} {first:.0f} → {last:.0f}")
    return found
