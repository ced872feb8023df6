"""Does the analyzer's time grow with its input, and how much memory does it take? `python -m bench.linear [KIND ...]`.

A table and notes 1, 4, 16 and 64 times as large (each time the register of another seed: other people, numbers and
texts), one line of 1 to 64 times 0.8 megabytes of such notes, and 64 kB of digits repeated: seconds of CPU and seconds
a megabyte, which should stay the same. Memory is the peak of a process of its own over what it had with the data and
the lexicons loaded.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from itertools import count

from bench.resident import forget_peak, peak
from recognizers import Analyzer
from scanner.demo.crm import FILLS
from scanner.demo.rows import plain
from scanner.demo.world import build

TIMES = (1, 4, 16, 64)
LINE = 800_000
"""Characters of the shortest line; the longest is 51 MB."""
_MAKERS = {table.name: make for table, make in FILLS}

Columns = Mapping[str, list[str | None]]


def table(times: int) -> Columns:
    """The alarm log and the invoices of so many seeds."""
    columns: dict[str, list[str | None]] = {}
    for unit in ("larmlogg", "fakturor"):
        for seed in range(1, times + 1):
            for name, cells in _register(unit, seed).items():
                columns.setdefault(f"{unit} {name}", []).extend(cells)
    return columns


def notes(times: int) -> Columns:
    """The notes of the cases of so many seeds."""
    return {"anteckning": [note for seed in range(1, times + 1) for note in _register("arenden", seed)["anteckning"]]}


def line(times: int) -> Columns:
    """One line of notes."""
    kept: list[str] = []
    length = 0
    for seed in count(1):
        for note in filter(None, _register("arenden", seed)["anteckning"]):
            kept.append(note)
            length += len(note) + 1
        if length >= times * LINE:
            break
    return {"": [" ".join(kept).replace("\n", " ")[: times * LINE]]}


def _register(unit: str, seed: int) -> dict[str, list[str | None]]:
    """One table of the register of a seed, as text."""
    columns: dict[str, list[str | None]] = {}
    for row in _MAKERS[unit](build(seed)):
        for name, cell in row.cells.items():
            columns.setdefault(name, []).append(None if cell is None else str(plain(cell)))
    return columns


def digits(times: int) -> Columns:
    """One value of digits and signs that begin many numbers and end none."""
    return {"": ["1985-0709 46 070-19 "[:19] * (times * 64_000 // 19)]}


def one_number(times: int) -> Columns:
    """One number of so many times 64,000 digits."""
    return {"": ["8507099805" * (times * 6400)]}


KINDS: dict[str, Callable[[int], Columns]] = {
    "table": table, "notes": notes, "one line": line, "digits and signs": digits, "one number": one_number,
}  # fmt: skip


def size(columns: Columns) -> int:
    """Characters."""
    return sum(len(value) for values in columns.values() for value in values if value)


def measure(kind: str, times: int) -> None:
    """Print one row; run in a process of its own."""
    analyzer, columns = Analyzer(), KINDS[kind](times)
    analyzer.find({"": ["Anna Ek, Storgatan 5, 070-174 06 05"]})
    forget_peak()
    before = peak()
    began = time.process_time()
    found = len(analyzer.find(columns))
    taken = time.process_time() - began
    more = peak() - before
    megabytes = size(columns) / 1e6
    print(
        f"{kind:<18}{times:>3}x {megabytes:>8.2f} MB {found:>9,} found {taken:>8.2f} s"
        f" {taken / megabytes:>8.3f} s/MB {more:>7.0f} MiB more"
    )


def main() -> None:
    """Run all rows."""
    if sys.argv[-1].isdigit():
        measure(sys.argv[1], int(sys.argv[2]))
        return
    if unknown := set(sys.argv[1:]) - set(KINDS):
        sys.exit(f"no kind {sorted(unknown)}: it is one of {', '.join(KINDS)}")
    for kind in sys.argv[1:] or KINDS:
        for times in TIMES:
            command = [sys.executable, "-m", "bench.linear", kind, str(times)]
            subprocess.run(command, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"}, check=True)


if __name__ == "__main__":
    main()
