"""Two people where a row has room for one: two names in one cell, and the second party of a contract."""

from __future__ import annotations

import pytest

from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import found
from tests.scanner.test_subject_joined import sure
from tests.scanner.test_subject_tenures import rows

pytestmark = pytest.mark.slow

EVA, RUT = "19650505-9821", "20000801-9853"
PEOPLE = (
    (EVA, "Eva Ek"),
    ("19780412-2385", "Anna Ekdahl"),
    ("19510903-2390", "Sven Lundmark"),
    ("19900118-9811", "Mira Haddad"),
    ("19920723-9824", "Omar Brask"),
    ("19830212-9815", "Ali Berggren"),
)


def shared(name: str) -> dict[str, Rows]:
    """Accounts, the first in two names and with one number, and the users of each; of the first Olle Alm is one, too.

    Args:
        name: Of the first account.
    """
    users = [(f"u{at}", full) for at, (_, full) in enumerate(PEOPLE)]
    membership = [(f"m{at}", f"u{at}", f"a{at}") for at in range(6)]
    return {
        "accounts": rows(
            "id display_name pnr",
            *((f"a{at}", full if at else name, number) for at, (number, full) in enumerate(PEOPLE)),
        ),
        "users": rows("id full_name", *users, ("u9", "Olle Alm")),
        "membership": rows("id user_id account_id", *membership, ("m9", "u9", "a0")),
        "logins": rows("id user_id ip", *((f"l{at}", f"u{at}", "192.0.2.1") for at in (*range(6), 9))),
    }


@pytest.mark.parametrize("name", ["Eva Ek & Olle Alm", "Eva Ek och Olle Alm", "Eva Ek, Olle Alm", "Eva Ek / Olle Alm"])
def test_of_two_names_beside_one_number_the_first_is_the_persons(store: Store, name: str) -> None:
    told = sure(store, shared(name), EVA)
    assert {("accounts", "a0"), ("users", "u0"), ("logins", "l0")} <= told
    assert not {("users", "u9"), ("logins", "l9")} & told


def test_the_name_that_is_known_already_is_the_persons_whichever_stands_first(store: Store) -> None:
    told = sure(store, shared("Olle Alm & Eva Ek"), EVA, "Eva Ek")
    assert {("accounts", "a0"), ("users", "u0"), ("logins", "l0")} <= told
    assert not {("users", "u9"), ("logins", "l9")} & told


def contracts() -> dict[str, Rows]:
    """Customers, and what each has agreed to; the first with Rut beside her, as no word says second."""
    customers = [(f"{70_411 + 13 * at}", number, name) for at, (number, name) in enumerate(PEOPLE)]
    agreed = [(f"C{at}", one[0], "", "") for at, one in enumerate(customers)]
    agreed[0] = (*agreed[0][:2], "Rut Tägtström", RUT)
    return {
        "kund": rows("id kundnr personnr namn", *((one[0], *one) for one in customers)),
        "kontrakt": rows("id kundnr avtalspartner_namn avtalspartner_personnr", *agreed),
        "faktura": rows("id kundnr kr", *((f"f{at}", one[0], "500") for at, one in enumerate(customers))),
    }


def test_a_partys_number_teaches_nothing_of_whom_the_contract_leads_to(store: Store) -> None:
    hits = found(store, contracts(), RUT)
    assert hits["kontrakt", "C0"] == Grade.CERTAIN
    first = {place: grade for place, grade in hits.items() if place[0] in ("kund", "faktura")}
    assert all(grade == Grade.POSSIBLE for grade in first.values()), first
    assert {("kund", "70411"), ("faktura", "f0")} <= sure(store, contracts(), EVA)
