"""What few people did for many: calls are the callers', not of whoever took them, were that a customer, too."""

from __future__ import annotations

import pytest

from connectors import Relation
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject import found
from tests.scanner.test_subject_crossing import found as found_in
from tests.scanner.test_subject_tenures import ANNA, PEOPLE, SVEN, rows, sure

pytestmark = pytest.mark.slow

SIGNS = ("AEKD", "NOST", "PFAL")
TAKEN_BY = (1, 2, 0, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 0)
"""Who took which call; each came from another telephone, the first five from customers'."""


def centre() -> dict[str, Rows]:
    """Customers and operators, of whom the first is Anna as well; who called when, and who signed in when."""
    mails = [f"p{at}@example.se" for at in range(len(PEOPLE))]
    customers = [(*one, f"070-17406{at + 10}", mail) for at, (one, mail) in enumerate(zip(PEOPLE, mails, strict=True))]
    called = ((PEOPLE[0][2], mails[0]), ("Nils Ost", "nils@example.se"), ("Pia Falk", "pia@example.se"))
    staff = [(sign, sign, *one, f"44{at}7") for at, (sign, one) in enumerate(zip(SIGNS, called, strict=True))]
    calls = [
        (f"c{at}", f"070-17406{at + 10}", SIGNS[who], f"2024-03-{at + 1:02} 10:15") for at, who in enumerate(TAKEN_BY)
    ]
    logons = [(f"l{at}", SIGNS[at % 3], f"2024-03-{at + 1:02} 08:00") for at in range(9)]
    return {
        "customer": rows("id pnr full_name phone email", *customers),
        "operator": rows("id oper full_name email emp_no", *staff),
        "call_log": rows("id caller_no oper call_time", *calls),
        "oper_logon": rows("id oper time", *logons),
    }


def test_an_operator_who_is_a_customer_has_the_own_calls_and_logons(store: Store) -> None:
    told = sure(store, centre(), ANNA)
    assert told == {"customer": {"A1"}, "operator": {"AEKD"}, "call_log": {"c0"}, "oper_logon": {"l0", "l3", "l6"}}


def test_a_callers_telephone_is_not_that_of_who_took_the_call(store: Store) -> None:
    assert sure(store, centre(), SVEN) == {"customer": {"A2"}, "call_log": {"c1"}}


def billing(*, staff: bool) -> dict[str, Rows]:
    """Lines of bills, each of one of few subscriptions, that name nobody and lead to customers; or done by one of few.

    Args:
        staff: Whether lines lead to people by name instead.
    """
    few = [
        (f"R{at}", name) for at, name in enumerate(("Nils Ost", "Pia Falk", "Kim Sandell", "Ylva Strand", "Bo Frisk"))
    ]
    contracts = [(f"R{at}", one[0]) for at, one in enumerate(PEOPLE)]
    bills = [(f"F{at}", f"K{at % 5}") for at in range(30)]
    return {
        "customer": rows("id pnr full_name", *PEOPLE),
        "resurs": rows("id full_name", *few) if staff else rows("id customer_id", *contracts),
        "korning": rows("id manad", *((f"K{at}", f"2024-0{at + 1}") for at in range(5))),
        "faktura": rows("id korning_id", *bills),
        "rad": rows("id faktura_id resurs_id kr", *((f"l{at}", f"F{at}", f"R{at % 5}", "9") for at in range(30))),
    }


def test_few_contracts_in_many_lines_are_nobody_who_handled_them(store: Store) -> None:
    told = sure(store, billing(staff=False), ANNA)
    assert told["rad"] == {f"l{at}" for at in range(0, 30, 5)}


def test_few_people_in_many_lines_have_handled_them(store: Store) -> None:
    hits = found(store, billing(staff=True), "R0")
    assert {row: grade for (table, row), grade in hits.items() if table == "rad"} == {
        f"l{at}": Grade.POSSIBLE for at in range(0, 30, 5)
    }


def leads(table: str) -> dict[str, Rows]:
    """Those who may become customers, and which of the sellers each is given to."""
    asked = [(f"L{at}", PEOPLE[at % 5][2], f"p{at}@example.se", f"s{at % 2}") for at in range(5)]
    sellers = [("s0", "Nils Ost", "nils@firm.example.se"), ("s1", "Pia Falk", "pia@firm.example.se")]
    return {"leads": rows("id full_name email owner_id", *asked), table: rows("id full_name email", *sellers)}


@pytest.mark.parametrize("table", ["staff", "sales_staff", "Anställda", "employees"])
def test_whoever_of_the_staff_a_row_is_given_to_leads_to_no_others_rows(store: Store, table: str) -> None:
    declared = (Relation("leads", ("owner_id",), table, ("id",)),)
    hits = found_in(store, {"crm": MemoryConnector(leads(table), declared)}, "p1@example.se")
    assert {place for place, grade in hits.items() if grade >= Grade.PROBABLE} == {("leads", "L1")}
