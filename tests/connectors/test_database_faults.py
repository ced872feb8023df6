"""What goes wrong is named in one line or one code, without a password and without a value."""

import threading
import time

import pytest
import sqlalchemy as sa

from connectors.base import Batch, ConnectorError, Readers, State, Unit, Unread
from connectors.database import DatabaseConnector, grants, postgresql
from connectors.database.dialect import STATEMENT_SECONDS
from connectors.database.paging import PAGE_ROWS
from connectors.database.tables import Name

SECRET = "mycket-hemligt"


def refused(url):
    """The message with which listing fails."""
    with pytest.raises(ConnectorError) as caught:
        list(DatabaseConnector(url=url).units())
    message = str(caught.value)
    assert SECRET not in message
    assert "\n" not in message
    assert caught.value.__cause__ is None
    return message


def changed(url, **parts):
    return sa.make_url(url).set(**parts).render_as_string(hide_password=False)


@pytest.fixture(params=["postgres_db", "mariadb_db"], ids=["postgresql", "mariadb"])
def server_db(request):
    return request.getfixturevalue(request.param)


def test_wrong_password(server_db):
    """S15."""
    assert "refused the user or the password" in refused(changed(server_db, password=SECRET))


def test_unknown_user(server_db):
    assert "refused the user or the password" in refused(changed(server_db, username="ingen", password=SECRET))


def test_unknown_database(server_db):
    assert "no such database" in refused(changed(server_db, database="finns_inte"))


def test_nobody_listens(server_db):
    assert "cannot be reached" in refused(changed(server_db, port=1, password=SECRET))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (f"inte en url {SECRET}", "malformed"),
        (f"postgresql://u:{SECRET}@h:port/db", "malformed"),
        (f"postgresq://u:{SECRET}@h/db", "no driver is known"),
        (f"postgresql+pg8000://u:{SECRET}@h/db", r"install insyn[postgres]"),
        (f"mysql+mysqldb://u:{SECRET}@h/db", r"install insyn[mysql]"),
        (f"mssql+pyodbc://u:{SECRET}@h/db", r"install insyn[mssql]"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:////finns/inte.db", "there is no such file"),
    ],
)
def test_urls_that_lead_nowhere(url, words):
    assert words in refused(url)


def test_a_missing_sqlite_file_is_not_made(tmp_path):
    refused(f"sqlite:///{tmp_path}/ny.db")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / "bild.db").write_bytes(b"inte en databas" * 100)
    assert "not a sound SQLite database" in refused(f"sqlite:///{tmp_path}/bild.db")


def test_the_password_is_in_no_repr(server_db):
    """S15."""
    connector = DatabaseConnector(url=changed(server_db, password=SECRET))
    assert SECRET not in repr(connector) + repr(vars(connector))


def test_a_table_without_grant_is_named_and_the_others_are_read(postgres_db, execute):
    """T21, T22."""
    execute(
        postgres_db,
        "DROP ROLE IF EXISTS lasare",
        f"CREATE ROLE lasare LOGIN PASSWORD '{SECRET}'",
        "CREATE SCHEMA stangt",
        *(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY)" for name in ("oppen", "hemlig", "stangt.a")),
        "CREATE TABLE radskydd (id INTEGER PRIMARY KEY)",
        "ALTER TABLE radskydd ENABLE ROW LEVEL SECURITY",
        "CREATE TABLE allas (id INTEGER PRIMARY KEY)",
        "GRANT SELECT ON oppen, radskydd, stangt.a TO lasare",
        "GRANT SELECT (id) ON allas TO PUBLIC",
        "GRANT SELECT ON stangt.a TO PUBLIC",
        "INSERT INTO oppen VALUES (1)",
    )
    with DatabaseConnector(url=changed(postgres_db, username="lasare", password=SECRET)) as connector:
        found = {getattr(item, "key", None) or item.unit: item for item in connector.units()}
        check = connector.check()
        (batch,) = connector.read(found["public.oppen"])
    with DatabaseConnector(url=postgres_db) as connector:
        readers = {item.key: item.readers for item in connector.units() if isinstance(item, Unit)}
    execute(postgres_db, "DROP OWNED BY lasare", "DROP ROLE lasare")
    assert readers == {
        "public.allas": Readers.EVERYONE,
        "public.hemlig": Readers.OWNER,
        "public.oppen": Readers.GROUP,
        "public.radskydd": Readers.GROUP,
        "stangt.a": Readers.OWNER,
    }, "who may not enter a schema may read no table in it"
    assert batch.fields["id"] == ["1"]
    assert found["public.hemlig"] == Unread("public.hemlig", State.UNREADABLE, "permission")
    assert found["stangt.a"] == Unread("stangt.a", State.UNREADABLE, "permission")
    assert found["public.radskydd"] == Unread("public.radskydd", State.UNREADABLE, "rls")
    assert not any("can write" in warning for warning in check.warnings)
    closed = {f"{name}: permission" for name in ("public.allas", "public.hemlig", "stangt.a")}
    assert set(check.unreadable) == closed | {"public.radskydd: rls"}
    assert check.units == 1


