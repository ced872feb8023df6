"""Excel workbooks: a sheet a view and one with the words, headings that stay, filters, nothing that runs.

Text stays text: no formula, no link, leading zeros and `+` kept. The same document gives the same bytes.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from reports.document import Cell, Column, Document, Mark, Table
from reports.escape import visible
from reports.language import Language

_LONGEST = 32_767
"""Characters that a cell of Excel can hold."""
_ROWS = 1_048_575
_LINE, _HIGHEST = 15.0, 405.0
"""Points of a line, and that a row can have. Not every program works out how high a row of wrapped text must be."""
_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 -- the file's own date; the same for all, so that the same input gives the same bytes
_FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_TONES = {
    "critical": ("#A1121F", "#FDEBEC"),
    "high": ("#9A3B00", "#FFF0E4"),
    "medium": ("#6D5200", "#FDF6D8"),
    "low": ("#2D5A3D", "#E8F4EC"),
    "info": ("#3C4A5C", "#EDF0F4"),
}


def write(document: Document, lang: Language) -> bytes:
    """The document as an .xlsx.

    Rows go through files in a directory of our own that nobody else may open, gone at the end: a cell that is kept is
    an object, and half a million rows of them are two gigabytes.
    """
    import xlsxwriter

    out = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="insyn-") as private:
        options = _OPTIONS | {"tmpdir": private}
        book = xlsxwriter.Workbook(out, options)
        book.set_properties({"title": document.title, "company": document.company, "created": _MADE})
        sheets = _Sheets(book, lang)
        sheets.overview(document)
        for table in document.tables:
            sheets.table(table)
        sheets.glossary(document.glossary)
        book.close()
    return out.getvalue()


class _Sheets:
    """Writes sheets with the formats of one workbook."""

    def __init__(self, book: Any, lang: Language) -> None:
        self._book = book
        self._lang = lang
        self._plain = book.add_format(_FONT | {"text_wrap": True})
        self._flat = book.add_format(_FONT)
        self._head = book.add_format(_FONT | {"bold": True, "bg_color": "#E6ECF2", "bottom": 1, "text_wrap": True})
        self._title = book.add_format(_FONT | {"bold": True, "font_size": 16})
        self._quiet = book.add_format(_FONT | {"font_color": "#5A6472", "text_wrap": True})
        self._kinds = {
            "number": book.add_format(_FONT | {"num_format": "#,##0", "align": "right"}),
            "share": book.add_format(_FONT | {"num_format": "0.0%", "align": "right"}),
            "date": book.add_format(_FONT | {"num_format": "yyyy-mm-dd", "align": "left"}),
            "code": book.add_format(_FONT | {"font_name": "Consolas", "text_wrap": True}),
        }
        self._tones = {
            tone: book.add_format(_FONT | {"bold": True, "font_color": ink, "bg_color": paper})
            for tone, (ink, paper) in _TONES.items()
        }
        self._names: set[str] = set()

    def overview(self, document: Document) -> None:
        """The first sheet: what the report is, and its figures."""
        sheet = self._sheet(self._lang.text("Overview"))
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 18)
        sheet.set_column(2, 2, 70)
        lines = [*document.meta, document.banner, *document.notes]
        self._text(sheet, 0, 0, document.title, self._title)
        self._text(sheet, 1, 0, document.company, self._quiet)
        row = 3
        for figure in document.figures:
            for column, text in enumerate((figure.label, figure.value, figure.note)):
                self._text(sheet, row, column, text, self._plain)
            row += 1
        for line in filter(None, lines):
            row += 1
            sheet.set_row(row, _height(((line, 120),)))
            sheet.merge_range(row, 0, row, 2, visible(line), self._quiet)

    def table(self, table: Table) -> None:
        """One view with frozen headings and filters."""
        sheet = self._sheet(table.title)
        sheet.set_row(0, _height((column.heading, column.width - 3) for column in table.columns))
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, column.width)
            self._text(sheet, 0, at, column.heading, self._head)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        rows = table.rows[:_ROWS]
        plain = self._flat if table.detail else self._plain
        for number, cells in enumerate(rows, 1):
            if not table.detail:
                texts = zip(cells, table.columns, strict=True)
                sheet.set_row(number, _height((cell, column.width) for cell, column in texts if isinstance(cell, str)))
            for at, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
                self._cell(sheet, (number, at), cell, self._kinds.get(column.kind, plain))
        if not rows and table.empty:
            self._text(sheet, 1, 0, table.empty, self._quiet)
        sheet.autofilter(0, 0, max(1, len(rows)), len(table.columns) - 1)

    def glossary(self, words: Sequence[tuple[str, str]]) -> None:
        """The words of the report."""
        columns = (Column(self._lang.text("Word"), width=28), Column(self._lang.text("Meaning"), width=100))
        self.table(Table("glossary", self._lang.text("Glossary"), "", columns, words))

    def _sheet(self, title: str) -> Any:
        name = title.translate(_SHEET_NAME)[:31].strip() or "-"
        number = 2
        while name.lower() in self._names:
            name, number = f"{name[:27]} {number}", number + 1
        self._names.add(name.lower())
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _cell(self, sheet: Any, at: tuple[int, int], cell: Cell, style: Any) -> None:
        if cell is None:
            return
        if isinstance(cell, Mark):
            self._text(sheet, *at, cell.text, self._tones.get(cell.tone, style))
        elif isinstance(cell, date):
            sheet.write_datetime(*at, datetime(cell.year, cell.month, cell.day), style)  # noqa: DTZ001 -- a day
        elif isinstance(cell, int | float):
            sheet.write_number(*at, cell, style)
        else:
            self._text(sheet, *at, cell, style)

    @staticmethod
    def _text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
        if text:
            sheet.write_string(row, column, visible(text)[:_LONGEST], style)


def _height(texts: Iterable[tuple[str, int]]) -> float:
    """Points that the highest of some texts takes, each wrapped at a number of characters."""
    lines = (sum(-(-max(1, len(line)) // width) for line in text.split("\n")) for text, width in texts)
    return min(_HIGHEST, _LINE * max(lines, default=1))
