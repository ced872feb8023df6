"""A database under fire: what the fault list calls T17 to T33, S9, S10 and S14, against real servers."""

import itertools
import threading

import psycopg
import pytest
import sqlalchemy as sa

from connectors.base import Batch, ConnectorError, State, Unit, Unread
from connectors.database import DatabaseConnector, paging, patience
from connectors.database.errors import ReadError
from connectors.database.postgresql import PostgreSQLDialect

PNR = "19900118-9811"


@pytest.fixture(params=["postgres_db", "mariadb_db"], ids=["postgresql", "mariadb"])
def server_db(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def no_waiting(monkeypatch):
    monkeypatch.setattr(patience, "FIRST_WAIT", 0.001)
    monkeypatch.setattr(patience, "OUTAGE_SECONDS", 0.0)


def fill(url, execute, rows, name="t"):
    execute(url, f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, v VARCHAR(40))")
    execute(url, (f"INSERT INTO {name} VALUES (:id, :v)", [{"id": n, "v": f"v{n}"} for n in range(rows)]))


def read_one(url, **options):
    """The only unit, its records and what could not be read."""
    with DatabaseConnector(url=url, **options) as connector:
        (unit,) = connector.units()
        items = list(connector.read(unit))
    batches = [item for item in items if isinstance(item, Batch)]
    return unit, batches, [item for item in items if isinstance(item, Unread)]


def column(batches, name):
    return [value for batch in batches for value in batch.fields[name]]


class Failing:
    """Makes the database fail as told, statement by statement that reads rows."""

    def __init__(self, connector, *errors):
        self.errors = iter(errors)
        engine = connector._session.engine
        sa.event.listen(engine, "before_cursor_execute", self.fail)

    def fail(self, connection, cursor, statement, parameters, context, executemany):
        if "ORDER BY" in statement and (error := next(self.errors, None)):
            raise error()


def test_t17_a_connection_that_drops_each_time_is_partial(postgres_db, execute, no_waiting, monkeypatch):
    monkeypatch.setattr(paging, "PAGE_SECONDS", 1e9)  # on a busy machine pages become shorter: here they are counted
    fill(postgres_db, execute, 9000)
    with DatabaseConnector(url=postgres_db) as connector:
        (unit,) = connector.units()
        Failing(connector, *[None] * 4, *itertools.repeat(psycopg.errors.AdminShutdown, 99))
        batch, unread = connector.read(unit)
    assert len(batch.records) == 8000
    assert unread == Unread("public.t", State.PARTIAL, "connection")


def test_t18_an_outage_is_waited_out_once(monkeypatch):
    clock = itertools.count(step=100.0)
    monkeypatch.setattr(patience.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(patience.time, "sleep", lambda _seconds: None)
    gone = sa.exc.OperationalError("SELECT 1", None, psycopg.errors.AdminShutdown())
    left = patience.Patience()

    def tries():
        attempts, count = patience.Attempts(left), 0
        with pytest.raises(ReadError, match="connection"):
            while True:
                count += 1
                attempts.failed(gone)
        return count

    assert tries() > patience.TRIES  # a quarter of an hour
    assert tries() == patience.TRIES
    patience.Attempts(left).succeeded()
    assert tries() > patience.TRIES


def test_t33_a_replica_that_cancels_is_asked_again(postgres_db, execute, no_waiting):
    fill(postgres_db, execute, 10)
    with DatabaseConnector(url=postgres_db) as connector:
        (unit,) = connector.units()
        Failing(connector, psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)
        (batch,) = connector.read(unit)
    assert len(batch.records) == 10


def test_t19_a_row_that_takes_too_long_is_stepped_over(postgres_db, execute, monkeypatch):
    fill(postgres_db, execute, 40)
    monkeypatch.setitem(PostgreSQLDialect.prepare.__globals__["_SETTINGS"], "statement_timeout", "150ms")
    plain = PostgreSQLDialect.text

    def slow(self, column, cell):
        text = plain(self, column, cell)
        nap = sa.cast(sa.func.pg_sleep(sa.literal_column("1")), sa.Text())
        return text if column.name != "v" else sa.case((cell == "v17", nap), else_=text)

    monkeypatch.setattr(PostgreSQLDialect, "text", slow)
    unit, batches, unread = read_one(postgres_db)
    assert column(batches, "id") == [str(number) for number in range(40) if number != 17]
    assert unread == [Unread(unit.key, State.PARTIAL, "rows not read in time: 1")]


def test_t20_a_metadata_lock_of_mariadb_is_named(mariadb_db, execute, no_waiting, monkeypatch):
    monkeypatch.setattr(patience, "TRIES", 1)
    monkeypatch.setattr("connectors.database.mariadb.LOCK_SECONDS", 1)
    fill(mariadb_db, execute, 3)
    engine = sa.create_engine(mariadb_db, poolclass=sa.NullPool)
    with DatabaseConnector(url=mariadb_db) as connector:
        (unit,) = connector.units()
        with engine.connect() as connection:
            connection.exec_driver_sql("LOCK TABLES t WRITE")
            assert list(connector.read(unit)) == [Unread(unit.key, State.UNREADABLE, "locked")]


@pytest.mark.parametrize("rows", [0, 3])
def test_t24_no_columns(postgres_db, execute, rows):
    execute(postgres_db, "CREATE TABLE t ()", *["INSERT INTO t DEFAULT VALUES"] * rows)
    unit, batches, unread = read_one(postgres_db)
    assert sum(len(batch.records) for batch in batches) in (0, rows)
    assert unread == []
    assert isinstance(unit, Unit)


def test_t24_sixteen_hundred_columns(postgres_db, execute):
    names = ", ".join(f"c{number} text" for number in range(1599))
    execute(postgres_db, f"CREATE TABLE t (id INTEGER PRIMARY KEY, {names})")
    execute(postgres_db, f"INSERT INTO t (id, c0, c1598) VALUES (1, 'först', '{PNR}')")
    _, (batch,), unread = read_one(postgres_db)
    assert (unread, len(batch.fields)) == ([], 1600)
    assert batch.fields["c1598"] == [PNR]


def test_t25_rows_that_come_and_go_meanwhile(server_db, execute, monkeypatch):
    monkeypatch.setattr("connectors.database.paging.PAGE_ROWS", 50)
    fill(server_db, execute, 2000)
    engine, stop = sa.create_engine(server_db, poolclass=sa.NullPool), threading.Event()

    def write():
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for number in itertools.count(10_000):
                connection.exec_driver_sql(f"INSERT INTO t VALUES ({number}, 'ny')")
                connection.exec_driver_sql(f"DELETE FROM t WHERE id = {number % 1000}")
                connection.exec_driver_sql(f"UPDATE t SET v = 'x' WHERE id = {1000 + number % 1000}")
                if stop.wait(0.001):
                    return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        _, batches, unread = read_one(server_db)
    finally:
        stop.set()
        writer.join()
    ids = [int(value) for value in column(batches, "id")]
    assert unread == []
    assert len(ids) == len(set(ids))
    assert set(range(1000, 2000)) <= set(ids)
    assert all("consistency:page" in batch.notes for batch in batches)


def test_t28_text_that_is_not_what_it_says(mariadb_db, execute):
    execute(
        mariadb_db,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v VARCHAR(99) CHARACTER SET latin1)",
        f"INSERT INTO t VALUES (1, CONVERT(CAST('Åsa Öberg {PNR}' AS BINARY) USING latin1)), (2, 'Åsa {PNR}')",
    )
    _, (batch,), unread = read_one(mariadb_db)
    assert unread == []
    assert all(PNR in value for value in batch.fields["v"])
    assert batch.fields["v"][1] == f"Åsa {PNR}"


def test_t31_each_table_once_whatever_its_kind(postgres_db, execute):
    execute(
        postgres_db,
        "CREATE TABLE t (id INTEGER PRIMARY KEY)",
        "INSERT INTO t VALUES (1)",
        "CREATE MATERIALIZED VIEW m AS SELECT id, 'kopia' AS v FROM t",
        "CREATE MATERIALIZED VIEW tom AS SELECT id FROM t WITH NO DATA",
        "CREATE VIEW v AS SELECT id FROM t",
        "CREATE FOREIGN DATA WRAPPER fjarran",
        "CREATE SERVER nagonstans FOREIGN DATA WRAPPER fjarran",
        "CREATE FOREIGN TABLE f (id INTEGER) SERVER nagonstans",
        "CREATE TABLE delad (id INTEGER) PARTITION BY RANGE (id)",
        "CREATE TABLE delad1 PARTITION OF delad FOR VALUES FROM (1) TO (9)",
        "CREATE UNLOGGED TABLE u (id INTEGER)",
    )
    with DatabaseConnector(url=postgres_db) as connector:
        items = list(connector.units())
        read = {item.key: list(connector.read(item)) for item in items if isinstance(item, Unit)}
    assert [item for item in items if isinstance(item, Unread)] == [
        Unread("public.f", State.SKIPPED, "foreign table"),
        Unread("public.tom", State.UNREADABLE, "sqlstate 55000"),
    ]
    assert sorted(read) == ["public.delad", "public.m", "public.t", "public.u"]
    ((copy,),) = (read["public.m"],)
    assert {name: list(values) for name, values in copy.fields.items()} == {"id": ["1"], "v": ["kopia"]}


def test_s10_a_view_runs_nothing_that_writes(postgres_db, execute):
    execute(
        postgres_db,
        "CREATE TABLE spår (n INTEGER)",
        "CREATE FUNCTION lömsk() RETURNS integer LANGUAGE plpgsql AS"
        " 'BEGIN INSERT INTO public.spår VALUES (1); RETURN 1; END'",
        "CREATE VIEW v AS SELECT public.lömsk() AS a",
    )
    with DatabaseConnector(url=postgres_db, views=True) as connector:
        unit = next(item for item in connector.units() if item.key == "public.v")
        assert list(connector.read(unit)) == [Unread("public.v", State.UNREADABLE, "sqlstate 25006")]
    with DatabaseConnector(url=postgres_db) as connector:
        assert [item.key for item in connector.units()] == ["public.spår"]
        (empty,) = connector.units()
        assert list(connector.read(empty)) == []


def test_s10_functions_of_others_do_not_stand_in_for_the_systems(postgres_db, execute):
    """Whoever may set where an account looks first would else see what it reads."""
    database = sa.make_url(postgres_db).database
    execute(
        postgres_db,
        "CREATE TABLE kund (namn text)",
        "INSERT INTO kund VALUES (repeat('Anna Ek ', 10))",
        *(
            f"CREATE FUNCTION public.{name}(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1 / 0'"
            for name in ("octet_length", "char_length")
        ),
        f'ALTER DATABASE "{database}" SET search_path = public, pg_catalog',
    )
    with DatabaseConnector(url=postgres_db) as connector:
        (unit,) = connector.units()
        (batch,) = connector.read(unit)
    assert isinstance(batch, Batch)
    assert batch.fields["namn"] == ["Anna Ek " * 10]


@pytest.mark.parametrize("host", ["169.254.169.254", "[fd00:ec2::254]", "0.0.0.0"])
def test_s14_no_database_lies_at_a_metadata_address(host):
    with pytest.raises(ConnectorError, match="metadata address"):
        list(DatabaseConnector(url=f"postgresql+psycopg://u:p@{host}/db").units())
