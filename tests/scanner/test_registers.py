"""Which column may tell when a customer left, where nobody has said it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scanner.keys import new_key
from tests.scanner.forking import insyn

pytestmark = pytest.mark.slow

STAFF = "CREATE TABLE personal (namn TEXT, personnummer TEXT, avslutad TEXT)"
THINGS = "CREATE TABLE produkter (art_nr TEXT, namn TEXT, slutdatum TEXT)"
REGISTER = "CREATE TABLE part (kund_id INTEGER PRIMARY KEY, namn TEXT, civic_no TEXT, kund_sedan TEXT, avslutad TEXT)"
ASKED = (
    "insyn: is avslutad the day on which a customer left? Then say so: "
    "sources.crm.tables: {part: {relationship_end: avslutad}}\n"
)


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    new_key(tmp_path / "insyn.key")
    with closing(sqlite3.connect(tmp_path / "crm.db")) as connection, connection:
        for table in (STAFF, THINGS, REGISTER):
            connection.execute(table)
        connection.execute("INSERT INTO part VALUES (1, 'Anna Ek', '900118-9811', '2011-02-03', NULL)")
        connection.execute("INSERT INTO personal VALUES ('Bo Alm', '19781015-9942', NULL)")
    return tmp_path


def configured(directory: Path, tables: str) -> None:
    (directory / "insyn.yaml").write_text(
        "policy: omnipoint\nstore: sqlite:///insyn.db\nkey: file:insyn.key\n"
        f"sources:\n  crm: {{type: database, url: 'sqlite:///crm.db', owner: IT, tables: {tables}}}\n"
    )


def test_a_register_is_asked_about_staff_and_things_are_not(estate: Path) -> None:
    configured(estate, "{}")
    assert insyn("scan", cwd=estate).code == 0
    run = insyn("retention", cwd=estate)
    assert run.code == 0
    assert [line for line in run.err.splitlines(keepends=True) if "customer left" in line] == [ASKED]


def test_who_has_answered_is_not_asked_again(estate: Path) -> None:
    configured(estate, "{part: {relationship_end: avslutad}}")
    assert insyn("scan", cwd=estate).code == 0
    assert "customer left" not in insyn("retention", cwd=estate).err