@pytest.mark.slow
def test_mariadb_tells_who_may_read_its_tables(mariadb_db, execute):
    """As far as the account is shown: all grants if it may read the server's own tables, else none but its own."""
    database = sa.make_url(mariadb_db).database
    pattern = database.replace("t", "_", 1)[:-1] + "%%"
    execute(
        mariadb_db,
        *(
            f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, x INTEGER)"
            for name in ("chefens", "en", "kolumn", "alla", "ny")
        ),
        "CREATE ROLE kundtjanst",
        *(f"CREATE USER {name} IDENTIFIED BY '{SECRET}'" for name in ("lasare", "annan")),
        f"GRANT SELECT ON `{database}`.en TO annan",
        f"GRANT SELECT (id) ON `{database}`.kolumn TO kundtjanst",
        f"GRANT SELECT ON `{database}`.alla TO PUBLIC",
        f"GRANT INSERT ON `{database}`.chefens TO annan",
    )

    def readers(**account):
        with DatabaseConnector(url=changed(mariadb_db, **account)) as connector:
            return {item.key.partition(".")[2]: item.readers for item in connector.units() if isinstance(item, Unit)}

    known = {"chefens": Readers.OWNER, "en": Readers.GROUP, "kolumn": Readers.GROUP, "alla": Readers.EVERYONE}
    try:
        assert readers() == {**known, "ny": Readers.OWNER}
        execute(mariadb_db, f"GRANT SELECT ON `{pattern}`.* TO lasare")
        assert readers() == {**dict.fromkeys((*known, "ny"), Readers.GROUP), "alla": Readers.EVERYONE}
        assert set(readers(username="lasare", password=SECRET).values()) == {Readers.UNKNOWN}
    finally:
        execute(mariadb_db, "DROP USER lasare, annan", "DROP ROLE kundtjanst",
                f"REVOKE SELECT ON `{database}`.alla FROM PUBLIC")  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "named"),
    [("kund", True), ("kund%", True), ("k_nd", True), (r"k\_nd", False), ("%", True), ("", False), ("KUND", False)],
)
def test_grants_are_on_patterns(pattern, named):
    name = Name("kund", "t")
    found = grants._judged([name], [("'a'@'%'", pattern, None)])
    assert found[0].readers is (Readers.GROUP if named else Readers.OWNER)


def test_mariadb_tables_without_grant(mariadb_db, execute):
    """T21."""
    name = sa.make_url(mariadb_db).database
    execute(
        mariadb_db,
        f"CREATE OR REPLACE USER lasare@'%%' IDENTIFIED BY '{SECRET}'",
        *(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY)" for table in ("oppen", "hemlig")),
        f"GRANT SELECT ON {name}.oppen TO lasare@'%%'",
        f"GRANT INSERT ON {name}.hemlig TO lasare@'%%'",
    )
    with DatabaseConnector(url=changed(mariadb_db, username="lasare", password=SECRET)) as connector:
        found = {getattr(item, "key", None) or item.unit: item for item in connector.units()}
        check = connector.check()
    execute(mariadb_db, "DROP USER lasare@'%%'")
    assert found[f"{name}.oppen"].version
    assert found[f"{name}.hemlig"] == Unread(f"{name}.hemlig", State.UNREADABLE, "permission")
    assert check.warnings == ("the account can write: INSERT",)


