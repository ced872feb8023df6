"""Relations are worked out anew when a source has changed, also by a scan that was killed; else they are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, delete, func, insert, select

from connectors import Batch, Unit
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


LIST = [f"K-{at}" for at in range(20)]


@dataclass
class Share(MemoryConnector):
    """Files of which some are read every time: letters, and lists of customer numbers."""

    again: str = ""

    def units(self) -> Iterator[Unit]:
        for key in self.tables:
            yield Unit(key, "" if key == self.again else "1", "file", 1)

    def read(self, unit: Unit) -> Iterator[Batch]:
        numbers = [row["kundnr"] for row in self.tables[unit.key]]
        yield Batch(unit.key, [None], {"path": [f"K-1234/{unit.key}"], "": ["Från 10.1.2.3"]})
        if numbers:
            yield Batch(unit.key, [{"rad": at} for at, _ in enumerate(numbers)], {"kundnr": numbers})


def scan_share(store: Store, lists: dict[str, list[str]], again: str = "") -> None:
    share = Share({name: [{"kundnr": number} for number in numbers] for name, numbers in lists.items()}, again=again)
    Scanner(store, ANALYZER).scan({"share": share})


@pytest.mark.parametrize(
    ("again", "now", "settled"),
    [
        ("brev.txt", [], False),
        ("brev.txt", LIST, True),
        ("lista.csv", LIST, True),
        ("lista.csv", [], True),
    ],
)
def test_what_has_no_keys_of_rows_may_be_read_again(store: Store, again: str, now: list[str], settled: bool) -> None:
    lists = {"brev.txt": [], "lista.csv": LIST, "kvar.csv": LIST}
    scan_share(store, lists, again)
    assert relations(store) > 0
    lose_relations(store)
    scan_share(store, {**lists, again: now}, again)
    assert bool(relations(store)) is settled
    with store.reading() as connection:
        assert marks(connection) == 0


def test_the_mark_of_a_scan_that_was_killed_outlives_a_reading_without_keys(store: Store) -> None:
    lists = {"brev.txt": [], "kvar.csv": LIST}
    scan_share(store, lists, "brev.txt")
    lose_relations(store)
    source = store.find_source("share")
    with store.transaction() as connection:
        connection.execute(insert(schema.meta).values(name=f"unsettled:{source}:1:4711", value=""))
    scan_share(store, lists, "brev.txt")
    assert relations(store) > 0
