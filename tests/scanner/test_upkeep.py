"""A store is checked, copied, made smaller, and brought up to date from an older schema."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, insert, inspect, literal, select

from recognizers import Analyzer
from recognizers.ip import IpRecognizer
from scanner import upkeep
from scanner.engine import Scanner
from scanner.engine.holders import Holder
from scanner.errors import ConfigError, InsynError, LockedError
from scanner.store import Store, lookup, migrations, schema
from scanner.store.forgetting import forget
from tests.scanner.dying import KEYS
from tests.scanner.fakes import MemoryConnector

pytestmark = pytest.mark.slow

ROWS = [{"id": str(at), "ip": f"192.0.2.{at}"} for at in range(200)]


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = Store.open(store_url, KEYS)
    Scanner(opened, Analyzer([IpRecognizer()])).scan({"crm": MemoryConnector({"a": ROWS})})
    yield opened
    opened.close()


def test_a_store_in_order_has_no_faults(store: Store) -> None:
    assert upkeep.faults(store) == []
    size = upkeep.size(store)
    assert (size.units, size.findings, size.tokens) == (1, 200, 200)


def test_rows_that_belong_to_nothing_are_told(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    with store.transaction() as connection:
        connection.execute(insert(schema.record).values(id=1, unit_id=77))
    assert upkeep.faults(store) == ["1 rows of record belong to no unit"]
    store.close()


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    """T14."""
    path = tmp_path / "insyn.db"
    store = Store.open(f"sqlite:///{path}", KEYS)
    Scanner(store, Analyzer([IpRecognizer()])).scan({"crm": MemoryConnector({"a": ROWS})})
    store.close()
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ix_finding_record_id'").fetchone()[0]
        size = raw.execute("PRAGMA page_size").fetchone()[0]
    raw.close()
    data = bytearray(path.read_bytes())
    data[(page - 1) * size + 8 : page * size] = bytes(size - 8)
    path.write_bytes(data)
    store = Store.open(f"sqlite:///{path}", KEYS)
    assert any("damaged" in fault for fault in upkeep.faults(store))
    store.close()


def test_a_copy_is_the_same_and_nobody_elses(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    Scanner(store, Analyzer([IpRecognizer()])).scan({"crm": MemoryConnector({"a": ROWS})})
    upkeep.backup(store, tmp_path / "copy.db")
    with pytest.raises(ConfigError, match="exists already"):
        upkeep.backup(store, tmp_path / "copy.db")
    store.close()
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0
    copy = Store.open(f"sqlite:///{tmp_path}/copy.db", KEYS, create=False)
    assert upkeep.size(copy).findings == 200
    copy.close()


def test_space_is_given_back_when_no_scan_is_going_on(store: Store) -> None:
    with Holder(store), pytest.raises(LockedError, match="a scan is going on"):
        upkeep.vacuum(store)
    Scanner(store, Analyzer([IpRecognizer()])).scan({"crm": MemoryConnector({"a": ROWS[:3]})})
    upkeep.vacuum(store)
    assert upkeep.faults(store) == []


def test_what_another_enters_while_its_unit_is_forgotten_goes_with_it(store: Store) -> None:
    def forgotten() -> None:
        with store.transaction() as connection:
            forget(connection, [unit])

    with ThreadPoolExecutor(1) as pool:
        with store.transaction() as connection:
            unit = connection.scalar(select(schema.unit.c.id)) or 0
            found = connection.execute(select(schema.finding).limit(1)).one()._asdict()
            connection.execute(insert(schema.record).values(id=1_000_000, unit_id=unit))
            done = pool.submit(forgotten)
            time.sleep(0.3)
            connection.execute(insert(schema.finding).values(**found | {"record_id": 1_000_000}))
        done.result()
    assert upkeep.faults(store) == []
    assert upkeep.size(store).findings == 0


def without_day_forms(connection: Connection) -> None:
    """As before schema 7."""
    for table in ("field_fact", "chunk_fact"):
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN day_form")


def with_numbers(connection: Connection) -> None:
    """As before schema 6: findings with a number of their own, and NULL for no token."""
    without_day_forms(connection)
    kind = "BLOB" if connection.dialect.name == "sqlite" else "BYTEA"
    columns = 'record_id, unit_id, field_id, why, start, "end", score, entity, kind, test, token'
    integers = ", ".join(f"{name} INTEGER NOT NULL" for name in columns.split(", ")[:6])
    integers += ", score REAL NOT NULL, entity SMALLINT NOT NULL, kind SMALLINT NOT NULL, test BOOLEAN NOT NULL"
    statements = [
        "ALTER TABLE finding RENAME TO finding_6",
        "DROP INDEX ix_finding_record_id",
        "DROP INDEX ix_finding_unit_id",
        f"CREATE TABLE finding (id INTEGER PRIMARY KEY, {integers}, token {kind}, variant {kind}, further {kind})",
        f"INSERT INTO finding SELECT row_number() OVER (ORDER BY record_id), {columns}, NULL, token FROM finding_6",
        "DROP TABLE finding_6",
        "CREATE INDEX ix_finding_record_id ON finding (record_id)",
        "CREATE INDEX ix_finding_unit_id ON finding (unit_id)",
    ]
    if connection.dialect.name == "sqlite":
        statements += [
            "DROP TABLE lookup",
            "CREATE TABLE lookup (token BLOB, finding_id INTEGER, PRIMARY KEY (token, finding_id)) WITHOUT ROWID",
            "INSERT INTO lookup SELECT token, id FROM finding",
        ]
    else:
        statements += [
            "DROP INDEX link_record",
            "DROP INDEX link_beginning",
            "CREATE INDEX link_token ON link (token)",
            "ALTER TABLE link ADD PRIMARY KEY (record_id, field_id, token)",
            "CREATE INDEX finding_further ON finding USING hash (further)",
        ]
    for statement in statements:
        connection.exec_driver_sql(statement)


def without_readers(connection: Connection) -> None:
    """As before schema 5."""
    with_numbers(connection)
    for table in ("unit", "task"):
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN readers")
    if connection.dialect.name == "postgresql":
        for table in ("finding", "link", "moment"):
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD FOREIGN KEY (record_id) REFERENCES record (id)")


def test_an_older_store_is_brought_up_to_date(store: Store, store_url: str) -> None:
    with store.transaction() as connection:
        connection.exec_driver_sql("DROP INDEX record_unit")
        connection.exec_driver_sql("CREATE INDEX ix_record_unit_id ON record (unit_id)")
        connection.exec_driver_sql("ALTER TABLE unit DROP COLUMN task_id")
        without_readers(connection)
        connection.exec_driver_sql("UPDATE meta SET value = '2' WHERE name = 'schema'")
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("ALTER TABLE record DROP COLUMN chunk_id")
        else:
            connection.exec_driver_sql("CREATE TABLE r AS SELECT id, unit_id, locator FROM record")
            connection.exec_driver_sql("DROP TABLE record")
            connection.exec_driver_sql(
                "CREATE TABLE record (id INTEGER PRIMARY KEY NOT NULL, unit_id INTEGER NOT NULL, locator BLOB)"
            )
            connection.exec_driver_sql("INSERT INTO record SELECT * FROM r")
            connection.exec_driver_sql("DROP TABLE r")
            connection.exec_driver_sql("CREATE INDEX ix_record_unit_id ON record (unit_id)")
    with pytest.raises(InsynError, match="run insyn store upgrade"):
        Store.open(store_url, KEYS)
    older = Store.open(store_url, KEYS, older=True)
    with older.transaction() as connection:
        assert migrations.upgrade(connection) == "2"
    older.close()
    upgraded = Store.open(store_url, KEYS)
    assert upkeep.faults(upgraded) == []
    assert upkeep.size(upgraded).tokens == 400  # each stands as a further form, too
    with upgraded.reading() as connection:
        rows = select(schema.finding.c.token, schema.finding.c.variant, schema.finding.c.further)
        token, variant, further = connection.execute(rows.limit(1)).one()
        assert (variant, further) == (None, token)
        found = select(schema.finding.c.record_id).where(lookup.having(connection, [token]))
        assert len(connection.scalars(found).all()) == 1
    if upgraded.engine.dialect.name == "postgresql":
        assert not any(inspect(upgraded.engine).get_foreign_keys(table) for table in ("finding", "link", "moment"))
    (result,) = Scanner(upgraded, Analyzer([IpRecognizer()])).scan({"crm": MemoryConnector({"a": ROWS})})
    assert result.status == "complete"
    upgraded.close()


def test_tokens_that_waited_in_a_table_of_their_own_are_found_after_an_upgrade(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/insyn.db"
    store = Store.open(url, KEYS)
    Scanner(store, Analyzer([IpRecognizer()])).scan({"crm": MemoryConnector({"a": ROWS})})
    with store.transaction() as connection:
        without_readers(connection)
        connection.exec_driver_sql(
            "CREATE TABLE fresh (finding_id INTEGER, token BLOB, PRIMARY KEY (finding_id, token))"
        )
        connection.exec_driver_sql("INSERT INTO fresh SELECT finding_id, token FROM lookup")
        connection.exec_driver_sql("DELETE FROM lookup")
        connection.exec_driver_sql("DELETE FROM meta WHERE name = 'lookup'")
        connection.exec_driver_sql("UPDATE meta SET value = '3' WHERE name = 'schema'")
    with store.transaction() as connection:
        assert migrations.upgrade(connection) == "3"
        assert connection.scalar(select(lookup.settled())) == len(ROWS)
    assert upkeep.faults(store) == []
    store.close()


def test_a_finding_is_found_before_its_token_is_moved_and_after_those_before_it_are_gone(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    scanner = Scanner(store, Analyzer([IpRecognizer()]), full=True)
    scanner.scan({"crm": MemoryConnector({"a": ROWS[:3]})})
    with store.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM lookup")
        connection.exec_driver_sql("DELETE FROM finding")
    scanner.scan({"crm": MemoryConnector({"a": ROWS})})
    with store.transaction() as connection:
        token = connection.scalars(select(schema.finding.c.token).order_by(schema.finding.c.record_id.desc())).first()
        where = select(schema.finding.c.record_id).where(lookup.having(connection, [token or b""]))
        settled = connection.scalars(where).all()
        connection.exec_driver_sql("DELETE FROM lookup")
        connection.exec_driver_sql("UPDATE meta SET value = '3' WHERE name = 'lookup'")
        assert connection.scalars(where).all() == settled
        assert lookup.standing(connection, [token or b"", bytes(16)]) == {token}
        lookup.settle(connection)
        assert connection.scalars(where).all() == settled
        assert lookup.standing(connection, [token or b"", bytes(16)]) == {token}
    assert len(settled) == 1
    assert upkeep.faults(store) == []
    store.close()


def test_which_of_many_tokens_stand_anywhere(store_url: str) -> None:
    store = Store.open(store_url, KEYS)
    Scanner(store, Analyzer([IpRecognizer()])).scan({"crm": MemoryConnector({"a": ROWS})})
    with store.reading() as connection:
        tokens = connection.scalars(select(schema.finding.c.token)).all()
        strangers = [number.to_bytes(16, "big") for number in range(1, 700)]
        assert lookup.standing(connection, [*strangers, *tokens]) == set(tokens)
        assert lookup.standing(connection, []) == set()
    store.close()


def test_postgresql_looks_many_tokens_up_in_its_indexes(postgres_db: str) -> None:
    store, asked = Store.open(postgres_db, KEYS), []
    with store.reading() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
        assert lookup.standing(connection, [bytes(16)]) == set()
        statement, values = asked[0]
        plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {statement}", values).scalars())
    for column in schema.TOKENS:
        assert f"Bitmap Index Scan on finding_{column.name}" in plan
    store.close()


def test_postgresql_looks_tokens_up_in_its_indexes_of_their_beginnings(postgres_db: str) -> None:
    store = Store.open(postgres_db, KEYS)
    token = b"\x12\x34\x56" + bytes(13)
    with store.reading() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        query = select(schema.finding.c.record_id).where(lookup.having(connection, [token]))
        compiled = query.compile(connection, compile_kwargs={"render_postcompile": True})
        plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {compiled}", compiled.params).scalars())
        assert connection.scalar(select(schema.beginning(literal(token)))) == 0x12345
        assert connection.scalar(select(schema.beginning(literal(b"")))) is None
    for column in schema.TOKENS:
        assert f"Bitmap Index Scan on finding_{column.name}" in plan
    store.close()
