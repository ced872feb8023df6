"""Small binary workbooks (xlsb, [MS-XLSB]), written record by record."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from tests.connectors.extract.made import rels, zipped

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)


def record(kind: int, body: bytes = b"") -> bytes:
    """A record: its kind and its length in seven bits a byte."""
    return _varied(kind) + _varied(len(body)) + body


def wide(text: str) -> bytes:
    """A string: how many characters, and they in UTF-16."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(
    sheets: Mapping[str, Sequence[Sequence[str]]], parts: Mapping[str, bytes] | None = None, *, short: bool = False
) -> bytes:
    """Sheets of cells (digits are numbers); those whose name begins with `Dolt` are hidden.

    Args:
        sheets: Name -> rows.
        parts: Further parts.
        short: Cells after the first of a row leave out their column, as some programs write them.
    """
    listed = b"".join(
        record(156, struct.pack("<II", name.startswith("Dolt"), n) + wide(f"rId{n}") + wide(name))
        for n, name in enumerate(sheets, 1)
    )
    files = {f"worksheets/sheet{n}.bin": _sheet(rows, short=short) for n, rows in enumerate(sheets.values(), 1)}
    return zipped({
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": rels("xl/workbook.bin"),
        "xl/workbook.bin": record(131) + record(143) + listed + record(144) + record(132),
        "xl/_rels/workbook.bin.rels": rels(*files),
        **{f"xl/{name}": data for name, data in files.items()},
        **(parts or {}),
    })  # fmt: skip


def _sheet(rows: Sequence[Sequence[str]], *, short: bool) -> bytes:
    width = max(map(len, rows))
    out = record(129) + record(148, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1)) + record(145)
    for y, row in enumerate(rows):
        out += record(0, struct.pack("<II", y, 0) + bytes(17))
        for x, value in enumerate(row):
            kind, body = (5, struct.pack("<d", float(value))) if value.isdigit() else (6, wide(value))
            left_out = short and x > 0
            place = b"" if left_out else struct.pack("<I", x)
            out += record(kind + 11 if left_out else kind, place + bytes(4) + body)
    return out + record(146) + record(130)


def _varied(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*out, value))
