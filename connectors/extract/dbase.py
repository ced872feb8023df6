"""dBase, FoxPro and Clipper tables (.dbf): the registers of old programs. Rows marked as deleted are read too."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from connectors.base import Batch, Record, State, Unread
from connectors.dates import dates_of
from connectors.extract.encoding import clean, decode
from connectors.extract.names import Names
from connectors.extract.part import Part

_VERSIONS = frozenset((0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x7B, 0x83, 0x8B, 0x8E, 0xCB, 0xE5, 0xF5))
_HEAD, _FIELD, _END = 32, 32, 0x0D
_CODE_PAGES = {
    0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x08: "cp865", 0x17: "cp865", 0x57: "cp1252", 0x58: "cp1252",
    0x64: "cp852", 0x65: "cp866", 0x66: "cp865", 0xC8: "cp1250",
}  # fmt: skip
"""By the mark of the language driver; 0 says nothing, and the text itself tells."""
_TEXT = frozenset("CNFLD")
"""Kinds of fields whose values are written as text; the others are numbers in binary or lie in a memo file."""
_NUMBERS = {"I": "<i", "B": "<d", "Y": "<q"}
_DELETED = 0x2A


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    kind: str
    start: int
    size: int


def is_dbase(data: bytes) -> bool:
    """Tell a table by a header that agrees with itself: its length, its fields, and the length of a row."""
    return bool(_fields(data))


def read_dbase(part: Part) -> Iterator[Batch | Unread]:
    """Give one record a row, `{"row": n}`, deleted rows too (field `@deleted`). Memos lie in a file of their own."""
    fields = _fields(part.data)
    rows, start, width = struct.unpack_from("<IHH", part.data, 4)
    page = _CODE_PAGES.get(part.data[29], "")
    step = max(1, min(part.limits.batch_records, part.limits.batch_cells // len(fields)))
    there = min(rows, max(0, len(part.data) - start) // width)
    for first in range(0, there, step):
        places = range(start + first * width, start + min(first + step, there) * width, width)
        yield _batch(part, fields, [part.data[at : at + width] for at in places], (first, page))
    if there < rows:
        yield Unread(part.unit, State.PARTIAL if there else State.UNREADABLE, "corrupt")


def _batch(part: Part, fields: list[_Field], rows: list[bytes], at: tuple[int, str]) -> Batch:
    first, page = at
    columns = {one.name: [_value(one, row, page) for row in rows] for one in fields}
    if any(row[0] == _DELETED for row in rows):
        columns["@deleted"] = ["deleted" if row[0] == _DELETED else None for row in rows]
    records: list[Record] = [{"row": first + n} for n in range(1, len(rows) + 1)]
    return Batch(part.unit, records, columns, dates_of(columns))


def _value(field: _Field, row: bytes, page: str) -> str | None:
    data = row[field.start : field.start + field.size]
    if field.kind in _NUMBERS:
        (number,) = struct.unpack(_NUMBERS[field.kind], data)
        return str(number)
    data = data.strip(b" \0")
    text = clean(data.decode(page, "replace") if page else decode(data)[0])
    if field.kind == "D" and len(text) == 8 and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text or None


def _fields(data: bytes) -> list[_Field]:
    """Read the header; nothing if it is none."""
    if len(data) < _HEAD + _FIELD or data[0] not in _VERSIONS:
        return []
    month, day = data[2:4]
    start, width = struct.unpack_from("<HH", data, 8)
    found: list[_Field] = []
    names, at, end = Names(), _HEAD, 1
    while at + _FIELD <= min(start, len(data)) and data[at] != _END:
        name, kind, size = data[at : at + 11].partition(b"\0")[0], chr(data[at + 11]), data[at + 16]
        if kind == "C":
            size += data[at + 17] << 8
        if not name.strip() or not size or not kind.isalpha():
            return []
        found.append(_Field(names.take(clean(decode(name.strip())[0])), kind, end, size))
        at, end = at + _FIELD, end + size
    fits = month <= 12 and day <= 31 and end == width and at < len(data) and data[at] == _END
    read = [one for one in found if one.kind in _TEXT or _is_number(one)]
    return read if fits else []


def _is_number(field: _Field) -> bool:
    return field.kind in _NUMBERS and field.size == struct.calcsize(_NUMBERS[field.kind])
