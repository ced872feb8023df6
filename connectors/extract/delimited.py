"""CSV and its kin as batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from connectors.base import Batch, Record
from connectors.dates import dates_of
from connectors.extract import table
from connectors.extract.blocks import Lines
from connectors.extract.part import Part


def read_table(part: Part, found: Lines) -> Iterator[Batch]:
    """Give one record a row, `{"row": n}` from 1, header not counted. A cell that a short row lacks is None."""
    delimiter = "\t" if part.extension == "tsv" else ""
    parsed = table.read(found, delimiter, part.limits.csv_field)
    last = 0
    for page in _pages(part, parsed):
        if isinstance(page, table.Piece):
            last += page.part == 1
            record: Record = {"row": last, "part": page.part}
            yield Batch(part.unit, [record], {"": list(page)}, notes=tuple(found.notes))
            continue
        columns = list(zip_longest(*page))
        fields = dict(zip(parsed.names(len(columns)), columns, strict=True))
        records: list[Record] = [{"row": number} for number in range(last + 1, last + 1 + len(page))]
        yield Batch(part.unit, records, fields, dates_of(fields), notes=tuple(found.notes))
        last += len(page)


def _pages(part: Part, parsed: table.Table) -> Iterator[Sequence[list[str]] | table.Piece]:
    """Cut into pages by the limits of records and of cells; a row far wider than the others stands alone."""
    page: list[list[str]] = []
    width = 0
    for row in parsed.rows:
        width = max(width, len(row))
        alone = isinstance(row, table.Piece)
        if page and (alone or (len(page) + 1) * width > part.limits.batch_cells):
            yield page
            page, width = [], len(row)
        if isinstance(row, table.Piece):
            yield row
            continue
        page.append(row)
        if len(page) >= part.limits.batch_records:
            yield page
            page, width = [], 0
    if page:
        yield page
