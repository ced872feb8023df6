"""Oracle, through python-oracledb (thin). Tried by the statements it sends only: no server could be had.

Every transaction begins as `SET TRANSACTION READ ONLY`. BLOBs are named, not opened: SQL gives them in crumbs only.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import oracle

from connectors.database.dialect import CONNECT_SECONDS, DIGEST_SECONDS, Dialect, Element, cut_to
from connectors.database.tables import HEAD, TAIL, Column, Name, Sort

READ_ONLY = "SET TRANSACTION READ ONLY"
SETTINGS = (
    "ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY-MM-DD HH24:MI:SS'",
    "ALTER SESSION SET NLS_TIMESTAMP_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF6'",
    "ALTER SESSION SET NLS_TIMESTAMP_TZ_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF6TZH:TZM'",
    "ALTER SESSION SET NLS_NUMERIC_CHARACTERS = '. '",
    "ALTER SESSION SET TIME_ZONE = '+00:00'",
    "ALTER SESSION SET NLS_SORT = BINARY",
    "ALTER SESSION SET NLS_COMP = BINARY",
)
_NAMES = sa.text("""
    SELECT owner, table_name, 'table' FROM all_tables
    WHERE temporary = 'N' AND nested = 'NO' AND secondary = 'N' AND dropped = 'NO'
      AND owner NOT IN (SELECT username FROM all_users WHERE oracle_maintained = 'Y')
    UNION ALL SELECT owner, view_name, 'view' FROM all_views
    WHERE owner NOT IN (SELECT username FROM all_users WHERE oracle_maintained = 'Y')
    ORDER BY 1, 2
""")
_SIZE = sa.text("SELECT COALESCE(SUM(bytes), 0) FROM user_segments")
_WRITES = sa.text("""
    SELECT privilege FROM session_privs
    WHERE privilege LIKE 'INSERT ANY%' OR privilege LIKE 'UPDATE ANY%' OR privilege LIKE 'DELETE ANY%'
       OR privilege LIKE 'DROP ANY%' OR privilege IN ('CREATE TABLE', 'UNLIMITED TABLESPACE')
    UNION SELECT privilege FROM all_tab_privs
    WHERE grantee = USER AND privilege IN ('INSERT', 'UPDATE', 'DELETE', 'ALTER')
    ORDER BY 1
""")


class OracleDialect(Dialect):
    """An Oracle database, 12c or newer."""

    def connect_args(self) -> dict[str, Any]:
        """Wait shortly for the server."""
        return {"tcp_connect_timeout": CONNECT_SECONDS} if self.url.get_driver_name() == "oracledb" else {}

    def prepare(self, connection: Any) -> None:
        """Set the session's limits and forms."""
        connection.call_timeout = DIGEST_SECONDS * 1000
        cursor = connection.cursor()
        for setting in SETTINGS:
            cursor.execute(setting)
        cursor.close()

    def begin(self, connection: Any) -> None:
        """Make the transaction read-only; it sees one state of the data."""
        cursor = connection.cursor()
        cursor.execute(READ_ONLY)
        cursor.close()

    def names(self, connection: sa.Connection) -> list[Name]:
        """All tables that the account may see, and views if asked for; of nobody who came with the database."""
        plain: Any = connection.dialect
        found = [
            Name(plain.normalize_name(owner), plain.normalize_name(table), kind)
            for owner, table, kind in connection.execute(_NAMES)
        ]
        return [name for name in found if self.views or name.kind != "view"]

    def text(self, column: Column, cell: Element) -> Element:
        """Text by Oracle itself, by the session's forms."""
        if column.sort in (Sort.TEXT, Sort.JSON):
            return self.capped(column, cell)
        if column.sort is Sort.BINARY or _is_whole(column):
            return super().text(column, cell)
        return sa.func.to_char(cell)

    def cut(self, text: Element) -> Element:
        """By `length` and `substr`, which take a CLOB."""
        return cut_to(sa.func.substr(text, 1, HEAD), sa.func.substr(text, -TAIL), text, sa.func.length(text))

    def key_text(self, column: Column, cell: Element) -> Element:
        """Numbers and texts as they are, the rest in the session's forms, which are taken back."""
        return cell if column.sort is Sort.TEXT or _is_whole(column) else sa.func.to_char(cell)

    def ordered(self, column: Column) -> bool:
        """Numbers, texts and dates; a CLOB is no key."""
        exact = isinstance(column.type, sa.Numeric) and not isinstance(column.type, sa.Float)
        return super().ordered(column) or exact

    def size(self, connection: sa.Connection) -> int:
        """Bytes of the account's own segments."""
        return int(connection.execute(_SIZE).scalar() or 0)

    def writable(self, connection: sa.Connection) -> str:
        """The privileges to write that the session has."""
        return ", ".join(str(name) for (name,) in connection.execute(_WRITES))


def _is_whole(column: Column) -> bool:
    """Whether the column holds whole numbers. NUMBER is for SQLAlchemy both kinds; the driver rounds its fractions."""
    if isinstance(column.type, oracle.NUMBER):
        return column.type.scale == 0
    return column.sort in (Sort.INTEGER, Sort.BOOLEAN)
