"""PostgreSQL, through psycopg 3 (any driver works for the statements)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import BIT, CITEXT, DOMAIN, MONEY

from connectors.base import Readers
from connectors.database.dialect import (
    CONNECT_SECONDS,
    DIGEST_SECONDS,
    LOCK_SECONDS,
    STATEMENT_SECONDS,
    Dialect,
    Element,
    cut_to,
)
from connectors.database.documents import INLINE
from connectors.database.errors import lost_snapshot
from connectors.database.paging import Blocks, Paging, Position
from connectors.database.tables import HEAD, TAIL, Column, Name, Sort, Table
from connectors.database.texts import decoded

_SETTINGS = {
    "default_transaction_read_only": "on",
    "statement_timeout": f"{STATEMENT_SECONDS}s",
    "lock_timeout": f"{LOCK_SECONDS}s",
    "idle_in_transaction_session_timeout": "60s",
    "row_security": "off",  # rows hidden by a policy are an error, not a shorter table
    "search_path": "",  # nobody's operators and functions stand in for the system's
    "restrict_nonsystem_relation_kind": "view,foreign-table",
    "application_name": "insyn",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "iso_8601",
    "TimeZone": "UTC",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "xmloption": "content",
}
_SET = "SELECT set_config(name, %s, false) FROM pg_catalog.pg_settings WHERE name = %s"
"""Leaves out what an older server does not know (restrict_nonsystem_relation_kind came with 15.8)."""

_KINDS = {"r": "table", "m": "table", "p": "partitioned", "f": "foreign", "v": "view"}
"""A materialised view holds its rows as a table does, and reading it runs nobody's code."""
_NAMES = sa.text("""
    SELECT n.nspname, c.relname, CAST(c.relkind AS text),
           CASE WHEN NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))
                THEN 'permission'
                WHEN c.relkind IN ('r', 'p') AND row_security_active(c.oid) THEN 'rls' ELSE '' END,
           CASE WHEN enters.everyone AND reads.everyone THEN 3 WHEN enters.others AND reads.others THEN 2 ELSE 1 END
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL (
        SELECT COALESCE(bool_or(grantee = 0), false) AS everyone, count(*) > 0 AS others
        FROM aclexplode(COALESCE(n.nspacl, acldefault('n', n.nspowner)))
        WHERE privilege_type = 'USAGE' AND grantee <> c.relowner
    ) enters
    CROSS JOIN LATERAL (
        SELECT COALESCE(bool_or(grantee = 0), false) AS everyone, count(*) > 0 AS others
        FROM (SELECT grantee, privilege_type FROM aclexplode(c.relacl) UNION ALL
              SELECT one.grantee, one.privilege_type
              FROM pg_catalog.pg_attribute a, aclexplode(a.attacl) one WHERE a.attrelid = c.oid) granted
        WHERE privilege_type = 'SELECT' AND grantee <> c.relowner
    ) reads
    WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND NOT c.relispartition AND c.relpersistence <> 't'
      AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' ESCAPE '\\'
    ORDER BY 1, 2
""")
_BLOCKS = sa.text("""
    SELECT pg_relation_size(c.oid) / CAST(current_setting('block_size') AS int)
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = :schema AND c.relname = :table
""")
_UNIQUE = sa.text("""
    SELECT c.relname, ARRAY(
        SELECT a.attname FROM generate_series(0, i.indnkeyatts - 1) place
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[place] ORDER BY place
    )
    FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = :schema AND c.relname IN :tables
      AND i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL
      AND NOT EXISTS (
        SELECT FROM generate_series(0, i.indnkeyatts - 1) place
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[place]
        WHERE NOT a.attnotnull OR a.attcollation <> i.indcollation[place]
      )
""").bindparams(sa.bindparam("tables", expanding=True))
"""Indexes that are whole, hold for every row at any time, and compare as the columns themselves do."""
_WRITABLE = sa.text("""
    SELECT CASE WHEN (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN 'it is a superuser'
           ELSE 'it may change ' || min(n.nspname || '.' || c.relname) END
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' ESCAPE '\\'
      AND has_table_privilege(c.oid, 'INSERT,UPDATE,DELETE,TRUNCATE')
""")
_ROWS = sa.text("""
    SELECT CAST(COALESCE(SUM(GREATEST(c.reltuples, 0)), 0) AS bigint)
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' ESCAPE '\\'
""")
_GONE = frozenset({"22023", "42704", "55000"})
"""A view is called so that nobody holds any more: `invalid snapshot identifier`, `does not exist`, `is not running`."""
_CTID: Element = sa.literal_column("t.ctid")
_ORDERED = frozenset({Sort.INTEGER, Sort.TEXT, Sort.DATE, Sort.DATETIME, Sort.TIME, Sort.BINARY, Sort.BOOLEAN})


