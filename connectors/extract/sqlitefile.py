"""SQLite files met on a share: opened in memory, each table a member."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from connectors.base import Batch, Record, State, Unread
from connectors.dates import dates_of
from connectors.extract.encoding import clean, decode
from connectors.extract.names import Names
from connectors.extract.part import Part, whole
from connectors.extract.sniff import is_text

_ROLLBACK = b"\1\1"
"""Versions to read and write with, at byte 18: a database in WAL mode cannot be opened without its files."""
_BROKEN = (sqlite3.Error, OverflowError, UnicodeDecodeError, MemoryError)
"""What a damaged database raises; a name in its own words may be no UTF-8."""


def read_sqlite(part: Part) -> Iterator[Batch | Unread]:
    """Give each table as a member `file!/table` with records `{"row": n}` in reading order; views are not run.

    The definitions of tables and views are the record None of the file. What stands in a write-ahead log beside the
    file is not in it, and said.
    """
    is_wal = part.data[18:20] == b"\2\2"
    data = part.data[:18] + _ROLLBACK + part.data[20:] if is_wal else part.data
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.text_factory = bytes
        try:
            connection.deserialize(data)
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA query_only=ON")
            found = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY rowid").fetchall()
        except _BROKEN:
            yield Unread(part.unit, State.UNREADABLE, "corrupt")
            return
        definitions = "\n".join(_text(sql) for _, _, sql in found if sql)
        if definitions:
            yield whole(part.unit, {"@sql": definitions}, ["wal"] if is_wal else [])
        names = Names()
        for kind, name, sql in found:
            virtual = _text(sql or b"").upper().startswith("CREATE VIRTUAL")
            if kind == b"table" and not virtual:
                yield from _table(part, connection, _text(name), names)


def _table(part: Part, connection: sqlite3.Connection, table: str, names: Names) -> Iterator[Batch | Unread]:
    member = part.member(names.take(table))
    if not part.wants(member.unit):
        return
    part.budget.open_member()
    yield whole(member.unit, {"path": member.name})
    quoted = table.replace('"', '""')
    binary = start = 0
    try:
        cursor = connection.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608  quoted; the database is a copy in memory
        columns = Names()
        header = [columns.take(_column(one[0])) for one in cursor.description]
        size = max(1, min(part.limits.batch_records, part.limits.batch_cells // len(header)))
        while page := cursor.fetchmany(size):
            texts = [[_cell(cell) for cell in row] for row in page]
            binary += sum(map(_lost, page, texts))
            fields = dict(zip(header, zip(*texts, strict=True), strict=True))
            records: list[Record] = [{"row": start + n} for n in range(1, len(page) + 1)]
            yield Batch(member.unit, records, fields, dates_of(fields))
            start += len(page)
    except _BROKEN:
        yield Unread(member.unit, State.PARTIAL if start else State.UNREADABLE, "corrupt")
        return
    if binary:
        yield Unread(member.unit, State.PARTIAL, f"binary cells ({binary})")


def _column(name: str | bytes) -> str:
    return clean(name) if isinstance(name, str) else _text(name)


def _text(value: bytes | str) -> str:
    return clean(decode(value)[0]) if isinstance(value, bytes) else value


def _lost(row: tuple[object, ...], texts: list[str | None]) -> int:
    """Count the cells that are no text."""
    return sum(cell is not None and text is None for cell, text in zip(row, texts, strict=True))


def _cell(value: object) -> str | None:
    """Give a value as text; None for null and for what is no text."""
    if isinstance(value, bytes):
        text = decode(value)[0]
        return clean(text) if is_text(text) else None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return None if value is None else str(value)
