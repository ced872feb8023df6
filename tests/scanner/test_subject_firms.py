"""Firms and who can be reached there: what is the firm's (its telephone, its orders) is nobody's who works there."""

from __future__ import annotations

import pytest

from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import PEOPLE, found
from tests.scanner.test_subject_tenures import rows

FIRMS = ("Norrlands Glas AB", "Hamnkrogen", "Brf Sjöutsikten", "Lidens Trä", "Kakelhuset", "Ekeby Tryck")


def trade(**more: str) -> dict[str, Rows]:
    """Firms, who buys for them, by the firm's telephone too, what the firms ordered, and what each asked for.

    Args:
        more: Of each firm's row.
    """
    firms: Rows = [{"id": f"F-30{at}", "firma": name, "tel": f"08-465 004 2{at}"} for at, name in enumerate(FIRMS)]
    for at, row in enumerate(firms):
        row |= {name: value.format(name=f"{PEOPLE[at][1]} {PEOPLE[at][2]}", at=at) for name, value in more.items()}
    buyers: Rows = [
        {
            "id": f"B-70{at}", "foretag_id": f"F-30{at}", "namn": f"{given} {family}",
            "epost": f"{given.lower()}@glas{at}.example.se", "tel": f"08-465 004 2{at}", "mobil": phone,
        }
        for at, (_, given, family, phone) in enumerate(PEOPLE)
    ]  # fmt: skip
    orders: Rows = [
        {"id": f"o{at}", "foretag_id": f"F-30{at % 6}", "vara": "Fönster", "kontakt_tel": f"08-465 004 2{at % 6}"}
        for at in range(12)
    ]
    asked: Rows = [{"id": f"q{at}", "inkopare_id": f"B-70{at}", "text": "Pris?"} for at in range(6)]
    return {"foretag": firms, "inkopare": buyers, "bestallning": orders, "forfragan": asked}


def sure(store: Store, tables: dict[str, Rows], *asked: str) -> set[tuple[str, str]]:
    hits = found(store, {"handel": MemoryConnector(tables)}, *asked)
    return {place for place, grade in hits.items() if grade >= Grade.PROBABLE}


OWN = {("inkopare", "B-700"), ("forfragan", "q0")}


@pytest.mark.parametrize("seed", ["anna@glas0.example.se", PEOPLE[0][3]])
def test_a_firms_orders_and_telephone_are_not_its_contacts(store: Store, seed: str) -> None:
    assert sure(store, trade(kontaktperson="{name}"), seed) == OWN | {("foretag", "F-300")}


@pytest.mark.parametrize("number", ["556016-068{at}", "716016-068{at}"])
def test_a_firm_is_known_by_its_number(store: Store, number: str) -> None:
    """Whose check digit is wrong in most of them, as nobody's in particular."""
    assert sure(store, trade(orgnr=number), PEOPLE[0][3]) == OWN


def test_whose_own_a_row_without_a_contact_is_whoever_it_is_called(store: Store) -> None:
    assert ("bestallning", "o0") in sure(store, trade(), PEOPLE[0][3])


PRIVATE = ("Rut Sandell", "Per Wiklander", "Ali Rostami", "Tove Hallgren", "Nils Öberg", "Leila Karimi")


def test_what_only_some_people_have_a_key_to_is_a_firm(store: Store) -> None:
    """Who buys for a firm, and who for themselves: the firm's row names nobody, and has a telephone of its own."""
    tables = trade()
    tables["inkopare"] += [
        {"id": f"B-71{at}", "foretag_id": None, "namn": name, "epost": None, "tel": None, "mobil": f"070-174 06 3{at}"}
        for at, name in enumerate(PRIVATE)
    ]
    assert sure(store, tables, PEOPLE[0][3]) == OWN


def test_a_colleague_of_a_firms_contact_is_somebody_of_her_own(store: Store) -> None:
    """Neither name nor telephone is the firm's: measured against its row both would be somebody else's."""
    tables = trade(kontaktperson="{name}")
    people = [(f"B-72{at}", f"F-30{at}", one, f"070-174 06 2{at}") for at, one in enumerate(PRIVATE)]
    people += [(f"B-73{at}", None, f"{one[1]} Hallgren", f"070-174 06 4{at}") for at, one in enumerate(PEOPLE)]
    tables["inkopare"] += [
        {"id": key, "foretag_id": firm, "namn": name, "epost": None, "tel": None, "mobil": phone}
        for key, firm, name, phone in people
    ]
    tables["forfragan"].append({"id": "q9", "inkopare_id": "B-720", "text": "Frakt?"})
    assert sure(store, tables, "070-174 06 20") == {("inkopare", "B-720"), ("forfragan", "q9")}


