"""Parts of binary workbooks (xlsb, [MS-XLSB]): the words beside the cells, and cells that calamine does not know."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from connectors.extract.encoding import clean

_ROW = 0
_FIRST_SHORT, _LAST_SHORT = 12, 18
"""Cells that follow right after another in their row leave out their column; the full form is `_SHORTER` less."""
_SHORTER = 11
_CELLS = range(20)
_LEAST = {_ROW: 8, **dict.fromkeys(range(1, _FIRST_SHORT), 8), **dict.fromkeys(range(_FIRST_SHORT, 20), 4)}
"""Bytes that a record of a row or a cell has at the least."""
_LAST_COLUMN = 16_383
_LONGEST = 32_767
"""Characters of one string."""
_SHEET = re.compile(r"xl/(?:work|macro|dialog)sheets/[^/]+\.bin$")
_WORDLESS = "worksheets/binaryIndex|printerSettings|styles|theme|sharedStrings|calcChain|vbaProject|metadata"
_WORDS = re.compile(rf"xl/(?!{_WORDLESS})[^.]*\.bin$")
_REFERENCE = re.compile(r"rId\d+")


def has_words(name: str) -> bool:
    """Tell whether a part of a workbook may hold words beside cells: comments, names, prompts, pivot tables."""
    return _WORDS.match(name) is not None


def has_cells(name: str) -> bool:
    """Tell whether a part has cells, or the strings they refer to."""
    return _SHEET.match(name) is not None or name == "xl/sharedStrings.bin"


def words(data: bytes, *, cells: bool = False) -> list[str]:
    """Give the strings of a part; those of cells are left out unless they are asked for."""
    found = [text for kind, body in _records(data) if cells or kind not in _CELLS for text in _strings(body)]
    return [text for text in dict.fromkeys(found) if text.strip() and not _REFERENCE.fullmatch(text)]


def completed(parts: Mapping[str, bytes], data: bytes) -> bytes:
    """Give a workbook whose cells all have their column; the same bytes where they have.

    Args:
        parts: The workbook's parts.
        data: The workbook.
    """
    sheets = {name: _with_columns(part) for name, part in parts.items() if _SHEET.match(name) and _is_short(part)}
    if not sheets:
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in {**parts, **sheets}.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()


def is_sound(name: str, data: bytes) -> bool:
    """Tell whether the cells of a sheet are whole: calamine reads on where one is not, and may ask for all memory."""
    return not _SHEET.match(name) or all(len(body) >= _LEAST.get(kind, 0) for kind, body in _records(data))


def spanned(name: str, data: bytes) -> int:
    """How many cells the rectangle around the filled ones of a sheet has; 0: the part is no sheet, or an empty one."""
    if not _SHEET.match(name):
        return 0
    rows, columns, row = set[int](), set[int](), 0
    for kind, body in _records(data):
        if kind == _ROW:
            row = int.from_bytes(body[:4], "little")
        elif kind in _CELLS:
            rows.add(row)
            columns.add(int.from_bytes(body[:4], "little") if kind < _FIRST_SHORT else max(columns, default=0) + 1)
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) if rows else 0


def _is_short(data: bytes) -> bool:
    return any(_FIRST_SHORT <= kind <= _LAST_SHORT for kind, _ in _records(data))


def _with_columns(data: bytes) -> bytes:
    out, column = bytearray(), -1
    for kind, body in _records(data):
        if kind == _ROW:
            column = -1
        elif _FIRST_SHORT <= kind <= _LAST_SHORT:
            column = min(column + 1, _LAST_COLUMN)
            kind, body = kind - _SHORTER, column.to_bytes(4, "little") + body
        elif kind in _CELLS:
            column = int.from_bytes(body[:4], "little")
        out += _varied(kind) + _varied(len(body)) + body
    return bytes(out)


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Go through a part: the kind of each record, and what is in it; as far as the part is whole."""
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        yield kind, data[at : at + size]
        at += size


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """Read a number of seven bits a byte, and where it ends."""
    value = 0
    for place in range(most):
        byte = data[at] if at < len(data) else 0
        value, at = value | (byte & 0x7F) << 7 * place, at + 1
        if not byte & 0x80:
            break
    return value, at


def _varied(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*out, value))


def _strings(body: bytes) -> Iterator[str]:
    """Find what is a string: a length, and so many printable characters in UTF-16."""
    at = 0
    while at + 6 <= len(body):
        length = int.from_bytes(body[at : at + 4], "little")
        end = at + 4 + 2 * length
        if 0 < length <= _LONGEST and end <= len(body):
            text = clean(body[at + 4 : end].decode("utf-16-le", "replace"))
            if "\ufffd" not in text and text.replace("\n", "").replace("\r", "").replace("\t", "").isprintable():
                yield text
                at = end
                continue
        at += 1
