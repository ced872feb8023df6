"""`relations:` of the configuration: keys that are said or denied, and what is read again for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from connectors import Chunk, Connector, Relation, Unit
from connectors.database import DatabaseConnector
from recognizers import Analyzer
from recognizers.email import EmailRecognizer
from scanner.engine import Scanner, said
from scanner.references import Reference, Said
from scanner.references import said as told
from scanner.store import Store, schema
from tests.scanner.dying import KEYS
from tests.scanner.fakes import MemoryConnector

ANALYZER = Analyzer([EmailRecognizer()])
Key = tuple[str, str, str, str, bool]
"""Table and column, what it refers to, and whether that counts as declared."""
CUSTOMERS = [{"id": f"k{at}", "nr": f"{3 * at} A", "mail": f"p{at}@example.se"} for at in range(12)]
ORDERS = [{"id": f"o{at}", "vem": f"{3 * (at % 12)} A", "customer_id": f"k{at % 12}"} for at in range(30)]
TABLES = {"customers": CUSTOMERS, "orders": ORDERS, "other": [{"id": f"x{at}", "text": "hej"} for at in range(3)]}
WHO = {"from": "orders.vem", "to": "customers.nr"}


def of(**sources: list[dict[str, Any]]) -> tuple[Said, ...]:
    return told({name: [Reference.model_validate(one) for one in some] for name, some in sources.items()})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    yield store
    store.close()


def scan(store: Store, sources: Mapping[str, Connector], *relations: Said) -> set[Key]:
    Scanner(store, ANALYZER, said=relations).scan(dict(sources))
    return keys(store)


def keys(store: Store) -> set[Key]:
    unit, relation, open_ = schema.unit, schema.relation, store.keys.unseal
    child, parent, name, other = unit.alias(), unit.alias(), schema.field_name.alias(), schema.field_name.alias()
    query = select(child.c.key, name.c.name, parent.c.key, other.c.name, relation.c.declared).where(
        child.c.id == relation.c.unit_id,
        parent.c.id == relation.c.ref_unit_id,
        name.c.id == relation.c.field_id,
        other.c.id == relation.c.ref_field_id,
    )
    with store.reading() as connection:
        return {(*map(open_, row[:4]), row[4]) for row in connection.execute(query)}  # type: ignore[misc]


def test_a_key_that_nothing_tells_is_followed_where_it_is_said(store: Store) -> None:
    crm = MemoryConnector(dict(TABLES))
    found = {("orders", "customer_id", "customers", "id", False)}
    assert scan(store, {"crm": crm}) == found
    assert scan(store, {"crm": crm}, *of(crm=[WHO])) == found | {("orders", "vem", "customers", "nr", True)}


def test_read_again_are_only_the_tables_whose_column_was_not_kept(store: Store) -> None:
    crm = MemoryConnector(dict(TABLES))
    scan(store, {"crm": crm})
    crm.reads.clear()
    relations = of(crm=[WHO])
    scan(store, {"crm": crm}, *relations)
    assert crm.reads == ["customers", "orders"]  # of `nr`, too, nothing was kept: its values are not as keys are
    crm.reads.clear()
    scan(store, {"crm": crm}, *relations)
    assert crm.reads == []


def test_what_is_kept_already_is_settled_without_reading(store: Store) -> None:
    crm = MemoryConnector(dict(TABLES))
    scan(store, {"crm": crm})
    crm.reads.clear()
    assert ("orders", "customer_id", "customers", "id", True) in scan(
        store, {"crm": crm}, *of(crm=[{"from": "orders.customer_id", "to": "customers.id"}])
    )
    assert crm.reads == []


def test_what_is_said_no_more_is_found_or_not_as_before(store: Store) -> None:
    crm = MemoryConnector(dict(TABLES))
    before = scan(store, {"crm": crm}, *of(crm=[{"from": "orders.customer_id", "deny": True}]))
    assert before == set()
    assert scan(store, {"crm": crm}) == {("orders", "customer_id", "customers", "id", False)}


@pytest.mark.parametrize("denied", [{"to": "customers.id"}, {}], ids=["this", "any"])
@pytest.mark.parametrize("declares", [True, False], ids=["declared", "discovered"])
def test_a_key_is_not_followed_where_it_is_denied(store: Store, denied: dict[str, str], declares: bool) -> None:
    declared = (Relation("orders", ("customer_id",), "customers", ("id",)),) if declares else ()
    crm = MemoryConnector(dict(TABLES), declared=declared)
    assert scan(store, {"crm": crm}) == {("orders", "customer_id", "customers", "id", declares)}
    assert scan(store, {"crm": crm}, *of(crm=[{"from": "orders.customer_id", "deny": True, **denied}])) == set()


def test_of_two_keys_only_the_denied_one_goes(store: Store) -> None:
    tables = {**TABLES, "visits": [{"id": f"v{at}", "customer_id": f"k{at % 12}"} for at in range(30)]}
    crm = MemoryConnector(tables)
    assert scan(store, {"crm": crm}, *of(crm=[{"from": "visits.customer_id", "to": "customers.id", "deny": True}])) == {
        ("orders", "customer_id", "customers", "id", False)
    }


def test_a_said_key_takes_the_place_of_a_guessed_one(store: Store) -> None:
    assert scan(
        store, {"crm": MemoryConnector(dict(TABLES))}, *of(crm=[{"from": "orders.customer_id", "to": "other.id"}])
    ) == {("orders", "customer_id", "other", "id", True)}


@pytest.mark.parametrize("names", [["crm", "export"], ["export", "crm"]], ids=str)
def test_a_key_leads_into_another_source(store: Store, names: list[str]) -> None:
    export = [{"id": str(at), "Abonnemang": f"{3 * (at % 4)} A"} for at in range(9)]
    sources = {"crm": MemoryConnector(dict(TABLES)), "export": MemoryConnector({"lista.csv": export})}
    relations = of(crm=[], export=[{"from": "lista.csv.Abonnemang", "source": "crm", "to": "customers.nr"}])
    expected = ("lista.csv", "Abonnemang", "customers", "nr", True)
    assert expected not in scan(store, sources)
    assert expected in scan(store, {name: sources[name] for name in names}, *relations)
    # Each source that is scanned alone settles what leads out of it and into it.
    for name in names:
        sources[name].tables["ny"] = [{"id": "1", "mail": "a@example.se"}]
        assert expected in scan(store, {name: sources[name]}, *relations)
    denied = of(crm=[], export=[{"from": "lista.csv.Abonnemang", "source": "crm", "to": "customers.nr", "deny": True}])
    assert expected not in scan(store, sources, *denied)


def test_what_would_be_found_across_sources_can_be_denied(store: Store) -> None:
    panels = [{"id": f"p{at}", "panel_sn": f"SN{at}", "mail": f"p{at}@example.se"} for at in range(12)]
    log = [{"id": f"l{at}", "panel_sn": f"SN{at % 12}"} for at in range(30)]
    sources = {"crm": MemoryConnector({"panels": panels}), "log": MemoryConnector({"alarms": log})}
    expected = ("alarms", "panel_sn", "panels", "panel_sn", False)
    assert expected in scan(store, sources)
    relations = of(crm=[], log=[{"from": "alarms.panel_sn", "to": "panels.panel_sn", "source": "crm", "deny": True}])
    assert expected not in scan(store, sources, *relations)


@pytest.mark.parametrize(
    "one",
    [
        {"from": "order.customer_id", "to": "customers.id"},
        {"from": "orders.kund", "to": "customers.id"},
        {"from": "orders.customer_id", "to": "custommers.id"},
        {"from": "orders.customer_id", "to": "customers.idd"},
        {"from": "orders.customer_id", "to": "customers.idd", "deny": True},
    ],
    ids=str,
)
def test_a_misspelt_name_loses_nothing(store: Store, one: dict[str, Any]) -> None:
    found = scan(store, {"crm": MemoryConnector(dict(TABLES))}, *of(crm=[one]))
    assert found == {("orders", "customer_id", "customers", "id", False)}


def test_a_table_that_may_be_one_of_several_is_not_guessed_at(store: Store) -> None:
    tables = {"a.customers": CUSTOMERS, "b.customers": CUSTOMERS[:9], "a.orders": ORDERS}
    expected = ("a.orders", "vem", "a.customers", "nr", True)
    crm = MemoryConnector(tables)
    assert expected not in scan(store, {"crm": crm}, *of(crm=[WHO]))
    assert expected in scan(store, {"crm": crm}, *of(crm=[{**WHO, "to": "a.customers.nr"}]))


def test_a_folder_stands_for_each_of_its_files(store: Store) -> None:
    files = {f"export/{month}.csv": ORDERS[at : at + 9] for at, month in enumerate(("2026-01", "2026-02"))}
    found = scan(store, {"crm": MemoryConnector({**TABLES, **files})}, *of(crm=[{**WHO, "from": "export.vem"}]))
    assert {key[0] for key in found if key[1:] == ("vem", "customers", "nr", True)} == set(files)


def test_a_scan_that_was_killed_reads_what_is_left(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    crm = MemoryConnector(dict(TABLES))
    scan(store, {"crm": crm})
    crm.reads.clear()
    with monkeypatch.context() as patched:
        patched.setattr("scanner.engine.Enumeration.run", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            scan(store, {"crm": crm}, *of(crm=[WHO]))
    assert ("orders", "vem", "customers", "nr", True) in scan(store, {"crm": crm}, *of(crm=[WHO]))
    assert "orders" in crm.reads


def test_the_order_in_which_they_are_said_does_not_matter(store: Store) -> None:
    relations = of(crm=[WHO, {"from": "orders.customer_id", "to": "customers.id"}])
    scan(store, {"crm": MemoryConnector(dict(TABLES))}, *relations)
    number = store.find_source("crm")
    assert number is not None
    with store.reading() as connection:
        assert said.is_settled(connection, number, relations[::-1])
        assert not said.is_settled(connection, number, relations[:1])


@pytest.mark.slow
def test_a_store_in_postgresql_does_the_same(postgres_db: str) -> None:
    crm = MemoryConnector(dict(TABLES))
    store = Store.open(postgres_db, KEYS)
    try:
        assert scan(store, {"crm": crm}) == {("orders", "customer_id", "customers", "id", False)}
        crm.reads.clear()
        denied = {"from": "orders.customer_id", "to": "customers.id", "deny": True}
        assert scan(store, {"crm": crm}, *of(crm=[WHO, denied])) == {("orders", "vem", "customers", "nr", True)}
        assert crm.reads == ["customers", "orders"]
    finally:
        store.close()


@pytest.mark.slow
def test_the_pieces_of_a_large_table_are_read_again_too(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / "crm.db") as crm:
        crm.execute("CREATE TABLE customers (id INTEGER PRIMARY KEY, nr TEXT)")
        crm.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, vem TEXT)")
        crm.executemany("INSERT INTO customers VALUES (?, ?)", ((at, f"{at} A") for at in range(50)))
        crm.executemany("INSERT INTO orders VALUES (?, ?)", ((at, f"{at % 50} A") for at in range(40_000)))
    crm.close()
    read: list[str] = []

    class Counting(DatabaseConnector):
        def read_chunk(self, unit: Unit, chunk: Chunk) -> Any:
            read.append(unit.key)
            return super().read_chunk(unit, chunk)

    def again(*relations: Said) -> int:
        read.clear()
        with Counting(url=f"sqlite:///{tmp_path}/crm.db") as source:
            scan(store, {"crm": source}, *relations)
        return read.count("orders")

    pieces = again()
    assert pieces > 1
    assert again() == 0
    assert again(*of(crm=[WHO])) == pieces
    assert ("orders", "vem", "customers", "nr", True) in keys(store)
    assert again(*of(crm=[WHO])) == 0
