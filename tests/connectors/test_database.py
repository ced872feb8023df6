"""Tables in, batches out: the same texts, locators and keys from SQLite, PostgreSQL and MariaDB."""

import hashlib
from pathlib import Path

import pytest
import sqlalchemy as sa

from connectors.base import Batch, ConnectorError, Relation, State, Unread
from connectors.database import DatabaseConnector
from connectors.database.paging import PAGE_ROWS

MANY = 2 * PAGE_ROWS + 77


def units_of(connector):
    return {unit.key.rpartition(".")[2]: unit for unit in connector.units()}


def rows_of(connector, unit):
    """All records and their fields, in reading order."""
    found = []
    for batch in connector.read(unit):
        assert isinstance(batch, Batch), batch
        for index, record in enumerate(batch.records):
            found.append((record, {name: values[index] for name, values in batch.fields.items()}))
    return found


def test_same_texts_from_every_database(any_db, execute):
    execute(
        any_db,
        "CREATE TABLE kunder (id INTEGER PRIMARY KEY, namn VARCHAR(80), pnr CHAR(13), saldo DECIMAL(12,2), lat FLOAT,"
        " aktiv BOOLEAN, kundsedan DATE, skapad {} NULL, profil TEXT)".format(
            "DATETIME" if "mysql" in any_db else "TIMESTAMP"
        ),
        (
            "INSERT INTO kunder VALUES (:id, :namn, :pnr, :saldo, :lat, :aktiv, :sedan, :skapad, :profil)",
            [
                {"id": 1, "namn": "Åsa Ek", "pnr": "19900118-9811", "saldo": 1200.5, "lat": 59.5, "aktiv": True,
                 "sedan": "2019-04-01", "skapad": "2019-04-01 12:30:00",
                 "profil": '{"kund": {"tel": ["070-1740605"]}}'},
                {"id": 2, "namn": None, "pnr": None, "saldo": 100, "lat": 0.0000125, "aktiv": False,
                 "sedan": None, "skapad": None, "profil": "{ej json"},
            ],
        ),
    )  # fmt: skip
    with DatabaseConnector(url=any_db) as connector:
        unit = units_of(connector)["kunder"]
        (batch,) = connector.read(unit)
    assert {name: list(values) for name, values in batch.fields.items()} == {
        "id": ["1", "2"],
        "namn": ["Åsa Ek", None],
        "pnr": ["19900118-9811", None],
        "saldo": ["1200.5", "100"],
        "lat": ["59.5", "0.0000125"],
        "aktiv": ["1", "0"],
        "kundsedan": ["2019-04-01", None],
        "skapad": ["2019-04-01 12:30:00", None],
        "profil": [None, "{ej json"],
        "profil.kund.tel[0]": ["070-1740605", None],
    }
    assert batch.records == [{"id": 1}, {"id": 2}]
    assert {name: list(values) for name, values in batch.dates.items()} == {
        "kundsedan": ["2019-04-01", None],
        "skapad": ["2019-04-01", None],
    }
    assert (batch.keys, batch.sampled) == (("id",), False)


@pytest.mark.parametrize("rows", [0, 1, PAGE_ROWS - 1, PAGE_ROWS, PAGE_ROWS + 1, MANY])
def test_every_row_once_over_page_borders(any_db, execute, rows):
    values = [{"a": number // 50, "b": f"nr {number % 50:02}", "c": number} for number in range(rows)]
    execute(any_db, "CREATE TABLE rader (a INTEGER, b VARCHAR(20), c INTEGER, PRIMARY KEY (a, b))")
    if values:
        execute(any_db, ("INSERT INTO rader VALUES (:a, :b, :c)", values[::-1]))
    with DatabaseConnector(url=any_db) as connector:
        unit = units_of(connector)["rader"]
        read = rows_of(connector, unit)
    assert unit.size == rows
    assert sorted(int(fields["c"]) for _, fields in read) == list(range(rows))
    assert all(record == {"a": int(fields["a"]), "b": fields["b"]} for record, fields in read)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("VARCHAR(20)", ["", "A", "a2", "ö", "%s", "'x"]),
        ("DATE", ["1999-12-31", "2024-02-29", "2024-12-01"]),
        ("DECIMAL(20,4)", ["-1.5", "2", "10.0001", "9999999999999999.1234"]),
        ("BIGINT", ["-9000000000000000000", "0", "9000000000000000000"]),
    ],
)
def test_keys_of_any_type_page_and_fetch(any_db, execute, kind, values, monkeypatch):
    monkeypatch.setattr("connectors.database.paging.PAGE_ROWS", 1)
    execute(any_db, f"CREATE TABLE t (id {kind} NOT NULL PRIMARY KEY, n INTEGER)")
    execute(any_db, ("INSERT INTO t VALUES (:id, :n)", [{"id": v, "n": n} for n, v in enumerate(values)]))
    with DatabaseConnector(url=any_db) as connector:
        unit = units_of(connector)["t"]
        read = rows_of(connector, unit)
        again = list(connector.fetch(unit.key, [record for record, _ in read]))
    assert sorted(int(fields["n"]) for _, fields in read) == list(range(len(values)))
    assert sorted(map(repr, again)) == sorted(map(repr, read))


