"""A document as a tagged PDF (PDF/UA-1: headings, tables and language are told to a screen reader), set by typst."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from reports.case.document import Document, Section
from reports.escape import visible

ROWS = 40
"""Rows of a table in a letter; the rest is in the page."""


class PdfMissingError(Exception):
    """The extra that makes PDF is not installed."""


def pdf(document: Document) -> bytes:
    """Set a document.

    Raises:
        PdfMissingError: typst is not installed.
    """
    try:
        import typst
    except ModuleNotFoundError:
        raise PdfMissingError("PDF needs the package typst: pip install 'insyn[pdf]'") from None
    template = resources.files("reports.case") / "templates" / "document.typ"
    inputs = {"document": json.dumps(_plain(document), ensure_ascii=False)}
    made = typst.compile(template.read_bytes(), format="pdf", pdf_standards="ua-1", sys_inputs=inputs)
    return bytes(made)


def _plain(document: Document) -> dict[str, Any]:
    return {
        "title": visible(document.title),
        "language": document.language,
        "sender": _texts(document.sender),
        "receiver": _texts(document.receiver),
        "facts": [_texts(fact) for fact in document.facts],
        "paragraphs": _texts(document.paragraphs),
        "sections": [_section(section) for section in document.sections],
        "closing": _texts(document.closing),
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": visible(section.heading),
        "paragraphs": _texts(section.paragraphs),
        "points": _texts(section.points),
        "headings": _texts(section.table.headings) if section.table else [],
        "rows": [_texts(row) for row in section.table.rows[:ROWS]] if section.table else [],
    }


def _texts(texts: Any) -> list[str]:
    """Control and bidi characters as escapes; a line break stays one."""
    return ["\n".join(map(visible, text.split("\n"))) for text in texts]
