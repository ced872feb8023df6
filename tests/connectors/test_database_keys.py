"""Tables without a primary key: another key tells their rows apart, if it holds for every row."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from connectors.base import Batch, Unit
from connectors.database import DatabaseConnector

COLUMNS = "nr INTEGER NOT NULL, del INTEGER NOT NULL, namn VARCHAR(40) NOT NULL, epost VARCHAR(40)"


def keys_of(url: str) -> dict[str, list[str]]:
    """Table -> what its rows are called by."""
    with DatabaseConnector(url=url) as connector:
        units = [unit for unit in connector.units() if isinstance(unit, Unit)]
        return {unit.key.rpartition(".")[2]: locator_names(connector, unit) for unit in units}


def locator_names(connector: DatabaseConnector, unit: Unit) -> list[str]:
    (batch,) = connector.read(unit)
    assert isinstance(batch, Batch)
    return list(batch.records[0] or {})


def test_the_shortest_key_of_columns_that_hold_no_nulls(any_db, execute):  # type: ignore[no-untyped-def]
    execute(
        any_db,
        f"CREATE TABLE a ({COLUMNS}, UNIQUE (nr, del), UNIQUE (namn), UNIQUE (epost))",
        f"CREATE TABLE b ({COLUMNS}, UNIQUE (namn), UNIQUE (del))",
        f"CREATE TABLE c ({COLUMNS})",
        "CREATE UNIQUE INDEX c_nr ON c (del, nr)",
        f"CREATE TABLE d ({COLUMNS}, UNIQUE (nr, epost))",
        f"CREATE TABLE e ({COLUMNS}, PRIMARY KEY (nr), UNIQUE (del))",
        *(f"INSERT INTO {table} VALUES (7, 1, 'Anna Ek', NULL)" for table in "abcde"),
    )
    assert keys_of(any_db) == {"a": ["namn"], "b": ["del"], "c": ["del", "nr"], "d": ["row"], "e": ["nr"]}


def test_rows_are_paged_and_fetched_by_it(any_db, execute):  # type: ignore[no-untyped-def]
    rows = [{"nr": n, "namn": f"Kund {n}"} for n in range(1, 5001)]
    execute(
        any_db,
        "CREATE TABLE t (nr INTEGER NOT NULL UNIQUE, namn VARCHAR(40))",
        ("INSERT INTO t VALUES (:nr, :namn)", rows[::-1]),
    )
    with DatabaseConnector(url=any_db, pause=0) as connector:
        (unit,) = connector.units()
        assert isinstance(unit, Unit)
        assert unit.version
        batches = connector.read(unit)
        first = next(batches)
        execute(any_db, "UPDATE t SET namn = 'x' WHERE nr = 17")  # PostgreSQL moves the row to the end
        read = [record for batch in (first, *batches) for record in batch.records]  # type: ignore[union-attr]
        fetched = dict(enumerate(connector.fetch(unit.key, [{"nr": 4711}, {"nr": 9999}])))
        (statement,) = connector.statements(unit)
    assert sorted(record["nr"] for record in read if record) == list(range(1, 5001))
    assert fetched == {0: ({"nr": 4711}, {"nr": "4711", "namn": "Kund 4711"})}
    assert "ORDER BY t.nr" in statement or any_db.startswith("sqlite")


def test_indexes_of_postgresql_that_do_not_hold_for_every_row(postgres_db, execute):  # type: ignore[no-untyped-def]
    execute(
        postgres_db,
        f"CREATE TABLE del ({COLUMNS})",
        "CREATE UNIQUE INDEX del_1 ON del (nr) WHERE del > 0",
        f"CREATE TABLE uttryck ({COLUMNS})",
        "CREATE UNIQUE INDEX uttryck_1 ON uttryck ((nr + 0))",
        f"CREATE TABLE senare ({COLUMNS}, UNIQUE (nr) DEFERRABLE)",
        f"CREATE TABLE ordning ({COLUMNS})",
        'CREATE UNIQUE INDEX ordning_1 ON ordning (namn COLLATE "POSIX")',
        f"CREATE TABLE gott ({COLUMNS})",
        "CREATE UNIQUE INDEX gott_1 ON gott (nr) INCLUDE (epost)",
        f"CREATE TABLE delad ({COLUMNS}, UNIQUE (nr)) PARTITION BY RANGE (nr)",
        "CREATE TABLE delad_1 PARTITION OF delad FOR VALUES FROM (0) TO (9)",
        *(
            f"INSERT INTO {t} VALUES (7, 1, 'A', NULL)"
            for t in ("del", "uttryck", "senare", "ordning", "gott", "delad")
        ),
    )
    engine = sa.create_engine(postgres_db, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE TABLE trasig ({COLUMNS})")
        connection.exec_driver_sql("INSERT INTO trasig VALUES (7, 1, 'A', NULL), (7, 2, 'B', NULL)")
        with pytest.raises(sa.exc.IntegrityError):  # it leaves an index that is not valid
            connection.exec_driver_sql("CREATE UNIQUE INDEX CONCURRENTLY trasig_1 ON trasig (nr)")
    none = {table: ["row"] for table in ("del", "uttryck", "senare", "ordning", "trasig")}
    assert keys_of(postgres_db) == {**none, "gott": ["nr"], "delad": ["nr"]}


def test_indexes_of_mariadb_that_are_not_of_whole_columns(mariadb_db, execute):  # type: ignore[no-untyped-def]
    execute(
        mariadb_db,
        "CREATE TABLE del (namn VARCHAR(40) NOT NULL, UNIQUE (namn(4)))",
        "CREATE TABLE hash (namn TEXT NOT NULL, UNIQUE (namn))",
        "CREATE TABLE val (val ENUM('a', 'b') NOT NULL, UNIQUE (val))",
        *(f"INSERT INTO {table} VALUES ('a')" for table in ("del", "hash", "val")),
    )
    assert keys_of(mariadb_db) == {table: ["row"] for table in ("del", "hash", "val")}