def filled(url, execute, rows=2 * PAGE_ROWS):
    execute(url, "CREATE TABLE t (id INTEGER PRIMARY KEY, v VARCHAR(20))")
    execute(url, ("INSERT INTO t VALUES (:id, :v)", [{"id": n, "v": f"v{n}"} for n in range(rows)]))


def kill_all(url):
    """End every other session on the database of `url`."""
    engine = sa.create_engine(url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            return
        ids = connection.exec_driver_sql(
            "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()"
        )
        for (number,) in ids.all():
            connection.exec_driver_sql(f"KILL {number}")


# Drivers warn of the cursors that a lost connection takes with it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_lost_connection_costs_no_row(server_db, execute):
    """T17."""
    filled(server_db, execute, rows=10 * PAGE_ROWS)
    ids = []
    with DatabaseConnector(url=server_db) as connector:
        (unit,) = connector.units()
        for batch in connector.read(unit):
            assert isinstance(batch, Batch)
            ids += [int(value) for value in batch.fields["id"]]
            kill_all(server_db)
    assert ids == list(range(10 * PAGE_ROWS))


@pytest.fixture
def no_waiting(monkeypatch):
    monkeypatch.setattr("connectors.database.patience.FIRST_WAIT", 0.001)
    monkeypatch.setattr("connectors.database.patience.TRIES", 2)
    monkeypatch.setattr("connectors.database.patience.OUTAGE_SECONDS", 0)


@pytest.fixture
def short_locks(monkeypatch):
    monkeypatch.setitem(postgresql._SETTINGS, "lock_timeout", "200ms")


def test_a_locked_table_is_named(postgres_db, execute, no_waiting, short_locks):
    """T20."""
    filled(postgres_db, execute, rows=3)
    engine = sa.create_engine(postgres_db, poolclass=sa.NullPool)
    with DatabaseConnector(url=postgres_db) as connector:
        (unit,) = connector.units()
        with engine.begin() as connection:
            connection.exec_driver_sql("LOCK TABLE t IN ACCESS EXCLUSIVE MODE")
            assert list(connector.read(unit)) == [Unread("public.t", State.UNREADABLE, "locked")]


def test_a_lock_is_not_waited_for_as_long_as_a_statement_may_take(postgres_db, execute, no_waiting):
    """T20: who wants the table after us does not wait behind us."""
    filled(postgres_db, execute, rows=3)
    engine = sa.create_engine(postgres_db, poolclass=sa.NullPool)
    with DatabaseConnector(url=postgres_db) as connector:
        (unit,) = connector.units()
        with engine.begin() as connection:
            connection.exec_driver_sql("LOCK TABLE t IN ACCESS EXCLUSIVE MODE")
            began = time.monotonic()
            assert list(connector.read(unit)) == [Unread("public.t", State.UNREADABLE, "locked")]
    assert time.monotonic() - began < STATEMENT_SECONDS / 2


def test_a_lock_that_goes_away_is_waited_for(postgres_db, execute, short_locks):
    """T20."""
    filled(postgres_db, execute, rows=3)
    held, engine = threading.Event(), sa.create_engine(postgres_db, poolclass=sa.NullPool)

    def hold():
        with engine.begin() as connection:
            connection.exec_driver_sql("LOCK TABLE t IN ACCESS EXCLUSIVE MODE")
            held.set()
            time.sleep(0.5)

    with DatabaseConnector(url=postgres_db) as connector:
        (unit,) = connector.units()
        holder = threading.Thread(target=hold)
        holder.start()
        held.wait(10)
        (batch,) = connector.read(unit)
        holder.join()
    assert len(batch.records) == 3


def test_a_view_that_fails_is_named_by_its_code(postgres_db, execute):
    """T23."""
    execute(postgres_db, "CREATE VIEW v AS SELECT 1/0 AS a")
    with DatabaseConnector(url=postgres_db, views=True) as connector:
        (unit,) = connector.units()
        assert list(connector.read(unit)) == [Unread("public.v", State.UNREADABLE, "sqlstate 22012")]
