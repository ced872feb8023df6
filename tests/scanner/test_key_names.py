"""The index of keys by name says of each column what asking each key says."""

from hypothesis import given
from hypothesis import strategies as st

from scanner.linking.handlers import Column
from scanner.linking.key_names import KeyNames, names_meet

COLUMNS = st.sampled_from(
    (
        "id", "nr", "kund", "kund_nr", "KundId", "kundnummer", "medkundnummer", "order_id", "orderid", "faktura_id",
        "anl", "persid", "medpersid", "panel_sn", "referrer_kund_nr", "from_order_id",
        "person_id", "policy_id", "larm", "vakt", "va", "text",
    )
)  # fmt: skip
TABLES = st.sampled_from(
    (
        "kunder", "kund", "public.kunder", "t_kund", "kundregister", "orders", "order_items", "fakturor",
        "anlaggningar", "people", "policies", "larmpunkter", "vakt", "va", "personer",
    )
)  # fmt: skip


@given(st.lists(st.tuples(TABLES, COLUMNS, st.integers(1, 9)), max_size=12), COLUMNS)
def test_the_index_meets_what_names_meet(keys: list[tuple[str, str, int]], name: str) -> None:
    columns = [Column(unit, 0, table, own, count, count) for unit, (table, own, count) in enumerate(keys)]
    met = KeyNames(columns).met(name)
    assert set(met) == {key for key in columns if names_meet(name, key.table, key.name)}
    assert [key.distinct for key in met] == sorted((key.distinct for key in met), reverse=True)
