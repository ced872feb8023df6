"""Connections to the database of a store, set up as each kind needs it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from scanner.errors import ConfigError, InsynError


def make_engine(url: str, *, create: bool) -> Engine:
    """Connections to the database of a store.

    Args:
        url: An SQLAlchemy URL.
        create: Make the file of a SQLite store that is not there, readable by its owner only.

    Raises:
        ConfigError: the URL is wrong, or its driver is not installed.
        InsynError: there is no such file, or it cannot be made.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            _private_file(Path(parsed.database), create=create)
            # What is sorted may be larger than memory: it goes beside the store, not where others may look.
            os.environ.setdefault("SQLITE_TMPDIR", str(Path(parsed.database).absolute().parent))
        engine = create_engine(parsed, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError):
        raise ConfigError("store: not a database URL; expected one such as sqlite:///insyn.db") from None
    except ModuleNotFoundError as error:
        raise ConfigError(f"store: the driver {error.name} is not installed; pip install 'insyn[postgres]'") from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _pragmas)
        event.listen(engine, "begin", _begin)
    elif engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _short_questions)
    return engine


def is_made(url: str) -> bool:
    """Whether a store can be at a URL: False if it is a SQLite file that is not there."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return True  # to open it says what is wrong with it
    return parsed.get_backend_name() != "sqlite" or Path(parsed.database or "").exists()


def _private_file(path: Path, *, create: bool) -> None:
    """Make the file ourselves, so that nobody else can ever read it."""
    if path.exists():
        return
    if not create:
        raise InsynError(f"there is no store at {path.name} in {path.parent}; `insyn scan` makes it")
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        raise InsynError(f"the store {path.name} cannot be made in {path.parent} ({error.strerror})") from None


def _pragmas(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's BEGIN is ours: sqlite3's own would commit between statements
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA busy_timeout = 30000")
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("PRAGMA temp_store = FILE")


def _short_questions(connection: Any, _: object) -> None:
    """To compile a query, or to start workers for it, costs PostgreSQL more than ours take.

    A look-up among 20 M tokens took 57 ms compiled and 9 ms with workers, instead of one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET jit = off")
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    connection.commit()


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once: to ask for it half-way can fail for good when another has written meanwhile."""
    writes = connection.get_execution_options().get("insyn_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
