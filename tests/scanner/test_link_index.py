"""The index of keys is put off while a store is filled for the first time, and is there whenever somebody may look."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors import Batch, ConnectorError, Unit, Unread
from recognizers import Analyzer
from recognizers.ip import IpRecognizer
from scanner.engine import Scanner
from scanner.store import Store, link_index
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
