"""Many rows into one table, as fast as the driver takes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

Row = tuple[Any, ...]
_VARIABLES = 999
"""Of one statement: as many as SQLite has ever allowed."""


def insert_rows(connection: Connection, table: Table, rows: Iterable[Row]) -> int:
    """Insert rows, each with all columns of the table in their order; returns how many.

    SQLite's driver takes tuples as they come, PostgreSQL's copies them: SQLAlchemy's handling of each value would cost
    twice the insertion, and PostgreSQL's of each row more than that.

    Raises:
        DBAPIError: the database refuses.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return 0
    many = chain((first,), rows)
    try:
        if connection.dialect.name == "sqlite":
            return _insert(connection, table, many)
        return _copy(connection, table, many)
    except driver_error(connection) as error:
        raise DBAPIError.instance(None, None, error, driver_error(connection), hide_parameters=True) from None


def insert_row(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert one row, without its number; returns that.

    Args:
        connection: Of a transaction that writes.
        table: Its first column is the number.
        row: By name of the column; every one, for nothing is filled in.

    Raises:
        DBAPIError: the database refuses.
    """
    if connection.dialect.name != "sqlite":
        return int(connection.execute(insert(table).values(**row)).inserted_primary_key[0])  # type: ignore[index]
    driver: Any = connection.connection.driver_connection
    try:  # past SQLAlchemy, which takes ten times as long as SQLite
        return int(
            driver.execute(_statement(table, 1), (None, *(row[name] for name in table.columns.keys()[1:]))).lastrowid
        )
    except driver_error(connection) as error:
        raise DBAPIError.instance(None, None, error, driver_error(connection), hide_parameters=True) from None


def _copy(connection: Connection, table: Table, rows: Iterable[Row]) -> int:
    """Hand rows to PostgreSQL's `COPY`, in the binary form in which a token is sixteen bytes."""
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor:
        with cursor.copy(_copy_statement(connection.dialect, table)) as copy:
            copy.set_types([_copy_type(connection.dialect, column.type) for column in table.columns])
            for row in rows:
                copy.write_row(row)
        return int(cursor.rowcount)


def driver_error(connection: Connection) -> type[Exception]:
    """The base of what the driver raises; outside of SQLAlchemy's statements nobody translates it."""
    found: type[Exception] = connection.dialect.loaded_dbapi.Error
    return found


@lru_cache(maxsize=32)
def _copy_statement(dialect: Dialect, table: Table) -> str:
    quote = dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in table.columns)
    return f"COPY {quote(table.name)} ({names}) FROM STDIN (FORMAT BINARY)"


def _copy_type(dialect: Dialect, kind: TypeEngine[Any]) -> str:
    """PostgreSQL's name of a column's type: binary rows are not converted."""
    return str(kind.compile(dialect=dialect)).lower().split("(")[0]


def _insert(connection: Connection, table: Table, rows: Iterator[Row]) -> int:
    """Hand rows to SQLite, some with each statement: one by one takes a third longer.

    Into a table that is kept in the order of its key (`WITHOUT ROWID`) several take half as long again as one by one.
    """
    driver: Any = connection.connection.driver_connection
    if not table.dialect_options["sqlite"]["with_rowid"]:
        return int(driver.executemany(_statement(table, 1), rows).rowcount)
    cursor, count, most = driver.cursor(), 0, _VARIABLES // len(table.columns)
    while part := list(islice(rows, most)):
        if len(part) == most:
            cursor.execute(_statement(table, most), tuple(chain.from_iterable(part)))
        else:
            cursor.executemany(_statement(table, 1), part)
        count += len(part)
    return count


@lru_cache(maxsize=32)
def _statement(table: Table, rows: int) -> str:
    """`INSERT INTO t (a, b) VALUES (?, ?)`, the columns in the table's order."""
    one = str(insert(table).compile(dialect=sqlite.dialect(), column_keys=table.columns.keys()))
    values = one[one.index("(?") :]
    return one + f", {values}" * (rows - 1)
