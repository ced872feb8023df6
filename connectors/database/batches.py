"""Rows, as the driver gives them, made into batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from connectors.base import Batch, Record
from connectors.database import cells, texts
from connectors.database.documents import Documents
from connectors.database.pages import PAGE_CHARACTERS, characters
from connectors.database.tables import HEAD, TAIL, Column, Sort, Table
from connectors.dates import dates_of, iso_day, tells_birth

BATCH_ROWS = 8_192
MAX_SLOTS = 2_000_000
"""Fields times records of one batch: JSON whose names differ from row to row makes many fields."""

CUT = "cell:cut"
"""Note of a batch with a cell that was too long to be read whole."""

Whole = Callable[[Column, Record], Iterable[bytes] | None]
"""Column and locator of a row -> all bytes of the cell, in pieces."""
Located = tuple[list[Record], list[Sequence[Any]]]
"""Locators and rows."""

_OPENS = frozenset("{[< \t\r\n")
_WRITTEN = (Sort.TEXT, Sort.INTEGER, Sort.NUMBER)
_READ = frozenset({Sort.TEXT, Sort.JSON, Sort.OTHER, Sort.BINARY, Sort.NUMBER})


class Fields:
    """Columns of text of some records, sparse where JSON or a document was opened."""

    def __init__(self, table: Table, located: Located, documents: Documents, whole: Whole) -> None:
        """Read the cells.

        Args:
            table: What the rows are of.
            located: Locators and rows.
            documents: What opens bytes and markup.
            whole: How to get long bytes.
        """
        self.records, rows = located
        self.columns: dict[str, list[str | None]] = {}
        self.opened: dict[str, dict[int, str]] = {}
        self.notes: list[str] = []
        self.cut = False
        self._documents = documents
        columns = zip(*rows, strict=False) if rows else ((),) * len(table.columns)
        for column, values in zip(table.columns, columns, strict=False):
            read, binary = texts.cleaned(column.sort, values)
            self.columns[column.name] = list(read)
            if binary:
                self._bytes(column, values, whole)
            if column.sort in _READ:
                self.cut = self.cut or HEAD + TAIL in map(len, filter(None, read))
                self._open(column)
        self.notes += documents.notes
        self.formats = sorted(documents.formats)

    def _bytes(self, column: Column, values: Sequence[Any], whole: Whole) -> None:
        """Read the bytes of a column. What of them is no text and no document is told in a note."""
        closed = False
        for index, value in enumerate(values):
            if value is None or isinstance(value, str):
                closed = closed or value in texts.MARKS
                continue
            found = self._documents.opened(bytes(value), whole(column, self.records[index]))
            closed = closed or not found
            for path, text in found:
                self._put(column.name + path, index, text)
        if closed:
            self.notes.append(f"binary:{column.name}")

    def _open(self, column: Column) -> None:
        values, any_look = self.columns[column.name], column.sort is Sort.OTHER
        opening = [at for at, value in enumerate(values) if value and (any_look or value[0] in _OPENS)]
        for index in opening:
            found = self._leaves(column, values[index] or "")
            if found is None:
                continue
            values[index] = None
            for path, leaf in found:
                self._put(path, index, leaf)

    def _leaves(self, column: Column, value: str) -> list[tuple[str, str]] | None:
        found = cells.leaves(column.name, value)
        if found is None and column.sort is Sort.OTHER:  # an extension's type is known by its look only
            found = cells.hstore_leaves(column.name, value)
        if found is not None:
            return found
        return [(column.name + path, text) for path, text in self._documents.markup(value)] or None

    def _put(self, path: str, index: int, text: str) -> None:
        """Two values may share a path (a name given twice, or one with a dot in it): both are kept."""
        slots = self.opened.setdefault(path, {})
        slots[index] = f"{slots[index]}\n{text}" if index in slots else text

    def width(self, rows: range) -> int:
        """How many fields some of the records have."""
        return len(self.columns) + sum(not slots.keys().isdisjoint(rows) for slots in self.opened.values())

    def dense(self, rows: range) -> dict[str, list[str | None]]:
        """All fields of some of the records, one text or None a record."""
        merged = {name: column[rows.start : rows.stop] for name, column in self.columns.items()}
        for path, slots in self.opened.items():
            if not slots.keys().isdisjoint(rows):
                own = merged.get(path, [None] * len(rows))
                merged[path] = [_joined(own[at], slots.get(index)) for at, index in enumerate(rows)]
        return merged


def _joined(first: str | None, second: str | None) -> str | None:
    return second if first is None else first if second is None else f"{first}\n{second}"


def gathered(parts: Iterable[Located]) -> Iterator[Located]:
    """Join pages to batches of some thousand rows, fewer where they are long."""
    records: list[Record] = []
    rows: list[Sequence[Any]] = []
    size = 0
    for more_records, more_rows in parts:
        records += more_records
        rows += more_rows
        size += characters(more_rows)
        if len(rows) >= BATCH_ROWS - BATCH_ROWS // 4 or size > PAGE_CHARACTERS:
            yield records, rows
            records, rows, size = [], [], 0
    if rows:
        yield records, rows


def batches(table: Table, fields: Fields, rows: range | None = None) -> Iterator[Batch]:
    """Make batches of the records (or some of them); more than one if they would be too wide."""
    rows = range(len(fields.records)) if rows is None else rows
    if fields.width(rows) * len(rows) > MAX_SLOTS and len(rows) > 1:
        half = len(rows) // 2
        yield from batches(table, fields, rows[:half])
        yield from batches(table, fields, rows[half:])
        return
    yield Batch(
        unit=table.name.key,
        records=fields.records[rows.start : rows.stop],
        fields=fields.dense(rows),
        dates=_dates(table, {name: column[rows.start : rows.stop] for name, column in fields.columns.items()}),
        keys=table.keys,
        notes=(*fields.notes, *((CUT,) if fields.cut else ())),
        formats=fields.formats,
    )


def _dates(table: Table, columns: Mapping[str, Sequence[str | None]]) -> dict[str, Sequence[str | None]]:
    """Dates of the records: of date columns, and of columns that hold dates as text or as numbers."""
    told = {one.name for one in table.columns if one.sort in (Sort.DATE, Sort.DATETIME) and not tells_birth(one.name)}
    may = {one.name: columns[one.name] for one in table.columns if one.sort in _WRITTEN}
    found = dates_of(may, any_name=True) | {name: [iso_day(value) for value in columns[name]] for name in told}
    return {one.name: found[one.name] for one in table.columns if one.name in found}
