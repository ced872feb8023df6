"""Very many tables (T30): listed as a stream, in little memory and time."""

import json
import sqlite3
import subprocess
import sys

import pytest
import sqlalchemy as sa

MANY = 10_000
LIST = """
import json, sys, time
from connectors.database import DatabaseConnector
def peak():
    status = dict(line.split(":", 1) for line in open("/proc/self/status"))
    return int(status["VmHWM"].split()[0]) / 1024
began, started, keys, first = time.monotonic(), peak(), [], 0.0
with DatabaseConnector(url=sys.argv[1]) as connector:
    for unit in connector.units():
        first = first or time.monotonic() - began
        keys.append((unit.key, unit.size, bool(unit.version)))
found = {"first": first, "seconds": time.monotonic() - began, "processor": time.process_time()}
print(json.dumps({"keys": keys, "mib": peak() - started, **found}))
"""


def listed_apart(url):
    done = subprocess.run([sys.executable, "-c", LIST, url], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def make_sqlite(path, many):
    with sqlite3.connect(path) as connection:
        for number in range(many):
            connection.execute(f"CREATE TABLE t{number:05} (id INTEGER PRIMARY KEY, namn TEXT, epost TEXT)")
            connection.execute(f"INSERT INTO t{number:05} VALUES (1, 'Anna Ek', 'a{number}@example.se')")
    connection.close()


def make_postgres(url, many):
    loop = "DO $$ BEGIN FOR n IN {}..{} LOOP EXECUTE 'CREATE TABLE t' || lpad(n::text, 5, '0')"
    loop += " || ' (id int PRIMARY KEY, namn text)'; END LOOP; END $$"
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    for start in range(0, many, 500):  # a transaction may hold only so many locks
        with engine.begin() as connection:
            connection.exec_driver_sql(loop.format(start, start + 499))


def check(found, schema, many):
    assert [key for key, _, _ in found["keys"]] == [f"{schema}t{number:05}" for number in range(many)]
    assert all(known for _, _, known in found["keys"])
    assert found["mib"] < 100
    assert found["first"] < found["seconds"] / 3  # the first come long before the last


@pytest.mark.slow
def test_t30_ten_thousand_tables_of_a_file(tmp_path):
    make_sqlite(tmp_path / "a.db", MANY)
    found = listed_apart(f"sqlite:///{tmp_path / 'a.db'}")
    check(found, "", MANY)
    assert found["processor"] < 120  # 33 s; a connection for each table made it grow with the square
    assert {size for _, size, _ in found["keys"]} == {1}


@pytest.mark.slow
def test_t30_many_tables_of_a_server(postgres_db):
    make_postgres(postgres_db, 2000)
    check(listed_apart(postgres_db), "public.", 2000)
