"""A version is equal as long as the table is."""

import pytest
import sqlalchemy as sa

from connectors.database import DatabaseConnector


def version_of(url, table="t", **options):
    with DatabaseConnector(url=url, **options) as connector:
        return {unit.key.rpartition(".")[2]: unit.version for unit in connector.units()}[table]


CHANGES = {
    "insert": "INSERT INTO t VALUES (3, 'c', NULL)",
    "update": "UPDATE t SET a = 'x' WHERE id = 1",
    "null": "UPDATE t SET a = NULL, b = 'a' WHERE id = 1",
    "delete": "DELETE FROM t WHERE id = 2",
    "alter": "ALTER TABLE t ADD COLUMN c VARCHAR(10)",
    "rename": "ALTER TABLE t RENAME COLUMN a TO d",
}


@pytest.mark.parametrize("key", ["PRIMARY KEY", ""], ids=["key", "keyless"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_gives_another_version(any_db, execute, key, change):
    execute(
        any_db,
        f"CREATE TABLE t (id INTEGER {key}, a VARCHAR(10), b VARCHAR(10))",
        "INSERT INTO t VALUES (1, 'a', NULL), (2, 'b', 'b')",
    )
    before = version_of(any_db)
    assert before
    assert version_of(any_db) == before
    execute(any_db, change)
    assert version_of(any_db) != before


def test_a_change_amid_a_long_text_gives_another_version(any_db, execute):
    text = "x" * 500
    execute(any_db, "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)", f"INSERT INTO t VALUES (1, '{text}')")
    before = version_of(any_db)
    execute(any_db, f"UPDATE t SET a = '{text[:250]}y{text[251:]}'")
    assert version_of(any_db) != before


def test_another_table_does_not_matter(any_db, execute):
    execute(any_db, "CREATE TABLE t (id INTEGER PRIMARY KEY)", "CREATE TABLE u (id INTEGER PRIMARY KEY)")
    before = version_of(any_db)
    execute(any_db, "INSERT INTO u VALUES (1)")
    assert version_of(any_db) == before


def test_values_that_change_places_change_the_version(any_db, execute):
    execute(
        any_db,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(9))",
        "INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, 'x')",
    )
    before = version_of(any_db)
    execute(any_db, "UPDATE t SET a = 'y' WHERE id = 1", "UPDATE t SET a = 'x' WHERE id = 2")
    assert version_of(any_db) != before


def test_another_sample_is_another_version(any_db, execute):
    execute(any_db, "CREATE TABLE t (id INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)")
    assert len({version_of(any_db), version_of(any_db, rows=1), version_of(any_db, rows=2)}) == 3


def test_t30_listing_many_tables_takes_few_connections(any_db, execute):
    execute(any_db, *(f"CREATE TABLE t{number} (id INTEGER PRIMARY KEY)" for number in range(60)))
    opened = []
    with DatabaseConnector(url=any_db) as connector:
        sa.event.listen(connector._session.engine, "connect", lambda *_: opened.append(1))
        units = list(connector.units())
    assert len(units) == 60
    assert all(unit.version for unit in units)
    assert len(opened) <= 2 if "sqlite" not in any_db else opened
