"""Columns that are compared to find undeclared keys: how many, where very many tables have columns of one name."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from connectors import Relation
from recognizers import Analyzer
from recognizers.email import EmailRecognizer
from scanner.engine import Scanner, key_columns, relations
from scanner.linking.handlers import Column
from scanner.store import Store, schema
from tests.scanner.dying import KEYS
from tests.scanner.fakes import MemoryConnector

Names = tuple[str, str]
Tables = dict[str, list[dict[str, str]]]


def column(unit: int, name: str, distinct: int, rows: int = 0) -> Column:
    return Column(unit, hash(name), f"t{unit}", name, rows or distinct, distinct)


def test_a_column_is_compared_with_every_key_of_its_name() -> None:
    register, extract, orders = column(1, "kundnr", 900), column(2, "kundnr", 40), column(3, "kundnr", 50, rows=800)
    found = list(relations._candidates([extract, orders, register], (), {}))
    assert set(found) == {(extract, register), (register, extract), (orders, register), (orders, extract)}


@pytest.mark.parametrize(("tables", "most"), [(15, 14), (400, 20), (2000, 5), (9000, 2)])
def test_where_thousands_have_the_name_each_is_compared_with_the_longest_few(tables: int, most: int) -> None:
    columns = [column(unit, "kundnr", 10 + unit % 7) for unit in range(1, tables)]
    register = column(0, "kundnr", 5000)
    found = list(relations._candidates([*columns, register], (), {}))
    children = Counter(child.unit for child, _ in found)
    assert max(children.values()) == most
    assert all((child, register) in set(found) for child in columns[:50])
    assert len(found) <= max(2 * tables, key_columns._MOST_PAIRS)


def test_a_declared_key_is_not_guessed_at_too() -> None:
    child, parent = column(1, "kund_id", 5), column(2, "kund_id", 9)
    declared = (Relation("t1", ("kund_id",), "t2", ("kund_id",)),)
    assert list(relations._candidates([child, parent], declared, {(child, parent): True})) == []


def test_a_part_of_a_declared_key_is_no_key_of_a_table_in_which_it_happens_to_stand_once() -> None:
    register = [column(1, "bolag", 2, rows=300), column(1, "kundnr", 250, rows=300)]
    child, few = column(2, "bolag", 2, rows=40), column(3, "bolag", 2)
    declared = (Relation("t4", ("bolag", "kundnr"), "t1", ("bolag", "kundnr")),)
    assert (child, few) in relations._candidates([*register, child, few], (), {})
    assert (child, few) not in relations._candidates([*register, child, few], declared, {})


def test_what_a_table_calls_after_itself_leads_to_nothing_that_is_not_called_so() -> None:
    own, log = Column(1, 1, "Kunder", "KundID", 9, 9), Column(2, 2, "KundLogg", "LoggID", 20, 20)
    other, parent = Column(3, 3, "Kundkort", "KundID", 9, 9), Column(4, 4, "Kund", "id", 20, 20)
    assert (own, log) not in relations._candidates([own, log], (), {})
    assert set(relations._candidates([own, other, parent], (), {})) >= {(own, other), (other, own), (other, parent)}


def of_people(tables: int) -> Tables:
    """Registers of people of their own, and for each a table that calls by a word whose keys it holds."""
    found = {}
    for number in range(tables):
        mails = [f"p{number}x{at}@example.se" for at in range(8)]
        found[f"reg{number}"] = [{"id": f"{number:03}{at}", "mail": mail} for at, mail in enumerate(mails)]
        found[f"bil{number}"] = [{"id": f"b{number}x{at}", "agare": f"{number:03}{at % 8}"} for at in range(12)]
    return found


def settled(tables: Tables, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[set[Names], int]:
    """The relations found, and how many pairs of columns were compared whole for them."""
    compared: list[object] = []
    matched = key_columns.matched
    for module in (relations, key_columns):
        monkeypatch.setattr(module, "matched", lambda *pair: compared.append(pair) or matched(*pair))
    store = Store.open(f"sqlite:///{folder}/insyn.db", KEYS)
    Scanner(store, Analyzer([EmailRecognizer()])).scan({"crm": MemoryConnector(dict(tables))})
    unit, relation = schema.unit, schema.relation
    child, parent = unit.alias(), unit.alias()
    query = select(child.c.key, parent.c.key).select_from(
        relation.join(child, child.c.id == relation.c.unit_id).join(parent, parent.c.id == relation.c.ref_unit_id)
    )
    with store.reading() as connection:
        found = {(store.keys.unseal(one), store.keys.unseal(other)) for one, other in connection.execute(query)}
    store.close()
    return found, len(compared)


@pytest.mark.parametrize("tables", [5, 40])
def test_keys_of_people_are_not_compared_with_each_table_of_people(
    tables: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, compared = settled(of_people(tables), tmp_path, monkeypatch)
    assert found == {(f"bil{number}", f"reg{number}") for number in range(tables)}
    assert compared <= 3 * tables


def test_keys_that_two_tables_of_people_hold_lead_to_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = of_people(2)
    tables["reg9"] = [{**row, "id": row["id"].upper()} for row in tables["reg0"]]
    found, _ = settled(tables, tmp_path, monkeypatch)
    assert found == {("bil1", "reg1")}


def steps(tmp_path: Path, tables: int) -> int:
    """What SQLite does to count the columns of so many tables, in thousands of instructions."""
    rows = {f"kund_{n}": [{"id": str(row), "namn": "x"} for row in range(5)] for n in range(tables)}
    store = Store.open(f"sqlite:///{tmp_path / f'{tables}.db'}", KEYS)
    Scanner(store, Analyzer([EmailRecognizer()])).scan({"crm": MemoryConnector(rows)})
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    with store.reading() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.set_progress_handler(count, 1000)
        found = key_columns.KeyColumns(store, connection).of(schema.unit.c.source_id == 1, key_columns.TABLES)
        driver.set_progress_handler(None, 0)
    assert len(found) == tables
    return taken


def test_columns_of_many_tables_are_counted_in_one_pass(tmp_path: Path) -> None:
    """Joined to their units, all links would be gone through once for each table."""
    assert steps(tmp_path, 400) < 6 * steps(tmp_path, 100)


def looked_at(tmp_path: Path, tables: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often a key is held against a column, where each table counts its rows from one."""
    rows = {f"kund_{n}": [{"id": str(row), "mail": "x"} for row in range(1, 9)] for n in range(tables)}
    asked = 0
    may_hold = key_columns._may_hold

    def counted(key: Column, child: Column) -> bool:
        nonlocal asked
        asked += 1
        return may_hold(key, child)

    monkeypatch.setattr(key_columns, "_may_hold", counted)
    store = Store.open(f"sqlite:///{tmp_path / f'{tables}.db'}", KEYS)
    Scanner(store, Analyzer([EmailRecognizer()])).scan({"crm": MemoryConnector(rows)})
    store.close()
    return asked


def test_tables_that_count_from_one_are_not_compared_with_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each holds the others' numbers: of 10,000 tables a hundred million pairs, in memory."""
    assert looked_at(tmp_path, 60, monkeypatch) == 0
