"""Customers of a register without personnummer: who they are, by what they have in common with a row that has one."""

from __future__ import annotations

import pytest

from scanner.engine import Scanner
from scanner.store import Store
from scanner.subject import Search
from scanner.subject.located import located
from scanner.subject.question import seeds
from tests.scanner.fakes import KEYS, MemoryConnector, Rows
from tests.scanner.test_subject_crossing import ANALYZER, PEOPLE
from tests.scanner.test_subject_joined import sure

pytestmark = pytest.mark.slow

ANNA = PEOPLE[0][0]


def shop(name: str, street: str = "Kungsgatan 1") -> dict[str, Rows]:
    """A register, and the shop's, that knows no numbers: in it Anna's telephone is that of somebody of a name."""
    people: Rows = [
        {"id": f"p{at}", "personnummer": number, "namn": f"{given} {surname}", "adress": f"Kungsgatan {at + 1}",
         "telefon": phone}
        for at, (number, given, surname, phone) in enumerate(PEOPLE)
    ]  # fmt: skip
    buyers: Rows = [
        {"id": f"w{at}", "kundnr": f"{88013 + 7 * at}", "namn": f"{given} {surname}", "adress": f"Kungsgatan {at + 1}",
         "telefon": phone}
        for at, (_, given, surname, phone) in enumerate(PEOPLE)
    ]  # fmt: skip
    buyers = [{**buyers[0], "namn": name, "adress": street}, *buyers[1:]]
    orders: Rows = [{"id": f"o{at}", "kundnr": f"{88013 + 7 * at}", "vara": "Lampa"} for at in range(len(PEOPLE))]
    return {"personer": people, "webbkund": buyers, "webborder": orders}


@pytest.mark.parametrize(
    ("name", "street", "is_hers"),
    [
        ("Anna Ekdahl", "Hamngatan 8", True), ("Anna Ekdhal", "Kungsgatan 1", True),
        ("Anna Brorsson", "Kungsgatan 1", True), ("Anna Brorsson", "Hamngatan 8", False),
        ("Karin Ekdhal", "Kungsgatan 1", False), ("Karin Brorsson", "Kungsgatan 1", False),
    ],
)  # fmt: skip
def test_a_customer_of_another_surname_is_known_by_given_name_telephone_and_address(
    store: Store, name: str, street: str, *, is_hers: bool
) -> None:
    assert (("webborder", "o0") in sure(store, shop(name, street), ANNA)) is is_hers


@pytest.mark.parametrize(("name", "is_hers"), [("Anna Brorsson", True), ("Karin Ekdahl", False)])
def test_a_wifes_number_is_her_own_though_she_has_the_telephone_of_the_house(
    store: Store, name: str, *, is_hers: bool
) -> None:
    Scanner(store, ANALYZER).scan({"crm": MemoryConnector(shop(name))})
    with store.transaction() as connection:
        search = Search(store, connection)
        hits = search.find(seeds(ANALYZER, KEYS, [PEOPLE[0][3]])).hits
        whose = {located(store, search, hit)[1]: search.records.identities(number) for number, hit in hits.items()}
    assert (whose["webbkund"] == whose["personer"]) is is_hers
