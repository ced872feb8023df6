"""CSV and its kin as batches."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from connectors.base import Batch
from connectors.extract import table
from connectors.extract.dates import dates_of
from connectors.extract.part import Part


def read_table(part: Part, text: str, notes: list[str]) -> Iterator[Batch]:
    """Give one record a row, `{"row": n}` from 1, header not counted. A cell that a short row lacks is None."""
    delimiter = "\t" if part.extension == "tsv" else ""
    found = table.rows(text, delimiter, part.limits.csv_field)
    first = 1
    for page in _pages(part, found):
        columns = list(zip_longest(*page))
        fields = dict(zip(found.names(len(columns)), columns, strict=True))
        records = [{"row": number} for number in range(first, first + len(page))]
        yield Batch(part.unit, records, fields, dates_of(fields), notes=tuple(notes))
        first += len(page)


def _pages(part: Part, found: table.Table) -> Iterator[list[list[str]]]:
    """Cut into pages by the limits of records and of cells; a row far wider than the others stands alone."""
    page: list[list[str]] = []
    width = 0
    for row in found.rows:
        width = max(width, len(row))
        if page and (len(page) + 1) * width > part.limits.batch_cells:
            yield page
            page, width = [], len(row)
        page.append(row)
        if len(page) >= part.limits.batch_records:
            yield page
            page, width = [], 0
    if page:
        yield page
