"""Does the analyzer's time grow with its input, and how much memory does it take? `python -m bench.linear`.

A table and notes 1, 4, 16 and 64 times as large (values varied, so that nothing is known already), one line of 1 to 64
times 0.8 megabytes, and 64 kB of digits repeated: seconds of CPU and seconds a megabyte, which should stay the same.
Memory is the peak of a process of its own over what it had with the data and the lexicons loaded.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

from bench.registers import batches, register
from bench.resident import forget_peak, peak
from recognizers import Analyzer

TIMES = (1, 4, 16, 64)
LINE = 800_000
"""Characters of the shortest line; the longest is 51 MB."""

Columns = Mapping[str, list[str | None]]


def table(times: int) -> Columns:
    """The alarm log and the invoices, so many times, digits of each copy moved on."""
    read = dict(batches(register(1)))
    return {
        f"{unit} {name}": [_moved(value, step) for step in range(times) for value in values]
        for unit in ("larmlogg", "fakturor")
        for name, values in read[unit].items()
        if len(values) > 2500
    }


def notes(times: int) -> Columns:
    """The notes of the cases, so many times."""
    (values,) = (table["anteckning"] for unit, table in batches(register(1)) if unit == "arenden")
    return {"anteckning": [_moved(value, step) for step in range(times) for value in values]}


def line(times: int) -> Columns:
    """One line of notes."""
    text = " ".join(note for note in notes(1)["anteckning"] if note)
    return {"": [(text * (times * LINE // len(text) + 1))[: times * LINE]]}


def digits(times: int) -> Columns:
    """One value of digits and signs that begin many numbers and end none."""
    return {"": ["1985-0709 46 070-19 "[:19] * (times * 64_000 // 19)]}


def one_number(times: int) -> Columns:
    """One number of so many times 64,000 digits."""
    return {"": ["8507099805" * (times * 6400)]}


KINDS: dict[str, Callable[[int], Columns]] = {
    "table": table, "notes": notes, "one line": line, "digits and signs": digits, "one number": one_number,
}  # fmt: skip


def _moved(value: str | None, step: int) -> str | None:
    """Another value of the same form: each digit `step` further on."""
    return value and value.translate({48 + digit: 48 + (digit + step) % 10 for digit in range(10)})


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
    if len(sys.argv) == 3:
        measure(sys.argv[1], int(sys.argv[2]))
        return
    for kind in KINDS:
        for times in TIMES:
            command = [sys.executable, "-m", "bench.linear", kind, str(times)]
            subprocess.run(command, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"}, check=True)


if __name__ == "__main__":
    main()
