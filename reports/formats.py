"""Documents in every format: the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from reports import html, inventory_report, lines, objects, pdf, sheets, subject_text, workbook
from reports.document import Document
from reports.facts import SubjectAnswer
from reports.inventory import Inventory
from reports.language import translator
from reports.masking import masked
from reports.policy import Policy

INVENTORY_FORMATS = ("text", "json", "jsonl", "csv", "xlsx", "html", "pdf")
FINDINGS_FORMATS = ("text", "json", "jsonl", "csv")
DOCUMENT_FORMATS = ("text", "csv", "xlsx", "html", "pdf")
SUBJECT_FORMATS = ("text", "json", "html")


def render_inventory(inventory: Inventory, format: str, lang: str = "sv") -> bytes:
    """Write an inventory: all of it as text, json, xlsx or html; its rows as jsonl or csv; summaries as pdf.

    Raises:
        ValueError: there is no such format or language.
    """
    _check(format, INVENTORY_FORMATS)
    language = translator(lang)
    if format == "json":
        return objects.document(objects.inventory(inventory, language))
    if format == "jsonl":
        return objects.lines(map(objects.row, inventory.rows))
    if format == "csv":
        return sheets.inventory(inventory, language)
    if format in ("xlsx", "pdf"):
        return render_document(inventory_report.document(inventory, language), format, lang)
    return html.inventory(inventory, language) if format == "html" else lines.inventory(inventory, language)


def render_document(document: Document, format: str, lang: str = "sv", *, tables: Sequence[str] = ()) -> bytes:
    """Write a report as text, csv, xlsx, html or pdf.

    Args:
        document: In the language already.
        format: One of `DOCUMENT_FORMATS`.
        lang: `sv` or `en`: how numbers are written.
        tables: Ids of the tables of equal columns that csv is made of; none = the first.

    Raises:
        ValueError: there is no such format or language.
        PdfError: the extra `pdf` is missing.
    """
    _check(format, DOCUMENT_FORMATS)
    language = translator(lang)
    if format == "csv":
        wanted = [table for table in document.tables if table.id in tables] or document.tables[:1]
        return sheets.tables(wanted, language)
    if format == "xlsx":
        return workbook.write(document, language)
    if format == "pdf":
        return pdf.write(document, language)
    return html.document(document, language) if format == "html" else lines.document(document, language)


def render_findings(rows: Iterable[Mapping[str, Any]], format: str, lang: str = "sv") -> bytes:
    """Write findings, one a line; `rows` have the keys of the JSON format, values that JSON can hold.

    Raises:
        ValueError: there is no such format or language.
    """
    _check(format, FINDINGS_FORMATS)
    if format == "json":
        return objects.document(list(rows))
    if format == "jsonl":
        return objects.lines(rows)
    return sheets.findings(rows) if format == "csv" else lines.findings(rows, translator(lang))


def render_subject(
    answer: SubjectAnswer,
    policy: Policy,
    format: str,
    lang: str = "sv",
    *,
    shown: Callable[[str], str] = str,
) -> bytes:
    """Write what is held about one person.

    Args:
        answer: Where it lies and how we know.
        policy: Gives the categories their names.
        format: `text`, `json` or `html`.
        lang: `sv` or `en`.
        shown: Makes names of units and records fit to be shown in text and html; json has them plain, to be fetched by.

    Raises:
        ValueError: there is no such format or language.
    """
    _check(format, SUBJECT_FORMATS)
    language = translator(lang)
    if format == "json":
        return objects.document(objects.subject(answer))
    write = html.subject if format == "html" else subject_text.subject
    return write(masked(answer, shown), policy, language)


def _check(format: str, formats: tuple[str, ...]) -> None:
    if format not in formats:
        raise ValueError(f"no format {format!r} here; there are {', '.join(formats)}")