class PostgreSQLDialect(Dialect):
    """A PostgreSQL server, 12 or newer."""

    tuples = has_snapshots = shares_snapshots = True
    _snapshot = ""
    """Name of the exported view that each transaction joins."""

    def connect_args(self) -> dict[str, Any]:
        """Wait shortly for the server; take text as UTF-8."""
        return {"connect_timeout": CONNECT_SECONDS, "client_encoding": "utf8"} | dict(self.url.query)

    def options(self) -> dict[str, Any]:
        """Begin every transaction as read-only."""
        return {"postgresql_readonly": True}

    def prepare(self, connection: Any) -> None:
        """Set the session's limits and forms."""
        cursor = connection.cursor()
        for name, value in _SETTINGS.items():
            if name != "restrict_nonsystem_relation_kind" or not self.views:
                cursor.execute(_SET, (value, name))
        cursor.execute("SHOW server_encoding")
        if cursor.fetchone()[0] == "SQL_ASCII":
            cursor.execute("SET client_encoding TO 'SQL_ASCII'")  # under another the server refuses such text itself
            _take_any_bytes(connection)
        cursor.close()
        connection.commit()

    def names(self, connection: sa.Connection) -> list[Name]:
        """All tables; partitions are read with their table; views and foreign tables are named if asked for."""
        rows = connection.execute(_NAMES)
        found = [Name(schema, table, _KINDS[kind], why, Readers(who)) for schema, table, kind, why, who in rows]
        return [name for name in found if self.views or name.kind != "view"]

    def freeze(self, connection: sa.Connection) -> None:
        """Export a view (https://www.postgresql.org/docs/current/functions-admin.html), on a standby, too."""
        connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        connection.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        self._snapshot = str(connection.execute(sa.text("SELECT pg_export_snapshot()")).scalar())

    def thaw(self) -> None:
        """Forget its name."""
        self._snapshot = ""

    def begin(self, connection: Any) -> None:
        """Join the view.

        Raises:
            ConnectorError: it is gone.
        """
        if not self._snapshot:
            return
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                cursor.execute(f"SET TRANSACTION SNAPSHOT '{self._snapshot}'")
        except Exception as error:
            if getattr(error, "sqlstate", "") in _GONE:
                raise lost_snapshot(self.url) from None
            raise

    def unique_keys(self, connection: sa.Connection, names: Sequence[Name]) -> Iterable[tuple[str, Sequence[str]]]:
        """By the catalogue."""
        named = {"schema": names[0].schema, "tables": [name.table for name in names]}
        return [(table, columns) for table, columns in connection.execute(_UNIQUE, named)]

    def complete(self, connection: sa.Connection, table: Table) -> Table:
        """Learn how many blocks a table without a key has."""
        if table.name.kind != "table" or table.row_key:
            return table
        blocks = connection.execute(_BLOCKS, {"schema": table.name.schema, "table": table.name.table}).scalar()
        return dataclasses.replace(table, options={"blocks": int(blocks or 0)})

    def select(self, table: Table, *columns: Element) -> sa.Select[Any]:
        """From ONLY the table itself: what inherits from it is a table of its own."""
        statement = sa.select(*columns)
        if table.name.kind == "table":
            statement = statement.with_hint(table.source, "ONLY", "postgresql")
        return statement.select_from(table.source)

    def text(self, column: Column, cell: Element) -> Element:
        """Text by PostgreSQL itself, so that an infinite date or a year 10000 is a text like another."""
        kind = column.type.data_type if isinstance(column.type, DOMAIN) else column.type
        if column.sort is Sort.BINARY:
            return self.piece(cell, 1, INLINE + 1)
        if isinstance(kind, sa.ARRAY):
            return self.cut(sa.cast(sa.func.to_json(cell), sa.Text()))
        if isinstance(kind, MONEY):
            return sa.cast(sa.cast(cell, sa.Numeric()), sa.Text())
        if isinstance(kind, BIT | CITEXT | sa.CHAR):  # CHAR loses its padding
            return self.capped(column, sa.cast(cell, sa.Text()))
        return super().text(column, cell)

    def cut(self, text: Element) -> Element:
        """By the bytes first: they are known without unpacking the text."""
        head, tail = sa.func.left(text, HEAD), sa.func.right(text, TAIL)
        return cut_to(head, tail, text, sa.func.octet_length(text), sa.func.char_length(text))

    def key_text(self, column: Column, cell: Element) -> Element:
        """Whole numbers as they are, all else as PostgreSQL's own text."""
        return cell if column.sort is Sort.INTEGER else sa.cast(cell, sa.Text())

    def key_value(self, column: Column, value: str | int) -> Element:  # noqa: ARG002
        """Text without a type: the server reads it as the key's own."""
        return sa.literal(str(value), sa.types.NullType())

    def ordered(self, column: Column) -> bool:
        """Types of the system only: with an empty search path an extension's operators are not found."""
        exact = isinstance(column.type, sa.Numeric) and not isinstance(column.type, sa.Float)
        return (column.sort in _ORDERED or exact or isinstance(column.type, sa.Uuid)) and not isinstance(
            column.type, CITEXT
        )

    def paging(self, table: Table) -> Paging:
        """By key, or in the order in which the rows lie."""
        if "blocks" not in table.options:
            return super().paging(table)
        shown = sa.cast(_CTID, sa.Text())
        return Blocks(
            Position(_CTID, shown, lambda value: sa.literal(value, sa.types.NullType())), table.options["blocks"]
        )

    def mark(self, table: Table, rows: int) -> sa.ColumnElement[bool] | None:
        """By PostgreSQL's own hash of the key's text."""
        hashed = self.shuffled(table)
        if hashed is None:
            return None
        return hashed.op("&")(sa.literal_column(str(rows - 1))) == sa.literal_column("0")

    def shuffled(self, table: Table) -> Element | None:
        """By the same hash."""
        if not table.row_key or table.name.kind == "view":
            return None
        key = sa.cast(sa.func.row(*map(table.cell, table.key_columns)), sa.Text())
        return sa.func.hashtextextended(key, sa.literal_column("0"))

    def digest(self, connection: sa.Connection, table: Table, within: Sequence[Element]) -> tuple[int, str] | None:
        """Sum of a 64-bit hash of each row; of rows without a key also of where they lie, for that is their number."""
        if table.name.kind == "view" or not table.columns or (not table.row_key and table.name.kind != "table"):
            return None
        place = () if table.row_key else (_CTID,)
        row = sa.cast(sa.func.row(*map(table.cell, table.columns), *place), sa.Text())
        hashed = sa.cast(sa.func.sum(sa.func.hashtextextended(row, sa.literal_column("0"))), sa.Text())
        connection.execute(sa.text(f"SET LOCAL statement_timeout = '{DIGEST_SECONDS}s'"))
        rows, total = connection.execute(self.select(table, sa.func.count(), hashed).where(*within)).one()
        return int(rows), str(total)

    def before_pass(self, connection: sa.Connection) -> None:
        """Do not time out between the parts of the pass, while what was read is analysed."""
        connection.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = 0"))

    def size(self, connection: sa.Connection) -> int:
        """Bytes of the database."""
        return int(connection.execute(sa.text("SELECT pg_database_size(current_database())")).scalar() or 0)

    def rows(self, connection: sa.Connection) -> int:
        """As of the last ANALYZE."""
        return int(connection.execute(_ROWS).scalar() or 0)

    def writable(self, connection: sa.Connection) -> str:
        """Superuser, or a table the role may change."""
        return str(connection.execute(_WRITABLE).scalar() or "")


def _take_any_bytes(connection: Any) -> None:
    """In a database without an encoding a text may be no UTF-8, and psycopg's own loader would refuse the page."""
    from psycopg.adapt import Loader

    class AnyText(Loader):
        def load(self, data: Any) -> str:
            return decoded(bytes(data))

    for name in ("text", "varchar", "bpchar", "name"):
        connection.adapters.register_loader(name, AnyText)
