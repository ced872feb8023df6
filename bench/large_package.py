"""A package of very many records from end to end: `python -m bench.large_package DIR [--records 200000]`.

Makes in DIR a register with one customer who has so many alarms and one with a quarter of them, scans it, opens a case,
searches for the first and builds the package, each in a process of its own as the commands do it; tells seconds and the
most memory each had (`VmHWM`).
"""

from __future__ import annotations

import argparse
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.resident import forget_peak, peak

if TYPE_CHECKING:
    from scanner.cases.desk import Desk

MANY, FEWER = "197804122385", "195109032390"
"""Two persons, official test numbers: one has all the records, the other a quarter of them."""
PART = 4
_CONFIG = """policy: omnipoint
store: sqlite:///insyn.db
key: file:insyn.key
sources:
  crm: {type: database, url: "sqlite:///crm.db"}
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A step, and what it took."""

    seconds: float
    peak: float
    """MiB."""
    told: Any
    """What it gave."""


def make(directory: Path, records: int) -> None:
    """Make the register, the configuration and the key."""
    from scanner.keys import new_key

    directory.mkdir(parents=True)
    with sqlite3.connect(directory / "crm.db") as db:
        db.execute("create table kunder(kundnr integer primary key, personnummer, fornamn, efternamn, epost)")
        db.execute("insert into kunder values (104700, ?, 'Anna', 'Ekdahl', 'anna@example.se')", (MANY,))
        db.execute("insert into kunder values (104701, ?, 'Sven', 'Lundmark', 'sven@example.se')", (FEWER,))
        db.execute(
            "create table larmlogg(id integer primary key, kundnr integer references kunder(kundnr), tid, kod, text)"
        )
        customers = [104700] * records + [104701] * (records // PART)
        rows = (
            (at, customer, f"2025-{at % 12 + 1:02d}-{at % 28 + 1:02d}", "BA", f"Larm {at} i zon {at % 9}, kvitterat")
            for at, customer in enumerate(customers)
        )
        db.executemany("insert into larmlogg values (?, ?, ?, ?, ?)", rows)
    (directory / "insyn.yaml").write_text(_CONFIG, encoding="utf-8")
    new_key(directory / "insyn.key")


def scan(directory: Path, _: str) -> None:
    """Scan the register."""
    from recognizers import Analyzer
    from scanner import config as configuration
    from scanner.engine import Scanner
    from scanner.sources import connector
    from scanner.workflow import opened

    config = configuration.load(directory / "insyn.yaml")
    with opened(config, create=True) as store, connector(config, "crm") as crm:
        Scanner(store, Analyzer()).scan({"crm": crm})


@contextmanager
def _desk(directory: Path) -> Iterator[Desk]:
    from recognizers import Analyzer
    from scanner import config as configuration
    from scanner.cases.desk import Desk
    from scanner.workflow import opened, policy

    config = configuration.load(directory / "insyn.yaml")
    with opened(config) as store:
        yield Desk(store, config, policy(config), Analyzer(), actor="bench")


def search(directory: Path, person: str) -> int:
    """Open a case and search: how many records there are."""
    from scanner.cases import hits
    from scanner.cases.model import NewCase

    with _desk(directory) as desk:
        case = desk.register.open(NewCase(date(2026, 11, 2), number=f"B-{person}", identifiers=(person,)))
        return sum(hits.search(desk, case.number).grades.values())


def package(directory: Path, person: str) -> tuple[Path, str]:
    """Build the package of the case: the archive and its password."""
    from scanner.cases import package as packages

    with _desk(directory) as desk:
        built = packages.build(desk, f"B-{person}", because="bench")
        return built.path, built.password


def measured(step: Callable[[Path, str], Any], directory: Path, person: str = MANY) -> Measured:
    """Take a step in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_taken, step, directory, person).result()


def _taken(step: Callable[[Path, str], Any], directory: Path, person: str) -> Measured:
    forget_peak()
    began = time.perf_counter()
    told = step(directory, person)
    return Measured(time.perf_counter() - began, peak(), told)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--records", type=int, default=200_000)
    options = parser.parse_args()
    make(options.directory, options.records)
    for step in (scan, search, package):
        took = measured(step, options.directory)
        print(f"{step.__name__:<8} {took.seconds:6.1f} s  {took.peak:6.0f} MiB at most", flush=True)


if __name__ == "__main__":
    main()
