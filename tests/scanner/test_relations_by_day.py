"""Keys of what changes hands, where the day tells the row: `insyn relations` shows them, and they can be denied."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from scanner.keys import new_key
from tests.scanner.fakes import Rows
from tests.scanner.forking import insyn
from tests.scanner.test_subject_tenures import alarms, harbour

pytestmark = pytest.mark.slow

CONFIG = """\
sources:
  crm:
    type: database
    url: sqlite:///crm.db
    owner: Kundtjänst
"""
LEADING = (
    ("uthyrning", "hyresgast_id"), ("avlasning", "plats_nr"), ("fel", "avlasning_id"),
    ("stolpar", "plats_nr"), ("larm", "stolpe_nr"),
)  # fmt: skip
DENIED = """\
    relations:
      - {from: larm.panelsn, to: placering.panelsn, deny: true}
"""


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    new_key(tmp_path / "insyn.key")
    filled(tmp_path, alarms())
    scanned(tmp_path)
    return tmp_path


def filled(directory: Path, tables: dict[str, Rows]) -> None:
    with sqlite3.connect(directory / "crm.db") as crm:
        for table, rows in tables.items():
            names = ", ".join(f"{name} TEXT" for name in rows[0])
            crm.execute(f"CREATE TABLE {table} ({names}, PRIMARY KEY (id))")
            marks = ", ".join("?" for _ in rows[0])
            crm.executemany(f"INSERT INTO {table} VALUES ({marks})", [tuple(row.values()) for row in rows])
    crm.close()


def scanned(directory: Path, more: str = "") -> None:
    (directory / "insyn.yaml").write_text(CONFIG + more, encoding="utf-8")
    assert insyn("scan", cwd=directory).code == 0


def by_day(directory: Path) -> list[dict[str, Any]]:
    found = json.loads(insyn("relations", "--format", "json", cwd=directory).out)["relations"]
    return [one for one in found if one["origin"] == "by_day"]


def test_a_key_of_which_the_day_tells_the_row_is_shown_with_its_counts(estate: Path) -> None:
    (one,) = by_day(estate)
    assert one == {
        "source": "crm", "unit": "larm", "field": "panelsn", "to_source": "crm", "to_unit": "placering",
        "to_field": "panelsn", "origin": "by_day", "matched": 5, "compared": 5, "leads_to": "person", "units": 1,
    }  # fmt: skip
    swedish = insyn("relations", cwd=estate).out
    assert "1  funnen, dagen avgör vilken rad" in swedish
    assert "Där dagen avgör raden" in swedish
    (line,) = (line for line in swedish.splitlines() if "larm.panelsn" in line)
    assert "funnen, dagen avgör" in line
    assert "Where the day tells the row" in insyn("relations", "--lang", "en", cwd=estate).out


def test_what_is_told_of_a_thing_leads_to_who_has_it_and_who_has_it_to_nobody_else(tmp_path: Path) -> None:
    """A search goes from who hires a berth down to what is read there, though no berth names anybody."""
    new_key(tmp_path / "insyn.key")
    filled(tmp_path, harbour() | {"fel": [{"id": f"f{at}", "avlasning_id": f"r{at}"} for at in range(1, 9)]})
    scanned(tmp_path)
    found = json.loads(insyn("relations", "--format", "json", cwd=tmp_path).out)["relations"]
    leads = {(one["unit"], one["field"]): one["leads_to"] for one in found}
    assert {key: leads[key] for key in (*LEADING, ("uthyrning", "plats_nr"))} == {
        **dict.fromkeys(LEADING, "person"), ("uthyrning", "plats_nr"): None,
    }  # fmt: skip


def test_it_can_be_denied(estate: Path) -> None:
    scanned(estate, DENIED)
    assert by_day(estate) == []
    swedish = insyn("relations", cwd=estate).out
    assert "0  funnen, dagen avgör vilken rad" in swedish
    assert "Där dagen avgör raden" not in swedish
