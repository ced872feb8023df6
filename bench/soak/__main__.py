"""The soak: `python -m bench.soak [--minutes 30] [--seed 1] [--keep]`.

The demo estate, with its register in PostgreSQL and some of its share in a bucket, is scanned round after round.
Every other round begins with an empty store, the others read a kept one anew. Scans are killed, stopped, run out of
disk and of file handles; then a process that lives as long as the soak scans while the database server crashes, files
come and go and the bucket fails; then once more while all is well. The findings must be those of an undisturbed scan,
byte for byte, the store sound, and the long-lived process must hold no more memory, files, threads and children than
at first. Ends 1 if not. `--keep` keeps the figures for `python -m bench.trust`.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.soak.faults import INSYN, of_the_process, of_the_sources
from bench.soak.surroundings import Surroundings, surroundings
from bench.soak.watch import MAY_GROW, Held, grown, held, thirds
from bench.trust.figures import keep

ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class Soak:
    """How it goes."""

    expected: str
    faults: Counter[str] = field(default_factory=Counter)
    rounds: list[Held] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Steady:
    """The process that lives as long as the soak."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._objects = 0

    def scan(self, how: str = "scan") -> str:
        """Have it scan; how that ended."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(how + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline().strip()
        if not answer:
            raise SystemExit(f"the long-lived process ended with {self._process.wait()}")
        objects, _, status = answer.partition(" ")
        self._objects = int(objects)
        return status

    def held(self) -> Held:
        """What it holds now."""
        return held(self._process.pid, self._objects)


@contextmanager
def steady(directory: Path) -> Iterator[Steady]:
    """Run it until the block is left."""
    command = [
        sys.executable,
        "-c",
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from bench.soak.steady import main; main()",
    ]
    with subprocess.Popen(command, cwd=directory, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Steady(process)


def digest(directory: Path) -> str:
    """Of all findings, as the command lists them."""
    command = [INSYN, "findings", "--format", "jsonl", "--min-score", "0"]
    return hashlib.sha256(subprocess.run(command, cwd=directory, capture_output=True, check=True).stdout).hexdigest()


def is_sound(directory: Path) -> bool:
    """Whether SQLite finds its file whole."""
    with sqlite3.connect(directory / "insyn.db") as store:
        return bool(store.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


def one_round(around: Surroundings, process: Steady, soak: Soak, seconds: float, seed: int) -> None:
    """Faults, then a scan while all is well, then the comparison."""
    chance = random.Random(seed)
    if seed % 2:
        around.forget()
    faults = of_the_process(seconds, chance)
    for name in chance.sample(sorted(faults), 2):
        soak.faults[name] += 1
        if excess := faults[name](around.directory):
            soak.wrong.append(f"round {seed}: {name}: {excess}")
    with of_the_sources(around, seed) as count:
        process.scan("scan" if seed % 2 else "full")
    soak.faults.update(count)
    status = process.scan()
    soak.rounds.append(process.held())
    if status != "partial":
        soak.wrong.append(f"round {seed}: the last scan is {status}")
    if digest(around.directory) != soak.expected:
        soak.wrong.append(f"round {seed}: other findings than undisturbed")
    if not is_sound(around.directory):
        soak.wrong.append(f"round {seed}: the store is damaged")


def run(minutes: float, seed: int) -> tuple[Soak, float]:
    """Rounds until the time is over; one at least."""
    with (
        tempfile.TemporaryDirectory(prefix="insyn-soak-") as name,
        surroundings(Path(name) / "estate") as around,
        steady(around.directory) as process,
    ):
        began = time.monotonic()
        process.scan()
        seconds = time.monotonic() - began
        soak = Soak(digest(around.directory))
        while not soak.rounds or time.monotonic() - began < minutes * 60:
            seed += 1
            one_round(around, process, soak, seconds, seed)
            print(f"round {len(soak.rounds)}: {soak.rounds[-1]} {' '.join(soak.wrong[-1:])}", file=sys.stderr)
        soak.wrong += [f"grew: {what}" for what in grown(soak.rounds)]
        return soak, (time.monotonic() - began) / 60


def figures(soak: Soak, minutes: float) -> dict[str, Any]:
    """What is told and kept."""
    told: dict[str, Any] = {
        "day": datetime.now(UTC).date().isoformat(),
        "minutes": round(minutes, 1),
        "rounds": len(soak.rounds),
        "after": "half of the rounds",
    }
    told |= {"faults": dict(sorted(soak.faults.items())), "wrong": soak.wrong}
    told["curve"] = [round(one.rss) for one in soak.rounds[:: max(1, len(soak.rounds) // 20)]]  # MiB, from the start
    for name in MAY_GROW:
        told[name] = [round(one, 1) for one in thirds([getattr(one, name) for one in soak.rounds])]
    return told


def main() -> int:
    """Soak and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    told = figures(*run(given.minutes, given.seed))
    if given.keep:
        keep("soak", told)
    for name, value in told.items():
        print(f"{name}: {value}")
    return int(bool(told["wrong"]))


if __name__ == "__main__":
    raise SystemExit(main())
