"""Calls that operators took: they are the callers', not those of whoever took them, were that one a customer, too."""

from __future__ import annotations

import pytest

from scanner.store import Store
from tests.scanner.fakes import Rows
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
