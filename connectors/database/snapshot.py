"""One view of a whole database: all is read as it was when the view was taken, however long it takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from connectors.database.dialect import Dialect
from connectors.database.errors import lost_snapshot, unreachable


class Snapshot:
    """A connection whose transaction keeps the view until it is closed. The server keeps old rows as long."""

    def __init__(self, engine: sa.Engine, dialect: Dialect) -> None:
        """Take the view.

        Raises:
            ConnectorError: the database cannot be reached, or gives none.
        """
        self._dialect = dialect
        self.is_busy = False
        """Whether a statement is open that gives rows as they are wanted."""
        try:
            self._connection = engine.connect()
            dialect.freeze(self._connection)
        except SQLAlchemyError as error:
            raise unreachable(dialect.url, error) from None

    @property
    def only(self) -> bool:
        """Whether no other connection can see the view."""
        return not self._dialect.shares_snapshots

    def connection(self) -> sa.Connection:
        """The connection, where it is the only one.

        Raises:
            ConnectorError: it broke, and the view is gone.
        """
        if self._connection.invalidated:
            raise lost_snapshot(self._dialect.url)
        return self._connection

    @contextmanager
    def passing(self) -> Iterator[sa.Connection]:
        """The only connection, for one statement that may take long.

        Raises:
            ConnectorError: it broke.
        """
        connection = self.connection()
        self.is_busy = True
        try:
            self._dialect.before_pass(connection)
            yield connection
        finally:
            self.is_busy = False
            self.settled()
        self._dialect.after_pass(connection)
        self.settled()

    def settled(self) -> None:
        """Make ready for the next statement after one that failed; the view stays as long as the connection does."""
        with suppress(SQLAlchemyError):  # one that is gone is told by `connection`
            self._connection.rollback()

    def close(self) -> None:
        """Let go of the view."""
        self._dialect.thaw()
        with suppress(SQLAlchemyError):  # the server may be gone
            self._connection.invalidate()
            self._connection.close()
