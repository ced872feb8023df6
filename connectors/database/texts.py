"""The text of a cell: the same for the same datum, whatever database it comes from.

Truth values are `1` and `0`, numbers plain decimals without exponent or trailing zeros, times ISO with a space, in
UTC and without a fraction of zeros; those that the database knows the zone of end with `Z`. Text stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.database.tables import Sort

MAX_EXPONENT = 400
"""A number longer than this keeps its exponent."""

_TIME = re.compile(
    r"(?P<date>\d{4,}-\d\d-\d\d)[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?P<part>\.\d+)?(?P<zone>Z|[+-][\d:]+)?(?P<era> BC)?"
)
_CLOCK = re.compile(r"(-?\d+:\d\d(?::\d\d)?)\.0+")
_UTC = frozenset({"Z", "+00", "+0000", "+00:00"})
MARKS = frozenset({"1"})
"""What stands for the bytes of a database whose bytes are not read."""
_PLAIN = frozenset({str, type(None)})


def decoded(raw: bytes) -> str:
    """Text of bytes that should be UTF-8; where they are not they are taken for Windows' Western code page."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def number(text: str) -> str:
    """A number without exponent and trailing zeros: `1e3` -> `1000`, `12.50` -> `12.5`. No number: as it is."""
    if "e" in text or "E" in text:
        text = _expanded(text)
    return text.rstrip("0").rstrip(".") if "." in text and text.replace(".", "").lstrip("-").isdigit() else text


def _expanded(text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return f"{value:f}" if abs(value.adjusted()) <= MAX_EXPONENT else text


def moment(text: str) -> str:
    """A date and time in one form: `2024-01-01T12:00:00.000+00` -> `2024-01-01 12:00:00Z`. Another text: as it is."""
    match = _TIME.fullmatch(text)
    if not match:
        return text
    part = (match["part"] or "").rstrip("0").rstrip(".")
    zone = "Z" if match["zone"] in _UTC else match["zone"] or ""
    return f"{match['date']} {match['time']}{part}{zone}{match['era'] or ''}"


def clock(text: str) -> str:
    """A time of day without a fraction of zeros."""
    match = _CLOCK.fullmatch(text)
    return match[1] if match else text


_CLEANERS: dict[Sort, Callable[[str], str]] = {Sort.NUMBER: number, Sort.DATETIME: moment, Sort.TIME: clock}


def cleaned(sort: Sort, cells: Iterable[Any]) -> tuple[Sequence[str | None], bool]:
    """Texts of a column's cells, and whether one of them held bytes (None here)."""
    cells = list(cells)
    if sort is Sort.BINARY:
        return _binary(cells)
    kinds = set(map(type, cells))
    clean = _CLEANERS.get(sort)
    if kinds <= _PLAIN and clean is None:
        return cells, False
    return [_text(cell, clean) for cell in cells], bool(kinds & {bytes, memoryview, bytearray})


def _binary(cells: Sequence[Any]) -> tuple[Sequence[str | None], bool]:
    """Of a binary column: a text that SQLite keeps in it; bytes, or the mark that there are some, are left out."""
    texts = [None if cell is None or isinstance(cell, bytes) or cell in MARKS else str(cell) for cell in cells]
    return texts, any(cell is not None for cell in cells)


def _text(cell: Any, clean: Callable[[str], str] | None) -> str | None:
    if cell is None or isinstance(cell, bytes | bytearray | memoryview):
        return None
    if isinstance(cell, str):
        return clean(cell) if clean else cell
    if isinstance(cell, bool | int):
        return str(int(cell))
    return number(str(cell)).replace("inf", "Infinity").replace("nan", "NaN") if isinstance(cell, float) else str(cell)
