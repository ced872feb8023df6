"""SQLite: a file, opened so that neither it nor its folder changes."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from connectors.base import ConnectorError, Readers
from connectors.database.dialect import LOCK_SECONDS, Dialect, Element, cut_to
from connectors.database.documents import INLINE
from connectors.database.paging import Keyset, Paging, Position
from connectors.database.tables import HEAD, TAIL, Column, Name, Sort, Table
from connectors.database.texts import decoded
from connectors.localfs import readers_of

_UNIQUE = sa.text("""
    SELECT i.name, x.name, i.partial = 0 AND x.cid >= 0 FROM pragma_index_list(:table) i, pragma_index_xinfo(i.name) x
    WHERE i."unique" AND x.key ORDER BY i.name, x.seqno
""")
_WAL = b"\x02\x02"
"""Bytes 18 and 19 of the header: the file is written through a log (https://sqlite.org/fileformat2.html)."""


class SQLiteDialect(Dialect):
    """A database file. Any cell may hold any type, whatever its column declares."""

    tuples, served = True, False

    def target(self) -> sa.URL:
        """The file, read-only; with `immutable` where reading would otherwise leave a log beside it."""
        name = str(self._path()) if self.url.database else ""
        if not name or name == ":memory:":
            raise ConnectorError("database: `url` names no file; it should look like sqlite:///path/to/file.db")
        if not Path(name).is_file():
            raise ConnectorError(f"database {name}: there is no such file; check `url`")
        idle = self._logged() and not Path(f"{name}-wal").exists()
        query = {"mode": "ro", "uri": "true"} | ({"immutable": "1"} if idle else {})
        return sa.URL.create(self.url.drivername, database="file:" + quote(name), query=query)

    def _logged(self) -> bool:
        """Whether the file is written through a log: opening it the usual way creates one where nobody has it open."""
        path = self._path()
        try:
            with path.open("rb") as file:
                return file.read(20)[18:20] == _WAL
        except OSError:
            raise ConnectorError(f"database {path}: the file cannot be opened; let this account read it") from None

    def connect_args(self) -> dict[str, Any]:
        """Wait shortly for a writer."""
        return {"timeout": LOCK_SECONDS}

    def pooling(self) -> dict[str, Any]:
        """Keep a connection: each parses the whole schema anew, which in a file of 10,000 tables costs 30 ms.

        Not to a file with a log: its writer, who leaves before us, could not tidy the log away.
        """
        if self._logged():
            return {"poolclass": sa.NullPool}
        return {"poolclass": sa.QueuePool, "pool_size": 1, "max_overflow": -1}

    def prepare(self, connection: Any) -> None:
        """Refuse to write, trust no function named by the file, take any bytes as text."""
        connection.text_factory = decoded
        for setting in ("query_only=ON", "trusted_schema=OFF", "cell_size_check=ON"):
            connection.execute(f"PRAGMA {setting}").close()

    def schemas(self, inspector: sa.Inspector) -> Sequence[str | None]:  # noqa: ARG002
        """One, without a name."""
        return [None]

    def unique_keys(self, connection: sa.Connection, names: Sequence[Name]) -> Iterable[tuple[str, Sequence[str]]]:
        """By the indexes of each table; a key with a column that may be NULL is none."""
        for name in names:
            needed = {
                column["name"] for column in sa.inspect(connection).get_columns(name.table) if not column["nullable"]
            }
            rows = connection.execute(_UNIQUE, {"table": name.table}).all()
            for _, group in groupby(rows, key=lambda row: row[0]):
                parts = [*group]
                columns = [column for _, column, _ in parts]
                if all(is_whole for *_, is_whole in parts) and needed.issuperset(columns):
                    yield name.table, columns

    def complete(self, connection: sa.Connection, table: Table) -> Table:
        """Find the name of the row's number, by which a table is walked: a primary key may hold NULLs."""
        if table.name.kind == "view":
            return table
        taken = {column.name.lower() for column in table.columns}
        free = next((name for name in ("rowid", "_rowid_", "oid") if name not in taken), None)
        if free is None or not self._has(connection, table, free):
            return table
        return dataclasses.replace(table, options={"rowid": free})

    def _has(self, connection: sa.Connection, table: Table, name: str) -> bool:
        statement = self.select(table, sa.literal_column(f"t.{name}")).limit(0)
        try:
            connection.execute(statement).close()
        except sa.exc.OperationalError:
            return False
        return True

    def text(self, column: Column, cell: Element) -> Element:
        """The cell as it is, without what is huge of it."""
        if column.sort in (Sort.INTEGER, Sort.BOOLEAN):
            return cell
        data = self.piece(cell, 1, INLINE + 1)
        bare = sa.case((sa.func.typeof(cell) == "blob", data), else_=self.capped(column, cell))
        return sa.type_coerce(bare, sa.types.NullType())

    def cut(self, text: Element) -> Element:
        """By `length` and `substr`."""
        return cut_to(sa.func.substr(text, 1, HEAD), sa.func.substr(text, -TAIL), text, sa.func.length(text))

    def key_text(self, column: Column, cell: Element) -> Element:  # noqa: ARG002
        """Bytes as `x'hex'`, other values as they are: a text '1' and a number 1 are different keys."""
        hexed = sa.literal_column("'x'''").concat(sa.func.hex(cell)).concat(sa.literal_column("''''"))
        bare = sa.case((sa.func.typeof(cell) == "blob", hexed), else_=cell)
        return sa.type_coerce(bare, sa.types.NullType())

    def key_value(self, column: Column, value: str | int) -> Element:  # noqa: ARG002
        """Bytes from `x'hex'`."""
        if isinstance(value, str) and value.startswith("x'") and value.endswith("'"):
            return sa.literal(bytes.fromhex(value[2:-1]), sa.types.NullType())
        return sa.literal(value, sa.types.NullType())

    def ordered(self, column: Column) -> bool:  # noqa: ARG002
        """All storage classes have one order."""
        return True

    def paging(self, table: Table) -> Paging:
        """By the row's number where there is one, else (WITHOUT ROWID) by the primary key."""
        name = table.options.get("rowid")
        if name is None:
            return super().paging(table)
        cell: Element = sa.literal_column(f"t.{name}")
        return Keyset([Position(cell, cell, sa.literal)], tuples=False)

    def mark(self, table: Table, rows: int) -> sa.ColumnElement[bool] | None:
        """By the row's number times the golden ratio, in 32 bits (Knuth, TAOCP 6.4): SQLite has no hash function."""
        hashed = self.shuffled(table)
        return None if hashed is None else hashed < sa.literal_column(str(2**32 // rows))

    def shuffled(self, table: Table) -> Element | None:
        """By the same number."""
        name = table.options.get("rowid")
        return None if name is None else sa.literal_column(f"(t.{name} % 2147483648 * 2654435769 % 4294967296)")

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
        name = self.url.database or ""
        return Path(name.removeprefix("file:").split("?")[0] if name.startswith("file:") else name)
