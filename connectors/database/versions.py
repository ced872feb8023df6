"""The version of a table: a digest of its definition and content, equal as long as both are."""

from __future__ import annotations

import time
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from connectors.database.dialect import DIGEST_SECONDS
from connectors.database.errors import ReadError, reason_of
from connectors.database.paging import WHOLE, Keyset, Paging, Span
from connectors.database.session import Session
from connectors.database.tables import Table

READING = "3"
"""Raise it whenever the texts that are read of the same table can change."""


def version(session: Session, table: Table, sample: str, span: Span = WHOLE) -> tuple[int, str]:
    """Number of rows (0 = not known) and version of a table, or of a range of it; "" if none can be had in time.

    Args:
        session: Where the table is.
        table: The table.
        sample: What is read of it; another sample is another version.
        span: The range.

    Raises:
        ReadError: the table cannot be read.
    """
    if table.name.kind == "view":
        return 0, ""  # its rows have no order of their own
    paging = session.dialect.paging(table)
    within = paging.within(span).bounds() if isinstance(paging, Keyset) and span != WHOLE else ()
    try:
        with session.connected() as connection, session.pace.working():
            served = session.dialect.digest(connection, table, within)
    except SQLAlchemyError as error:
        if reason_of(error) != "timeout":
            raise ReadError(reason_of(error)) from None
        return 0, ""
    rows, content = served or _passed(session, table, paging)
    return rows, content and _hashed(definition(table), content, str(rows), sample)


def definition(table: Table) -> str:
    """What the table looks like."""
    columns = [(column.name, repr(column.type), column.nullable) for column in table.columns]
    return repr((READING, table.name.kind, columns, table.row_key, table.foreign_keys))


def _passed(session: Session, table: Table, paging: Paging) -> tuple[int, str]:
    """A digest made here, in one pass over the rows in reading order."""
    columns: list[sa.ColumnElement[Any]] = [*map(table.cell, table.columns)]
    statement = session.dialect.select(table, *columns, *(position.shown for position in paging.positions))
    pages = session.stream(statement) if paging.streaming else session.pages(statement, paging)
    digest, rows, end = blake2b(digest_size=16), 0, time.monotonic() + DIGEST_SECONDS
    for page in pages:
        # As tuples: a row of SQLAlchemy's shows only the ends of a long text.
        digest.update("".join(map(repr, map(tuple, page))).encode("utf-8", "surrogatepass"))
        rows += len(page)
        if time.monotonic() > end:
            return rows, ""
    return rows, digest.hexdigest()


def _hashed(*parts: str) -> str:
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
