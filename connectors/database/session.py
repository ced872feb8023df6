"""Connections to one database: read-only, few, and tried again when they fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from connectors.addresses import is_forbidden
from connectors.database.dialect import Dialect
from connectors.database.errors import ReadError, forbidden, missing_driver, reason_of, unreachable
from connectors.database.pace import Pace
from connectors.database.pages import PART_ROWS, Rows, read_page
from connectors.database.paging import Keyset, Paging
from connectors.database.patience import Attempts, Patience
from connectors.database.snapshot import Snapshot

_DIALECTS = {
    "sqlite": ("sqlite", "SQLiteDialect"),
    "postgresql": ("postgresql", "PostgreSQLDialect"),
    "mysql": ("mariadb", "MariaDBDialect"),
    "mariadb": ("mariadb", "MariaDBDialect"),
    "duckdb": ("duckdb", "DuckDBDialect"),
    "mssql": ("sqlserver", "SQLServerDialect"),
    "oracle": ("oracle", "OracleDialect"),
}
"""Module and class, by SQLAlchemy's name. Only the one in use is imported: the others would slow the start."""
_STATEMENTS = 20
"""Compiled statements that are kept: each table has its own few, of 150 kB together, and is read once."""
Result = TypeVar("Result")


def dialect_of(url: sa.URL, *, views: bool) -> Dialect:
    """What is known of the database that the URL names."""
    module, name = _DIALECTS.get(url.get_backend_name(), ("dialect", "Dialect"))
    made: Dialect = getattr(import_module(f"connectors.database.{module}"), name)(url, views=views)
    return made


