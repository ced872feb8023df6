"""A package of very many records from end to end: `python -m bench.large_package DIR [--records 200000]`.

Makes in DIR a register with one customer who has so many alarms, scans it, opens a case, searches for it and builds the
package, each in a process of its own as the commands do it; tells seconds and the most memory each had (`VmHWM`).
"""

from __future__ import annotations

import argparse
import multiprocessing
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from bench.resident import forget_peak, peak

PERSON = "197804122385"
"""An official test number."""
_CONFIG = """policy: omnipoint
store: sqlite:///insyn.db
key: file:insyn.key
sources:
  crm: {type: database, url: "sqlite:///crm.db"}
"""


def make(directory: Path, records: int) -> None:
    """Make the register, the configuration and the key."""
    from scanner.keys import new_key

    directory.mkdir(parents=True)
    with sqlite3.connect(directory / "crm.db") as db:
        db.execute("create table kunder(kundnr integer primary key, personnummer, fornamn, efternamn, epost)")
        db.execute("insert into kunder values (104700, ?, 'Anna', 'Ekdahl', 'anna@example.se')", (PERSON,))
        db.execute("insert into kunder values (104701, '195109032390', 'Sven', 'Lundmark', 'sven@example.se')")
        db.execute(
            "create table larmlogg(id integer primary key, kundnr integer references kunder(kundnr), tid, kod, text)"
        )
        rows = (
            (at, 104700, f"2025-{at % 12 + 1:02d}-{at % 28 + 1:02d}", "BA", f"Larm {at} i zon {at % 9}, kvitterat")
            for at in range(records)
        )
        db.executemany("insert into larmlogg values (?, ?, ?, ?, ?)", rows)
    (directory / "insyn.yaml").write_text(_CONFIG, encoding="utf-8")
    new_key(directory / "insyn.key")


def scan(directory: Path) -> str:
    """Scan the register."""
    from recognizers import Analyzer
    from scanner import config as configuration
    from scanner.engine import Scanner
    from scanner.sources import connector
    from scanner.workflow import opened

    config = configuration.load(directory / "insyn.yaml")
    with opened(config, create=True) as store, connector(config, "crm") as crm:
        Scanner(store, Analyzer()).scan({"crm": crm})
    return ""


def _desk(config: Any, store: Any) -> Any:
    from recognizers import Analyzer
    from scanner.cases.desk import Desk
    from scanner.workflow import policy

    return Desk(store, config, policy(config), Analyzer(), actor="bench")


def search(directory: Path) -> str:
    """Open a case and search."""
    from scanner import config as configuration
    from scanner.cases import hits
    from scanner.cases.model import NewCase
    from scanner.workflow import opened

    config = configuration.load(directory / "insyn.yaml")
    with opened(config) as store:
        desk = _desk(config, store)
        case = desk.register.open(NewCase(date(2026, 11, 2), number="BENCH-1", identifiers=(PERSON,)))
        found = hits.search(desk, case.number)
    return f", {sum(found.grades.values())} records"


def package(directory: Path) -> str:
    """Build the package."""
    from scanner import config as configuration
    from scanner.cases import package as packages
    from scanner.workflow import opened

    config = configuration.load(directory / "insyn.yaml")
    with opened(config) as store:
        built = packages.build(_desk(config, store), "BENCH-1", because="bench")
        return f", {built.path.stat().st_size / 2**20:.0f} MiB archive"


def _told(step: Callable[[Path], str], directory: Path) -> None:
    forget_peak()
    began = time.perf_counter()
    what = step(directory)
    print(f"{step.__name__:<8} {time.perf_counter() - began:6.1f} s  {peak():6.0f} MiB at most{what}", flush=True)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--records", type=int, default=200_000)
    options = parser.parse_args()
    make(options.directory, options.records)
    for step in (scan, search, package):
        process = multiprocessing.get_context("spawn").Process(target=_told, args=(step, options.directory))
        process.start()
        process.join()
        if process.exitcode:
            sys.exit(process.exitcode)


if __name__ == "__main__":
    main()
