"""The store: opened, checked against its key, and read. Writing a unit is in `scanner.engine.writer`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, make_url, select, update
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from connectors import State
from scanner.errors import InsynError
from scanner.keys import Keys
from scanner.store import link_index, schema
from scanner.store.case_schema import metadata
from scanner.store.connecting import make_engine
from scanner.store.numbers import Numbers

_LOCK = int.from_bytes(b"insyn")
READING = "reading"
"""State of a large unit that no scan has read to its end yet."""
FAILED = frozenset({State.PARTIAL, State.UNREADABLE, State.CHANGED, State.VANISHED, State.REFUSED})
"""States after which a unit is tried again, even if it looks the same."""


class Store:
    """All that Insyn keeps. Opened with the key that its tokens are made with."""

    def __init__(self, engine: Engine, keys: Keys) -> None:
        self.engine = engine
        self._writing = engine.execution_options(insyn_writes=True)
        self.terms = Dictionary(schema.term.c.text)
        self.field_names = Dictionary(schema.field_name.c.name)
        self.use(keys)
        self.records = Numbers(schema.record, schema.record_numbers)

    @classmethod
    def open(cls, url: str, keys: Keys, *, create: bool = True, older: bool = False) -> Store:
        """Open a store, making it first where there is none.

        Args:
            url: An SQLAlchemy URL.
            keys: Of the configuration.
            create: False: a store that is not there is an error, for commands that only read.
            older: Open also a store of an older schema, to bring it up to date.

        Raises:
            ConfigError: the URL is wrong.
            InsynError: there is no store, it cannot be opened, is damaged, or was made with another key or schema.
        """
        engine = make_engine(url, create=create)
        try:
            with engine.execution_options(insyn_writes=True).begin() as connection:
                alone(connection)
                metadata.create_all(connection)  # the register's tables and ours: one set
                _check(connection, keys, older=older)
                if not older:
                    link_index.make(connection)  # a scan that was killed had put it off
        except BaseException as error:
            engine.dispose()
            if isinstance(error, SQLAlchemyError):
                raise InsynError(f"the store {_shown(url)} cannot be opened ({_cause(error)})") from None
            raise
        return cls(engine, keys)

    def use(self, keys: Keys) -> None:
        """Go on with these keys, which are those of the store now."""
        self.keys, self._key = keys, keys.check_value()
        self.field_names.forget()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction that writes; what goes wrong in it leaves the store as it was.

        Raises:
            InsynError: the database refuses (disk full, locked, damaged), or the key was rotated since it was opened.
        """
        try:
            with self._guarded(), self._writing.begin() as connection:
                self._same_key(connection)
                yield connection
        except BaseException:
            self.terms.forget()
            self.field_names.forget()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the store; it waits for no writer and no writer waits for it.

        Raises:
            InsynError: the database refuses (damaged, gone).
        """
        with self._guarded(), self.engine.begin() as connection:
            yield connection

    def _same_key(self, connection: Connection) -> None:
        """Whoever opened the store before its key was rotated must write nothing under the old one."""
        if connection.exec_driver_sql("SELECT value FROM meta WHERE name = 'key'").scalar() != self._key:
            raise InsynError("the key of the store was rotated meanwhile; start again with the new one")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            raise InsynError(
                f"the store {_shown(self.engine.url.render_as_string())} failed ({_cause(error)})"
            ) from None

    def start_scan(self) -> int:
        """Note that a scan has begun; returns its number."""
        with self.transaction() as connection:
            result = connection.execute(insert(schema.scan).values(started=now(), status="running"))
            return int(result.inserted_primary_key[0])  # type: ignore[index]

    def end_scan(self, number: int, status: str) -> None:
        """Note how a scan ended: `complete`, `partial`, `failed`, `interrupted`."""
        with self.transaction() as connection:
            connection.execute(
                update(schema.scan).where(schema.scan.c.id == number).values(finished=now(), status=status)
            )

    def last_number(self) -> int:
        """Number of the last scan; 0 if there was none."""
        with self.reading() as connection:
            return connection.scalar(select(func.max(schema.scan.c.id))) or 0

    def last_scan(self) -> str:
        """ISO time at which the last scan ended; "" if there was none."""
        with self.reading() as connection:
            return connection.scalar(select(func.max(schema.scan.c.finished))) or ""

    def find_source(self, name: str) -> int | None:
        """The number of a source; None if no scan has met it."""
        with self.reading() as connection:
            number: int | None = connection.scalar(select(schema.source.c.id).where(schema.source.c.name == name))
            return number

    def source_id(self, name: str) -> int:
        """The number of a source, which is added if it is new."""
        with self.transaction() as connection:
            alone(connection)
            found = connection.scalar(select(schema.source.c.id).where(schema.source.c.name == name))
            if found is None:
                found = connection.execute(insert(schema.source).values(name=name)).inserted_primary_key[0]  # type: ignore[index]
            return int(found)


class Dictionary:
    """Numbers for a column of texts, kept in memory; a text that is new is added in the caller's transaction."""

    def __init__(self, column: Any) -> None:
        self._column = column
        self._numbers: dict[Any, int] = {}
        self._texts: dict[int, Any] = {}
        self._loaded = False

    def number(self, connection: Connection, text: Any) -> int:
        """The number of a text, which is added if it is new."""
        found = self._numbers.get(text)
        if found is None:
            found = self._add(connection, text)
        return found

    def text(self, connection: Connection, number: int) -> Any:
        """The text of a number."""
        if number not in self._texts:
            self._read(connection, self._column.table.c.id == number)
        return self._texts[number]

    def find(self, connection: Connection, text: Any) -> int | None:
        """The number of a text, None if the store has never met it."""
        if text not in self._numbers:
            self._read(connection, self._column == text)
        return self._numbers.get(text)

    def forget(self) -> None:
        """Forget what a rolled-back transaction may have added."""
        self._numbers.clear()
        self._texts.clear()
        self._loaded = False

    def _read(self, connection: Connection, wanted: Any) -> None:
        """Read all texts the first time, later one: another process may have added it meanwhile."""
        query = select(self._column.table.c.id, self._column)
        for number, text in connection.execute(query.where(wanted) if self._loaded else query):
            self._numbers[text] = number
            self._texts[number] = text
        self._loaded = True

    def _add(self, connection: Connection, text: Any) -> int:
        found = self.find(connection, text)
        if found is None and connection.dialect.name == "sqlite":
            result = connection.execute(insert(self._column.table).values({self._column.name: text}))
            found = int(result.inserted_primary_key[0])  # type: ignore[index]
            self._numbers[text] = found
            self._texts[found] = text
        elif found is None:
            self._share(connection, text)
            found = self._numbers[text]
        return found

    def _share(self, connection: Connection, text: Any) -> None:
        """Where several write, a new text is committed by itself: no writer waits for the end of another's unit."""
        from sqlalchemy.dialects.postgresql import insert as insert_new  # slow to import; SQLite needs it not

        row = insert_new(self._column.table).values({self._column.name: text}).on_conflict_do_nothing()
        with connection.engine.begin() as own:
            own.execute(row)
            self._read(own, self._column == text)


