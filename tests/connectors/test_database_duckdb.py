"""DuckDB, on a real file: what it reads, what it refuses."""

import os
import subprocess
import sys

import duckdb
import pytest
import sqlalchemy as sa

from connectors.base import Batch, ConnectorError, State, Unread
from connectors.database import DatabaseConnector

pytestmark = pytest.mark.slow

PNR = "19900118-9811"
TYPES = [
    ("DATE", "'infinity'", "infinity"), ("DATE", "'0044-03-15 (BC)'", "0044-03-15 (BC)"),
    ("TIMESTAMP", "'2024-01-01 12:00'", "2024-01-01 12:00:00"),
    ("TIMESTAMPTZ", "'2024-06-01 12:00:00+02'", "2024-06-01 10:00:00Z"), ("TIME", "'12:30'", "12:30:00"),
    ("DECIMAL(10,3)", "12.500", "12.5"), ("DOUBLE", "1e20", "100000000000000000000"), ("DOUBLE", "'nan'", "nan"),
    ("HUGEINT", "170141183460469231731687303715884105727", "170141183460469231731687303715884105727"),
    ("UBIGINT", "18446744073709551615", "18446744073709551615"), ("BOOLEAN", "true", "1"),
    ("UUID", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
    ("BIT", "'0101'", "0101"), ("INTERVAL", "INTERVAL 1 DAY", "1 day"), ("VARCHAR", "'Åsa'", "Åsa"),
    ("BLOB", "'\\x00\\xff'::BLOB", None), ("BLOB", "'kort'::BLOB", "kort"), ("ENUM('glad')", "'glad'", "glad"),
]  # fmt: skip


@pytest.fixture
def made(tmp_path):
    """Make a file by statements; gives its URL."""

    def make(*statements):
        path = tmp_path / "lager.duckdb"
        with duckdb.connect(str(path)) as connection:
            for statement in statements:
                connection.execute(statement)
        return f"duckdb:///{path}"

    return make


def read_all(url, **options):
    with DatabaseConnector(url=url, **options) as connector:
        return {unit.key: list(connector.read(unit)) for unit in connector.units()}


def test_t27_types_of_duckdb(made):
    columns = ", ".join(f"c{index} {kind}" for index, (kind, _, _) in enumerate(TYPES))
    values = ", ".join(value for _, value, _ in TYPES)
    url = made(f"CREATE TABLE t (id INTEGER PRIMARY KEY, {columns})", f"INSERT INTO t VALUES (1, {values})")
    ((batch,),) = read_all(url).values()
    read = {kind + value: batch.fields[f"c{index}"][0] for index, (kind, value, _) in enumerate(TYPES)}
    assert read == {kind + value: text for kind, value, text in TYPES}
    assert batch.dates["c2"] == ["2024-01-01"]


def test_times_are_in_utc_wherever_we_are(made):
    url = made("CREATE TABLE t (z TIMESTAMPTZ)", "INSERT INTO t VALUES ('2024-06-01 12:00:00+02')")
    read = f"from {__name__} import read_all; print([batch.fields for (batch,) in read_all({url!r}).values()])"
    done = subprocess.run(
        [sys.executable, "-c", read], capture_output=True, text=True, check=True, env={**os.environ, "TZ": "Asia/Tokyo"}
    )
    assert "2024-06-01 10:00:00Z" in done.stdout


def test_what_is_nested_is_opened(made):
    url = made(
        "CREATE TABLE t (s STRUCT(pnr VARCHAR, tel VARCHAR[]), l VARCHAR[], m MAP(VARCHAR, VARCHAR), j JSON)",
        f"""
        INSERT INTO t VALUES ({{pnr: '{PNR}', tel: ['070-1740605']}}, ['a', NULL], MAP {{'k': 'v'}}, '{{"å": 1}}')
        """,
    )
    ((batch,),) = read_all(url).values()
    assert {name: values[0] for name, values in batch.fields.items() if values[0]} == {
        "s.pnr": PNR, "s.tel[0]": "070-1740605", "l[0]": "a", "m.k": "v", "j.å": "1",
    }  # fmt: skip


def test_schemas_views_keys_and_fetch(made):
    url = made(
        "CREATE SCHEMA arkiv",
        "CREATE TABLE kunder (id INTEGER PRIMARY KEY, namn VARCHAR)",
        "CREATE TABLE arkiv.logg (text VARCHAR)",
        "CREATE VIEW v AS SELECT namn FROM kunder",
        "INSERT INTO kunder SELECT i, 'nr ' || i FROM range(5000) r(i)",
        "INSERT INTO arkiv.logg SELECT 'rad ' || i FROM range(3000) r(i)",
    )
    assert set(read_all(url)) == {"main.kunder", "arkiv.logg"}
    with DatabaseConnector(url=url, views=True) as connector:
        units = {unit.key: unit for unit in connector.units()}
        read = [record for batch in connector.read(units["main.kunder"]) for record in batch.records]
        rows = [text for batch in connector.read(units["arkiv.logg"]) for text in batch.fields["text"]]
        again = list(connector.fetch("main.kunder", [{"id": 4711}, {"id": 9999}]))
        (seen,) = connector.fetch("arkiv.logg", [{"row": 2500}])
    assert set(units) == {"main.kunder", "arkiv.logg", "main.v"}
    assert read == [{"id": number} for number in range(5000)]
    assert rows == [f"rad {number}" for number in range(3000)]
    assert again == [({"id": 4711}, {"id": "4711", "namn": "nr 4711"})]
    assert seen == ({"row": 2500}, {"text": "rad 2499"})


def test_versions_and_ranges(made, monkeypatch):
    monkeypatch.setattr("connectors.database.chunks.CHUNK_ROWS", 64)
    url = made(
        "CREATE TABLE liten (id INTEGER PRIMARY KEY)",
        "CREATE TABLE stor (id INTEGER PRIMARY KEY, v INTEGER)",
        "INSERT INTO liten VALUES (1)",
        "INSERT INTO stor SELECT i, i FROM range(3000) r(i)",
    )

    def listed():
        with DatabaseConnector(url=url) as connector:
            small, large = connector.units()
            chunks = list(connector.chunks(large))
            sizes = [sum(len(batch.records) for batch in connector.read_chunk(large, chunk)) for chunk in chunks]
        return small.version, chunks, sizes

    before = listed()
    assert before[0]
    assert listed() == before
    assert [chunk.size for chunk in before[1]] == before[2]
    assert sum(before[2]) == 3000
    made("UPDATE stor SET v = 0 WHERE id = 1500")
    assert len(set(listed()[1]) - set(before[1])) == 1


def test_t32_a_write_and_another_file_are_refused(made, tmp_path):
    url = made("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    (tmp_path / "annan.csv").write_text("a\n1\n")
    before = (tmp_path / "lager.duckdb").read_bytes()
    connector = DatabaseConnector(url=url)
    with connector._session.engine.connect() as connection:
        for statement in (
            "INSERT INTO t VALUES (1)",
            f"SELECT * FROM read_csv('{tmp_path}/annan.csv')",
            "INSTALL httpfs",
            "SET enable_external_access = true",
            f"COPY t TO '{tmp_path}/ut.csv'",
        ):
            with pytest.raises(sa.exc.DBAPIError):
                connection.exec_driver_sql(statement)
            connection.rollback()
    assert (tmp_path / "lager.duckdb").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["annan.csv", "lager.duckdb"]


def test_files_that_lead_nowhere(tmp_path):
    (tmp_path / "bild.duckdb").write_bytes(b"inte en databas" * 1000)
    for url, words in (
        (f"duckdb:///{tmp_path}/saknas.duckdb", "there is no such file"),
        (f"duckdb:///{tmp_path}/bild.duckdb", "not a sound DuckDB database"),
        ("duckdb:///:memory:", "names no file"),
    ):
        with pytest.raises(ConnectorError, match=words) as caught:
            list(DatabaseConnector(url=url).units())
        assert "\n" not in str(caught.value)


def test_t20_a_file_that_another_program_writes_is_locked(made):
    url = made("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    path = url.removeprefix("duckdb:///")
    hold = f"import duckdb; c = duckdb.connect({path!r}); print('open', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(ConnectorError, match="locked by another program"):
            list(DatabaseConnector(url=url).units())
        other.communicate(b"\n")


def test_check_of_duckdb(made):
    check = DatabaseConnector(url=made("CREATE TABLE t (id INTEGER PRIMARY KEY)")).check()
    assert check.units == 1
    assert check.notes[0].startswith("duckdb")
    assert any("writable" in warning for warning in check.warnings)


def test_a_view_that_fails_is_named(made):
    url = made("CREATE VIEW v AS SELECT CAST('a' AS INTEGER) AS b")
    ((unread,),) = read_all(url, views=True).values()
    assert isinstance(unread, Unread)
    assert unread.state is State.UNREADABLE
    assert not isinstance(unread, Batch)
