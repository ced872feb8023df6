"""Connector for any database that SQLAlchemy reaches. A table is a unit, a row a record.

It reads only: sessions are read-only, statements and locks are timed, pages short. SQLite, PostgreSQL and MariaDB give
the same texts for the same data; other databases are read as their drivers give them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Literal

from connectors.base import (
    Batch,
    Check,
    Chunk,
    Connector,
    ConnectorError,
    Readers,
    Record,
    Relation,
    State,
    Unit,
    Unread,
)
from connectors.content import costs
from connectors.database import chunks, errors, versions
from connectors.database.batches import CUT, Fields, batches, gathered
from connectors.database.documents import Documents
from connectors.database.facts import facts
from connectors.database.options import mistake
from connectors.database.paging import Span
from connectors.database.reading import Reader
from connectors.database.reflection import PART, reflect
from connectors.database.session import Session, dialect_of
from connectors.database.tables import Name, Table, table_key
from connectors.extract.formats import versions as versions_of_formats
from connectors.extract.sandbox import InProcess, Parser, Sandbox, checked

__all__ = ["DatabaseConnector"]

_LOOKED_UP = 64
"""Tables that are kept of those that another process has listed: they are read one after the other."""
_STATES = {"gone": State.VANISHED, "redefined": State.CHANGED}


class DatabaseConnector(Connector):
    """The tables of one database (of MariaDB: of the database that the URL names, else of all)."""

    version = "2"

    def __init__(
        self,
        *,
        url: str,
        include: Sequence[str] = ("*",),
        exclude: Sequence[str] = (),
        rows: int | Literal["all"] = "all",
        views: bool = False,
        pause: float = 1.0,
        snapshot: bool = False,
        limits: Mapping[str, int] | None = None,
        sandbox: bool = True,
    ) -> None:
        """Take the options; nothing is opened yet.

        Args:
            url: SQLAlchemy URL.
            include: Globs of the tables to read, on `schema.table`; without a dot, on the table's name in any schema.
            exclude: Globs of those not to read after all.
            rows: How many rows of each table to read: drawn by a hash of the key, without a key at even distances.
            views: Whether views are read too. They run code of whoever made them.
            pause: Seconds that the server is left alone for each second that it worked for us. The time that a page's
                analysis takes counts.
            snapshot: Read all tables as they were at one moment, so that rows which belong together are seen together;
                one process reads then. The server keeps the rows of that moment until the scan ends. Else each page is
                as it was when it was read. PostgreSQL, MariaDB and MySQL (tables of InnoDB).
            limits: Other numbers for `Limits` and `Bounds`, of documents in cells.
            sandbox: Parse documents in cells in a confined child process; False: in this one, unprotected.

        Raises:
            ConnectorError: an option is wrong.
        """
        self.url = errors.parsed(url)
        if wrong := mistake(rows, pause, dialect_of(self.url, views=views) if snapshot else None):
            raise ConnectorError(f"database {errors.where(self.url)}: {wrong}")
        self.pause, self.alone = float(pause), snapshot
        self.include, self.exclude, self.rows, self.views = tuple(include), tuple(exclude), rows, views
        cost = costs("database", limits)
        self._limits = cost.limits
        self._parser: Parser = Sandbox(cost.limits, cost.bounds) if sandbox else InProcess(cost.limits)
        self._names: dict[str, Name] = {}
        self._tables: dict[str, Table] = {}
        self._looked_up: dict[str, Table] = {}

    def __repr__(self) -> str:
        """Show the place, never user or password."""
        return f"DatabaseConnector({errors.where(self.url)})"

    @cached_property
    def _session(self) -> Session:
        return Session(dialect_of(self.url, views=self.views), self.pause)

    def check(self) -> Check:
        """Count the tables chosen, tell server and version, warn of what the account may do beyond reading."""
        with self._session.listing() as connection:
            told = facts(connection, self._session.dialect, snapshot=self.alone)
        protection, unprotected = checked(self._parser)
        chosen = [name for name in told.names if self._chosen(name)]
        unread = [why for name in chosen if isinstance(why := self._unread(name), Unread)]
        return Check(
            len(chosen) - len(unread),
            told.size,
            (*told.notes, *protection),
            (*told.warnings, *unprotected),
            tuple(f"{item.unit}: {item.reason}" for item in unread),
            told.rows,
        )

    def units(self) -> Iterator[Unit | Unread]:
        """List the tables, by name. The version costs a pass over each table, on the server where it can."""
        if self.alone:
            self._session.freeze()
        self._names = self._listed()
        names = sorted(self._names.values(), key=lambda name: name.key)
        for start in range(0, len(names), PART):
            yield from self._part(names[start : start + PART])

    def formats(self) -> Mapping[str, str]:
        """Versions of the readers of documents in cells."""
        return versions_of_formats(self._limits)

    def names(self) -> Iterator[str]:
        """Names of the tables; none of them is looked into."""
        return iter(sorted(self._listed()))

    def _listed(self) -> dict[str, Name]:
        with self._session.listing() as connection:
            return {name.key: name for name in self._session.dialect.names(connection)}

    def _part(self, names: Sequence[Name]) -> list[Unit | Unread]:
        """Some of the tables. No transaction is open when they are handed on."""
        wanted = [name for name in names if not self._unread(name)]
        with self._session.keeping():
            with self._session.listing() as connection:
                found = dict(reflect(connection, self._session.dialect, wanted))
            return [self._unread(name) or self._unit(name, found[name]) for name in names]

    def _chosen(self, name: Name) -> bool:
        return name.matches(self.include) and not name.matches(self.exclude)

    def _unread(self, name: Name) -> Unread | None:
        if not self._chosen(name):
            return Unread(name.key, State.SKIPPED, "excluded")
        if name.refused:
            return Unread(name.key, State.UNREADABLE, name.refused)
        return Unread(name.key, State.SKIPPED, "foreign table") if name.kind == "foreign" else None

    def _unit(self, name: Name, table: Table | str) -> Unit | Unread:
        if isinstance(table, str):
            return _failed(name.key, table)
        self._tables[name.key] = table
        table = replace(table)  # what is kept of 10,000 tables must not hold the parts of statements
        try:
            if self.rows == "all" and chunks.large(self._session, table):
                return Unit(name.key, "", "table", readers=self._readers(name))
            size, version = versions.version(self._session, table, str(self.rows))
        except errors.ReadError as error:
            return _failed(name.key, error.reason)
        return Unit(name.key, version, "view" if name.kind == "view" else "table", size, self._readers(name))

    def _readers(self, name: Name) -> Readers:
        """Who may read a table: as the listing tells, else the database as a whole."""
        return name.readers or self._session.dialect.readers()

    def _table(self, key: str) -> Table | str:
        """A table by its key; listed anew where `units` was not called (another process did)."""
        found = self._tables.get(key) or self._looked_up.get(key) or self._look_up(key)
        return found if isinstance(found, str) else replace(found)

    def _look_up(self, key: str) -> Table | str:
        if key not in self._names:
            self._names = self._listed()
        if key not in self._names:
            return "gone"
        with self._session.listing() as connection:
            [(_, found)] = reflect(connection, self._session.dialect, [self._names[key]])
        if isinstance(found, Table):
            while len(self._looked_up) >= _LOOKED_UP:
                self._looked_up.pop(next(iter(self._looked_up)))
            self._looked_up[key] = found
        return found

    def chunks(self, unit: Unit) -> Iterator[Chunk]:
        """List the ranges of a large table; any other is one chunk.

        Raises:
            ConnectorError: the table cannot be read.
        """
        table = self._table(unit.key)
        if unit.version or self.rows != "all" or isinstance(table, str):
            yield Chunk("", unit.version, unit.size)
            return
        try:
            yield from chunks.chunks(self._session, table)
        except errors.ReadError as error:
            raise self._unreadable(error) from None

    def read(self, unit: Unit) -> Iterator[Batch | Unread]:
        """Read a table in the order of its key (without a key: as its rows lie)."""
        return self.read_chunk(unit, Chunk())

    def read_chunk(self, unit: Unit, chunk: Chunk) -> Iterator[Batch | Unread]:
        """Read a range of a table, in the order of its key."""
        table = self._table(unit.key)
        if isinstance(table, str):
            yield _failed(unit.key, table)
            return
        reader, documents = Reader(self._session, table), Documents(self._parser, self._limits)
        started = cut = False
        try:
            for batch in self._batches(reader, chunks.span_of(chunk), documents):
                cut = cut or CUT in batch.notes
                yield batch
                started = True
        except errors.ReadError as error:
            yield Unread(unit.key, State.PARTIAL, error.reason) if started else _failed(unit.key, error.reason)
            return
        reasons = [*(["cell"] if cut else []), *documents.reasons()]
        reasons += [f"rows not read in time: {reader.skipped}"] if reader.skipped else []
        if reasons:
            yield Unread(unit.key, State.PARTIAL, ", ".join(reasons))

    def _batches(self, reader: Reader, span: Span, documents: Documents) -> Iterator[Batch]:
        total = 0 if self.rows == "all" else reader.count()
        sampled = self.rows != "all" and total > self.rows
        parts = reader.sample(int(self.rows), total) if sampled else reader.all(span)
        consistency = "consistency:snapshot" if self._session.snapshot else "consistency:page"
        for located in gathered(parts):
            for batch in batches(reader.table, Fields(reader.table, located, documents, reader.whole)):
                batch.sampled = sampled
                batch.notes = (consistency, *batch.notes)
                yield batch

    def fetch(self, unit: str, records: Sequence[Record]) -> Iterator[tuple[Record, dict[str, str | None]]]:
        """Read rows again by primary key; without one by their number, which takes a pass over the table.

        Raises:
            ConnectorError: the table cannot be read.
        """
        table = self._table(unit)
        if isinstance(table, str):
            return
        reader, documents = Reader(self._session, table), Documents(self._parser, self._limits)
        try:
            for located in reader.some(records):
                fields = Fields(table, located, documents, reader.whole)
                dense = fields.dense(range(len(fields.records)))
                for index, record in enumerate(fields.records):
                    yield record, {name: values[index] for name, values in dense.items()}
        except errors.ReadError as error:
            raise self._unreadable(error) from None

    def _unreadable(self, error: errors.ReadError) -> ConnectorError:
        return ConnectorError(f"database {errors.where(self.url)}: rows cannot be read ({error.reason})")

    def statements(self, unit: Unit) -> Sequence[str]:
        """The statement of the first page; the next ones differ in where they begin."""
        table = self._table(unit.key)
        if isinstance(table, str):
            return ()
        return (Reader(self._session, table).first_statement(),)

    def relations(self) -> Sequence[Relation]:
        """The foreign keys of the tables listed."""
        return tuple(
            Relation(
                key, reference.columns, table_key(reference.ref_schema, reference.ref_table), reference.ref_columns
            )
            for key, table in self._tables.items()
            for reference in table.foreign_keys
        )

    def close(self) -> None:
        """End the process that reads documents, and what is open to the database."""
        self._tables.clear()
        self._looked_up.clear()
        if "_session" in self.__dict__:
            self._session.close()
        self._parser.close()


def _failed(key: str, reason: str) -> Unread:
    return Unread(key, _STATES.get(reason, State.UNREADABLE), reason)
