"""Microsoft SQL Server, through pymssql. Tried by the statements it sends only: no server could be had.

SQL Server has no read-only session: `ApplicationIntent=ReadOnly` asks for a replica that is. Give the account
`db_datareader` and nothing else; `insyn check` says whether it may write.
"""

from __future__ import annotations

from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.dialects import mssql
from sqlalchemy.sql.elements import quoted_name

from connectors.database.dialect import (
    CONNECT_SECONDS,
    DIGEST_SECONDS,
    LOCK_SECONDS,
    Dialect,
    Element,
    cut_to,
)
from connectors.database.documents import INLINE
from connectors.database.tables import HEAD, TAIL, Column, Name, Sort, Table

SETTINGS = (
    f"SET LOCK_TIMEOUT {LOCK_SECONDS * 1000}",
    "SET DEADLOCK_PRIORITY LOW",  # if somebody must give way, it is us
    "SET TRANSACTION ISOLATION LEVEL READ COMMITTED",
    "SET DATEFORMAT ymd",
    "SET TEXTSIZE 2147483647",
    "SET QUOTED_IDENTIFIER ON",
    "SET ANSI_NULLS ON",
)
_STYLES = ((sa.Float, 3), (mssql.MONEY, 2), (mssql.SMALLMONEY, 2), (sa.DateTime, 121), (sa.Date, 23), (sa.Time, 114))
"""Styles of CONVERT that lose nothing: 17 digits, four decimals, ODBC's canonical times (its reference)."""
_SHAPES = frozenset({"GEOMETRY", "GEOGRAPHY", "HIERARCHYID"})
_NAMES = sa.text("""
    SELECT s.name, o.name, o.type,
           CASE WHEN HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(o.name), 'OBJECT', 'SELECT') = 1
                THEN '' ELSE 'permission' END
    FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id
    WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0 ORDER BY s.name, o.name
""")
_SIZE = sa.text("SELECT SUM(CAST(size AS bigint)) * 8192 FROM sys.database_files")
_WRITES = sa.text("""
    SELECT permission_name FROM sys.fn_my_permissions(NULL, 'DATABASE')
    WHERE permission_name IN ('INSERT', 'UPDATE', 'DELETE', 'ALTER', 'CONTROL', 'EXECUTE') ORDER BY permission_name
""")
_STATES = {"U": "table", "V": "view"}


class SQLServerDialect(Dialect):
    """A SQL Server or Azure SQL database: the one that the URL names."""

    system_schemas: ClassVar[frozenset[str]] = frozenset({"sys", "INFORMATION_SCHEMA"})

    def connect_args(self) -> dict[str, Any]:
        """Wait shortly; ask for a replica to read from."""
        if self.url.get_driver_name() != "pymssql":
            return {}
        return {
            "login_timeout": CONNECT_SECONDS,
            "timeout": DIGEST_SECONDS,
            "read_only": True,
            "appname": "insyn",
            "charset": "UTF-8",
        }

    def prepare(self, connection: Any) -> None:
        """Set the session's limits and forms."""
        cursor = connection.cursor()
        for setting in SETTINGS:
            cursor.execute(setting)
        cursor.close()

    def names(self, connection: sa.Connection) -> list[Name]:
        """All tables, and views if asked for. A name is marked as one: SQLAlchemy takes a dot for another database."""
        found = [
            Name(quoted_name(schema, quote=True), table, _STATES[kind.strip()], why)
            for schema, table, kind, why in connection.execute(_NAMES)
        ]
        return [name for name in found if self.views or name.kind != "view"]

    def text(self, column: Column, cell: Element) -> Element:
        """Text by SQL Server itself, in the form that loses least."""
        if column.sort is Sort.BINARY:
            return self.piece(cell, 1, INLINE + 1)
        if column.sort in (Sort.INTEGER, Sort.BOOLEAN):
            return cell
        if str(type(column.type).__name__).upper() in _SHAPES:
            return sa.type_coerce(cell, sa.types.NullType()).op(".")(sa.literal_column("ToString()"))
        style = next((style for kind, style in _STYLES if isinstance(column.type, kind)), None)
        if style is not None:
            return sa.func.convert(sa.literal_column("nvarchar(64)"), cell, sa.literal_column(str(style)))
        return self.capped(column, sa.cast(cell, mssql.NVARCHAR()))

    def cut(self, text: Element) -> Element:
        """By the bytes, two a character: LEN leaves out spaces at the end."""
        head, tail = sa.func.left(text, HEAD), sa.func.right(text, TAIL)
        return cut_to(head, tail, text, sa.func.datalength(text) / sa.literal_column("2"))

    def piece(self, cell: Element, start: int, length: int) -> Element:
        """By SUBSTRING."""
        return sa.type_coerce(sa.func.substring(cell, start, length), sa.types.NullType())

    def key_text(self, column: Column, cell: Element) -> Element:
        """Whole numbers as they are; times and numbers in the form that is taken back."""
        if column.sort in (Sort.INTEGER, Sort.TEXT):
            return cell
        return self.text(column, cell)

    def ordered(self, column: Column) -> bool:
        """Numbers, texts, times and uuids; bytes are told by no text that is taken back."""
        exact = isinstance(column.type, sa.Numeric) and not isinstance(column.type, sa.Float)
        return super().ordered(column) or exact or isinstance(column.type, mssql.UNIQUEIDENTIFIER)

    def digest(self, connection: sa.Connection, table: Table, within: Any) -> None:  # noqa: ARG002
        """CHECKSUM_AGG has 32 bits and misses changes: the digest is made here."""
        return

    def size(self, connection: sa.Connection) -> int:
        """Bytes of the database's files."""
        return int(connection.execute(_SIZE).scalar() or 0)

    def writable(self, connection: sa.Connection) -> str:
        """The rights to write that the account has on the database."""
        return ", ".join(str(name) for (name,) in connection.execute(_WRITES))
