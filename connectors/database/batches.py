"""Rows, as the driver gives them, made into batches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from connectors.base import Batch, Record
from connectors.database import cells, texts
from connectors.database.tables import HEAD, TAIL, Sort, Table

BATCH_ROWS = 8_192
MAX_SLOTS = 2_000_000
"""Fields times records of one batch: JSON whose names differ from row to row makes many fields."""

CUT = "cell:cut"
"""Note of a batch with a cell that was too long to be read whole."""

_BIRTH = re.compile(r"f[oö]d(else|d)|birth|(?<![a-z])dob(?![a-z])", re.IGNORECASE)
_OPENS = frozenset("{[ \t\r\n")


class Fields:
    """Columns of text of some records, sparse where JSON was opened."""

    def __init__(self, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        self.columns: dict[str, list[str | None]] = {}
        self.opened: dict[str, dict[int, str]] = {}
        self.notes: list[str] = []
        self.cut = False
        columns = zip(*rows, strict=False) if rows else ((),) * len(table.columns)
        for column, values in zip(table.columns, columns, strict=False):
            read, binary = texts.cleaned(column.sort, values)
            self.columns[column.name] = list(read)
            if binary:
                self.notes.append(f"binary:{column.name}")
            if column.sort in (Sort.TEXT, Sort.JSON, Sort.OTHER, Sort.BINARY, Sort.NUMBER):
                self.cut = self.cut or any(value and len(value) == HEAD + TAIL for value in read)
                self._open(column.name)

    def _open(self, name: str) -> None:
        values = self.columns[name]
        for index, value in enumerate(values):
            if not value or value[0] not in _OPENS:
                continue
            found = cells.leaves(name, value)
            if found is None:
                continue
            values[index] = None
            for path, leaf in found:
                self._put(path, index, leaf)

    def _put(self, path: str, index: int, text: str) -> None:
        """Two values may share a path (a name given twice, or one with a dot in it): both are kept."""
        slots = self.opened.setdefault(path, {})
        slots[index] = f"{slots[index]}\n{text}" if index in slots else text

    def dense(self, records: int) -> dict[str, list[str | None]]:
        """All fields, one text or None a record."""
        merged = dict(self.columns)
        for path, slots in self.opened.items():
            own = merged.get(path, [None] * records)
            merged[path] = [_joined(own[index], slots.get(index)) for index in range(records)]
        return merged


def _joined(first: str | None, second: str | None) -> str | None:
    return second if first is None else first if second is None else f"{first}\n{second}"


def batches(table: Table, rows: Sequence[Sequence[Any]], records: Sequence[Record]) -> Iterator[Batch]:
    """Make batches of rows; more than one if they would be too wide."""
    fields = Fields(table, rows)
    width = len(fields.columns) + len(fields.opened)
    if width * len(rows) > MAX_SLOTS and len(rows) > 1:
        half = len(rows) // 2
        yield from batches(table, rows[:half], records[:half])
        yield from batches(table, rows[half:], records[half:])
        return
    dense = fields.dense(len(rows))
    yield Batch(
        unit=table.name.key,
        records=records,
        fields=dense,
        dates=_dates(table, fields.columns),
        keys=table.keys,
        notes=("consistency:page", *fields.notes, *((CUT,) if fields.cut else ())),
    )


def _dates(table: Table, columns: Mapping[str, Sequence[str | None]]) -> dict[str, Sequence[str | None]]:
    """Dates of the records: of date columns and text columns of nothing but dates, except dates of birth."""
    found: dict[str, Sequence[str | None]] = {}
    for column in table.columns:
        values = columns[column.name]
        if _BIRTH.search(column.name):
            continue
        if column.sort in (Sort.DATE, Sort.DATETIME):
            found[column.name] = [texts.iso_date(value) for value in values]
        elif column.sort is Sort.TEXT and (dates := _all_dates(values)):
            found[column.name] = dates
    return found


def _all_dates(values: Sequence[str | None]) -> Sequence[str | None]:
    """The dates of a text column, nothing if one of its texts is none (or there is no text)."""
    dates: list[str | None] = []
    for value in values:
        day = texts.iso_date(value)
        if value is not None and day is None:
            return ()
        dates.append(day)
    return dates if any(dates) else ()
