"""The index of keys is put off while a store is filled for the first time, and is there whenever somebody may look.

PostgreSQL has one of the beginnings of keys instead.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, event, select

from connectors import Batch, ConnectorError, Unit, Unread
from recognizers import Analyzer
from recognizers.ip import IpRecognizer
from scanner import upkeep
from scanner.engine import Scanner
from scanner.store import Store, link_index, migrations, schema
from scanner.subject import record_queries as queries
from tests.scanner.dying import KEYS
from tests.scanner.fakes import MemoryConnector

ROWS = [{"id": str(at), "text": f"192.0.2.{at}"} for at in range(9)]
THERE = "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name = 'link_token'"


def is_made(store: Store) -> bool:
    with store.reading() as connection:
        return bool(connection.exec_driver_sql(THERE).scalar())


class _Watched(MemoryConnector):
    """Notes whether the index is there while a table is read."""

    store: Store
    seen: list[bool]

    def read(self, unit: Unit) -> Iterator[Batch | Unread]:
        self.seen.append(is_made(self.store))
        if unit.key == "down":
            raise ConnectorError("the source is down")
        yield from super().read(unit)


def scanned(store: Store, *tables: str) -> list[bool]:
    connector = _Watched(dict.fromkeys(tables, ROWS))
    connector.store, connector.seen = store, []
    Scanner(store, Analyzer([IpRecognizer()])).scan({"crm": connector})
    return connector.seen


def test_a_store_is_first_filled_without_the_index_and_then_with_it(store: Store) -> None:
    assert is_made(store)
    assert scanned(store, "a", "b") == [False, False]
    assert is_made(store)
    assert scanned(store, "a", "b", "c") == [True]


def test_it_is_made_when_the_source_fails_half_way(store: Store) -> None:
    assert scanned(store, "a", "down") == [False, False]
    assert is_made(store)


def test_it_is_made_when_very_many_records_were_entered(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in (("lookup", "SMALLEST_RUN"), ("lookup", "LARGEST_RUN"), ("link_index", "MOST")):
        monkeypatch.setattr(f"scanner.store.{module}.{name}", 5)
    assert scanned(store, "a", "b", "c") == [False, True, True]


def test_a_store_whose_scan_was_killed_is_given_it_when_it_is_opened(tmp_path: Path, store: Store) -> None:
    with store.transaction() as connection:
        link_index.put_off(connection)
    store.close()
    Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS, create=False).close()
    with sqlite3.connect(tmp_path / "insyn.db") as plain:
        assert plain.execute(THERE).fetchone() == (1,)


BY_BEGINNING = "link_beginning"
TOKEN = b"\x12\x34\x56" + bytes(13)
GIVEN = {"token": TOKEN, "unit": 1, "field": 1}
INDEXES = "SELECT indexname FROM pg_indexes WHERE tablename = 'link'"


def plan(store: Store, query: Select[Any]) -> str:
    """How PostgreSQL looks something up, were the table large."""
    with store.reading() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        asked: list[tuple[str, Any]] = []
        event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
        connection.execute(query, GIVEN)
        statement, values = asked[0]
        return "\n".join(connection.exec_driver_sql(f"EXPLAIN {statement}", values).scalars())


def test_postgresql_finds_a_key_in_a_table_by_the_beginning_of_its_token(postgres_db: str) -> None:
    store = Store.open(postgres_db, KEYS)
    some = schema.is_token_of(schema.link.c.token, [TOKEN, bytes(16)])
    for query in (queries.AT, select(schema.link.c.record_id).where(some)):
        assert f"Index Scan on {BY_BEGINNING}" in (told := plan(store, query).replace("using", "on")), told
        assert "CASE" in told.partition("Index Cond:")[2].splitlines()[0], told
    store.close()


def test_postgresql_is_given_the_index_by_an_upgrade(postgres_db: str) -> None:
    store = Store.open(postgres_db, KEYS)
    Scanner(store, Analyzer([IpRecognizer()])).scan({"crm": MemoryConnector({"a": ROWS})})
    with store.transaction() as connection:
        connection.exec_driver_sql(f"DROP INDEX {BY_BEGINNING}")
        connection.exec_driver_sql("CREATE INDEX link_token ON link (token, unit_id, field_id)")
        connection.exec_driver_sql("UPDATE meta SET value = '7' WHERE name = 'schema'")
    store.close()
    older = Store.open(postgres_db, KEYS, older=True)
    with older.transaction() as connection:
        assert migrations.upgrade(connection) == "7"
    older.close()
    upgraded = Store.open(postgres_db, KEYS)
    with upgraded.reading() as connection:
        assert set(connection.exec_driver_sql(INDEXES).scalars()) == {BY_BEGINNING, "link_record"}
    assert upkeep.faults(upgraded) == []
    assert f"Index Scan on {BY_BEGINNING}" in plan(upgraded, queries.AT).replace("using", "on")
    upgraded.close()
