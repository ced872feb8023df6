"""Many rows into one table, as fast as the driver takes them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import sqlite

Row = tuple[Any, ...]


def insert_rows(connection: Connection, table: Table, rows: Iterable[Row]) -> int:
    """Insert rows, each with all columns of the table in their order; returns how many.

    SQLite's driver takes tuples as they are: SQLAlchemy's handling of each value would cost twice the insertion.
    """
    collected = list(rows)
    if not collected:
        return 0
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_statement(table), collected)
    else:
        names = table.columns.keys()
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in collected])
    return len(collected)


@lru_cache(maxsize=32)
def _statement(table: Table) -> str:
    """`INSERT INTO t (a, b) VALUES (?, ?)`, the columns in the table's order."""
    return str(insert(table).compile(dialect=sqlite.dialect(), column_keys=table.columns.keys()))
