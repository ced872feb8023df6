"""Upkeep of a store: is it sound, how large is it, a copy of it, the space of what was deleted."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, FromClause, exists, func, select

from scanner.engine.holders import Watch, host
from scanner.errors import ConfigError, InsynError, LockedError
from scanner.store import Store, lookup, migrations, schema

_SAMPLE = 1000


@dataclass(frozen=True, slots=True)
class Size:
    """How much a store holds."""

    bytes: int
    units: int
    findings: int
    tokens: int

    @property
    def per_token(self) -> float:
        """Bytes a token, everything else counted in."""
        return self.bytes / self.tokens if self.tokens else 0.0


def size(store: Store) -> Size:
    """Count what a store holds."""
    with store.reading() as connection:
        units = connection.scalar(select(func.count()).select_from(schema.unit)) or 0
        counts = [func.count().filter(schema.present(column)) for column in schema.TOKENS]
        findings, *others = connection.execute(select(*counts)).one()
        return Size(_bytes(connection), units, findings, findings + sum(others))


def _bytes(connection: Connection) -> int:
    if connection.dialect.name == "sqlite":
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
        return int(pages) * int(connection.exec_driver_sql("PRAGMA page_size").scalar() or 0)
    return int(connection.scalar(select(func.pg_database_size(func.current_database()))) or 0)


def faults(store: Store) -> list[str]:
    """What is wrong with a store, one line each; nothing if it is sound. Reads all of it."""
    with store.reading() as connection:
        damaged = list(_file(connection))
        if damaged:
            return damaged  # what the rest would read of it may be anything
        return [*migrations.differences(connection), *_dangling(connection), *_sealed(store)]


def _file(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    try:
        told = list(connection.exec_driver_sql("PRAGMA integrity_check(10)").scalars())
    except sqlite3.DatabaseError:
        told = ["cannot be read"]
    yield from (f"the file is damaged: {line}" for line in told if line != "ok")


def _dangling(connection: Connection) -> Iterator[str]:
    """Rows that belong to nothing: SQLite does not watch for them."""
    for table in schema.metadata.sorted_tables:
        for key in table.foreign_keys:
            other: FromClause = key.column.table.alias()
            there = exists().where(other.c[key.column.name] == key.parent)
            query = select(func.count()).select_from(table).where(key.parent.is_not(None), ~there)
            lost = connection.scalar(query) or 0
            if lost:
                yield f"{lost} rows of {table.name} belong to no {key.column.table.name}"
    if connection.dialect.name == "sqlite":
        yield from _unfound(connection)


def _unfound(connection: Connection) -> Iterator[str]:
    """Findings whose token the look-up does not know."""
    finding = schema.finding
    table = schema.lookup
    known = exists().where(table.c.token == finding.c.token, table.c.record_id == finding.c.record_id)
    moved = select(func.count()).select_from(finding).where(finding.c.record_id <= lookup.settled(), ~known)
    lost = connection.scalar(moved) or 0
    if lost:
        yield f"{lost} findings cannot be looked up"


def _sealed(store: Store) -> Iterator[str]:
    """Whether the key opens what is sealed, by a sample."""
    with store.reading() as connection:
        rows = connection.scalars(select(schema.unit.c.key).limit(_SAMPLE)).all()
    for sealed in rows:
        try:
            store.keys.unseal(sealed)
        except InsynError as error:
            yield str(error)
            return


def alone(store: Store) -> None:
    """Make sure that no scan is going on.

    Raises:
        LockedError: one is.
    """
    dead = Watch(store).dead()
    with store.reading() as connection:
        others = connection.execute(select(schema.holder.c.host).where(schema.holder.c.id.not_in(dead))).all()
    if others:
        where = "here" if any(row.host == host() for row in others) else others[0].host.split(" ")[0]
        raise LockedError(f"a scan is going on ({where}); wait for it to end, or stop it")


def backup(store: Store, target: Path) -> None:
    """Copy a store while it is in use; the copy is one consistent state of it.

    Raises:
        ConfigError: the file exists, or the store is PostgreSQL's, which has its own tool.
        InsynError: the copy cannot be written.
    """
    if store.engine.dialect.name != "sqlite":
        raise ConfigError("store backup: this store is in PostgreSQL; pg_dump makes a copy of it")
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise ConfigError(f"{target}: exists already; give another name") from None
    except OSError as error:
        raise InsynError(f"{target}: cannot be written ({error.strerror})") from None
    with store.engine.connect() as connection, sqlite3.connect(target) as copy:
        source = connection.connection.driver_connection
        try:
            source.backup(copy)  # type: ignore[union-attr]
        except sqlite3.Error as error:
            raise InsynError(f"{target}: cannot be written ({error})") from None
    copy.close()


def vacuum(store: Store) -> None:
    """Give back the space of what was deleted, and let the database count anew what is where.

    Raises:
        LockedError: a scan is going on.
    """
    alone(store)
    statements = ("VACUUM", "ANALYZE") if store.engine.dialect.name == "sqlite" else ("VACUUM ANALYZE",)
    connection = store.engine.raw_connection()
    try:
        driver = connection.driver_connection
        if store.engine.dialect.name != "sqlite":
            driver.autocommit = True  # type: ignore[union-attr]
        for statement in statements:
            driver.execute(statement)  # type: ignore[union-attr]
    finally:
        connection.invalidate()
