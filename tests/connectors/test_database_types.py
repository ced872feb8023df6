"""Odd types and odd values: the row is kept, the odd cell is a text."""

import json

import pytest
import sqlalchemy as sa

from connectors.base import Batch, State, Unread
from connectors.database import DatabaseConnector, cells, texts
from connectors.database.tables import Sort
from connectors.dates import iso_day


def read_one(url, table="t"):
    with DatabaseConnector(url=url) as connector:
        unit = next(unit for unit in connector.units() if unit.key.rpartition(".")[2] == table)
        (batch,) = connector.read(unit)
        assert isinstance(batch, Batch), batch
        fetched = dict(enumerate(fields for _, fields in connector.fetch(unit.key, batch.records)))
    for index, fields in fetched.items():
        assert {name: values[index] for name, values in batch.fields.items() if values[index]} == {
            name: value for name, value in fields.items() if value
        }
    return batch


POSTGRESQL = [
    ("date", "'infinity'", "infinity"), ("date", "'0044-03-15 BC'", "0044-03-15 BC"),
    ("date", "'10000-01-01'", "10000-01-01"),
    ("timestamp", "'-infinity'", "-infinity"), ("timestamp", "'2024-01-01 12:00'", "2024-01-01 12:00:00"),
    ("timestamptz", "'2024-06-01 12:00+02'", "2024-06-01 10:00:00Z"), ("time", "'12:30'", "12:30:00"),
    ("numeric", "'NaN'", "NaN"), ("numeric(8,3)", "12.500", "12.5"), ("float8", "'Infinity'", "Infinity"),
    ("float8", "1e20", "100000000000000000000"), ("float4", "1.1", "1.1"), ("money", "1234.5", "1234.50"),
    ("uuid", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
    ("bit(3)", "B'011'", "011"), ("inet", "'192.0.2.1/24'", "192.0.2.1/24"), ("int4range", "'[1,5)'", "[1,5)"),
    ("point", "'(59.3,18)'", "(59.3,18)"), ("xml", "'<a>b</a>'", None), ("char(5)", "'ab'", "ab"),
    ("bytea", "'abc'", "abc"), ("bytea", "decode('00ff', 'hex')", None),
    ("interval", "'1 day'", "P1D"), ("humor", "'glad'", "glad"),
    ("postnr", "'11122'", "11122"),
    ("bigint", "9223372036854775807", "9223372036854775807"), ("tsvector", "'a b'", "'a' 'b'"), ("bool", "true", "1"),
]  # fmt: skip
MARIADB = [
    ("DATE", "'0000-00-00'", "0000-00-00"), ("DATETIME", "'0000-00-00 00:00:00'", "0000-00-00 00:00:00"),
    ("DATETIME(6)", "'2024-01-01 12:00:00.250000'", "2024-01-01 12:00:00.25"), ("TIME", "'-838:59:59'", "-838:59:59"),
    ("YEAR", "2024", "2024"), ("BIT(4)", "b'0011'", "0011"), ("ENUM('a','b')", "'b'", "b"),
    ("SET('a','b')", "'a,b'", "a,b"),
    ("DECIMAL(8,3)", "12.500", "12.5"), ("DOUBLE", "1e20", "100000000000000000000"), ("FLOAT", "1.5", "1.5"),
    ("BLOB", "'abc'", "abc"), ("VARBINARY(9)", "x'00ff'", None), ("POINT", "POINT(59.3, 18)", "POINT(59.3 18)"),
    ("BIGINT UNSIGNED", "18446744073709551615", "18446744073709551615"), ("LONGTEXT", "REPEAT('å', 3)", "ååå"),
    ("CHAR(9) CHARACTER SET latin1", "'Åsa'", "Åsa"), ("INET6", "'2001:db8::1'", "2001:db8::1"),
    ("BOOLEAN", "TRUE", "1"),
    ("TIMESTAMP NULL", "FROM_UNIXTIME(1717236000)", "2024-06-01 10:00:00Z"),
    ("TIMESTAMP NULL", "'0000-00-00 00:00:00'", "0000-00-00 00:00:00"),
    ("UUID", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
]  # fmt: skip
SQLITE = [
    ("TEXT", "CAST(x'E5736120456B' AS TEXT)", "åsa Ek"), ("TEXT", "x'00ff'", None), ("BLOB", "'text'", "text"),
    ("", "12", "12"), ("", "1.50", "1.5"), ("REAL", "1e999", "Infinity"), ("DATE", "'inget datum'", "inget datum"),
    ("DATETIME", "'2024-01-01T12:00:00.000Z'", "2024-01-01 12:00:00Z"), ("DATETIME", "1700000000", "1700000000"),
    ("BOOLEAN", "TRUE", "1"), ("PERSONNUMMER", "'19900118-9811'", "19900118-9811"), ("INTEGER", "'ej tal'", "ej tal"),
    ("NUMERIC", "1e30", "1000000000000000000000000000000"), ("INTEGER", "-9223372036854775808", "-9223372036854775808"),
]  # fmt: skip


def check_types(url, execute, cases):
    columns = ", ".join(f"c{index} {kind}" for index, (kind, _, _) in enumerate(cases))
    execute(url, f"CREATE TABLE t (id INTEGER PRIMARY KEY, {columns})")
    execute(url, f"INSERT INTO t VALUES (1, {', '.join(value for _, value, _ in cases)})")
    execute(url, "INSERT INTO t (id) VALUES (2)")
    batch = read_one(url)
    read = {kind + value: batch.fields[f"c{index}"][0] for index, (kind, value, _) in enumerate(cases)}
    assert read == {kind + value: text for kind, value, text in cases}
    assert all(batch.fields[f"c{index}"][1] is None for index in range(len(cases)))
    return batch


def test_postgresql_types(postgres_db, execute):
    """T27."""
    execute(postgres_db, "CREATE TYPE humor AS ENUM ('glad')", "CREATE DOMAIN postnr AS varchar(5)")
    batch = check_types(postgres_db, execute, POSTGRESQL)
    assert [batch.dates[name][0] for name in ("c0", "c1", "c2", "c3", "c4")] == [None] * 4 + ["2024-01-01"]
    assert "binary:c21" in batch.notes


def test_mariadb_types(mariadb_db, execute):
    """T27."""
    execute(mariadb_db, "SET GLOBAL sql_mode=''")
    batch = check_types(mariadb_db, execute, MARIADB)
    assert [batch.dates[name][0] for name in ("c0", "c1", "c2")] == [None, None, "2024-01-01"]


def test_sqlite_types(tmp_path, execute):
    """T27."""
    check_types(f"sqlite:///{tmp_path}/t.db", execute, SQLITE)


def test_arrays_and_json_are_opened(postgres_db, execute):
    execute(
        postgres_db,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a text[], d date[], j json, b jsonb)",
        """INSERT INTO t VALUES (1, '{x,NULL,"y, z"}', '{infinity}', '{"k": 1, "k": 2.50}', '{"å": {"tal": 1e3}}')""",
        "INSERT INTO t VALUES (2, NULL, '{}', '\"text\"', 'null')",
    )
    batch = read_one(postgres_db)
    assert {name: values[0] for name, values in batch.fields.items() if values[0]} == {
        "id": "1", "a[0]": "x", "a[2]": "y, z", "d[0]": "infinity", "j.k": "1\n2.5", "b.å.tal": "1000",
    }  # fmt: skip


def test_a_huge_cell_keeps_its_head_and_tail(any_db, execute):
    kind = "LONGTEXT" if "mysql" in any_db else "TEXT"
    execute(any_db, f"CREATE TABLE t (id INTEGER PRIMARY KEY, v {kind})")
    execute(any_db, ("INSERT INTO t VALUES (1, :v)", [{"v": "å" + "x" * 2_000_000 + "ö"}]))
    with DatabaseConnector(url=any_db) as connector:
        (unit,) = connector.units()
        batch, unread = connector.read(unit)
        ((_, again),) = connector.fetch(unit.key, batch.records)
    (text,) = batch.fields["v"]
    assert again["v"] == text
    assert unread == Unread(unit.key, State.PARTIAL, "cell")
    assert (len(text), text[0], text[-1]) == ((1 << 20) + (64 << 10), "å", "ö")


def test_birth_is_no_age_of_the_record(any_db, execute):
    execute(
        any_db,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, fodelsedag DATE, birth_date DATE, dob DATE, slut DATE,"
        " d VARCHAR(10), e VARCHAR(10))",
        "INSERT INTO t VALUES (1, '1990-01-18', '1990-01-18', '1990-01-18', '2020-01-01', '2021-02-03', '2021-02-03'),"
        " (2, NULL, NULL, NULL, NULL, NULL, 'okänt')",
    )
    dates = read_one(any_db).dates
    assert {name: list(values) for name, values in dates.items()} == {
        "slut": ["2020-01-01", None],
        "d": ["2021-02-03", None],
    }


JSON_NO = ["", "{", "[1", "{ej json}", "[1] [2]", "12", '"text"', "[" * 201 + "]" * 201, "[" * 100_000 + "]" * 100_000]
JSON_YES = [
    ("{}", []),
    (" [1, 2.50, true, null] ", [("c[0]", "1"), ("c[1]", "2.5"), ("c[2]", "true")]),
    ('{"a.b": {"c": ["x"]}}', [("c.a.b.c[0]", "x")]),
    ('{"inre": "{\\"pnr\\": \\"19900118-9811\\"}"}', [("c.inre.pnr", "19900118-9811")]),
    ('{"a": "[inte json"}', [("c.a", "[inte json")]),
    ('{"a": 1' + "0" * 5000 + "}", [("c.a", "1" + "0" * 5000)]),
    ("[" * 200 + "7" + "]" * 200, [("c" + "[0]" * 200, "7")]),
]


@pytest.mark.parametrize("text", JSON_NO, ids=range(len(JSON_NO)))
def test_what_is_no_json_stays_text(text):
    assert cells.leaves("c", text) is None


@pytest.mark.parametrize(("text", "leaves"), JSON_YES, ids=range(len(JSON_YES)))
def test_json_leaves(text, leaves):
    assert cells.leaves("c", text) == leaves


def test_names_that_differ_from_row_to_row_do_not_fill_the_memory(tmp_path, execute):
    url = f"sqlite:///{tmp_path}/t.db"
    rows = [{"id": n, "v": json.dumps({f"namn{n}": n})} for n in range(3000)]
    execute(url, "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)", ("INSERT INTO t VALUES (:id, :v)", rows))
    with DatabaseConnector(url=url) as connector:
        (unit,) = connector.units()
        read = list(connector.read(unit))
    assert sum(len(batch.records) for batch in read) == 3000
    assert max(len(batch.records) * len(batch.fields) for batch in read) <= 2_000_000


TEXTS = [
    (Sort.TEXT, "1.50", "1.50"), (Sort.NUMBER, "1.50", "1.5"), (Sort.NUMBER, "100", "100"), (Sort.NUMBER, "-0.0", "-0"),
    (Sort.NUMBER, "1E+3", "1000"), (Sort.NUMBER, "1e999999", "1e999999"), (Sort.NUMBER, "NaN", "NaN"),
    (Sort.DATETIME, "2024-01-01T10:00:00+02:00", "2024-01-01 10:00:00+02:00"), (Sort.TIME, "10:00:00.000", "10:00:00"),
    (Sort.INTEGER, True, "1"), (Sort.OTHER, 1e16, "10000000000000000"), (Sort.OTHER, float("-inf"), "-Infinity"),
]  # fmt: skip


@pytest.mark.parametrize(("sort", "cell", "text"), TEXTS)
def test_texts(sort, cell, text):
    assert texts.cleaned(sort, [cell])[0] == [text]


@pytest.mark.parametrize(
    "text", [None, "", "infinity", "0000-00-00", "2024-02-30", "0044-03-15 BC", "12024-01-01", "2024-01-01x"]
)
def test_no_date(text):
    assert iso_day(text) is None


def test_a_database_without_an_encoding_may_hold_any_bytes(postgres_url, execute):
    """T28."""
    engine = sa.create_engine(postgres_url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE utan ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    url = engine.url.set(database="utan", query={"client_encoding": "utf8"}).render_as_string(hide_password=False)
    execute(url, "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)")
    execute(url, "INSERT INTO t VALUES (1, E'\\xC5sa'), (2, E'\\xC3\\x85sa')")
    try:
        assert read_one(url).fields["v"] == ["Åsa", "Åsa"]
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql("DROP DATABASE utan WITH (FORCE)")