def test_rows_without_a_key_are_numbered_in_reading_order(any_db, execute):
    """T24."""
    execute(any_db, "CREATE TABLE logg (text VARCHAR(40))")
    execute(any_db, ("INSERT INTO logg VALUES (:t)", [{"t": f"rad {number // 2}"} for number in range(MANY)]))
    with DatabaseConnector(url=any_db) as connector:
        unit = units_of(connector)["logg"]
        read = rows_of(connector, unit)
        again = list(connector.fetch(unit.key, [{"row": 2}, {"row": MANY}, {"row": MANY + 1}]))
    assert [record for record, _ in read] == [{"row": number} for number in range(1, MANY + 1)]
    assert sorted(fields["text"] for _, fields in read) == sorted(f"rad {number // 2}" for number in range(MANY))
    assert again == [read[1], read[-1]]


def test_a_unique_column_that_may_be_null_is_no_key(any_db, execute, monkeypatch):
    """T24: a row without a value in it is as good as another, whatever page it would be on."""
    monkeypatch.setattr("connectors.database.paging.PAGE_ROWS", 4)
    execute(any_db, "CREATE TABLE t (nr INTEGER UNIQUE, namn VARCHAR(40))")
    rows = [{"nr": None if number % 3 else number, "namn": f"n{number}"} for number in range(30)]
    execute(any_db, ("INSERT INTO t VALUES (:nr, :namn)", rows))
    with DatabaseConnector(url=any_db) as connector:
        read = rows_of(connector, units_of(connector)["t"])
    assert sorted(fields["namn"] for _, fields in read) == sorted(row["namn"] for row in rows)


def test_fetch_gives_what_read_gave_and_leaves_out_what_is_gone(any_db, execute):
    execute(any_db, "CREATE TABLE t (id INTEGER PRIMARY KEY, data TEXT)")
    execute(any_db, ("INSERT INTO t VALUES (:id, :d)", [{"id": n, "d": f'{{"n": {n}}}'} for n in range(500)]))
    with DatabaseConnector(url=any_db) as connector:
        unit = units_of(connector)["t"]
        read = rows_of(connector, unit)
        chosen = [record for record, _ in read if record["id"] % 2]
        again = list(connector.fetch(unit.key, [*chosen, {"id": 4711}]))
    assert again == [(record, fields) for record, fields in read if record["id"] % 2]


def test_fetch_in_another_process_needs_no_listing(any_db, execute):
    execute(any_db, "CREATE TABLE t (id INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (7)")
    with DatabaseConnector(url=any_db) as connector:
        key = units_of(connector)["t"].key
    with DatabaseConnector(url=any_db) as other:
        assert list(other.fetch(key, [{"id": 7}])) == [({"id": 7}, {"id": "7"})]


def test_relations_and_keys(any_db, execute):
    execute(
        any_db,
        "CREATE TABLE kunder (id INTEGER PRIMARY KEY)",
        "CREATE TABLE avtal (nr INTEGER PRIMARY KEY, kund INTEGER, FOREIGN KEY (kund) REFERENCES kunder (id))",
        "INSERT INTO kunder VALUES (1)",
        "INSERT INTO avtal VALUES (10, 1)",
    )
    with DatabaseConnector(url=any_db) as connector:
        units = units_of(connector)
        (batch,) = connector.read(units["avtal"])
        relations = connector.relations()
    assert batch.keys == ("nr", "kund")
    assert relations == (Relation(units["avtal"].key, ("kund",), units["kunder"].key, ("id",)),)


def sample(url, **options):
    with DatabaseConnector(url=url, **options) as connector:
        unit = units_of(connector)["t"]
        first, second = (list(connector.read(unit)) for _ in range(2))
    assert all(batch.sampled for batch in first)
    assert [batch.records for batch in first] == [batch.records for batch in second]
    return sorted(int(value) for batch in first for value in batch.fields["id"])


