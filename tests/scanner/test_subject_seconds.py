"""Second names beside the owner's: a wife's in `namn2`, a guarantor's in an application."""

from __future__ import annotations

import pytest

from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import found
from tests.scanner.test_subject_joined import ANNA, TENANTS, sure

pytestmark = pytest.mark.slow

WIVES = ("Rut Tägtström", "Bo Frisk", "Åsa Ahlm", "Ylva Strand", "Kim Sandell", "Nils Hedlund")


def register(*, whole: bool) -> dict[str, Rows]:
    """An old register: `namn2` is another person, or else the surname's column."""
    people: Rows = [
        {
            "id": one[0],
            "kundnr": f"1{one[0]}",
            "namn1": f"{one[2]} {one[3]}" if whole else one[3],
            "namn2": wife if whole else one[2],
            "adr1": f"Kungsgatan {at}",
            "pnr": one[1],
        }
        for at, (one, wife) in enumerate(zip(TENANTS, WIVES, strict=True), 1)
    ]
    bills: Rows = [{"id": f"b{at}", "kundnr": f"1{one[0]}", "belopp": "100"} for at, one in enumerate(TENANTS)]
    return {"kundreg": people, "fakt": bills}


def test_whoever_stands_second_has_the_row_and_not_what_hangs_on_it(store: Store) -> None:
    hits = found(store, register(whole=True), "Rut Tägtström, Kungsgatan 1")
    assert ("kundreg", "4700") in hits
    assert hits.get(("fakt", "b0"), Grade.POSSIBLE) == Grade.POSSIBLE
    assert ("fakt", "b0") in sure(store, register(whole=True), ANNA)


RUT = "20000801-9853"


def with_residents(address: str = "Kungsgatan 1") -> dict[str, Rows]:
    """The same register, and one of who lives where, in which the second has a personnummer of her own."""
    people = [(ANNA, " ".join(TENANTS[0][2:4])), (RUT, WIVES[0])]
    residents: Rows = [
        {"id": f"r{at}", "personnummer": number, "namn": name, "adress": address}
        for at, (number, name) in enumerate(people)
    ]
    return {**register(whole=True), "boende": residents}


@pytest.mark.parametrize(("address", "second"), [("Kungsgatan 1", {("kundreg", "4700")}), ("Hamngatan 8", set())])
def test_whoever_stands_second_at_an_address_of_her_own_is_she(
    store: Store, address: str, second: set[tuple[str, str]]
) -> None:
    assert sure(store, with_residents(address), RUT) == {("boende", "r1")} | second


def test_the_number_of_both_with_the_name_of_the_second_leads_to_nothing_of_the_first(store: Store) -> None:
    rows = sure(store, with_residents(), "14700", WIVES[0])
    assert ("kundreg", "4700") in rows
    assert ("boende", "r0") not in rows


def test_a_name_in_two_columns_is_one_persons(store: Store) -> None:
    assert ("fakt", "b0") in sure(store, register(whole=False), ANNA)


def applications(*, several: bool) -> dict[str, Rows]:
    """Who applies, by key and name; and few that have somebody beside them."""
    people: Rows = [dict(zip(("id", "pnr", "fname", "lname"), one, strict=True)) for one in TENANTS]
    forms: Rows = [
        {
            "id": f"f{at}",
            "members_id": one[0],
            "sokande_namn": f"{one[2]} {one[3]}",
            "annan_namn": WIVES[at] if several and at < 3 else None,
            "annan_tel": f"070-174 06 {at + 20}" if at < 3 else None,
        }
        for at, one in enumerate(TENANTS)
    ]
    return {"members": people, "forms": forms}


def test_whoever_stands_beside_the_owner_under_a_name_of_their_own_is_somebody_else(store: Store) -> None:
    rows = sure(store, applications(several=True), "070-174 06 20")
    assert rows == {("forms", "f0")}
    assert ("forms", "f0") in sure(store, applications(several=True), ANNA)


def test_without_a_name_beside_it_a_telephone_is_the_owners(store: Store) -> None:
    assert ("members", "4700") in sure(store, applications(several=False), "070-174 06 20")
