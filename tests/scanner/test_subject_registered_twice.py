"""Whoever stands in a register twice, the second time without a personnummer, has what hangs on either number."""

from __future__ import annotations

import pytest

from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_subject_tenures import ANNA, PEOPLE, rows, sure

pytestmark = pytest.mark.slow

MOBILE, LANDLINE, MAIL = "070-174 06 05", "0980-31 92 10", "anna.ekdahl@example.se"
HOME = ("Ekbacken 4", "342 30", "Alvesta")
BOTH = {"kund": {"A1", "A9"}, "avtal": {"a0", "a5"}, "rad": {"r0", "r5"}}
ONE = {"kund": {"A1"}, "avtal": {"a0"}, "rad": {"r0"}}


def register(
    again: tuple[str, ...],
    mobile: str = MOBILE,
    *,
    pnr: str = "",
    home: tuple[str, ...] = HOME,
    further: tuple[str, ...] = (),
) -> dict[str, Rows]:
    """Customers, contracts and their lines; the last customer has Anna's name.

    Args:
        again: Landline, mobile and e-mail address of that one.
        mobile: Anna's.
        pnr: The last one's personnummer.
        home: The last one's address.
        further: Landline, mobile and e-mail address of a third of the name, with another personnummer.
    """
    others = [
        (*one, f"Storgatan {at}", "352 46", "Växjö", "", f"070-174 06 1{at}", "") for at, one in enumerate(PEOPLE[1:])
    ]
    first = (*PEOPLE[0], *HOME, LANDLINE, mobile, MAIL)
    third = [("A8", "19920723-9824", PEOPLE[0][2], *HOME, *further)] if further else []
    people = [first, *others, *third, ("A9", pnr, PEOPLE[0][2], *home, *again)]
    numbered = [(one[0], f"{10172 + 13 * at}", *one[1:]) for at, one in enumerate(people)]
    contracts = [(f"a{at}", one[1]) for at, one in enumerate([*numbered[:5], numbered[-1]])]
    return {
        "kund": rows("id kundnr pnr namn adress postnr ort telefon mobil epost", *numbered),
        "avtal": rows("id kundnr", *contracts),
        "rad": rows("id avtal_id", *((f"r{at}", f"a{at}") for at in range(6))),
    }


@pytest.mark.parametrize("again", [("", MOBILE, MAIL), ("", "", MAIL), (LANDLINE, MOBILE, "")])
def test_who_is_there_twice_by_name_address_and_contacts_is_one(store: Store, again: tuple[str, ...]) -> None:
    assert sure(store, register(again), ANNA) == BOTH


@pytest.mark.parametrize("again", [(LANDLINE, "", ""), ("", MOBILE, "anna.e@example.com"), ("", "070-174 06 44", MAIL)])
def test_a_namesake_of_one_home_may_share_a_telephone(store: Store, again: tuple[str, ...]) -> None:
    assert sure(store, register(again), ANNA) == ONE


def test_another_personnummer_is_another_person(store: Store) -> None:
    assert sure(store, register(("", MOBILE, MAIL), pnr="20000801-9853"), ANNA) == ONE


def test_another_address_may_be_anothers(store: Store) -> None:
    assert sure(store, register(("", MOBILE, MAIL), home=("Nygatan 1", "342 30", "Alvesta")), ANNA) == ONE


def test_where_a_third_of_the_name_has_the_contact_it_may_be_that_one(store: Store) -> None:
    assert sure(store, register(("", "", MAIL), further=("", "", MAIL)), ANNA)["kund"] == {"A1"}
