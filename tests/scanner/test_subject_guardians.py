"""Lists of children: whose a telephone is beside whoever answers for them."""

from __future__ import annotations

import pytest

from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_subject_joined import PARENTS, PUPILS, TENANTS, sure

pytestmark = pytest.mark.slow

SVEN = TENANTS[1][1]


def phone(at: int) -> str:
    return f"070-174 06 {at + 20}"


def pupils(*, adult: str, extra: str = "") -> dict[str, Rows]:
    """Who is to be called for a vaccination; and a club that has the grown-ups' numbers."""
    called: Rows = [
        {
            "id": f"k{at}",
            "Elev": f"{one[1]} {one[2]}",
            "Personnr": TENANTS[at][1],
            adult: PARENTS[at],
            "Mobil": phone(at),
        }
        | ({extra: phone(at + 20)} if extra else {})
        for at, one in enumerate(PUPILS)
    ]
    club: Rows = [{"id": f"m{at}", "namn": name, "mobil": phone(at)} for at, name in enumerate(PARENTS)]
    return {"kallas": called, "klubb": club}


@pytest.mark.parametrize("adult", ["Vårdnadshavare", "Förälder 1"])
def test_the_one_telephone_of_a_list_of_children_is_of_who_answers_for_them(store: Store, adult: str) -> None:
    assert sure(store, pupils(adult=adult), SVEN) == {("kallas", "k1")}


def test_the_grown_ups_own_telephone_leads_to_the_row(store: Store) -> None:
    assert sure(store, pupils(adult="Vårdnadshavare"), "Roger Palm", phone(1)) == {("kallas", "k1"), ("klubb", "m1")}


def test_a_pupils_telephone_stands_beside_one_more(store: Store) -> None:
    tables = pupils(adult="Vårdnadshavare", extra="Mobil vårdnadshavare")
    club: Rows = [{"id": f"e{at}", "mobil": phone(at)} for at in range(6)]
    assert ("elever", "e1") in sure(store, {"kallas": tables["kallas"], "elever": club}, SVEN)


@pytest.mark.parametrize("table", ["vardnadshavare", "foraldrar"])
def test_a_register_of_parents_with_their_numbers_is_of_people_like_any_other(store: Store, table: str) -> None:
    parents: Rows = [
        {"id": f"p{at}", "personnummer": TENANTS[at][1], "namn": name, "telefon": phone(at)}
        for at, name in enumerate(PARENTS)
    ]
    club: Rows = [{"id": f"m{at}", "medlem": name, "mobil": phone(at)} for at, name in enumerate(PARENTS)]
    assert sure(store, {table: parents, "klubb": club}, SVEN) == {(table, "p1"), ("klubb", "m1")}


def test_a_list_of_parents_below_their_children_is_not(store: Store) -> None:
    children: Rows = [
        {"id": f"b{at}", "barn_nr": f"B-{300 + at}", "personnummer": TENANTS[at][1], "namn": f"{one[1]} {one[2]}"}
        for at, one in enumerate(PUPILS)
    ]
    parents: Rows = [
        {"id": f"v{at}", "barn_nr": f"B-{300 + at}", "namn": name, "telefon": phone(at)}
        for at, name in enumerate(PARENTS)
    ]
    club: Rows = [{"id": f"m{at}", "medlem": name, "mobil": phone(at)} for at, name in enumerate(PARENTS)]
    rows = sure(store, {"barn": children, "vardnadshavare": parents, "klubb": club}, SVEN)
    assert rows == {("barn", "b1"), ("vardnadshavare", "v1")}
