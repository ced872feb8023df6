"""Retention over the demo estate, against dates worked out from its database by another library."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from scanner.demo.world import TODAY
from tests.scanner.conftest import Demo, Run, insyn

ON = TODAY.isoformat()
VERDICTS = ("overdue", "may_be_overdue")


def retention(cwd: Path, *arguments: object) -> Run:
    run = insyn("retention", "--on", ON, *arguments, cwd=cwd)
    assert run.code == 0, run.err
    return run


@pytest.fixture(scope="module")
def report(demo: Demo) -> dict[str, list[dict[str, object]]]:
    return dict(json.loads(retention(demo.directory, "--format", "json").out))


@pytest.fixture(scope="module")
def rows(demo: Demo) -> list[dict[str, str]]:
    listed = retention(demo.directory, "--rows", "--format", "csv").out
    return list(csv.DictReader(io.StringIO(listed.removeprefix("\ufeff")), delimiter=";"))


def months_on(days: pd.Series, months: int) -> pd.Series:
    """Another library's reckoning."""
    return pd.to_datetime(days) + pd.DateOffset(months=months)


CUSTOMERS = """
SELECT k.kundnr, k.avslutad, MAX(k.avslutad,
    IFNULL((SELECT MAX(forfallo) FROM fakturor WHERE kund = k.kundnr), ''),
    IFNULL((SELECT MAX(inkom) FROM betalningar JOIN fakturor USING (fakturanr) WHERE kund = k.kundnr), '')) AS later
FROM kunder k WHERE k.avslutad IS NOT NULL
"""
CHILDREN = {
    "kunder": "SELECT kundnr, kundnr AS id FROM kunder",
    "avtal": "SELECT kundnr, avtalsnr AS id FROM avtal",
    "anlaggningar": "SELECT kundnr, anl_id AS id FROM anlaggningar",
    "larmlogg": "SELECT kundnr, id FROM larmlogg JOIN anlaggningar ON anlaggning = anl_id",
}


@pytest.mark.parametrize("table", CHILDREN)
def test_rows_of_former_customers(demo: Demo, rows: list[dict[str, str]], table: str) -> None:
    with closing(sqlite3.connect(demo.directory / "crm.db")) as crm:
        customers = pd.read_sql_query(CUSTOMERS, crm)
        children = pd.read_sql_query(CHILDREN[table], crm)
    customers["first"], customers["last"] = (months_on(customers[name], 24) for name in ("avslutad", "later"))
    children = children.merge(customers, on="kundnr")
    over = children[children["last"] < pd.Timestamp(TODAY)]
    maybe = children[(children["first"] < pd.Timestamp(TODAY)) & (children["last"] >= pd.Timestamp(TODAY))]
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["unit"] == table:
            found[row["verdict"]].add(str(next(iter(json.loads(row["record"]).values()))))
    assert len(over) > 20
    employees = {"anlaggningar", "avtal"}  # they hold others' data too, which may have a shorter time
    assert set(over["id"].astype(str)) == found["overdue"]
    if table not in employees:
        assert set(maybe["id"].astype(str)) == found["may_be_overdue"]


def test_quotes_and_recommendations(demo: Demo, rows: list[dict[str, str]]) -> None:
    with closing(sqlite3.connect(demo.directory / "crm.db")) as crm:
        for table, key, months in (("offerter", "offertnr", 6), ("rekommendationer", "id", 3)):
            told = pd.read_sql_query(f"SELECT {key} AS id, skapad FROM {table}", crm)
            over = told[months_on(told["skapad"], months) < pd.Timestamp(TODAY)]
            mine = {str(json.loads(row["record"])[key]) for row in rows if row["unit"] == table}
            assert set(over["id"].astype(str)) == mine


def test_files_are_listed_by_their_path(demo: Demo, rows: list[dict[str, str]]) -> None:
    files = [row for row in rows if row["source"] == "share" and "!" not in row["unit"]]
    assert files
    assert all((demo.directory / "share" / row["unit"]).is_file() for row in files)


def test_the_sql_selects_what_was_counted(demo: Demo, report: dict[str, list[dict[str, object]]]) -> None:
    queries: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for item in report["items"]:
        if item["verdict"] == "overdue" and item["select"]:
            queries[str(item["select"])][f"{item['field']} {item['entity']}"] += int(str(item["count"]))
    assert len(queries) > 8
    with closing(sqlite3.connect(demo.directory / "crm.db")) as crm:
        for query, counts in queries.items():
            selected = len(crm.execute(query).fetchall())
            bare = {count for name, count in counts.items() if name.endswith(" None")}
            assert not bare or bare == {selected}, query
            assert selected > 0


def test_most_of_the_estate_is_in_time_and_nothing_unknown_is(report: dict[str, dict[str, int]]) -> None:
    assert all(report["totals"][verdict] > 0 for verdict in report["totals"])
    for item in report["items"]:
        if item["verdict"] == "unknown":  # type: ignore[index]
            assert None in item["until"]  # type: ignore[index]


def plain(item: dict[str, str]) -> bool:
    """Overdue by dates of the row itself."""
    tables = ("offerter", "rekommendationer")
    return item["unit"] in tables and bool(item["select"]) and " JOIN " not in item["select"]


@pytest.mark.slow
def test_after_erasure_and_a_new_scan_nothing_is_left(demo: Demo, tmp_path: Path) -> None:
    estate = tmp_path / "estate"
    shutil.copytree(demo.directory, estate)
    retention(estate, "--format", "json", "-o", "before.json")
    before = json.loads((estate / "before.json").read_text(encoding="utf-8"))
    with closing(sqlite3.connect(estate / "crm.db")) as crm:
        for query in {item["select"] for item in before["items"] if plain(item)}:
            crm.execute(query.replace(f"SELECT {query.split('.*')[0].split()[1]}.*", "DELETE", 1).rstrip(";"))
        crm.commit()
    insyn("scan", "crm", cwd=estate)
    kept = [item for item in before["items"] if plain(item)]
    assert {item["unit"] for item in kept} == {"offerter", "rekommendationer"}
    (estate / "erased.json").write_text(json.dumps(before | {"items": kept}), encoding="utf-8")
    assert "0 kvar av det som var förfallet." in retention(estate, "--against", "erased.json").out


@pytest.mark.slow
def test_overdue_ends_4_where_it_is_asked_for(demo: Demo) -> None:
    assert insyn("retention", "--fail-on", "overdue", "--on", ON, cwd=demo.directory).code == 4


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--on", "igår"], "--on: igår is no date; write it as 2026-11-22"),
        (["--fail-on", "late"], "--fail-on: late is not possible here; there are overdue"),
        (["--rows"], "--format: text is not possible here; there are jsonl, csv"),
        (["--against", "insyn.yaml"], "is no earlier `retention --format json`"),
        (["--format", "docx"], "there are json, text, csv, xlsx, html, pdf"),
    ],
)
def test_wrong_options_end_2(demo: Demo, arguments: list[str], expected: str) -> None:
    run = insyn("retention", *arguments, cwd=demo.directory)
    assert run.code == 2
    assert expected in run.line
