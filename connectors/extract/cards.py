"""vCard and iCalendar: people in address books and calendars (RFC 6350, RFC 5545, vCard 2.1 of the telephones)."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator

from connectors.base import Batch
from connectors.extract.blocks import lines
from connectors.extract.encoding import clean, decode
from connectors.extract.names import Names
from connectors.extract.part import Part, Row, row_batches

_BEGIN = re.compile(r"\s*BEGIN:(?:VCARD|VCALENDAR)[ \t]*\r?\n", re.IGNORECASE)
_FOLD = re.compile(r"\r?\n[ \t]")
_SOFT = re.compile(r"=\r?\n")
_SOFT_LINES = re.compile(r"^[^\r\n:]*QUOTED-PRINTABLE[^\r\n:]*:(?:[^\r\n]*=\r?\n)+", re.IGNORECASE | re.MULTILINE)
_LINE = re.compile(r"(?:[\w-]+\.)?([\w-]+)((?:;[^:;\"]*(?:\"[^\"]*\"[^:;\"]*)*)*):(.*)", re.DOTALL)
_PARAMETER = re.compile(r";([\w-]+)=(\"[^\"]*\"|[^;:]*)")
_ESCAPED = re.compile(r"\\([nN,;:\\])")
_RECORDS = frozenset(("VCARD", "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY"))
_TOLD = frozenset(("CN", "SENT-BY", "DELEGATED-TO", "DELEGATED-FROM", "LABEL", "EMAIL", "X-ADDRESS", "SORT-AS"))
_QUOTED = re.compile(r"ENCODING=QUOTED-PRINTABLE|;QUOTED-PRINTABLE", re.IGNORECASE)
_BINARY = re.compile(r"ENCODING=(?:b|BASE64)\b|;BASE64", re.IGNORECASE)


def is_card(text: str) -> bool:
    """Tell whether the text begins with a card or a calendar."""
    return _BEGIN.match(text) is not None


def read_cards(part: Part, text: str, notes: list[str]) -> Iterator[Batch]:
    """Give one record a card or calendar entry, `{"row": n}`; a field a property: `FN`, `TEL`, `ATTENDEE.CN`.

    What stands outside of them is in the record that precedes, or the first.
    """
    yield from row_batches(part, _rows(text), notes)


def _rows(text: str) -> Iterator[Row]:
    number, names, fields = 1, Names(), dict[str, str]()
    text = _SOFT_LINES.sub(lambda match: _SOFT.sub("", match[0]), text)
    for line in lines(_FOLD.sub("", text)):
        line = line.rstrip("\r\n")
        match = _LINE.match(line)
        if match is None:
            if line.strip():
                fields[names.take("")] = line
            continue
        name, parameters, value = match[1].upper(), match[2], match[3]
        if name == "BEGIN":
            if value.strip().upper() in _RECORDS and fields:
                yield {"row": number}, fields
                number, names, fields = number + 1, Names(), {}
        elif name != "END" and not _BINARY.search(parameters):
            for field, shown in _told(name, parameters, value):
                fields[names.take(field)] = shown
    if fields:
        yield {"row": number}, fields


def _told(name: str, parameters: str, value: str) -> Iterator[tuple[str, str]]:
    if _QUOTED.search(parameters):
        value = _unquoted(value)
    value = _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)
    if name in ("N", "ADR", "ORG"):
        value = ", ".join(filter(None, (piece.strip() for piece in value.split(";"))))
    if value.strip():
        yield name, clean(value)
    for key, shown in _PARAMETER.findall(parameters):
        if key.upper() in _TOLD:
            yield f"{name}.{key.upper()}", shown.strip('"')


def _unquoted(value: str) -> str:
    try:
        return decode(quopri.decodestring(value.encode("utf-8")))[0]
    except binascii.Error:
        return value
