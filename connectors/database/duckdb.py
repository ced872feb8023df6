"""DuckDB: a file, opened read-only in this process, shut off from other files, the network and extensions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from connectors.base import ConnectorError, Readers
from connectors.database.dialect import Dialect, Element, cut_to
from connectors.database.documents import INLINE
from connectors.database.paging import Keyset, Paging, Position
from connectors.database.tables import HEAD, TAIL, Column, Name, Sort, Table
from connectors.localfs import readers_of

_CONFIGURATION = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": "512MB",
    "threads": 1,
}
_NAMES = sa.text("""
    SELECT schema_name, table_name, 'table' FROM duckdb_tables()
    WHERE NOT internal AND NOT temporary AND database_name = current_database()
    UNION ALL SELECT schema_name, view_name, 'view' FROM duckdb_views()
    WHERE NOT internal AND NOT temporary AND database_name = current_database()
    ORDER BY 1, 2
""")
_ROWID: Element = sa.literal_column("t.rowid")


class DuckDBDialect(Dialect):
    """A database file. One program at a time may write it, and none reads it meanwhile."""

    tuples, served = True, False

    def target(self) -> sa.URL:
        """The file.

        Raises:
            ConnectorError: there is none.
        """
        if not self.url.database or self.url.database == ":memory:":
            raise ConnectorError("database: `url` names no file; it should look like duckdb:///path/to/file.duckdb")
        if not self._path().is_file():
            raise ConnectorError(f"database {self._path()}: there is no such file; check `url`")
        return self.url

    def connect_args(self) -> dict[str, Any]:
        """Read-only, and nothing but this file."""
        return {"read_only": True, "config": dict(_CONFIGURATION)}

    def pooling(self) -> dict[str, Any]:
        """Keep none: nobody can write the file as long as we have it open."""
        return {"poolclass": sa.NullPool}

    def prepare(self, connection: Any) -> None:
        """Tell times in UTC; then let nothing be set any more. Connections of one process may share what is set."""
        (is_locked,) = connection.execute("SELECT current_setting('lock_configuration')").fetchone()
        if not is_locked:
            connection.execute("SET GLOBAL TimeZone = 'UTC'")
            connection.execute("SET lock_configuration = true")

    def names(self, connection: sa.Connection) -> list[Name]:
        """All tables, and views if asked for."""
        found = [Name(schema, table, kind) for schema, table, kind in connection.execute(_NAMES)]
        return [name for name in found if self.views or name.kind != "view"]

    def text(self, column: Column, cell: Element) -> Element:
        """Text by DuckDB itself; lists, structs and maps as JSON."""
        if column.sort is Sort.BINARY:
            return self.piece(cell, 1, INLINE + 1)
        if column.sort is Sort.JSON or type(column.type).__name__ in ("Struct", "Map", "Union"):
            return self.cut(sa.cast(sa.func.to_json(cell), sa.Text()))
        return super().text(column, cell)

    def piece(self, cell: Element, start: int, length: int) -> Element:
        """By a slice: `substr` takes no bytes."""
        return sa.type_coerce(sa.func.array_slice(cell, start, start + length - 1), sa.types.NullType())

    def cut(self, text: Element) -> Element:
        """By the bytes first: they are known without counting."""
        head, tail = sa.func.left(text, HEAD), sa.func.right(text, TAIL)
        return cut_to(head, tail, text, sa.func.strlen(text), sa.func.length(text))

    def paging(self, table: Table) -> Paging:
        """By key, else by the row's number."""
        if table.name.kind == "view" or table.row_key:
            return super().paging(table)
        return Keyset([Position(_ROWID, _ROWID, sa.literal)], tuples=False)

    def mark(self, table: Table, rows: int) -> sa.ColumnElement[bool] | None:
        """By the key's MD5: `hash` may differ from release to release."""
        hashed = self.shuffled(table)
        return None if hashed is None else hashed.op("%")(sa.literal_column(str(rows))) == sa.literal_column("0")

    def shuffled(self, table: Table) -> Element | None:
        """By the same number."""
        if not table.row_key or table.name.kind == "view":
            return None
        return sa.func.md5_number_lower(sa.func.concat_ws("|", *map(table.cell, table.key_columns)))

    def size(self, connection: sa.Connection) -> int:  # noqa: ARG002
        """Bytes of the file."""
        return self._path().stat().st_size

    def readers(self) -> Readers:
        """By the modes of the file and its folder."""
        return readers_of(self._path())

    def writable(self, connection: sa.Connection) -> str:  # noqa: ARG002
        """Whether the file's mode lets us write, had it not been opened read-only."""
        return "the file is writable for this account" if os.access(self._path(), os.W_OK) else ""

    def _path(self) -> Path:
        return Path(self.url.database or "")