def test_who_gets_a_copy_of_a_mail_is_not_whom_it_went_to(store: Store) -> None:
    """An address of nobody known: other mails to it have nothing to do with who stood beside it once."""
    mails: Rows = [
        {"id": f"m{at}", "to_email": f"{one[1].lower()}@glas{at}.example.se", "cc_email": None, "mall": "PRIS"}
        for at, one in enumerate(PEOPLE)
    ]
    mails[0]["cc_email"] = "rut@bygg.example.se"
    mails.append({"id": "m9", "to_email": "rut@bygg.example.se", "cc_email": None, "mall": "TACK"})
    rows = sure(store, {**trade(kontaktperson="{name}"), "mejl": mails}, PEOPLE[0][3])
    assert {place for place in rows if place[0] == "mejl"} == {("mejl", "m0")}


def billed() -> dict[str, Rows]:
    """Firms, each at somebody's home; bills to each for that one's attention, and to people.

    What is below a bill leads to it by its number.
    """
    homes = [f"Kungsgatan {at + 1}" for at in range(6)]
    to = [(f"F-30{at}", f"{name}, att: {PEOPLE[at][1]} {PEOPLE[at][2]}", homes[at]) for at, name in enumerate(FIRMS)]
    to += [("", f"{one[1]} {one[2]}", homes[at]) for at, one in enumerate(PEOPLE)]
    below = [f"{70_000 + at}" for at in range(12)] * 2
    return {
        "person": rows(
            "id personnummer namn adress",
            *((f"P-{at}", one[0], f"{one[1]} {one[2]}", homes[at]) for at, one in enumerate(PEOPLE)),
        ),
        "foretag": rows("id firma orgnr", *((f"F-30{at}", name, f"556016-068{at}") for at, name in enumerate(FIRMS))),
        "faktura": rows(
            "id faktnr foretag_id mottagare adress",
            *((f"f{at}", f"{70_000 + at}", *one) for at, one in enumerate(to)),
        ),
        "rad": rows("id faktnr vara", *((f"r{at}", one, "Lampa") for at, one in enumerate(below))),
        "inbetalning": rows("id faktnr kr", *((f"i{at}", one, "500") for at, one in enumerate(below))),
    }


def test_a_bill_for_somebodys_attention_is_the_firms(store: Store) -> None:
    hits = found(store, {"handel": MemoryConnector(billed())}, PEOPLE[0][0])
    own = {("person", "P-0"), ("faktura", "f6")}
    own |= {(table, f"{table[0]}{at}") for table in ("rad", "inbetalning") for at in (6, 18)}
    assert own | {("faktura", "f0")} == set(hits)
    assert all(hits[place] >= Grade.PROBABLE for place in own)


def test_what_has_another_firms_number_is_still_the_persons_whose_row_it_points_to(store: Store) -> None:
    """Where somebody is employed; the bill that bears the number of whoever sent it."""
    people = [(f"P{at}7", *PEOPLE[at][:1], " ".join(PEOPLE[at][1:3])) for at in range(5)]
    tables = {
        "person": rows("id personnr namn", *people),
        "anstallning": rows(
            "id person_id arbetsgivare_orgnr", *((f"A{one[0]}", one[0], "556047-3521") for one in people)
        ),
        "lon": rows("id anstallning_id belopp", *((f"L{one[0]}", f"A{one[0]}", "100") for one in people)),
    }
    hits = found(store, {"hr": MemoryConnector(tables)}, PEOPLE[0][0])
    sure = {place for place, grade in hits.items() if grade >= Grade.PROBABLE}
    assert sure == {("person", "P07"), ("anstallning", "AP07"), ("lon", "LP07")}


def test_a_firm_that_says_whom_to_ask_for_there_is_not_that_persons_nor_what_it_has(store: Store) -> None:
    mails = [f"kontakt{at}@example.se" for at in range(6)]
    firms = [(f"0015g{at}DY3m", f"Bygg & Mark {at} AB", "556047-3521", f"0035g{at}j4v0") for at in range(1, 6)]
    people = [(f"0035g{at}j4v0", " ".join(PEOPLE[at][1:3]), mails[at]) for at in range(1, 6)]
    tables = {
        "contact": rows("id namn epost", *people),
        "account": rows("id firma orgnr primary_contact_id", *firms),
        "asset": rows(
            "id account_id serial", *((f"02i5g{at}VTVc", one[0], f"BV8812{at}") for at, one in enumerate(firms))
        ),
    }
    hits = found(store, {"crm": MemoryConnector(tables)}, mails[1])
    assert {place for place, grade in hits.items() if grade >= Grade.PROBABLE} == {("contact", "0035g1j4v0")}
    assert hits["account", "0015g1DY3m"] is Grade.POSSIBLE
