"""Relations are worked out anew when a source has changed, also by a scan that was killed; else they are left alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, delete, func, insert, select

from recognizers import Analyzer
from recognizers.ip import IpRecognizer
from scanner.engine import Scanner
from scanner.store import Store, schema
from tests.scanner.dying import KEYS
from tests.scanner.fakes import MemoryConnector

ANALYZER = Analyzer([IpRecognizer()])
TABLES = {
    "kunder": [{"id": str(at), "kundnr": f"K-{at}"} for at in range(40)],
    "larm": [{"id": str(at), "kundnr": f"K-{at % 40}"} for at in range(100)],
}


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = Store.open(store_url, KEYS)
    scan(opened, TABLES)
    yield opened
    opened.close()


def scan(store: Store, tables: dict[str, list[dict[str, str]]]) -> None:
    Scanner(store, ANALYZER).scan({"crm": MemoryConnector(dict(tables))})


def relations(store: Store) -> int:
    with store.reading() as connection:
        return connection.scalar(select(func.count()).select_from(schema.relation)) or 0


def marks(connection: Connection) -> int:
    ours = schema.meta.c.name.startswith("unsettled:")
    return connection.scalar(select(func.count()).select_from(schema.meta).where(ours)) or 0


def lose_relations(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute(delete(schema.relation))


def test_an_unchanged_source_is_left_as_it_is(store: Store) -> None:
    assert relations(store) > 0
    lose_relations(store)
    scan(store, TABLES)
    assert relations(store) == 0
    with store.reading() as connection:
        assert marks(connection) == 0


@pytest.mark.parametrize("change", ["another row", "another table", "gone"])
def test_a_change_settles_the_source_anew(store: Store, change: str) -> None:
    tables = dict(TABLES)
    lose_relations(store)
    if change == "another row":
        tables["larm"] = [*TABLES["larm"], {"id": "100", "kundnr": "K-3"}]
    elif change == "another table":
        tables["avtal"] = TABLES["larm"]
    else:
        scan(store, {**TABLES, "avtal": TABLES["larm"]})
        lose_relations(store)
    scan(store, tables)
    assert relations(store) > 0
    with store.reading() as connection:
        assert marks(connection) == 0


def test_the_mark_of_a_scan_that_was_killed_settles_the_source(store: Store) -> None:
    lose_relations(store)
    with store.transaction() as connection:
        connection.execute(insert(schema.meta).values(name="unsettled:1:1:4711", value=""))
    scan(store, TABLES)
    assert relations(store) > 0
    with store.reading() as connection:
        assert marks(connection) == 0


def test_the_mark_of_a_scanner_at_work_is_its_own_to_take_away(store: Store) -> None:
    with store.transaction() as connection:
        row = {"host": "another", "pid": 1, "started": "1", "beat": 0}
        result = connection.execute(insert(schema.holder).values(**row))
        number = result.inserted_primary_key[0]  # type: ignore[index]
        connection.execute(insert(schema.meta).values(name=f"unsettled:1:1:{number}", value=""))
    scan(store, TABLES)
    with store.reading() as connection:
        assert marks(connection) == 1
