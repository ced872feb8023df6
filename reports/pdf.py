"""PDF for filing: tagged (PDF/UA-1), A4 on its side, the summaries of a report. Long lists stay in Excel and CSV.

typst (extra `pdf`) sets it. The text comes as JSON, so nothing in a name can act; no package is ever fetched.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from reports.document import Cell, Column, Document, Table
from reports.escape import visible
from reports.language import Language
from reports.paper import PAGE, breakable, laid_out

ROWS = 2_000
"""Rows of all tables together that a document may have."""
DETAIL_ROWS = 60
"""Rows of a long table that it shows."""


class PdfError(Exception):
    """No PDF can be made; the message says what to do."""

    exit_code = 2
    """Of a command: what is installed is a matter of set-up, as the configuration is."""


def write(document: Document, lang: Language) -> bytes:
    """The document as a PDF; the same document gives the same bytes.

    Raises:
        PdfError: the extra `pdf` is not installed.
    """
    try:
        import typst
    except ImportError:
        raise PdfError("a PDF needs the extra `pdf`: pip install 'insyn[pdf]'") from None
    words = {"page": lang.text("Page"), "notes": lang.text("Notes"), "glossary": lang.text("Glossary")}
    inputs = {"doc": json.dumps(_document(document, lang)), "words": json.dumps(words), "lang": lang.code}
    source = (resources.files("reports") / "templates" / "document.typ").read_bytes()
    made: bytes = typst.compile(
        source, format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"], timestamp=0, font_paths=_fonts()
    )
    return made


@lru_cache
def _fonts() -> Any:
    """Those that come with typst: the same on every machine. Read once, for that takes most of the time."""
    import typst

    return typst.Fonts(include_system_fonts=False)


def _document(document: Document, lang: Language) -> dict[str, Any]:
    left = ROWS
    tables = []
    for table in document.tables:
        shown = _table(table, min(left, DETAIL_ROWS if table.detail else ROWS), lang)
        left -= len(shown["rows"])
        tables.append(shown)
    bars = [
        {"title": one.title, "description": one.description, "legend": dict(one.legend)}
        | {"rows": [[visible(name), dict(parts), lang.number(sum(parts.values()))] for name, parts in one.rows]}
        for one in document.bars
    ]
    figures = [{"label": one.label, "value": one.value, "note": one.note} for one in document.figures]
    return {
        "title": visible(document.title),
        "company": visible(document.company),
        "meta": [visible(text) for text in document.meta],
        "banner": visible(document.banner),
        "good": document.good,
        "figures": figures,
        "bars": bars,
        "tables": tables,
        "notes": [visible(text) for text in document.notes],
        "glossary": document.glossary,
        "footer": visible(document.footer),
    }


def _table(table: Table, most: int, lang: Language) -> dict[str, Any]:
    rows = table.rows[:most]
    all_of_them = "The first %(n)s of %(all)s rows. All of them are in the Excel and CSV files."
    counts = {"n": lang.number(len(rows)), "all": lang.number(len(table.rows))}
    page = laid_out(table.columns)
    columns, under = ([table.columns[at] for at in some] for some in (page.beside, page.under))
    longest = [round(width) for width in page.widths]
    return {
        "title": table.title,
        "lede": table.lede,
        "empty": table.empty or lang.text("Nothing."),
        "columns": [
            {"heading": one.heading, "kind": one.kind, "width": width}
            for one, width in zip(columns, page.widths, strict=True)
        ],
        "under": [{"heading": one.heading, "code": one.kind == "code"} for one in under],
        "rows": [
            [
                [_cell(one, row[at], lang, most) for one, at, most in zip(columns, page.beside, longest, strict=True)],
                [_cell(one, row[at], lang, PAGE) for one, at in zip(under, page.under, strict=True)],
            ]
            for row in rows
        ],
        "more": lang.text(all_of_them, **counts) if len(rows) < len(table.rows) else "",
    }


def _cell(column: Column, cell: Cell, lang: Language, longest: int) -> object:
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return breakable(visible(cell), longest) if column.kind in ("path", "code") else visible(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return lang.percent(cell) if column.kind == "share" else lang.number(int(cell))
    return {"text": cell.text, "tone": cell.tone}
