"""Retention hears an objection and a review: from a column of the register, and from what people have decided."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scanner.keys import new_key
from tests.scanner.forking import insyn

pytestmark = pytest.mark.slow
CONFIG = """\
sources:
  utskick:
    type: database
    url: sqlite:///utskick.db
    owner: Marknad
    purposes: [direct_marketing]
    tables:
      kunder: {relationship_end: avslutad, objection: reklamstopp}
"""
ROWS = [
    (1, "anna.ek@example.se", None, None),
    (2, "bo.lind@example.se", None, "2026-03-01"),
    (3, "cia.berg@example.se", None, "2026-11-01"),
    (4, "dan.holm@example.se", "2024-01-31", "2026-10-01"),
]


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("objections")
    new_key(directory / "insyn.key")
    with closing(sqlite3.connect(directory / "utskick.db")) as crm:
        crm.execute("CREATE TABLE kunder (kundnr INTEGER PRIMARY KEY, epost TEXT, avslutad DATE, reklamstopp DATE)")
        crm.execute("CREATE TABLE utskick (id INTEGER PRIMARY KEY, kund REFERENCES kunder, till TEXT, skickat DATE)")
        crm.executemany("INSERT INTO kunder VALUES (?, ?, ?, ?)", ROWS)
        sent = [(number, number, mail, "2026-01-15") for number, mail, *_ in ROWS]
        crm.executemany("INSERT INTO utskick VALUES (?, ?, ?, ?)", sent)
        crm.commit()
    (directory / "insyn.yaml").write_text(CONFIG, encoding="utf-8")
    assert insyn("scan", cwd=directory).code == 0
    return directory


def mails(directory: Path, unit: str) -> dict[str, dict[str, int]]:
    report = json.loads(insyn("retention", "--on", "2026-11-01", "--format", "json", cwd=directory).out)
    found: dict[str, dict[str, int]] = {}
    for item in report["items"]:
        if item["unit"] == unit and item["entity"] == "EMAIL_ADDRESS":
            found.setdefault(item["verdict"], {})[item["event"]] = item["count"]
    return found


@pytest.mark.parametrize("unit", ["kunder", "utskick"])
def test_an_objection_in_the_register_ends_marketing_in_every_table_of_the_customer(estate: Path, unit: str) -> None:
    assert mails(estate, unit) == {
        "in_time": {"customer_relationship_end": 1, "objection_to_direct_marketing": 1},
        "overdue": {"customer_relationship_end": 1, "objection_to_direct_marketing": 1},
    }
    listed = insyn("retention", "--rows", "--on", "2026-11-01", "--format", "jsonl", cwd=estate).out
    rows = [json.loads(line) for line in listed.splitlines()]
    assert {row["record"]["kundnr"] for row in rows if row["unit"] == "kunder"} == {2, 4}


def test_the_report_says_that_it_was_an_objection(estate: Path) -> None:
    out = insyn("retention", "--on", "2026-11-01", "--format", "text", cwd=estate).out
    assert "Invändning mot direktmarknadsföring" in out


def test_a_review_counts_for_retention_too(estate: Path) -> None:
    said = insyn("review", "dismiss", "utskick", "utskick", "till", "--reason", "egna testadresser", cwd=estate)
    assert said.code == 0, said.err
    assert mails(estate, "utskick") == {}
    assert insyn("review", "dismiss", "--value", ROWS[1][1], "--reason", "vår egen", cwd=estate).code == 0
    assert mails(estate, "kunder")["overdue"] == {"customer_relationship_end": 1}
