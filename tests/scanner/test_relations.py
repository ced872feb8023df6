"""Columns that are compared to find undeclared keys: how many, where very many tables have columns of one name."""

from collections import Counter

import pytest

from scanner.engine import relations
from scanner.linking.handlers import Column


def column(unit: int, name: str, distinct: int, rows: int = 0) -> Column:
    return Column(unit, hash(name), f"t{unit}", name, rows or distinct, distinct)


def test_a_column_is_compared_with_every_key_of_its_name() -> None:
    register, extract, orders = column(1, "kundnr", 900), column(2, "kundnr", 40), column(3, "kundnr", 50, rows=800)
    found = list(relations._candidates([extract, orders, register], {}))
    assert set(found) == {(extract, register), (register, extract), (orders, register), (orders, extract)}


@pytest.mark.parametrize(("tables", "most"), [(15, 14), (400, 20), (2000, 5), (9000, 2)])
def test_where_thousands_have_the_name_each_is_compared_with_the_longest_few(tables: int, most: int) -> None:
    columns = [column(unit, "kundnr", 10 + unit % 7) for unit in range(1, tables)]
    register = column(0, "kundnr", 5000)
    found = list(relations._candidates([*columns, register], {}))
    children = Counter(child.unit for child, _ in found)
    assert max(children.values()) == most
    assert all((child, register) in set(found) for child in columns[:50])
    assert len(found) <= max(2 * tables, relations.MOST_PAIRS)


def test_a_declared_key_is_not_guessed_at_too() -> None:
    child, parent = column(1, "kund_id", 5), column(2, "kund_id", 9)
    assert list(relations._candidates([child, parent], {(child, parent): True})) == [(parent, child)]
