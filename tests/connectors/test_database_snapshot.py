"""One view of a whole database: what is written while a scan reads is not seen, in any table (T25)."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from connectors.base import Batch, ConnectorError, State, Unit, Unread
from connectors.database import DatabaseConnector
from connectors.database.errors import ReadError

ROWS = 3000


@pytest.fixture(params=["postgres_db", "mariadb_db"], ids=["postgresql", "mariadb"])
def served_db(request: pytest.FixtureRequest, execute) -> str:  # type: ignore[no-untyped-def]
    url = str(request.getfixturevalue(request.param))
    numbers = [{"id": n} for n in range(1, ROWS + 1)]
    execute(
        url,
        "CREATE TABLE kunder (id INTEGER PRIMARY KEY, namn VARCHAR(40))",
        "CREATE TABLE larm (id INTEGER, kund INTEGER)",
        ("INSERT INTO kunder VALUES (:id, 'Anna Ek')", numbers),
        ("INSERT INTO larm VALUES (:id, :id)", numbers),
    )
    return url


def change(url: str, execute) -> None:  # type: ignore[no-untyped-def]
    """A customer leaves with her alarms, another comes."""
    execute(
        url,
        "DELETE FROM larm WHERE kund = 2500",
        "DELETE FROM kunder WHERE id = 2500",
        "UPDATE kunder SET namn = 'Bo Alm'",
        "INSERT INTO kunder VALUES (9999, 'Ny Kund')",
        "INSERT INTO larm VALUES (9999, 9999)",
    )


def read(connector: DatabaseConnector, unit: Unit) -> list[Batch]:
    found = list(connector.read(unit))
    assert all(isinstance(item, Batch) for item in found), found
    return [item for item in found if isinstance(item, Batch)]


def test_tables_are_read_as_of_one_moment(served_db, execute):  # type: ignore[no-untyped-def]
    with DatabaseConnector(url=served_db, snapshot=True, pause=0) as connector:
        customers, alarms = (unit for unit in connector.units() if isinstance(unit, Unit))
        change(served_db, execute)
        named, rung = read(connector, customers), read(connector, alarms)
        (_, fetched), *_ = connector.fetch(customers.key, [{"id": 2500}])
    names = [name for batch in named for name in batch.fields["namn"]]
    assert names == ["Anna Ek"] * ROWS
    assert [n for batch in rung for n in batch.fields["kund"]] == [str(n) for n in range(1, ROWS + 1)]
    assert fetched["namn"] == "Anna Ek"
    assert all("consistency:snapshot" in batch.notes for batch in (*named, *rung))
    with DatabaseConnector(url=served_db, snapshot=True, pause=0) as connector:
        after = [unit for unit in connector.units() if isinstance(unit, Unit)]
        assert "Bo Alm" in read(connector, after[0])[0].fields["namn"]
    assert after[0].version != customers.version


def test_without_it_a_table_is_read_as_it_is_then(served_db, execute):  # type: ignore[no-untyped-def]
    with DatabaseConnector(url=served_db, pause=0) as connector:
        customers, _ = (unit for unit in connector.units() if isinstance(unit, Unit))
        change(served_db, execute)
        assert "Bo Alm" in read(connector, customers)[0].fields["namn"]
        assert "no snapshot: each page of a table as of when it is read" in connector.check().notes


def test_a_page_that_takes_too_long_does_not_end_the_view(served_db, execute, monkeypatch):  # type: ignore[no-untyped-def]
    with DatabaseConnector(url=served_db, snapshot=True, pause=0) as connector:
        customers, _ = (unit for unit in connector.units() if isinstance(unit, Unit))
        change(served_db, execute)
        session = connector._session
        pg = "postgresql" in served_db
        limit = "SET LOCAL statement_timeout = '300ms';" if pg else "SET STATEMENT max_statement_time=0.3 FOR"

        def too_long(connection: sa.Connection) -> object:
            table = customers.key
            return connection.exec_driver_sql(f"{limit} SELECT count(*) FROM {table} a, {table} b, {table} c").all()

        monkeypatch.setattr("connectors.database.patience.TRIES", 1)
        with pytest.raises(ReadError, match="timeout"):
            session.once(too_long)
        assert [name for batch in read(connector, customers) for name in batch.fields["namn"]] == ["Anna Ek"] * ROWS


def test_a_view_whose_connection_is_ended_stops_the_source(served_db, execute):  # type: ignore[no-untyped-def]
    """Going on would mix two moments."""
    with DatabaseConnector(url=served_db, snapshot=True, pause=0) as connector:
        customers, alarms = (unit for unit in connector.units() if isinstance(unit, Unit))
        engine = sa.create_engine(served_db, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as other:
            if "postgresql" in served_db:
                end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'insyn'"
                other.exec_driver_sql(end)
            else:
                mine = "SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND command = 'Sleep'"
                for (number,) in other.exec_driver_sql(mine).all():
                    other.exec_driver_sql(f"KILL {number}")
        with pytest.raises(
            ConnectorError, match="the snapshot is gone, the server has ended its transaction; scan again"
        ):
            for unit in (customers, alarms):
                list(connector.read(unit))


def test_a_table_of_mariadb_that_is_changed_meanwhile_is_named(mariadb_db, execute):  # type: ignore[no-untyped-def]
    execute(mariadb_db, "CREATE TABLE t (id INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (1)")
    with DatabaseConnector(url=mariadb_db, snapshot=True) as connector:
        connector._session.freeze()
        execute(mariadb_db, "DROP TABLE t", "CREATE TABLE t (id INTEGER PRIMARY KEY, namn VARCHAR(9))")
        (unread,) = connector.units()
    assert isinstance(unread, Unread)
    assert (unread.state, unread.reason) == (State.CHANGED, "redefined")


def test_check_says_what_the_view_costs_and_what_is_outside_it(served_db, execute):  # type: ignore[no-untyped-def]
    if "mysql" in served_db:
        execute(served_db, "CREATE TABLE logg (id INTEGER) ENGINE=Aria")
    with DatabaseConnector(url=served_db, snapshot=True) as connector:
        check = connector.check()
    (note,) = (note for note in check.notes if note.startswith("snapshot"))
    assert note.endswith("the server keeps the rows of that moment as long as the scan lasts")
    outside = [warning for warning in check.warnings if warning.startswith("snapshot: 1 tables")]
    assert len(outside) == ("mysql" in served_db)


@pytest.mark.parametrize("url", ["sqlite:///x.db", "duckdb:///x.duckdb"])
def test_databases_that_give_none(url: str) -> None:
    with pytest.raises(ConnectorError, match="`snapshot` is possible with PostgreSQL, MariaDB and MySQL only"):
        DatabaseConnector(url=url, snapshot=True)
