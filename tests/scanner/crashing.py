"""Scans a small estate in processes that are killed, over and over, and prints what came of it as JSON.

`python -m tests.scanner.crashing DIR writes STEP` kills at every STEP-th write to the store, and the recovery, too;
`python -m tests.scanner.crashing DIR times KILLS` kills at random times, recoveries included, until so many have died.
A script of its own: it forks, which a test process with threads must not.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, func, select

import connectors.database.chunks
from connectors.database import DatabaseConnector
from connectors.files import FilesConnector
from recognizers import Analyzer
from recognizers.ip import IpRecognizer
from scanner.engine import Scanner
from scanner.keys import Keys
from scanner.store import Store, schema

KEYS = Keys(b"k" * 32)
WRITES = ("INSERT", "UPDATE", "DELETE", "COMMIT")


def estate(directory: Path) -> None:
    """A table of several chunks, a small one, and files."""
    with sqlite3.connect(directory / "crm.db") as crm:
        for table, rows in (("logg", 700), ("liten", 5)):
            crm.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, ip TEXT)")
            crm.executemany(f"INSERT INTO {table} VALUES (?, ?)", [(at, f"192.0.2.{at % 250}") for at in range(rows)])
    crm.close()
    for at in range(6):
        (directory / "share" / str(at % 3)).mkdir(parents=True, exist_ok=True)
        (directory / "share" / str(at % 3) / f"{at}.txt").write_text(f"från 198.51.100.{at} till 203.0.113.{at}\n" * 3)


def scan(directory: Path, url: str = "") -> None:
    """One scan, as the command does it, into `insyn.db` or the store of a URL."""
    connectors.database.chunks.CHUNK_ROWS = 64
    store = Store.open(url or f"sqlite:///{directory}/insyn.db", KEYS)
    sources = {
        "crm": DatabaseConnector(url=f"sqlite:///{directory}/crm.db"),
        "share": FilesConnector(path=str(directory / "share"), sandbox=False),
    }
    results = Scanner(store, Analyzer([IpRecognizer()])).scan(sources)
    store.close()
    if any(result.status != "complete" for result in results):
        os._exit(3)


def die_at(number: int) -> Callable[[], None]:
    """To be called in a child: it kills itself at a write to the store."""

    def prepare() -> None:
        left = [number]

        def count(statement: str) -> None:
            if statement.lstrip()[:6].upper() in WRITES:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Engine, "before_cursor_execute", lambda *seen: count(seen[2]))
        event.listen(Engine, "commit", lambda _: count("COMMIT"))

    return prepare


def child(directory: Path, prepare: Callable[[], None] = lambda: None, after: float | None = None) -> bool:
    """Scan in a process of its own; True if it came to its end."""
    pid = os.fork()
    if pid == 0:
        prepare()
        scan(directory)
        os._exit(0)
    if after is not None:
        end = time.monotonic() + after
        while time.monotonic() < end:
            if os.waitpid(pid, os.WNOHANG)[0]:
                return True
            time.sleep(0.001)
        os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, status
    return not os.WIFSIGNALED(status)


def outcome(directory: Path, url: str = "") -> dict[str, Any]:
    """Digest of all findings, and whether the ledger is closed and the file sound."""
    store = Store.open(url or f"sqlite:///{directory}/insyn.db", KEYS)
    unit, record, finding = schema.unit, schema.record, schema.finding
    query = (
        select(unit.c.source_id, unit.c.key, record.c.locator, finding.c.start, finding.c.token, finding.c.score)
        .join(record, record.c.unit_id == unit.c.id)
        .join(finding, finding.c.record_id == record.c.id)
    )
    with store.reading() as connection:
        rows = sorted(map(repr, connection.execute(query)))
        tasks = connection.scalar(select(func.count()).select_from(schema.task))
        states = sorted(connection.scalars(select(unit.c.state)))
        records = connection.scalar(select(func.count()).select_from(record))
        lookup = connection.scalar(select(func.count()).select_from(schema.lookup))
        sqlite = connection.dialect.name == "sqlite"
        sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar() if sqlite else "ok"
    store.close()
    digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return {
        "findings": len(rows), "digest": digest, "tasks": tasks, "states": states,
        "records": records, "lookup": lookup, "sound": sound,
    }  # fmt: skip


def forget(directory: Path) -> None:
    """Take the store away."""
    for path in directory.glob("insyn.db*"):
        path.unlink()


def at_writes(directory: Path, step: int) -> tuple[int, list[dict[str, Any]]]:
    """Die at every `step`-th write, then once more while recovering."""
    chance, outcomes, kills, number = random.Random(42), [], 0, 1
    while True:
        forget(directory)
        if child(directory, die_at(number)):
            return kills, outcomes
        kills += 1
        kills += not child(directory, die_at(chance.randrange(1, 40)))
        child(directory)
        outcomes.append(outcome(directory))
        number += step


def at_times(directory: Path, wanted: int) -> tuple[int, list[dict[str, Any]]]:
    """Die at random times until the scan is done, again and again."""
    chance, outcomes, kills = random.Random(42), [], 0
    forget(directory)
    began = time.monotonic()
    child(directory)
    whole = time.monotonic() - began
    while kills < wanted:
        forget(directory)
        while not child(directory, after=chance.uniform(0, whole)):
            kills += 1
        outcomes.append(outcome(directory))
    return kills, outcomes


def main() -> None:
    """Print the undisturbed outcome, the number of kills, and all outcomes that differ."""
    directory, how, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    estate(directory)
    child(directory)
    undisturbed = outcome(directory)
    kills, outcomes = (at_writes if how == "writes" else at_times)(directory, number)
    different = [one for one in outcomes if one != undisturbed]
    told = {"undisturbed": undisturbed, "kills": kills, "runs": len(outcomes), "different": different}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
