"""LDIF: what directories such as Active Directory give out (RFC 2849). Values with Swedish letters are in base64."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from connectors.base import Batch
from connectors.extract.blocks import lines
from connectors.extract.encoding import clean, decode
from connectors.extract.names import Names
from connectors.extract.part import Part, Row, row_batches
from connectors.extract.sniff import is_text

_BEGIN = re.compile(
    r"(?:\s*#[^\n]*\n|\s*version:[^\n]*\n|\s)*dn::?[^\n]*\n(?:[ \t][^\n]*\n)*[A-Za-z][\w.;-]*:", re.ASCII
)
_FOLD = re.compile(r"\r?\n ")
_LINE = re.compile(r"([A-Za-z][\w.-]*(?:;[\w-]+)*):(:|<)?[ \t]*(.*)", re.ASCII | re.DOTALL)


def is_ldif(text: str) -> bool:
    """Tell whether the text begins with an entry: the name of one, and an attribute."""
    return _BEGIN.match(text) is not None


def read_ldif(part: Part, text: str, notes: list[str]) -> Iterator[Batch]:
    """Give one record an entry, `{"row": n}`, a field an attribute; values that come again are `mail_2`, `mail_3`.

    Values that are no text (a photograph) are left out.
    """
    yield from row_batches(part, _rows(text), notes)


def _rows(text: str) -> Iterator[Row]:
    number, names, fields = 1, Names(), dict[str, str]()
    for line in lines(_FOLD.sub("", text)):
        line = line.rstrip("\r\n")
        if not line.strip():
            if "dn" in fields:  # what stands before the first entry is the first one's
                yield {"row": number}, fields
                number, names, fields = number + 1, Names(), {}
            continue
        match = _LINE.match(line)
        name, value = (match[1], _value(match[2] or "", match[3])) if match else ("", line)
        if value:
            fields[names.take(name)] = value
    if fields:
        yield {"row": number}, fields


def _value(sign: str, value: str) -> str:
    """What a value reads; "" if it is none that can be read as text."""
    if sign != ":":
        return value
    try:
        text = decode(binascii.a2b_base64(value))[0]
    except ValueError:
        return value
    return clean(text) if is_text(text) else ""
