"""Binary workbooks (xlsb): cells in both their forms, and the words beside them."""

from __future__ import annotations

import struct

import pytest

from connectors.base import State
from tests.connectors.extract.binary_book import record, wide, xlsb
from tests.connectors.extract.made import read

NAME, NUMBER, PERSON = "Märta Åkesson-Öberg", "070-1740605", "900118-9811"
ROWS = [["namn", "telefon", "personnummer"], [NAME, NUMBER, "9001189811"], ["Bo Ek", "08-1", "19900118"]]


@pytest.mark.parametrize("short", [False, True])
def test_every_cell_of_every_sheet_is_read(short: bool) -> None:
    """T52. A program that writes the short form is SheetJS; calamine leaves such cells out."""
    found = read("a.xlsb", xlsb({"Kunder": ROWS, "Dolt": [["namn"], [NAME]]}, short=short))
    assert found.unread == {}
    assert found.places["a.xlsb", "row=1 sheet=Kunder", "namn"] == NAME
    assert found.places["a.xlsb", "row=1 sheet=Kunder", "telefon"] == NUMBER
    assert found.places["a.xlsb", "row=1 sheet=Kunder", "personnummer"] == "9001189811"
    assert found.places["a.xlsb", "row=2 sheet=Kunder", "telefon"] == "08-1"
    assert NAME in found.places["a.xlsb", "row=1 sheet=Dolt", "namn"]
    assert "sheet:hidden" in found.notes


ROW = record(0, bytes(25)) + record(6, bytes(8) + wide("x"))
HIDDEN = {
    "xl/comments1.bin": (record(637, b"\0" + wide(f"Ring {NUMBER}")), "comments1"),
    "xl/pivotCache/pivotCacheDefinition1.bin": (record(24, wide(NUMBER)), "pivotCacheDefinition1"),
    "xl/tables/table1.bin": (record(347, bytes(7) + wide(NUMBER)), "table1"),
    "xl/externalLinks/externalLink1.bin": (record(580, wide("rId1") + wide(NUMBER)), "externalLink1"),
}


@pytest.mark.parametrize("part", HIDDEN)
def test_words_beside_the_cells_are_read(part: str) -> None:
    data, field = HIDDEN[part]
    found = read("a.xlsb", xlsb({"A": [["x"]]}, {part: data}))
    assert found.where(NUMBER) == {("a.xlsb", "", field)}
    assert "rId1" not in found.places["a.xlsb", "", field]


@pytest.mark.parametrize("short", [False, True])
def test_damage_anywhere_is_read_or_named(short: bool) -> None:
    """T47."""
    sheet = bytearray(xlsb({"Kunder": ROWS}, short=short))
    for offset in range(0, len(sheet), len(sheet) // 60):
        for broken in (bytes(sheet[:offset]), bytes(sheet[:offset]) + b"\xff" + bytes(sheet[offset + 1 :])):
            found = read("a.xlsb", broken)
            assert found.places or found.unread or not broken, offset


def test_lengths_that_are_lies_end() -> None:
    lies = struct.pack("<I", 0xFFFFFFFF) + b"\xff\xff\xff\xff" + b"\x80" * 40
    assert read("a.xlsb", xlsb({"A": [["x"]]}, {"xl/comments1.bin": lies})).unread == {}


def test_a_cell_far_away_is_a_limit() -> None:
    """T49: calamine makes room for the whole rectangle, and ends the process where there is none."""
    last = record(0, struct.pack("<II", 1_048_575, 0) + bytes(17))
    cell = record(6, struct.pack("<I", 16_383) + bytes(4) + wide("x"))
    sheet = record(129) + record(145) + ROW + last + cell + record(146)
    book = xlsb({"A": [["x"], [NAME]]}, {"xl/worksheets/sheet1.bin": sheet})
    assert read("a.xlsb", book).unread == {"a.xlsb": (State.PARTIAL, "limit:sheet_cells")}


def test_a_sheet_with_broken_cells_is_running_text() -> None:
    """T47: its strings are read all the same."""
    sheet = record(129) + record(145) + ROW + record(6, bytes(8) + wide(NAME)) + record(5) + record(146)
    found = read("a.xlsb", xlsb({"A": [["x"]]}, {"xl/worksheets/sheet1.bin": sheet}))
    assert found.unread == {"a.xlsb": (State.PARTIAL, "corrupt")}
    assert NAME in found.places["a.xlsb", "", "cells"]
