"""SIE: Swedish accounts, type 1 to 4 (SIE-gruppen, format 4B). Names of customers stand in the texts of vouchers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from connectors.base import Batch
from connectors.extract.blocks import lines
from connectors.extract.part import Part, Row, row_batches

_BEGIN = re.compile(r"\s*#FLAGGA[ \t]+[01]")
_ITEM = re.compile(r'"((?:[^"\\]|\\.)*)"?|(\{[^}]*\}?)|([^\s"{}]+)')
_ITEMS = {
    "ADRESS": ("kontakt", "utdelningsadress", "postadress", "telefon"),
    "GEN": ("datum", "signatur"),
    "KONTO": ("kontonummer", "kontonamn"),
    "OBJEKT": ("dimension", "objektnummer", "objektnamn"),
    "DIM": ("dimension", "namn"),
    "ORGNR": ("organisationsnummer",),
    "FNAMN": ("företagsnamn",),
    "VER": ("serie", "vernummer", "datum", "text", "registreringsdatum", "signatur"),
    **dict.fromkeys(
        ("TRANS", "RTRANS", "BTRANS"), ("kontonummer", "objekt", "belopp", "datum", "text", "kvantitet", "signatur")
    ),
}


def is_sie(text: str) -> bool:
    """Tell whether the text begins as every SIE file does."""
    return _BEGIN.match(text) is not None


def read_sie(part: Part, text: str, notes: list[str]) -> Iterator[Batch]:
    """Give one record a line, `{"row": line number}`; fields `VER.text`, `ADRESS.telefon` …, else by place `BKOD.1`."""
    return row_batches(part, _rows(text), ["encoding:cp437" if note == "encoding:cp850" else note for note in notes])


def _rows(text: str) -> Iterator[Row]:
    for number, line in enumerate(lines(text), 1):
        bare = line.strip()
        label, _, rest = bare[1:].partition(" ") if bare.startswith("#") else ("", "", bare)
        if bare in ("", "{", "}"):
            continue
        names = _ITEMS.get(label.upper(), ())
        items = [_item(match) for match in _ITEM.finditer(rest)] if label else [bare]
        fields = {_name(label, names, at): item for at, item in enumerate(items) if item}
        if fields:
            yield {"row": number}, fields


def _item(match: re.Match[str]) -> str:
    if match[1] is not None:
        return match[1].replace('\\"', '"')
    return (match[2] or match[3]).strip("{}")


def _name(label: str, names: tuple[str, ...], at: int) -> str:
    if not label:
        return ""
    return f"{label.upper()}.{names[at] if at < len(names) else at + 1}"
