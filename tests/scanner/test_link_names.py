"""Columns that are called after a table hold its keys, however many tables there are."""

import time

import pytest

from connectors import Batch
from scanner.linking.key_values import are_codes, link_value
from scanner.linking.links import called_after, called_just_as, link_fields


def linked(column: str, *tables: str) -> bool:
    return link_fields(Batch("t", [{"row": 1}], {column: ["A-17"]}), tables) == [column]


@pytest.mark.parametrize(
    ("column", "table", "called"),
    [
        ("larmpunkt", "public.larmpunkter", True),
        ("larmpunkt_ref", "larmpunkter", True),
        ("larmpunkter_x", "larmpunkter", True),
        ("anl", "anlaggningar", True),
        ("vakt", "t_vakt", True),
        ("t_vakt", "t_vakt", True),
        ("va", "vakt", False),
        ("text", "vakt", False),
        ("vak", "va", False),
        ("faktura_id", "fakturor", True),
        ("order_id", "ordrar", True),
        ("artikel_id", "artiklar", True),
        ("regel_nr", "regler", True),
        ("medlem_id", "medlemmar", True),
        ("policy_id", "public.policies", True),
        ("person_id", "people", True),
        ("policy", "polisen", False),
    ],
)
def test_a_column_is_called_after_a_table(column: str, table: str, called: bool) -> None:
    assert called_after(column, table) is called
    assert linked(column, "a", table, "zebra") is called
    assert not linked("text", table, "a")


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        (["f4540951-c86a-4427-8c99-3686ddbbfa63", None], True),
        (["{F4540951-C86A-4427-8C99-3686DDBBFA63}"], True),
        (["507f1f77bcf86cd799439011"], True),
        (["0035g00000XyZabAAB"], True),
        (["01ARZ3NDEKTSV4RRFFQ69G5FAV"], True),
        (["cus_9s6XKzkNRiz8i3"], True),
        (["f4540951-c86a-4427-8c99-3686ddbbfa63", "borttagen"], False),
        (["larmcentralerna"], False),
        (["202611291200001"], False),
        (["kund_vill_bli_uppringd"], False),
        ([None], False),
    ],
)
def test_values_made_to_be_nobody_elses_are_kept_whatever_their_column_is_called(
    values: list[str | None], kept: bool
) -> None:
    assert link_fields(Batch("t", [{"row": 1}] * len(values), {"about": values}), ("t",)) == ["about"] * kept


def test_a_uuid_is_the_same_in_braces_and_in_capitals() -> None:
    assert link_value("{F4540951-C86A-4427-8C99-3686DDBBFA63}") == "f4540951-c86a-4427-8c99-3686ddbbfa63"


def test_numbers_are_kept_where_most_differ_of_a_table_for_another_sources_keys_only() -> None:
    def kept(*values: str, tables: tuple[str, ...] = (), dated: bool = False) -> list[str]:
        days: dict[str, list[str | None]] = {"Panel": [None] * len(values)} if dated else {}
        return link_fields(Batch("t", [{"row": 1}] * len(values), {"Panel": list(values)}, days), tables)

    assert kept("041217", "041251", "041273") == ["Panel"]
    assert kept("041217", "041251", "041273", tables=("larm",)) == ["Panel#"]
    assert kept("041217", "041251", "041273", tables=("larm",), dated=True) == []
    assert kept("041217", "4125", "041273") == []
    assert kept("2024", "2024", "2024", "2024") == []


@pytest.mark.parametrize(
    ("column", "table", "just"),
    [
        ("order_id", "orders", True),
        ("order_id", "t_order", True),
        ("order_id", "order_items", False),
        ("faktura_id", "fakturor", True),
        ("faktura_id", "fakturarader", False),
        ("kund_nr", "public.kunder", True),
        ("kund_nr", "kundkontakter", False),
        ("medlem_id", "medlemmar", True),
        ("larm_id", "larmlogg", False),
    ],
)
def test_a_column_is_called_just_as_a_table(column: str, table: str, just: bool) -> None:
    assert called_just_as(column, table) is just


def test_ten_thousand_tables_cost_a_column_little() -> None:
    """T30: each column was compared with each table, 100 million comparisons for 10,000 tables."""
    tables = tuple(f"public.t{number:05}" for number in range(10_000))
    linked("text", *tables)
    began = time.process_time()
    for number in range(200):
        linked(f"text{number}", *tables)
    assert time.process_time() - began < 2  # 0.1 s


@pytest.mark.parametrize(
    ("column", "values", "kept"),
    [
        ("BetPers", ["7183", "7182", "7190"], ["BetPers"]),
        ("BetPers", ["1", "2", "3"], []),
        ("lev_kund", ["40177", "40309", "40129"], ["lev_kund#"]),
        ("VhPersLop", ["7244", "7243"], ["VhPersLop"]),
    ],
)
def test_a_role_before_a_tables_name_is_a_key_where_numbers_are(
    column: str, values: list[str | None], kept: list[str]
) -> None:
    batch = Batch("t", [{"row": 1}] * len(values), {"PersLop": values, column: values}, {}, keys=["PersLop"])
    assert [name for name in link_fields(batch, ("Pers", "Fakt")) if name != "PersLop"] == kept


@pytest.mark.parametrize(("times", "are"), [(1, True), (3, True), (9, False)])
def test_codes_that_stand_a_few_times_each_are_keys_and_kinds_are_not(times: int, are: bool) -> None:
    """A parcel in the log of where it was, three times; an article in that of what was sold."""
    assert are_codes([f"SE{40077000 + 31 * at}" for at in range(4)] * times) is are
