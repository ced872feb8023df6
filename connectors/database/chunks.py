"""Large tables in ranges of their key, so that they can be read in pieces, and again only where they changed.

A range ends at a key whose hash begins with so many zeros that one key in `CHUNK_ROWS` does (content-defined chunking).
Where it ends does not depend on how many rows lie before it: rows that come or go change the range they are in alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import sqlalchemy as sa

from connectors.base import Chunk
from connectors.database import versions
from connectors.database.paging import WHOLE, Keyset, Span
from connectors.database.session import Session
from connectors.database.tables import Table

CHUNK_ROWS = 1 << 14
"""Rows of a range, on average; a power of two. Two batches: two workers share a table from 33,000 rows on."""


def large(session: Session, table: Table) -> bool:
    """Whether a table has so many rows that it is read in ranges, and can be.

    Raises:
        ReadError: the table cannot be read.
    """
    if _way(session, table) is None:
        return False
    beyond = session.dialect.select(table, sa.literal_column("1")).limit(1).offset(2 * CHUNK_ROWS)
    return session.once(lambda connection: connection.execute(beyond).first()) is not None


def chunks(session: Session, table: Table) -> Iterator[Chunk]:
    """The ranges with their versions, each found when it is asked for: by short statements, however large the table.

    Raises:
        ReadError: the table cannot be read.
    """
    for span in _spans(session, table):
        rows, version = versions.version(session, table, "all", span)
        yield Chunk("" if span == WHOLE else json.dumps(span, ensure_ascii=False), version, rows)


def span_of(chunk: Chunk) -> Span:
    """The range that a chunk is."""
    if not chunk.key:
        return WHOLE
    after, until = json.loads(chunk.key)
    return after, until


def _spans(session: Session, table: Table) -> list[Span]:
    """The ranges in the order of the key. The last has no end: rows may have been added."""
    way = _way(session, table)
    if way is None:
        return [WHOLE]
    paging, mark = way
    ends = session.dialect.select(table, *(position.shown for position in paging.positions)).where(mark)
    ends = ends.order_by(*(position.order for position in paging.positions))
    keys = session.once(lambda connection: [tuple(row) for row in connection.execute(ends)])
    return list(zip([None, *keys], [*keys, None], strict=True))


def _way(session: Session, table: Table) -> tuple[Keyset, sa.ColumnElement[bool]] | None:
    """The way through the table by its key, and what marks the ends of ranges.

    Rows without a primary key are called by their number, which only a reading from the start can tell.
    """
    paging, mark = session.dialect.paging(table), session.dialect.mark(table, CHUNK_ROWS)
    if mark is None or not table.row_key or not isinstance(paging, Keyset):
        return None
    return paging, mark
