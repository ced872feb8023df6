"""A store that an earlier version left is brought up to date, and all that was in it is there and is used.

tests/stores holds what those versions wrote (tests/stores/make): a scan, a case with its hits and how its identity is
known, a decision that waits for a second person, the log.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from scanner.store import schema
from tests.scanner.forking import insyn

STORES = Path(__file__).parent / "stores"
VERSIONS = sorted(path.stem.rpartition("-")[2] for path in STORES.glob("schema-*.sql"))
LEFT_OUT = {"meta", "lookup", "fresh", "alembic_version"}
"""Tables of the store's own keeping."""
NO_MORE = {("finding", "id")}
"""Columns that told nothing but which row it was."""


def estate(folder: Path, version: str) -> Path:
    """The sources of that time, and the store as it was left."""
    shutil.copytree(STORES / "estate", folder / "estate")
    (folder / "estate" / "insyn.key").chmod(0o600)
    made((STORES / "estate" / "crm.sql").read_text(encoding="utf-8"), folder / "estate" / "crm.db")
    made((STORES / f"schema-{version}.sql").read_text(encoding="utf-8"), folder / "estate" / "insyn.db")
    (folder / "estate" / "insyn.db").chmod(0o600)
    return folder / "estate"


def made(statements: str, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(statements)
    connection.close()


def rows(path: Path) -> dict[str, list[dict[str, object]]]:
    """All rows of all tables."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')] for name in names}
    connection.close()
    return found


def told(rows: list[dict[str, object]], columns: list[str]) -> list[str]:
    """What some columns of rows hold, in no order; no token was NULL once, and is no bytes now."""
    return sorted(repr([None if row[column] == b"" else row[column] for column in columns]) for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_what_an_earlier_version_left_is_kept(version: str, tmp_path: Path) -> None:
    folder = estate(tmp_path, version)
    before = rows(folder / "insyn.db")
    refused = insyn("findings", cwd=folder)
    assert (refused.code, "insyn store upgrade" in refused.line) == (1, True)
    done = insyn("store", "upgrade", cwd=folder)
    assert done.code == 0, done.err
    after = rows(folder / "insyn.db")
    full = {name for name in before.keys() - LEFT_OUT if before[name]}
    assert full >= {"source", "unit", "record", "finding", "subject_case", "case_hit", "review_decision", "audit"}
    for name in full:
        columns = [column for column in before[name][0] if (name, column) not in NO_MORE]
        assert told(after[name], columns) == told(before[name], columns), name
    assert insyn("store", "check", cwd=folder).code == 0
    assert insyn("audit", "verify", cwd=folder).code == 0


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_what_was_kept_is_used(version: str, tmp_path: Path) -> None:
    folder = estate(tmp_path, version)
    insyn("store", "upgrade", cwd=folder)
    listed = insyn("findings", "--format", "jsonl", cwd=folder).out.splitlines()
    assert len(listed) == len(rows(folder / "insyn.db")["finding"])
    assert {"SE_PERSONNUMMER", "EMAIL_ADDRESS"} <= {json.loads(line)["entity"] for line in listed}
    shown = insyn("case", "show", "2026-001", cwd=folder).out
    assert "2026-12-20" in shown
    waiting = insyn("review", "approve", "1", cwd=folder)
    assert "another person must approve it" in waiting.err
    scanned = insyn("scan", cwd=folder)
    assert scanned.code == 0, scanned.err
    again = insyn("subject", "19780412-2385", "--case", "2026-001", "--format", "json", cwd=folder)
    assert again.code == 0, again.err
    hits = json.loads(again.out)["hits"]
    assert {hit["unit"] for hit in hits} >= {"kunder", "arenden", "kund.txt"}
    assert insyn("audit", "verify", cwd=folder).code == 0


def test_of_a_version_that_is_too_old_it_is_said_so(tmp_path: Path) -> None:
    folder = estate(tmp_path, VERSIONS[0])
    connection = sqlite3.connect(folder / "insyn.db")
    connection.execute("UPDATE meta SET value = '1' WHERE name = 'schema'")
    connection.commit()
    connection.close()
    refused = insyn("store", "upgrade", cwd=folder)
    assert (refused.code, "schema 1" in refused.line and "scan into a new store" in refused.line) == (1, True)


def test_every_earlier_schema_is_kept_here() -> None:
    assert [str(number) for number in range(2, int(schema.VERSION))] == VERSIONS
