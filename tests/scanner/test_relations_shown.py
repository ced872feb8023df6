"""`insyn relations`, and what `check`, `scan` and `subject` make of the `relations:` that are said."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from scanner.keys import new_key
from tests.scanner.forking import insyn

pytestmark = pytest.mark.slow

PERSON = "19811218-9876"
CONFIG = """\
sources:
  crm:
    type: database
    url: sqlite:///crm.db
    owner: Kundtjänst
{crm}  share:
    type: files
    path: share
    owner: IT
{share}"""
CRM = """\
    relations:
      - {from: visits.holder_id, to: holders.id}
      - {from: visits.holdr, to: holders.id}
      - {from: visit.holder_id, to: holders.id}
      - {from: logs.what, to: holders.sub_no}
      - {from: logs.holder_id, deny: true}
"""
SHARE = """\
    relations:
      - {from: export/aktiva.csv.Abonnemang, source: crm, to: holders.sub_no}
"""


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    new_key(tmp_path / "insyn.key")
    holders = [(at, f"{at * 7} B", f"p{at}@example.se", PERSON if at == 3 else None) for at in range(1, 20)]
    with sqlite3.connect(tmp_path / "crm.db") as crm:
        crm.execute("CREATE TABLE holders (id INTEGER PRIMARY KEY, sub_no TEXT, epost TEXT, personnummer TEXT)")
        crm.execute("CREATE TABLE visits (id INTEGER PRIMARY KEY, holder_id INTEGER, day TEXT)")
        crm.execute("CREATE TABLE logs (id INTEGER PRIMARY KEY, holder_id INTEGER, what TEXT)")
        crm.executemany("INSERT INTO holders VALUES (?, ?, ?, ?)", holders)
        crm.executemany("INSERT INTO visits VALUES (?, ?, '2026-01-02')", [(at, at % 15 + 1) for at in range(100, 130)])
        crm.executemany("INSERT INTO logs VALUES (?, ?, 'larm av')", [(at, at % 15 + 1) for at in range(200, 230)])
    crm.close()
    (tmp_path / "share" / "export").mkdir(parents=True)
    rows = "".join(f"{at * 7} B;aktiv;{at}\n" for at in range(1, 12))
    (tmp_path / "share" / "export" / "aktiva.csv").write_text(f"Abonnemang;Status;Plats\n{rows}", encoding="utf-8")
    configure(tmp_path)
    assert insyn("scan", cwd=tmp_path).code == 0
    return tmp_path


def configure(directory: Path, crm: str = "", share: str = "") -> None:
    (directory / "insyn.yaml").write_text(CONFIG.format(crm=crm, share=share), encoding="utf-8")


def told(directory: Path, *arguments: str) -> dict[str, Any]:
    run = insyn("relations", *arguments, "--format", "json", cwd=directory)
    assert run.code == 0, run.err
    found: dict[str, Any] = json.loads(run.out)
    return found


def followed(found: dict[str, Any]) -> dict[tuple[str, str], str]:
    """Column and what it refers to -> how that is known."""
    ends = ("unit", "field"), ("to_unit", "to_field")
    return {(".".join(one[n] for n in ends[0]), ".".join(one[n] for n in ends[1])): one["origin"] for one in found["relations"]}  # fmt: skip  # noqa: E501


FOUND = {
    ("visits.holder_id", "holders.id"): "discovered",
    ("logs.holder_id", "holders.id"): "discovered",
}


def test_what_was_found_is_shown(estate: Path) -> None:
    found = told(estate)
    assert followed(found) == FOUND
    (visits,) = (one for one in found["relations"] if one["unit"] == "visits")
    assert (visits["matched"], visits["compared"], visits["leads_to"]) == (15, 15, "person")
    text = insyn("relations", "--lang", "en", cwd=estate).out
    assert "found by names and values" in text
    assert "Nothing is said there of keys." in text
    assert "funnen genom namn och värden" in insyn("relations", cwd=estate).out
    listed = insyn("relations", "share", "--format", "csv", cwd=estate).out.removeprefix("\ufeff").splitlines()
    assert list(csv.DictReader(listed, delimiter=";")) == []
    wrong = insyn("relations", "crn", cwd=estate)
    assert (wrong.code, wrong.out) == (2, "")
    assert "there is no source crn; there are crm, share" in wrong.line


def test_what_is_said_is_shown_with_what_became_of_it(estate: Path) -> None:
    configure(estate, CRM, SHARE)
    before = told(estate)
    assert followed(before) == FOUND
    assert [one["state"] for one in before["said"]] == [
        "waiting", "no_column", "no_table", "waiting", "waiting", "waiting",
    ]  # fmt: skip
    scan = insyn("scan", cwd=estate)
    assert scan.code == 0
    place = "insyn: insyn.yaml: sources.crm.relations."
    assert scan.err.splitlines() == [
        f"{place}1: visits.holdr: there is no such column; did you mean holder_id?",
        f"{place}2: visit.holder_id: there is no such table, file or folder; did you mean visits?",
        f"{place}3: is followed, but no value of logs.what stands there",
    ]
    after = told(estate)
    assert followed(after) == {
        ("visits.holder_id", "holders.id"): "configured",
        ("logs.what", "holders.sub_no"): "configured",
        ("export/aktiva.csv.Abonnemang", "holders.sub_no"): "configured",
    }
    assert [one["state"] for one in after["said"]] == [
        "followed", "no_column", "no_table", "apart", "denied", "followed",
    ]  # fmt: skip
    assert [one["state"] for one in told(estate, "share")["said"]] == ["followed"]


def test_check_tells_how_many_are_said_and_which_tables_are_not_there(estate: Path) -> None:
    configure(estate, CRM, SHARE.replace("holders.sub_no", "holdrs.sub_no"))
    lines = [line.strip() for line in insyn("check", cwd=estate).out.splitlines()]
    assert "relations: 4 declared, 1 denied" in lines
    assert "relations: 1 declared, 0 denied" in lines
    missing = [line for line in lines if "no such table" in line]
    end = "there is no such table, file or folder; did you mean"
    assert missing == [
        f"warning: relations.2: visit.holder_id: {end} visits?",
        f"warning: sources.share.relations.0: holdrs.sub_no: {end} holders?",
    ]


def test_a_dry_run_lists_what_is_read_again_for_a_key(estate: Path) -> None:
    assert "share: 0 units would be read, 1 unchanged" in insyn("scan", "share", "--dry-run", cwd=estate).out
    configure(estate, share=SHARE)
    run = insyn("scan", "share", "--dry-run", cwd=estate)
    assert run.out.splitlines()[0].endswith("\tstale")
    assert insyn("scan", cwd=estate).code == 0
    assert "share: 0 units would be read, 1 unchanged" in insyn("scan", "share", "--dry-run", cwd=estate).out


def test_a_search_reaches_rows_by_a_key_that_is_said_and_is_sure_of_them(estate: Path) -> None:
    def hits() -> dict[str, str]:
        run = insyn("subject", PERSON, "--case", "A-1", "--format", "json", cwd=estate)
        return {one["unit"]: one["grade"] for one in json.loads(run.out)["hits"]}

    assert hits() == {"holders": "certain", "visits": "probable", "logs": "probable"}
    configure(estate, CRM, SHARE)
    insyn("scan", cwd=estate)
    assert hits() == {"holders": "certain", "visits": "certain", "export/aktiva.csv": "certain"}


def test_nothing_was_scanned_yet(tmp_path: Path) -> None:
    new_key(tmp_path / "insyn.key")
    configure(tmp_path)
    run = insyn("relations", cwd=tmp_path)
    assert run.code != 0
    assert run.line.startswith("insyn: ")
