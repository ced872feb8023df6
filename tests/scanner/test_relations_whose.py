"""Whose a column is, by where its key leads: a bill leads on to whom it is for, and names our reference, too."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scanner.engine import Scanner
from scanner.store import Store, schema
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject import ANALYZER
from tests.scanner.test_subject_tenures import PEOPLE, rows

pytestmark = pytest.mark.slow

FIRM = ("A6", "556036-0793", "Norrsken Logistik AB")


def roles(store: Store, sources: dict[str, dict[str, Rows]]) -> dict[tuple[str, str], tuple[int, int]]:
    """Table and column of names -> how many agree with where the keys lead to, of how many."""
    Scanner(store, ANALYZER).scan({name: MemoryConnector(tables) for name, tables in sources.items()})
    with store.transaction() as connection:
        person = store.terms.number(connection, "PERSON")
        units = dict(connection.execute(select(schema.unit.c.id, schema.unit.c.key)).all())
        return {
            (
                store.keys.unseal(units[one.unit_id]),
                store.keys.unseal(store.field_names.text(connection, one.field_id)),
            ): (one.agreed, one.compared)
            for one in connection.execute(select(schema.role).where(schema.role.c.entity == person))
        }


def turns(store: Store) -> int:
    with store.transaction() as connection:
        return len(connection.execute(select(schema.turn)).all())


def test_what_a_list_of_bills_says_is_compared_with_whom_they_are_for_and_not_with_our_reference(store: Store) -> None:
    customers = [*PEOPLE, FIRM]
    bills = [(f"31032{at}", one[0], "Ulla Persson") for at, one in enumerate((*customers, *customers), 10)]
    names = ["Kent Olsson" if one is FIRM else one[2] for one in customers]
    unpaid = [(bill, who, name) for (bill, who, _), name in zip(bills, 2 * names, strict=True)]
    crm = {
        "kund": rows("id pnr namn", *customers),
        "faktura": rows("id kund_id var_ref", *bills),
        "obetalda": rows("id faktura_id kund_id namn", *((f"U{one[0]}", *one) for one in unpaid)),
    }
    assert roles(store, {"crm": crm})["obetalda", "namn"] == (10, 10)


def test_a_key_that_another_source_turns_out_to_hold_is_no_longer_told_by_the_day(store: Store) -> None:
    sites = [f"K41{at}0" for at in range(6)]
    held = [(f"V{at}", "A2", sites[at], "2016-04-11", "2023-09-29") for at in range(6)]
    held += [(f"W{at}", "A1", sites[at], "2023-09-30", "") for at in range(6)]
    crm = {
        "kund": rows("id pnr namn", *PEOPLE),
        "avtal": rows("id kund_id anl_nr start slut", *held),
        "orderhuvud": rows("id anl_nr utford", *((f"O{at}", one, "2020-01-05") for at, one in enumerate(2 * sites))),
    }
    roles(store, {"crm": crm})
    assert turns(store) == 1
    roles(
        store, {"central": {"site": rows("id anl_nr typ", *((f"S{at}", one, "VILLA") for at, one in enumerate(sites)))}}
    )
    assert turns(store) == 0