class Session:
    """A database that answers to `dialect`. Where that says so, one connection waits between two units for the next."""

    def __init__(self, dialect: Dialect, pause: float = 0.0) -> None:
        """Open nothing yet.

        Args:
            dialect: What is known of the database.
            pause: Seconds of rest that the server is given for each second that it has worked for us.

        Raises:
            ConnectorError: there is no driver for it, or nothing may be read there.
        """
        self.dialect = dialect
        self.engine = self._engine()
        self.pace = Pace(pause if dialect.served else 0.0)
        self._patience = Patience()
        self._kept: sa.Connection | None = None
        self._keeps = False
        self.snapshot: Snapshot | None = None

    def _engine(self) -> sa.Engine:
        target = self.dialect.target()
        if target.host and is_forbidden(target.host, target.port):
            raise forbidden(target)
        try:
            engine = sa.create_engine(
                target,
                hide_parameters=True,
                query_cache_size=_STATEMENTS,
                connect_args=self.dialect.connect_args(),
                **self.dialect.pooling(),
            )
        except (ImportError, SQLAlchemyError) as error:
            raise missing_driver(self.dialect.url, error) from None
        sa.event.listen(engine, "connect", lambda connection, _: self.dialect.prepare(connection))
        sa.event.listen(engine, "begin", self._begin)
        return engine.execution_options(**self.dialect.options())

    def _begin(self, connection: sa.Connection) -> None:
        dbapi: Any = connection.dialect.loaded_dbapi
        try:
            self.dialect.begin(connection.connection)
        except dbapi.Error as error:
            raise sa.exc.OperationalError("BEGIN", None, error, hide_parameters=True) from None

    def freeze(self) -> None:
        """Read everything as it is at this moment from now on, until the session is closed.

        Raises:
            ConnectorError: the database cannot be reached, or gives no such view.
        """
        if self.snapshot is None:
            self.snapshot = Snapshot(self.engine, self.dialect)

    @property
    def _only(self) -> Snapshot | None:
        """The view, where one connection alone sees it."""
        return self.snapshot if self.snapshot and self.snapshot.only else None

    @property
    def is_busy(self) -> bool:
        """Whether a statement is open on the only connection there may be: nothing else can be asked meanwhile."""
        return self._only is not None and self._only.is_busy

    @contextmanager
    def listing(self) -> Iterator[sa.Connection]:
        """A connection for what concerns the source as a whole.

        Raises:
            ConnectorError: the source cannot be reached or listed.
        """
        try:
            with self.connected() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise unreachable(self.dialect.url, error) from None

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Take one connection for all that is done meanwhile: opening one costs more than a small question.

        One that fails is replaced when the next is needed.
        """
        if self._only:
            yield
            return
        try:
            self._kept = self.engine.connect()
        except SQLAlchemyError as error:
            raise unreachable(self.dialect.url, error) from None
        self._keeps = True
        try:
            yield
        finally:
            self._keeps = False
            self.release()

    def release(self) -> None:
        """Close the connection that is kept."""
        kept, self._kept = self._kept, None
        if kept is not None:
            _drop(kept, failed=False)

    def close(self) -> None:
        """Close every connection."""
        self.release()
        if self.snapshot is not None:
            self.snapshot.close()
            self.snapshot = None
        self.engine.dispose()
        _forget(type(self.engine.dialect))

    def _taken(self) -> sa.Connection:
        """The connection of the view, the one that is kept, or a new one."""
        if self._only:
            return self._only.connection()
        if self._kept is not None:
            return self._kept
        connection = self.engine.connect()
        if self._keeps:
            self._kept = connection
        return connection

    def _returned(self, connection: sa.Connection | None, *, failed: bool) -> None:
        """Give up what `_taken` gave; one that is kept stays open as long as it works."""
        if connection is None:
            return
        if self._only:
            self._only.settled()
            return
        if connection is self._kept:
            if not failed:
                return
            self._kept = None
        _drop(connection, failed=failed)

    @contextmanager
    def connected(self) -> Iterator[sa.Connection]:
        """The connection that is kept, or a new one, in a transaction that is given up at the end."""
        connection = self._taken()
        failed = True
        try:
            yield connection
            connection.rollback()
            failed = False
        finally:
            self._returned(connection, failed=failed)

    def once(self, work: Callable[[sa.Connection], Result]) -> Result:
        """Do `work` in a read-only transaction of its own, again if it fails for a reason that may pass.

        Raises:
            ReadError: it failed for good.
        """
        attempts = Attempts(self._patience)
        while True:
            try:
                with self.connected() as connection:
                    return work(connection)
            except SQLAlchemyError as error:
                attempts.failed(error)

    def pages(self, statement: sa.Select[Any], paging: Paging) -> Iterator[Rows]:
        """Rows of a table, page after page; between two pages no transaction is open.

        Raises:
            ReadError: a page could not be read.
        """
        connection: sa.Connection | None = None
        attempts = Attempts(self._patience)
        try:
            while not paging.done:
                try:
                    connection = connection or self._taken()
                    with self.pace.working():
                        rows = read_page(connection, statement, paging)
                except SQLAlchemyError as error:
                    self._returned(connection, failed=True)
                    connection = None
                    if not self._narrowed(statement, paging, error):
                        attempts.failed(error)
                    continue
                attempts.succeeded()
                paging.fit(self.pace.worked)
                yield rows
        finally:
            self._returned(connection, failed=False)

    def _narrowed(self, statement: sa.Select[Any], paging: Paging, error: SQLAlchemyError) -> bool:
        """After a timeout ask for fewer rows; a single row that cannot be had in time is stepped over, and counted."""
        if reason_of(error) != "timeout" or not isinstance(paging, Keyset):
            return False
        if paging.limit > 1:
            paging.limit = max(1, paging.limit // 8)
            return True
        key = statement.with_only_columns(*(position.shown for position in paging.positions))
        row = self.once(lambda connection: connection.execute(paging.page(key)).first())
        paging.advance([row] if row else [], whole=True)
        paging.skipped += row is not None
        return True

    def stream(self, statement: sa.Select[Any]) -> Iterator[Rows]:
        """All rows of one statement, part by part.

        Raises:
            ReadError: the statement failed.
        """
        try:
            with self._for_pass() as connection:
                options = {"stream_results": True, "max_row_buffer": PART_ROWS}
                with connection.execution_options(**options).execute(statement) as result:
                    for part in result.partitions(PART_ROWS):
                        yield [*part]
        except SQLAlchemyError as error:
            raise ReadError(reason_of(error)) from None

    @contextmanager
    def _for_pass(self) -> Iterator[sa.Connection]:
        """A connection for one statement that may take long."""
        if self._only:
            with self._only.passing() as connection:
                yield connection
            return
        with self.engine.connect() as connection:
            connection.detach()  # what is set for the pass holds for nothing else
            self.dialect.before_pass(connection)
            yield connection


def _drop(connection: sa.Connection, *, failed: bool) -> None:
    """Give a connection back; one that may be broken is closed for good."""
    try:
        if failed:
            connection.invalidate()
        connection.close()
    except SQLAlchemyError:
        connection.invalidate()


def _forget(dialect: type[sa.Dialect]) -> None:
    """Let go of the statements that SQLAlchemy keeps for the last 128 engines: they let a long-lived process grow."""
    for name in dir(dialect):
        clear = getattr(getattr(dialect, name), "cache_clear", None)
        if clear is not None:
            clear()
