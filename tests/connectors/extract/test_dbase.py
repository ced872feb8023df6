"""dBase tables: text in the code page of the machine, dates, numbers, and rows that were deleted but are there."""

from __future__ import annotations

import struct

import pytest

from connectors.base import State
from tests.connectors.extract.made import read

NAME, NUMBER = "Märta Åkesson-Öberg", "070-1740605"
FIELDS = [("NAMN", "C", 30), ("TEL", "C", 15), ("KUND_SEDAN", "D", 8), ("SALDO", "N", 10), ("NR", "I", 4)]
ROWS = [
    (b" ", NAME, NUMBER, "20250506", "12.50", 1),
    (b"*", "Bo Ek", "08-1", "", "", 2),
    (b" ", "Åsa", "", "20261231", "-1", 3),
]


def table(encoding: str = "cp850", mark: int = 0, rows: int = len(ROWS)) -> bytes:
    width = 1 + sum(size for _, _, size in FIELDS)
    head = struct.pack("<BBBBIHH17xBxx", 3, 126, 1, 2, rows, 32 + 32 * len(FIELDS) + 1, width, mark)
    for name, kind, size in FIELDS:
        head += name.encode().ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([size, 0]) + bytes(14)
    body = b""
    for mark_of_row, *texts, number in ROWS:
        cells = zip(texts, FIELDS, strict=False)
        body += mark_of_row + b"".join(str(text).encode(encoding).ljust(size) for text, (_, _, size) in cells)
        body += struct.pack("<i", number)
    return head + b"\r" + body + b"\x1a"


@pytest.mark.parametrize(("encoding", "mark"), [("cp850", 0), ("cp850", 2), ("cp1252", 3), ("cp1252", 0), ("cp437", 1)])
def test_rows_are_read_with_their_letters(encoding: str, mark: int) -> None:
    found = read("kund.dbf", table(encoding, mark))
    assert found.unread == {}
    row = {field: value for (_, record, field), value in found.places.items() if record == "row=1"}
    assert row == {"NAMN": NAME, "TEL": NUMBER, "KUND_SEDAN": "2025-05-06", "SALDO": "12.50", "NR": "1"}
    assert found.places["kund.dbf", "row=2", "@deleted"] == "deleted"
    assert found.places["kund.dbf", "row=2", "NAMN"] == "Bo Ek"
    assert found.places["kund.dbf", "row=3", "NAMN"] == "Åsa"


def test_a_table_that_is_cut_is_partial() -> None:
    """T47."""
    assert read("a", table(rows=9)).unread == {"a": (State.PARTIAL, "corrupt")}
    assert read("a", table()[:200]).unread == {"a": (State.UNREADABLE, "corrupt")}


def test_damage_anywhere_is_read_or_named() -> None:
    """T47."""
    whole = table()
    for offset in range(1, len(whole)):
        for broken in (whole[:offset], whole[:offset] + bytes([whole[offset] ^ 0xFF]) + whole[offset + 1 :]):
            found = read("a", broken)
            assert found.places or found.unread, offset


@pytest.mark.parametrize("text", ["\x03", "\x030" * 40, "0" * 100, "C" * 300])
def test_what_is_no_table_is_none(text: str) -> None:
    assert "NAMN" not in str(read("a", text.encode()).places)
