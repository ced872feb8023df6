"""Outlook's stores: each item of each folder, its recipients and attachments."""

from __future__ import annotations

import io
import struct
import sys
from datetime import UTC, datetime

import pytest

from connectors.base import Batch, State
from connectors.extract import Limits, extract
from tests.connectors.extract.made import docx, paragraph, read, zipped
from tests.connectors.extract.outlook import Item, pst, text

NAME, NUMBER = "Märta Åkesson-Öberg", "070-1740605"
SENT = int((datetime(2026, 1, 2, 9, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10**7)
LETTER = Item(
    {**text(0x001A, "IPM.Note"), **text(0x0037, f"\1\1Larm hos {NAME}"), **text(0x1000, f"Ring {NUMBER}\r\nHej"),
     (0x1013, 0x102): f"<p>Ring <b>{NUMBER[:4]}</b>{NUMBER[4:]}<!-- dold {NAME} --></p>".encode("cp1252"),
     (0x0039, 0x40): struct.pack("<Q", SENT)},
    [{**text(0x3001, NAME), **text(0x3003, "marta@example.se")},
     {**text(0x3001, "Bo Ek"), **text(0x3003, "bo@example.se")}],
    [{**text(0x3707, "kontrakt.docx"), (0x3701, 0x102): docx(paragraph(NAME)), (0x3705, 3): struct.pack("<I", 1)},
     {**text(0x3707, "kontrakt.docx"), (0x3701, 0x102): NUMBER.encode(), (0x3705, 3): struct.pack("<I", 1)}],
)  # fmt: skip
CONTACT = Item({**text(0x001A, "IPM.Contact"), **text(0x3001, NAME), **text(0x3A1C, NUMBER), **text(0x8000, "K-1041")})
STORE = pst({"Inkorg": [LETTER], "Kontakter": [CONTACT]})
FIRST, SECOND = "fil!/Inkorg/524292", "fil!/Kontakter/524804"
LAST = "fil!/Inkorg/524324"


def test_every_item_is_read_with_what_belongs_to_it() -> None:
    found = read("fil", STORE)
    assert found.unread == {}
    assert found.places[FIRST, "", "Subject"] == f"Larm hos {NAME}"
    assert found.places[FIRST, "", ""] == f"Ring {NUMBER}\r\nHej"
    assert found.places[FIRST, "", "html"] == f"Ring {NUMBER}"
    assert found.places[FIRST, "", "@comment"] == f" dold {NAME} "
    assert found.places[FIRST, "", "recipients"] == f"{NAME} marta@example.se\nBo Ek bo@example.se"
    assert found.places[FIRST, "", "path"] == "Inkorg/524292"
    assert found.places[f"{FIRST}!/kontrakt.docx", "", ""] == NAME
    assert found.places[f"{FIRST}!/kontrakt.docx_2", "", ""] == NUMBER
    assert (found.places[SECOND, "", "name"], found.places[SECOND, "", "telephone"]) == (NAME, NUMBER)
    assert found.places[SECOND, "", "0x8000"] == "K-1041"


def test_an_item_is_as_old_as_its_sending() -> None:
    letter = next(one for one in extract("fil", STORE) if one.unit == FIRST)
    assert isinstance(letter, Batch)
    assert letter.dates == {"Date": ["2026-01-02"]}


def test_a_store_that_is_a_file_is_not_held() -> None:
    """T42: years of mail; one in an archive is, up to the limit."""
    small = {"held_bytes": 1000, "whole_bytes": 4000}
    streamed = [one for one in extract("fil", io.BytesIO(STORE), Limits(**small)) if one.unit == SECOND]
    assert isinstance(streamed[0], Batch)
    packed = zipped({"arkiv.pst": STORE})
    assert read("fil", packed, **small).unread == {"fil!/arkiv.pst": (State.REFUSED, "limit:whole_bytes")}
    assert read("fil", packed).where(NUMBER) == {
        (f"fil!/arkiv.pst!/{name}", "", field)
        for name, field in (("Inkorg/524292", ""), ("Inkorg/524292", "html"), ("Inkorg/524292!/kontrakt.docx_2", ""),
                            ("Kontakter/524804", "telephone"))
    }  # fmt: skip


def test_one_item_is_read_alone() -> None:
    only = {one.unit for one in extract("fil", STORE, only=f"{FIRST}!/kontrakt.docx")}
    assert f"{FIRST}!/kontrakt.docx" in only
    assert SECOND not in only


def test_each_item_has_a_budget_of_its_own() -> None:
    """Ten thousand attachments in as many mails are no bomb; in one mail they are."""
    many = pst({"Inkorg": [LETTER, LETTER]})
    assert read("fil", many, members=8).unread == {}
    assert set(read("fil", many, members=1).unread.values()) == {(State.REFUSED, "limit:members")}
    assert read("fil", many, members=1).where("Larm hos") == {(one, "", "Subject") for one in (FIRST, LAST)}


def test_without_the_extra_the_store_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypff", None)
    assert read("fil", STORE).unread == {"fil": (State.UNSUPPORTED, "pst: pip install insyn[pst]")}


@pytest.mark.slow
def test_damage_anywhere_is_read_or_named() -> None:
    """T47."""
    for offset in range(4, len(STORE), len(STORE) // 120):
        for broken in (STORE[:offset], STORE[:offset] + bytes([STORE[offset] ^ 0xFF]) + STORE[offset + 1 :]):
            found = read("fil", broken)
            assert found.places or found.unread, offset
