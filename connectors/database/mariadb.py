"""MariaDB and MySQL, through PyMySQL (any driver that SQLAlchemy knows works for the statements)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.mysql import BIT, SET, TIMESTAMP, YEAR
from sqlalchemy.dialects.mysql.base import ischema_names
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ClauseElement, Executable

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
from connectors.database.grants import with_readers
from connectors.database.tables import HEAD, TAIL, Column, Name, Sort, Table

_CONSUMER_SECONDS = 600
"""How long the server waits for us to take the next rows of a whole-table pass."""
_GEOMETRY = frozenset(
    {
        "GEOMETRY",
        "POINT",
        "LINESTRING",
        "POLYGON",
        "MULTIPOINT",
        "MULTILINESTRING",
        "MULTIPOLYGON",
        "GEOMETRYCOLLECTION",
    }
)
_COLUMNS = sa.text(
    "SELECT column_name, data_type, is_nullable = 'YES' FROM information_schema.columns"
    " WHERE table_schema = :schema AND table_name = :table ORDER BY ordinal_position"
)
_KEY = sa.text(
    "SELECT column_name FROM information_schema.key_column_usage WHERE constraint_name = 'PRIMARY'"
    " AND table_schema = :schema AND table_name = :table ORDER BY ordinal_position"
)
_UNIQUE = sa.text(
    "SELECT table_name, index_name, column_name,"
    " nullable = '' AND sub_part IS NULL AND index_type = 'BTREE' AND column_name IS NOT NULL"
    " FROM information_schema.statistics WHERE non_unique = 0 AND table_schema = :schema AND table_name IN :tables"
    " ORDER BY table_name, index_name, seq_in_index"
).bindparams(sa.bindparam("tables", expanding=True))
_WRITES = ("INSERT", "UPDATE", "DELETE", "DROP", "ALTER", "CREATE", "TRIGGER", "SUPER", "FILE")
_PRIVILEGES = sa.text(
    "SELECT privilege_type FROM information_schema.user_privileges"
    " UNION SELECT privilege_type FROM information_schema.schema_privileges"
    " UNION SELECT privilege_type FROM information_schema.table_privileges"
)
_OUTSIDE = sa.text(
    "SELECT COUNT(*) FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND engine <> 'InnoDB'"
    " AND table_schema NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')"
    " AND table_schema = COALESCE(DATABASE(), table_schema)"
)
_SIZE = sa.text(
    "SELECT COALESCE(SUM(data_length + index_length), 0) FROM information_schema.tables"
    " WHERE table_schema NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')"
    " AND table_schema = COALESCE(DATABASE(), table_schema)"
)


_ROWS = sa.text(
    "SELECT COALESCE(SUM(table_rows), 0) FROM information_schema.tables"
    " WHERE table_schema NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')"
    " AND table_schema = COALESCE(DATABASE(), table_schema)"
)


class Geometry(sa.types.UserDefinedType[str]):
    """A place or a shape; SQLAlchemy knows no such type of its own."""

    cache_ok = True


class MariaDBDialect(Dialect):
    """A MariaDB or MySQL server. A URL that names a database means that one, else all are listed."""

    system_schemas = frozenset({"information_schema", "mysql", "performance_schema", "sys"})
    has_snapshots = True

    def connect_args(self) -> dict[str, Any]:
        """PyMySQL: no file of this machine is ever sent, zero dates are no error."""
        if self.url.get_driver_name() != "pymysql":
            return {}
        return {
            "connect_timeout": CONNECT_SECONDS,
            "read_timeout": DIGEST_SECONDS + CONNECT_SECONDS,
            "local_infile": False,
            "sql_mode": "NO_ENGINE_SUBSTITUTION",
        }

    def pooling(self) -> dict[str, Any]:
        """SQLAlchemy's ROLLBACK after each statement would end the view that `freeze` has taken."""
        return {**super().pooling(), "skip_autocommit_rollback": True}

    def freeze(self, connection: sa.Connection) -> None:
        """Begin what SQLAlchemy does not know of and so does not end; tables of InnoDB are seen as they are now."""
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(sa.text("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        connection.execute(sa.text("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"))

    def outside_snapshots(self, connection: sa.Connection) -> int:
        """Tables of Aria, MyISAM and other engines without transactions."""
        return int(connection.execute(_OUTSIDE).scalar() or 0)

    def prepare(self, connection: Any) -> None:
        """Set the session's limits and forms."""
        cursor = connection.cursor()
        cursor.execute("SELECT VERSION()")
        self._limit(cursor, STATEMENT_SECONDS, mariadb="MariaDB" in str(cursor.fetchone()[0]))
        cursor.execute("SET SESSION TRANSACTION READ ONLY")
        cursor.execute(
            f"SET SESSION lock_wait_timeout={LOCK_SECONDS}, innodb_lock_wait_timeout={LOCK_SECONDS},"
            f" net_write_timeout={_CONSUMER_SECONDS}, time_zone='+00:00'"
        )
        cursor.close()
        connection.commit()

    def _limit(self, cursor: Any, seconds: int, *, mariadb: bool) -> None:
        """MySQL counts milliseconds under another name."""
        limit = f"max_statement_time={seconds}" if mariadb else f"max_execution_time={seconds * 1000}"
        cursor.execute(f"SET SESSION {limit}")

    def schemas(self, inspector: sa.Inspector) -> Sequence[str | None]:
        """The URL's database, or all."""
        return [self.url.database] if self.url.database else super().schemas(inspector)

    def names(self, connection: sa.Connection) -> list[Name]:
        """All tables, with who may read them."""
        return with_readers(connection, super().names(connection))

    def unique_keys(self, connection: sa.Connection, names: Sequence[Name]) -> Iterable[tuple[str, Sequence[str]]]:
        """By the columns of the indexes, none of them in part only."""
        named = {"schema": names[0].schema, "tables": [name.table for name in names]}
        for (table, _), rows in groupby(connection.execute(_UNIQUE, named), key=lambda row: (row[0], row[1])):
            parts = [*rows]
            if all(is_whole for *_, is_whole in parts):
                yield table, [column for _, _, column, _ in parts]

    def complete(self, connection: sa.Connection, table: Table) -> Table:
        """Mend what reflection by SHOW CREATE TABLE misses: geometry, and names with a newline or a backtick."""
        named = {"schema": table.name.schema, "table": table.name.table}
        known = {column.name: column for column in table.columns}
        columns = []
        for name, kind, nullable in connection.execute(_COLUMNS, named):
            column = known.get(name, Column(name, ischema_names.get(kind, sa.types.NullType)(), bool(nullable)))
            shape = kind.upper() in _GEOMETRY
            columns.append(dataclasses.replace(column, type=Geometry()) if shape else column)
        if {column.name for column in columns} == set(known):
            return dataclasses.replace(table, columns=tuple(columns))
        key = tuple(name for (name,) in connection.execute(_KEY, named)) or table.row_key
        return dataclasses.replace(table, columns=tuple(columns), row_key=key)

    def text(self, column: Column, cell: Element) -> Element:
        """Text by the server itself: a zero date is a text like another."""
        if column.sort is Sort.INTEGER or isinstance(column.type, YEAR):
            return cell
        if isinstance(column.type, BIT):
            width = column.type.length or 1
            return sa.func.lpad(sa.func.bin(cell.op("+")(sa.literal_column("0"))), width, "0")
        if isinstance(column.type, Geometry):
            return sa.func.st_astext(cell)
        if column.sort is Sort.BINARY:
            return self.piece(cell, 1, INLINE + 1)
        if column.sort in (Sort.TEXT, Sort.JSON) and not isinstance(column.type, sa.Enum | SET):
            return super().text(column, cell) if column.sort is not Sort.JSON else self.cut(_char(cell))
        if isinstance(column.type, TIMESTAMP):  # kept as a point in time, unlike DATETIME; given in the session's zone
            return sa.case((cell == sa.literal_column("0"), _char(cell)), else_=_char(cell).concat("Z"))
        return _char(cell)

    def cut(self, text: Element) -> Element:
        """By the bytes first: they are known without counting."""
        head, tail = sa.func.left(text, HEAD), sa.func.right(text, TAIL)
        return cut_to(head, tail, text, sa.func.length(text), sa.func.char_length(text))

    def key_text(self, column: Column, cell: Element) -> Element:
        """Bytes as hexadecimal digits."""
        if column.sort is Sort.BINARY:
            return sa.func.hex(cell)
        return cell if column.sort is Sort.INTEGER else _char(cell)

    def key_value(self, column: Column, value: str | int) -> Element:
        """Bytes from hexadecimal digits."""
        bound = sa.literal(value, sa.types.NullType())
        return sa.func.unhex(bound) if column.sort is Sort.BINARY else bound

    def ordered(self, column: Column) -> bool:
        """An ENUM is ordered by its numbers but compared by its names."""
        exact = isinstance(column.type, sa.Numeric) and not isinstance(column.type, sa.Float)
        steady = super().ordered(column) or exact or column.sort is Sort.BINARY
        return steady and not isinstance(column.type, SET)

    def mark(self, table: Table, rows: int) -> sa.ColumnElement[bool] | None:
        """By the first digits of the key's MD5."""
        hashed = self.shuffled(table)
        if hashed is None:
            return None
        digits = sa.func.left(hashed, 8)
        return sa.func.conv(digits, 16, 10).op("%")(sa.literal_column(str(rows))) == sa.literal_column("0")

    def shuffled(self, table: Table) -> Element | None:
        """By the MD5."""
        if not table.row_key or table.name.kind == "view":
            return None
        return sa.func.md5(sa.func.concat_ws("|", *map(table.cell, table.key_columns)))

    def digest(self, connection: sa.Connection, table: Table, within: Sequence[Element]) -> tuple[int, str] | None:
        """The server's own checksum. It does not see the order of rows, so rows without a key have none."""
        if not table.row_key or table.name.kind == "view":
            return None
        if within:
            return self._range_digest(connection, table, within)
        self._limit_query(connection, DIGEST_SECONDS)
        rows = connection.execute(self.select(table, sa.func.count())).scalar()
        checksum = connection.execute(_Checksum(table.source.element)).one()[1]
        self._limit_query(connection, STATEMENT_SECONDS)
        return None if checksum is None else (int(rows or 0), str(checksum))

    def _range_digest(self, connection: sa.Connection, table: Table, within: Sequence[Element]) -> tuple[int, str]:
        """CHECKSUM TABLE knows no ranges: the sum of 64 bits of each row's MD5 (its cells' lengths tell them apart)."""
        parts = [part for cell in map(table.cell, table.columns) for part in (sa.func.length(cell), sa.func.md5(cell))]
        row = sa.func.left(sa.func.md5(sa.func.concat_ws("|", *parts)), 16)
        total: Element = sa.func.sum(sa.cast(sa.func.conv(row, 16, 10), sa.DECIMAL(20)))
        self._limit_query(connection, DIGEST_SECONDS)
        rows, content = connection.execute(self.select(table, sa.func.count(), total).where(*within)).one()
        self._limit_query(connection, STATEMENT_SECONDS)
        return int(rows), str(content)

    def before_pass(self, connection: sa.Connection) -> None:
        """A whole table takes as long as its analysis: no limit for the statement."""
        self._limit_query(connection, 0)

    def after_pass(self, connection: sa.Connection) -> None:
        """Limit the next statements again."""
        self._limit_query(connection, STATEMENT_SECONDS)

    def _limit_query(self, connection: sa.Connection, seconds: int) -> None:
        mariadb = bool(getattr(connection.dialect, "is_mariadb", False))
        limit = f"max_statement_time={seconds}" if mariadb else f"max_execution_time={seconds * 1000}"
        connection.execute(sa.text(f"SET SESSION {limit}"))

    def size(self, connection: sa.Connection) -> int:
        """Bytes of the tables and indexes, as the server estimates."""
        return int(connection.execute(_SIZE).scalar() or 0)

    def rows(self, connection: sa.Connection) -> int:
        """As InnoDB guesses."""
        return int(connection.execute(_ROWS).scalar() or 0)

    def writable(self, connection: sa.Connection) -> str:
        """The privileges to write that the account has anywhere."""
        granted = {str(kind) for (kind,) in connection.execute(_PRIVILEGES)}
        return ", ".join(kind for kind in _WRITES if kind in granted)


class _Checksum(Executable, ClauseElement):
    """CHECKSUM TABLE, with the table's name quoted by the dialect."""

    inherit_cache = False

    def __init__(self, table: Any) -> None:
        self.table = table


@compiles(_Checksum)
def _compile_checksum(element: _Checksum, compiler: Any, **_: Any) -> str:
    return f"CHECKSUM TABLE {compiler.preparer.format_table(element.table)}"


def _char(cell: Element) -> Element:
    return sa.cast(cell, sa.CHAR())