def alone(connection: Connection) -> None:
    """Wait until no other transaction has passed here, until the end of this one. SQLite's writers are alone anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def now() -> str:
    """The time in UTC, to the second, in ISO form."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _check(connection: Connection, keys: Keys, *, older: bool) -> None:
    """Refuse a store of another key or schema; mark a new one as ours."""
    rows = connection.execute(select(schema.meta.c.name, schema.meta.c.value)).all()
    known: dict[str, str] = {row.name: row.value for row in rows}
    ours = {"schema": schema.VERSION, "key": keys.check_value()}
    if not known:
        connection.execute(insert(schema.meta), [{"name": name, "value": value} for name, value in ours.items()])
        return
    if known.get("schema") != ours["schema"] and not older:
        raise InsynError(
            f"the store has schema {known.get('schema')}, this insyn reads {ours['schema']}; run insyn store upgrade"
        )
    if known.get("key") != ours["key"]:
        raise InsynError("the store was made with another key; give that, or the one it was rotated to since")


def _cause(error: SQLAlchemyError) -> str:
    """What went wrong, without statement, parameters or a server's detail line."""
    cause = getattr(error, "orig", None)
    if isinstance(cause, sqlite3.Error):
        return str(cause)
    return type(cause or error).__name__


def _shown(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)
