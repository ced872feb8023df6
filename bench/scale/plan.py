"""What an estate of any size would take, from costs measured here: `python -m bench.scale.plan [--rows …] [--files …]`.

A small estate is scanned for its costs: CPU a row (of two sizes, so the start does not count), CPU a file, tokens and
bytes of the store. Then workers are given the units of the large one, table pieces of 16,384 rows and bundles of
64 files whose sizes scatter as file sizes do, each to the first who is free; the store takes tokens no faster than it
was seen to. A plan, not a measurement: networks and sources are taken to be as fast as here.
"""

from __future__ import annotations

import argparse
import heapq
import math
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.scale import estate
from bench.scale.__main__ import forget, say, scan
from connectors.database.chunks import CHUNK_ROWS
from scanner.engine.executors import BUNDLE

SMALL, LARGE, FILES = 2_000, 12_000, 120
WORKERS = (2, 8, 32, 128)
STORE_TOKENS = 83_000
"""Tokens a second into PostgreSQL at 20 M (`python -m bench.scale.tokens`)."""
START = 3.0
"""Seconds until a worker has its lists and models."""
SIGMA = 1.5
"""Of the logarithm of file sizes."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What one of each takes."""

    row: float
    """CPU seconds."""
    file: float
    tokens_row: float
    tokens_file: float
    token_bytes: float


def _tokens(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "insyn.db")) as store:
        return int(store.execute("SELECT count(*) FROM lookup").fetchone()[0])


def measured(folder: Path) -> Costs:
    """Scan tables of two sizes and a share."""
    files = estate.write_files(folder / "share", FILES)
    cpu, tokens = [], []
    for rows in (SMALL, LARGE):
        forget(folder)
        (folder / "crm.db").unlink(missing_ok=True)
        url = f"sqlite:///{folder}/crm.db"
        estate.fill(url, rows)
        estate.configure(folder, url) if rows == SMALL else None
        cpu.append(scan(folder, "crm", "--workers", "1")[0].cpu)
        tokens.append(_tokens(folder))
    size = (folder / "insyn.db").stat().st_size
    share = scan(folder, "share", "--workers", "1")[0].cpu
    again = scan(folder, "share", "--workers", "1")[0].cpu
    more = LARGE - SMALL
    return Costs(
        (cpu[1] - cpu[0]) / more, (share - again) / files, (tokens[1] - tokens[0]) / more,
        (_tokens(folder) - tokens[1]) / files, size / tokens[1],
    )  # fmt: skip


def units(costs: Costs, rows: int, files: int) -> Iterator[float]:
    """CPU seconds of each job, in the order in which they are handed out."""
    yield from (CHUNK_ROWS * costs.row for _ in range(rows // CHUNK_ROWS))
    random.seed(1)
    mean = random.lognormvariate
    scale = math.exp(SIGMA * SIGMA / 2)  # the mean of such a distribution
    yield from (sum(mean(0, SIGMA) for _ in range(4)) / 4 / scale * BUNDLE * costs.file for _ in range(files // BUNDLE))


def hours(jobs: Iterator[float], workers: int) -> tuple[float, float]:
    """When the last worker is done, and which share of the time they all work."""
    free, busy = [START] * workers, 0.0
    for seconds in jobs:
        busy += seconds
        heapq.heapreplace(free, free[0] + seconds)
    return max(free) / 3600, busy / (max(free) * workers)


def main() -> None:
    """Measure, plan, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--files", type=int, default=20_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="insyn-bench-") as name:
        costs = measured(Path(name))
    say(f"measured: {costs.row * 1000:.3f} CPU ms a row, {costs.file * 1000:.1f} a file")
    tokens = options.rows * costs.tokens_row + options.files * costs.tokens_file
    say(
        f"{options.rows:,} rows and {options.files:,} files: {tokens / 1e6:,.0f} M tokens,"
        f" {tokens * costs.token_bytes / 1e9:,.0f} GB of store, taken in in {tokens / STORE_TOKENS / 3600:.1f} h"
    )
    for workers in WORKERS:
        taken, share = hours(units(costs, options.rows, options.files), workers)
        bound = "the store" if tokens / STORE_TOKENS / 3600 > taken else "reading"
        say(f"{workers:>5} workers: {taken:>8.1f} h of reading, busy {share:.0%}; bound by {bound}")


if __name__ == "__main__":
    main()