def test_a_sample_without_a_key_is_at_even_distances(any_db, execute):
    execute(any_db, "CREATE TABLE t (id INTEGER)")
    execute(any_db, ("INSERT INTO t VALUES (:id)", [{"id": n} for n in range(1000)]))
    assert sample(any_db, rows=10) == list(range(0, 1000, 100))


def test_a_sample_by_key_is_drawn_anywhere_and_knows_no_period(any_db, execute):
    execute(any_db, "CREATE TABLE t (id INTEGER PRIMARY KEY)")
    execute(any_db, ("INSERT INTO t VALUES (:id)", [{"id": n} for n in range(2000)]))
    drawn = sample(any_db, rows=200)
    assert len(set(drawn)) == 200
    assert all(12 <= sum(number // 500 == quarter for number in drawn) <= 90 for quarter in range(4))
    assert len({number % 10 for number in drawn}) == 10


def test_a_sample_of_more_than_there_is_is_no_sample(any_db, execute):
    execute(any_db, "CREATE TABLE t (id INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)")
    with DatabaseConnector(url=any_db, rows=2) as connector:
        (batch,) = connector.read(units_of(connector)["t"])
    assert (list(batch.records), batch.sampled) == ([{"id": 1}, {"id": 2}], False)


def test_views_are_read_only_when_asked_for(any_db, execute):
    """T23."""
    execute(
        any_db,
        "CREATE TABLE t (id INTEGER PRIMARY KEY)",
        "INSERT INTO t VALUES (1)",
        "CREATE VIEW v AS SELECT id FROM t",
    )
    with DatabaseConnector(url=any_db) as connector:
        assert set(units_of(connector)) == {"t"}
    with DatabaseConnector(url=any_db, views=True) as connector:
        units = units_of(connector)
        assert (units["v"].kind, units["v"].version) == ("view", "")
        assert rows_of(connector, units["v"]) == [({"row": 1}, {"id": "1"})]


def test_an_empty_database_has_no_units(any_db):
    with DatabaseConnector(url=any_db) as connector:
        assert list(connector.units()) == []
        assert connector.check().units == 0


def test_a_table_that_is_gone_has_vanished(any_db, execute):
    execute(any_db, "CREATE TABLE t (id INTEGER PRIMARY KEY)")
    with DatabaseConnector(url=any_db) as connector:
        unit = units_of(connector)["t"]
    execute(any_db, "DROP TABLE t")
    with DatabaseConnector(url=any_db) as connector:
        assert list(connector.read(unit)) == [Unread(unit.key, State.VANISHED, "gone")]


def test_a_scan_leaves_a_sqlite_file_and_its_folder_as_they_were(tmp_path: Path, execute):
    path = tmp_path / "källa 100%?#.db"
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)), poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.exec_driver_sql("CREATE TABLE t (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with DatabaseConnector(url=engine.url.render_as_string(hide_password=False)) as connector:
        assert len(rows_of(connector, units_of(connector)["t"])) == 1
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert list(tmp_path.iterdir()) == [path]


def test_our_own_session_cannot_write(any_db, execute):
    """T32."""
    execute(any_db, "CREATE TABLE t (id INTEGER PRIMARY KEY)")
    connector = DatabaseConnector(url=any_db)
    (unit,) = connector.units()
    with connector._session.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError) as refused:
        connection.exec_driver_sql(f"INSERT INTO {unit.key} VALUES (1)")
    assert any(word in str(refused.value).lower() for word in ("readonly", "read-only", "read only"))
    with connector:
        assert units_of(connector)["t"].size == 0


def test_check_tells_the_server_and_warns_of_write_access(any_db, execute):
    execute(any_db, "CREATE TABLE t (id INTEGER PRIMARY KEY)", "CREATE TABLE u (id INTEGER PRIMARY KEY)")
    with DatabaseConnector(url=any_db, exclude=["u"]) as connector:
        check = connector.check()
    assert check.units == 1
    assert check.size > 0
    assert check.notes[0].split()[0] in {"sqlite", "postgresql", "mariadb"}
    assert any("can write" in warning for warning in check.warnings)


@pytest.mark.parametrize("rows", [0, -1, "tio", 1.5, True])
def test_rows_must_be_a_number_or_all(rows):
    with pytest.raises(ConnectorError, match="`rows` should be"):
        DatabaseConnector(url="sqlite:///x.db", rows=rows)
