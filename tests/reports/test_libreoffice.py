"""S11, T65: what LibreOffice itself makes of our tables: no formula, no link, zeros and plus signs as they were."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from lxml import etree

from reports.facts import Coverage, Estate, FieldFacts, Source
from reports.formats import render_inventory
from reports.inventory import Inventory, build
from reports.policy import Policy
from tests.reports.test_formats import PAYLOADS
from tests.servers.private import program

pytestmark = pytest.mark.slow

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
NUMBERS = ("0070", "+46701740605", "08-465 004 00")
SWEDISH = "CSV:59,34,76"
"""Semicolons, quotes, UTF-8: what Calc takes as they are when a user opens our CSV."""


@pytest.fixture
def hostile(policy: Policy) -> Inventory:
    """A source, unit, field, entity and reason of every name that could act."""
    names = [*PAYLOADS, *NUMBERS]
    facts = [FieldFacts(name, name, "file", name, name, values=1, total=1) for name in names]
    coverage = [Coverage(name, "partial", 1, {name: 1}) for name in names]
    return build(Estate([Source(name, name, owner=name) for name in names], facts, coverage), policy)


def opened(path: Path, *options: str) -> etree._Element:
    """The file as LibreOffice Calc understands it."""
    calc = program("soffice", "libreoffice-calc")
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = [calc, profile, "--headless", *options, "--convert-to", "fods", "--outdir", str(path.parent), str(path)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    assert path.with_suffix(".fods").exists(), done.stderr.decode()
    return etree.parse(path.with_suffix(".fods"), etree.XMLParser(huge_tree=True)).getroot()


def formulas(book: etree._Element) -> list[str]:
    return [cell.get(f"{TABLE}formula") for cell in book.iter(f"{TABLE}table-cell") if cell.get(f"{TABLE}formula")]


def texts(book: etree._Element) -> set[str]:
    return {"".join(line.itertext()) for line in book.iter(f"{TEXT}p")}


def test_a_workbook_runs_nothing_and_keeps_its_zeros(tmp_path: Path, hostile: Inventory) -> None:
    path = tmp_path / "inventering.xlsx"
    path.write_bytes(render_inventory(hostile, "xlsx"))
    book = opened(path)
    assert not formulas(book)
    assert not list(book.iter(f"{TEXT}a"))
    assert set(NUMBERS) <= texts(book)


def test_csv_runs_nothing(tmp_path: Path, hostile: Inventory) -> None:
    path = tmp_path / "inventering.csv"
    path.write_bytes(render_inventory(hostile, "csv"))
    book = opened(path, f"--infilter={SWEDISH}")
    assert not formulas(book)
    assert len(list(book.iter(f"{TABLE}table-row"))) > len(NUMBERS)


def test_a_formula_would_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "formel.csv"
    path.write_text("namn;antal\n=1+1;2\n", encoding="utf-8")
    assert formulas(opened(path, f"--infilter={SWEDISH}"))
