"""T30: what stays in memory of tables that were read, in objects a table: no test of what a busy machine has."""

import gc
import sqlite3

import pytest

from connectors import Unit
from connectors.database import DatabaseConnector

pytestmark = pytest.mark.slow

MANY = 200
A_TABLE = 60
"""Objects that may stay of each table: its columns and their types. A compiled statement is two thousand."""


@pytest.fixture
def database(tmp_path):  # type: ignore[no-untyped-def]
    with sqlite3.connect(tmp_path / "a.db") as connection:
        for n in range(MANY):
            connection.execute(f"CREATE TABLE t{n:03} (id INTEGER PRIMARY KEY, namn TEXT, epost TEXT, x{n} TEXT)")
            connection.execute(f"INSERT INTO t{n:03} VALUES (1, 'Anna Ek', 'a{n}@example.se', 'x')")
    connection.close()
    return f"sqlite:///{tmp_path / 'a.db'}"


def _objects():  # type: ignore[no-untyped-def]
    gc.collect()
    return len(gc.get_objects())


def _read(connector, numbers):  # type: ignore[no-untyped-def]
    for n in numbers:
        assert [len(batch.records) for batch in connector.read(Unit(f"t{n:03}", "v", "table"))] == [1]


def test_t30_reading_tables_that_another_process_has_listed_lets_go_of_them(database):  # type: ignore[no-untyped-def]
    with DatabaseConnector(url=database) as connector:
        _read(connector, range(100))
        before = _objects()
        _read(connector, range(100, MANY))
        assert _objects() - before < (MANY - 100) * A_TABLE


def test_t30_listing_tables_and_reading_them_keeps_little(database):  # type: ignore[no-untyped-def]
    with DatabaseConnector(url=database) as connector:
        before = _objects()
        assert len(list(connector.units())) == MANY
        _read(connector, range(MANY))
        assert _objects() - before < MANY * A_TABLE + 20_000  # what the library itself makes once
