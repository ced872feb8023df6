"""Cells of workbooks (xlsx, xlsb, xls, ods), a row a record; numbers and dates as people see them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from connectors.base import Batch, Record, State, Unread
from connectors.dates import dates_of
from connectors.extract import biff12
from connectors.extract.encoding import clean
from connectors.extract.header import find_header
from connectors.extract.names import Names
from connectors.extract.part import Part

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_SAMPLE_ROWS = 50
_SHEET_DATA = re.compile(rb"<((?:\w+:)?)sheetData\b.*?</\1sheetData>", re.DOTALL)
_ODF_CELL_TEXT = re.compile(rb"<text:p\b(?:[^>]*/>|.*?</text:p>)", re.DOTALL)
_ODF_ANNOTATION = re.compile(rb"<office:annotation\b.*?</office:annotation>", re.DOTALL)
_FORMULA = re.compile(rb"<f(?:\s[^>]*)?>([^<]*&quot;[^<]*|[^<]*\"[^<]*)</f>")
_PLACE = re.compile(rb"<c\s[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_PERSONAL = re.compile(r"person|\bp-?nr|pnr\b|\bssn\b|födelsen|samordningsn", re.IGNORECASE)
"""Names of columns that hold personnummer."""
_DIGITS, _FEWEST = 10, 7
_FORMULA_CELLS = b"<formulas>%s</formulas>"


def without_cells(data: bytes) -> bytes:
    """Leave of a sheet's XML what is beside the cells: prompts, headers, and formulas that hold words."""
    if b"<office:document-content" in data[:4096]:
        notes = b"".join(_ODF_ANNOTATION.findall(data))
        start = data.index(b"<office:document-content")
        opening = data[start : data.index(b">", start) + 1]
        bare = _ODF_CELL_TEXT.sub(b"", _ODF_ANNOTATION.sub(b"", data))
        end = bare.rfind(b"</office:document-content>")
        return bare[:end] + notes + bare[end:] if end > 0 and opening else data
    match = _SHEET_DATA.search(data)
    if match is None:
        return data
    words = b"".join(b"<f>%s</f>" % found for found in _FORMULA.findall(match[0]))
    return data[: match.start()] + (_FORMULA_CELLS % words if words else b"") + data[match.end() :]


def read_cells(part: Part, parts: Mapping[str, bytes] | None = None) -> Iterator[Batch | Unread]:
    """Read every sheet, hidden ones too (note `sheet:hidden`): records `{"row": n, "sheet": name}`, header not counted.

    Args:
        part: The workbook.
        parts: Its XML parts, if it has any: sheets whose cells lie too far apart are told by them.
    """
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    most = part.limits.sheet_cells
    sheets = {name: data for name, data in (parts or {}).items() if "sheets/" in name}
    if any(_is_sparse(data, most) or biff12.spanned(name, data) > most for name, data in sheets.items()):
        yield Unread(part.unit, State.PARTIAL, "limit:sheet_cells")
        return
    try:
        with _no_panic():
            book = load_workbook(io.BytesIO(part.data))
    except PasswordError:
        yield Unread(part.unit, State.UNREADABLE, "encrypted")
        return
    except (CalamineError, OSError, ValueError):
        yield Unread(part.unit, State.UNREADABLE, "corrupt")
        return
    failed = 0
    for found in book.sheets_metadata:
        if found.typ not in (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet, SheetTypeEnum.DialogSheet):
            continue
        try:
            with _no_panic():
                yield from _sheet(part, book, found.name, hidden=found.visible != SheetVisibleEnum.Visible)
        except (CalamineError, OSError, ValueError):
            failed += 1
    if failed:
        yield Unread(part.unit, State.PARTIAL, f"corrupt sheets ({failed})")


@contextmanager
def _no_panic() -> Iterator[None]:
    """Make of a panic of the reader, which is no `Exception` and would end the child, one."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise ValueError("panic") from None
        raise


def _is_sparse(data: bytes, limit: int) -> bool:
    """Tell whether the rectangle of a sheet's cells is too large to be laid out: two cells far apart suffice."""
    columns, last = 0, 0
    for match in _PLACE.finditer(data):
        if len(match[1]) > 1 or columns < 26:
            columns = max(columns, _column(match[1]))
        last = max(last, int(match[2]))
    return columns * last > limit


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet(part: Part, book: CalamineWorkbook, name: str, hidden: bool) -> Iterator[Batch]:
    rows = ([_shown(cell) for cell in row] for row in book.get_sheet_by_name(name).iter_rows())
    filled = (row for row in rows if any(row))
    first = list(islice(filled, _SAMPLE_ROWS))
    index = find_header(first)
    header = first.pop(index) if index is not None else []
    width = max(map(len, (header, *first)), default=0)
    names = _names(header, width)
    size = max(1, min(part.limits.batch_records, part.limits.batch_cells // max(1, width)))
    start, page = 1, first
    while page:
        for cut in range(0, len(page), size):
            chunk = page[cut : cut + size]
            yield _batch(part.unit, names, chunk, start + cut, (clean(name), hidden))
        start += len(page)
        page = list(islice(filled, size))


def _batch(unit: str, names: list[str], page: list[list[str]], start: int, sheet: tuple[str, bool]) -> Batch:
    columns = {name: [row[i] or None if i < len(row) else None for row in page] for i, name in enumerate(names)}
    for name in filter(_PERSONAL.search, names):
        columns[name] = [_filled(value) for value in columns[name]]
    fields = {name: values for name, values in columns.items() if any(values)}
    records: list[Record] = [{"row": number, "sheet": sheet[0]} for number in range(start, start + len(page))]
    return Batch(unit, records, fields, dates_of(fields), notes=("sheet:hidden",) if sheet[1] else ())


class _Number(str):
    """A whole number, which its cell holds without the zeros that it began with."""

    __slots__ = ()


def _shown(cell: object) -> str:
    text = text_of(cell)
    return _Number(text) if isinstance(cell, float) and text.isdigit() else text


def _filled(value: str | None) -> str | None:
    """Give a personnummer of the years 2000 to 2009 its zeros again, which a number does not keep."""
    return value.zfill(_DIGITS) if isinstance(value, _Number) and _FEWEST <= len(value) < _DIGITS else value


def _names(header: Sequence[str], width: int) -> list[str]:
    names = Names()
    cells = [*header, *[""] * (width - len(header))]
    return [names.take(cell.strip() or f"column_{number}") for number, cell in enumerate(cells, 1)]


def text_of(cell: object) -> str:
    """Give a cell's value as a reader sees it: whole numbers without decimals, dates without a time of midnight."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return clean(str(cell))
