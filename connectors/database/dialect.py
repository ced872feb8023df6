"""What differs between databases, and what holds for any that SQLAlchemy reaches (the base class)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

import sqlalchemy as sa

from connectors.base import Readers
from connectors.database.paging import Keyset, OnePass, Paging, Position
from connectors.database.tables import HEAD, TAIL, Column, Name, Sort, Table

STATEMENT_SECONDS = 30
DIGEST_SECONDS = 120
"""A digest reads the whole table on the server; one that takes longer is given up, and the table is always read."""
LOCK_SECONDS = 2
CONNECT_SECONDS = 10
KEPT_SECONDS = 300
"""How old a connection may be that is taken again: what an administrator changes counts from then on at the latest."""

_STEADY = frozenset({Sort.INTEGER, Sort.TEXT, Sort.DATE, Sort.DATETIME})

Element = sa.ColumnElement[Any]


class Dialect:
    """Any database. Subclasses know one better."""

    system_schemas: ClassVar[frozenset[str]] = frozenset({"information_schema", "pg_catalog", "sys", "system", "SYS"})
    tuples: ClassVar[bool] = False
    """Whether `(a, b) > (x, y)` is understood and uses an index."""
    served: ClassVar[bool] = True
    """Whether a server answers, which has others to serve; False: this process reads a file itself."""

    has_snapshots: ClassVar[bool] = False
    """Whether one view of all tables can be had for as long as it takes to read them."""
    shares_snapshots: ClassVar[bool] = False
    """Whether other connections can join such a view."""

    def __init__(self, url: sa.URL, *, views: bool) -> None:
        self.url = url
        self.views = views

    def target(self) -> sa.URL:
        """The URL to connect to.

        Raises:
            ConnectorError: it names nothing that can be read.
        """
        return self.url

    def connect_args(self) -> dict[str, Any]:
        """Arguments of the driver's `connect`."""
        return {}

    def pooling(self) -> dict[str, Any]:
        """SQLAlchemy's options of the pool: one connection stays open between two units, asked whether it still lives.

        To open one costs a server some 30 ms and a process; a scan of 10,000 tables would do little else.
        """
        return {
            "poolclass": sa.QueuePool,
            "pool_size": 1,
            "max_overflow": -1,
            "pool_pre_ping": True,
            "pool_recycle": KEPT_SECONDS,
        }

    def prepare(self, connection: Any) -> None:
        """Make a new DBAPI connection read-only and set its timeouts."""

    def begin(self, connection: Any) -> None:
        """Make a transaction of a DBAPI connection that has just begun read-only, where the session cannot be."""

    def options(self) -> dict[str, Any]:
        """SQLAlchemy's execution options of every connection."""
        return {}

    def freeze(self, connection: sa.Connection) -> None:
        """Take a view of all tables in this connection's transaction, which others join where views are shared."""
        raise NotImplementedError

    def thaw(self) -> None:
        """Join the view no more."""

    # Listing

    def names(self, connection: sa.Connection) -> list[Name]:
        """All tables (and views, if asked for), of all schemas but the system's."""
        inspector = sa.inspect(connection)
        found = []
        for schema in self.schemas(inspector):
            found += [Name(schema, table) for table in inspector.get_table_names(schema)]
            if self.views:
                found += [Name(schema, view, "view") for view in inspector.get_view_names(schema)]
        return found

    def schemas(self, inspector: sa.Inspector) -> Sequence[str | None]:
        """The schemas to list."""
        return [name for name in inspector.get_schema_names() if name not in self.system_schemas]

    def unique_keys(self, connection: sa.Connection, names: Sequence[Name]) -> Iterable[tuple[str, Sequence[str]]]:  # noqa: ARG002
        """Table and columns of each unique key without NULLs of some tables of one schema, where they can be told."""
        return ()

    def complete(self, connection: sa.Connection, table: Table) -> Table:  # noqa: ARG002
        """Add to a reflected table what reading it takes."""
        return table

    # Reading

    def select(self, table: Table, *columns: Element) -> sa.Select[Any]:
        """Select expressions from a table."""
        return sa.select(*columns).select_from(table.source)

    def text(self, column: Column, cell: Element) -> Element:
        """The expression that gives a cell in a form which `texts.cleaned` understands, whatever odd value it holds."""
        if column.sort is Sort.BINARY:
            return present(cell)
        if column.sort in (Sort.INTEGER, Sort.BOOLEAN):
            return cell
        if column.sort is Sort.TEXT and not isinstance(column.type, sa.Enum):
            return self.capped(column, cell)
        return self.capped(column, sa.cast(cell, sa.Text()))

    def capped(self, column: Column, text: Element) -> Element:
        """`text`, cut to its head and tail if it is huge."""
        length = getattr(column.type, "length", None)
        if length is not None and length <= HEAD + TAIL:
            return text
        return self.cut(text)

    def cut(self, text: Element) -> Element:
        """The expression that cuts; the base class knows none that every database understands."""
        return text

    def piece(self, cell: Element, start: int, length: int) -> Element:
        """So many bytes of a binary cell, from byte `start` on (1-based)."""
        return sa.type_coerce(sa.func.substr(cell, start, length), sa.types.NullType())

    def key_text(self, column: Column, cell: Element) -> Element:
        """The expression that gives a key's value as an int or str which `key_value` takes back without loss."""
        return cell if column.sort in (Sort.INTEGER, Sort.TEXT) else sa.cast(cell, sa.Text())

    def key_value(self, column: Column, value: str | int) -> Element:  # noqa: ARG002
        """The key's value as a bound parameter."""
        return sa.literal(value, sa.types.NullType())

    def ordered(self, column: Column) -> bool:
        """Whether `ORDER BY` and `>` agree on the column, so that it can be paged over."""
        return column.sort in _STEADY and not isinstance(column.type, sa.Enum)

    def paging(self, table: Table) -> Paging:
        """How the table is walked through."""
        key = table.key_columns
        if not key or table.name.kind == "view" or not all(map(self.ordered, key)):
            return OnePass()
        return Keyset([self.position(column, table.cell(column)) for column in key], tuples=self.tuples)

    def position(self, column: Column, cell: Element) -> Position:
        """A key column as a part of the position."""
        return Position(cell, self.key_text(column, cell), lambda value: self.key_value(column, value))

    def mark(self, table: Table, rows: int) -> sa.ColumnElement[bool] | None:  # noqa: ARG002
        """What is true of one key in `rows` (a power of two), by the key alone; None: it is not read in ranges."""
        return None

    def shuffled(self, table: Table) -> Element | None:  # noqa: ARG002
        """What puts the rows in an order that has nothing to do with their content, always the same; None: nothing."""
        return None

    # Facts

    def digest(
        self,
        connection: sa.Connection,  # noqa: ARG002
        table: Table,  # noqa: ARG002
        within: Sequence[Element],  # noqa: ARG002
    ) -> tuple[int, str] | None:
        """Number of rows and a digest of their cells made by the server; None: this database makes none.

        Args:
            connection: To the server.
            table: The table.
            within: Conditions of the rows meant; none: all.
        """
        return None

    def before_pass(self, connection: sa.Connection) -> None:
        """Prepare a connection for one statement that reads a whole table."""

    def after_pass(self, connection: sa.Connection) -> None:
        """Undo that on a connection that is used again."""

    def size(self, connection: sa.Connection) -> int:  # noqa: ARG002
        """Bytes of the database, 0 if it does not tell."""
        return 0

    def rows(self, connection: sa.Connection) -> int:  # noqa: ARG002
        """Rows of all tables, as the database estimates; 0 if it does not."""
        return 0

    def readers(self) -> Readers:
        """Who may read the whole database, where it is a file; else the listing tells it table by table."""
        return Readers.UNKNOWN

    def outside_snapshots(self, connection: sa.Connection) -> int:  # noqa: ARG002
        """How many tables are not seen in the view, but as they are when they are read."""
        return 0

    def writable(self, connection: sa.Connection) -> str:  # noqa: ARG002
        """What lets the account write, in words; "" = nothing that is known."""
        return ""


def present(cell: Element) -> Element:
    """ "1" where the cell holds something: bytes are not carried over."""
    return sa.case((cell.is_not(None), sa.literal_column("'1'")), else_=sa.null())


def cut_to(head: Element, tail: Element, text: Element, *lengths: Element) -> Element:
    """`head` and `tail` joined where all the `lengths` say that the text is longer than both, else `text`."""
    return sa.case((sa.and_(*(length > HEAD + TAIL for length in lengths)), head.concat(tail)), else_=text)
