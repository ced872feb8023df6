"""Whose is it? The rules that keep one person's records apart from everybody else's, each on a register made for it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from connectors import Relation
from recognizers import Analyzer
from scanner.engine import Scanner
from scanner.store import Store
from scanner.subject import Search
from scanner.subject.located import locator
from scanner.subject.outcome import Grade
from scanner.subject.question import seeds
from tests.scanner.fakes import KEYS, MemoryConnector, Rows

ANALYZER = Analyzer()
PEOPLE = (
    ("101", "19780412-2385", "Anna", "Ekdahl", "anna.ekdahl@example.se", "070-174 06 05", "Storgatan 5"),
    ("102", "19510903-2390", "Sven", "Lundmark", "sven@example.se", "070-174 06 06", "Kungsgatan 8"),
    ("103", "19830212-9815", "Sven", "Lundmark", "sven.j@example.se", "070-174 06 07", "Kungsgatan 8"),
    ("104", "19900118-9811", "Mira", "Haddad", "familjen@example.se", "070-174 06 08", "Ringvägen 2"),
    ("105", "19920723-9824", "Omar", "Haddad", "familjen@example.se", "070-174 06 08", "Ringvägen 2"),
    ("106", "19650505-9821", "Eva", "Norling", "eva@example.se", "070-174 06 10", "Skolgatan 11"),
)
NAMES = ("id", "personnummer", "fornamn", "efternamn", "epost", "telefon", "adress")


def customers() -> list[dict[str, str | None]]:
    return [dict(zip(NAMES, person, strict=True)) for person in PEOPLE]


def register(**tables: Rows) -> dict[str, Rows]:
    return {"kunder": customers(), **tables}


def found(
    store: Store, tables: dict[str, Rows], *asked: str, declared: Sequence[Relation] = ()
) -> dict[tuple[str, str], Grade]:
    """Scan tables, ask, and give the grade of each record found, by table and id."""
    Scanner(store, ANALYZER).scan({"crm": MemoryConnector(tables, declared=declared)})
    with store.transaction() as connection:
        search = Search(store, connection)
        outcome = search.find(seeds(ANALYZER, KEYS, asked))
        hits = outcome.hits.values()
        return {
            (
                search.ownership.unit(hit.unit).key,
                str((locator(KEYS, search.records.view(hit.record)) or {})["id"]),
            ): hit.grade
            for hit in hits
        }


@pytest.mark.parametrize("spelling", ["19780412-2385", "780412 2385", "7804122385", "780412–2385", "Pnr: 780412-2385"])
def test_a_personnummer_in_any_spelling_is_certain(store: Store, spelling: str) -> None:
    assert found(store, register(), spelling) == {("kunder", "101"): Grade.CERTAIN}


@pytest.mark.parametrize("asked", ["anna.ekdahl@example.se", "+46 70 174 06 05", "Anna Ekdahl, Storgatan 5"])
def test_what_nobody_else_has_is_probable(store: Store, asked: str) -> None:
    assert found(store, register(), asked) == {("kunder", "101"): Grade.PROBABLE}


def test_a_name_alone_is_only_possible(store: Store) -> None:
    assert found(store, register(), "Anna Ekdahl") == {("kunder", "101"): Grade.POSSIBLE}


def test_father_and_son_with_one_name_and_address_are_told_apart_by_number_only(store: Store) -> None:
    both = {("kunder", "102"): Grade.POSSIBLE, ("kunder", "103"): Grade.POSSIBLE}
    assert found(store, register(), "Sven Lundmark, Kungsgatan 8") == both


def test_a_father_is_not_his_son(store: Store) -> None:
    assert found(store, register(), "19510903-2390") == {("kunder", "102"): Grade.CERTAIN}


def test_a_couple_that_shares_phone_and_mail(store: Store) -> None:
    assert found(store, register(), "19900118-9811") == {
        ("kunder", "104"): Grade.CERTAIN,
        ("kunder", "105"): Grade.POSSIBLE,
    }


def test_a_contact_persons_phone_is_not_the_customers(store: Store) -> None:
    contacts = [{"id": "1", "kund_id": "101", "namn": "Eva Norling", "telefon": "070-174 06 10"}]
    tables = register(larmkontakter=contacts)
    declared = [Relation("larmkontakter", ("kund_id",), "kunder", ("id",))]
    anna = found(store, tables, "19780412-2385", declared=declared)
    assert anna == {("kunder", "101"): Grade.CERTAIN, ("larmkontakter", "1"): Grade.CERTAIN}
    eva = found(store, tables, "19650505-9821", declared=declared)
    assert eva == {("kunder", "106"): Grade.CERTAIN, ("larmkontakter", "1"): Grade.PROBABLE}


@pytest.mark.parametrize(("declared", "grade"), [(True, Grade.CERTAIN), (False, Grade.PROBABLE)])
def test_rows_without_an_identifier_are_reached_over_keys(store: Store, declared: bool, grade: Grade) -> None:
    sites = [{"id": f"A-{700 + at}", "kund_id": person[0], "larmtyp": "villa"} for at, person in enumerate(PEOPLE)]
    events = [{"id": str(at), "anl": f"A-{700 + at % 6}", "handelse": "tillkopplad"} for at in range(12)]
    tables = register(anlaggningar=sites, larmlogg=events)
    keys = [
        Relation("anlaggningar", ("kund_id",), "kunder", ("id",)),
        Relation("larmlogg", ("anl",), "anlaggningar", ("id",)),
    ]
    assert found(store, tables, "19780412-2385", declared=keys if declared else ()) == {
        ("kunder", "101"): Grade.CERTAIN,
        ("anlaggningar", "A-700"): grade,
        ("larmlogg", "0"): Grade.PROBABLE,
        ("larmlogg", "6"): Grade.PROBABLE,
    }


def test_a_switchboard_carries_nobody(store: Store) -> None:
    rows = customers()
    for row in rows:
        row["telefon"] = "08-465 004 00"
    assert set(found(store, {"kunder": rows}, "08-465 004 00").values()) == {Grade.POSSIBLE}
    assert found(store, {"kunder": rows}, "19780412-2385")["kunder", "101"] == Grade.CERTAIN


def test_a_mention_in_somebody_elses_text_is_a_hit_but_not_a_bridge(store: Store) -> None:
    notes = [
        {
            "id": "1",
            "kund_id": "106",
            "anteckning": "Grannen Anna Ekdahl, 780412-2385, har nyckel och ska ringas först av alla.",
        }
    ]
    tables = register(arenden=notes)
    declared = [Relation("arenden", ("kund_id",), "kunder", ("id",))]
    assert found(store, tables, "19780412-2385", declared=declared) == {
        ("kunder", "101"): Grade.CERTAIN,
        ("arenden", "1"): Grade.CERTAIN,
    }


def test_a_mistyped_number_identifies_nobody_else(store: Store) -> None:
    rows = [{"id": "1", "personnummer": "19780412-2386", "epost": "anna.ekdahl@example.se", "telefon": None}]
    hits = found(store, register(offerter=rows), "anna.ekdahl@example.se")
    assert hits[("kunder", "101")] >= Grade.POSSIBLE
    assert ("offerter", "1") in hits


def test_what_no_recognizer_reads_is_looked_up_among_keys(store: Store) -> None:
    sites = [{"id": f"A-{700 + at}", "kund_id": person[0], "agare": person[4]} for at, person in enumerate(PEOPLE)]
    hits = found(store, register(anlaggningar=sites), "A-700")
    assert hits == {("anlaggningar", "A-700"): Grade.PROBABLE, ("kunder", "101"): Grade.PROBABLE}


def test_a_number_whose_check_digit_is_mistyped_is_probably_the_persons(store: Store) -> None:
    rows = customers()
    rows[0]["personnummer"] = "19780412-2389"
    bills = [{"id": "1", "kund_id": "101", "belopp": "100"}]
    declared = [Relation("fakturor", ("kund_id",), "kunder", ("id",))]
    assert found(store, {"kunder": rows, "fakturor": bills}, "19780412-2385", declared=declared) == {
        ("kunder", "101"): Grade.PROBABLE,
        ("fakturor", "1"): Grade.PROBABLE,
    }


def test_whoever_has_all_digits_but_the_check_digit_that_was_asked_for_is_possible_only(store: Store) -> None:
    bills = [{"id": "1", "kund_id": "101", "belopp": "100"}]
    declared = [Relation("fakturor", ("kund_id",), "kunder", ("id",))]
    asked = found(store, register(fakturor=bills), "19780412-2386", declared=declared)
    assert asked == {("kunder", "101"): Grade.POSSIBLE}


def test_a_mail_belongs_to_who_wrote_it_and_who_got_it(store: Store) -> None:
    mails = [
        {
            "id": "1",
            "From": "Anna Ekdahl <anna.ekdahl@example.se>",
            "To": "Eva Norling <eva@example.se>",
            "text": "Hej, larmet tjuter igen.",
        }
    ]
    tables = register(brev=mails)
    assert found(store, tables, "19780412-2385") == {("kunder", "101"): Grade.CERTAIN, ("brev", "1"): Grade.PROBABLE}
    assert found(store, tables, "eva@example.se") == {("kunder", "106"): Grade.PROBABLE, ("brev", "1"): Grade.PROBABLE}


def test_name_and_date_of_birth_point_to_the_one_who_has_both(store: Store) -> None:
    assert found(store, register(), "Sven Lundmark, 1951-09-03") == {("kunder", "102"): Grade.PROBABLE}


def test_a_contact_person_is_followed_through_other_peoples_records(store: Store) -> None:
    contacts = [
        {"id": "1", "kund_id": "101", "namn": "Olof Granath", "telefon": "070-174 06 20", "epost": "olof@example.se"},
        {"id": "2", "kund_id": "102", "namn": "Olof Granath", "telefon": "070-174 06 20", "epost": None},
    ]
    declared = [Relation("larmkontakter", ("kund_id",), "kunder", ("id",))]
    hits = found(store, register(larmkontakter=contacts), "olof@example.se", declared=declared)
    assert hits == {("larmkontakter", "1"): Grade.PROBABLE, ("larmkontakter", "2"): Grade.PROBABLE}


def test_a_misspelt_name_at_the_address_is_probably_the_persons(store: Store) -> None:
    rows = [{"id": "1", "namn": "Anna Ekdal", "adress": "Storgatan 5"}]
    assert found(store, register(offerter=rows), "19780412-2385") == {
        ("kunder", "101"): Grade.CERTAIN,
        ("offerter", "1"): Grade.PROBABLE,
    }


def test_a_shared_mail_alone_does_not_tell_a_couple_apart(store: Store) -> None:
    assert set(found(store, register(), "familjen@example.se").values()) == {Grade.POSSIBLE}


@pytest.mark.parametrize("asked", ["anna.ekdahl@example.se", "Anna Ekdahl, 1978-04-12", "Anna Ekdahl, Storgatan 5"])
@pytest.mark.parametrize("mistyped", ["kunder", "kredit"])
def test_one_persons_number_with_its_check_digit_right_here_and_mistyped_there(
    store: Store, asked: str, mistyped: str
) -> None:
    people, checks = customers(), [{"id": "1", "personnummer": "19780412-2385", "namn": "Anna Ekdahl"}]
    (people if mistyped == "kunder" else checks)[0]["personnummer"] = "19780412-2389"
    hits = found(store, {"kunder": people, "kredit": checks}, asked)
    assert hits == {("kunder", "101"): Grade.PROBABLE, ("kredit", "1"): Grade.PROBABLE}


def test_a_sole_traders_number_is_the_owners(store: Store) -> None:
    firms = [{"id": "1", "orgnr": "780412-2385", "firma": "Ekdahls Lås"}]
    hits = found(store, register(foretag=firms), "Anna Ekdahl, 1978-04-12")
    assert hits == {("kunder", "101"): Grade.PROBABLE, ("foretag", "1"): Grade.PROBABLE}


def test_a_customer_number_beside_what_was_asked_for_is_nobody_elses(store: Store) -> None:
    people = [{"kundnr": f"4711{person['id']}", **person} for person in customers()]
    seen = [{"id": str(at), "kundnr": one["kundnr"], "ip": f"203.0.113.{at}"} for at, one in enumerate(people)]
    hits = found(store, {"kunder": people, "besok": seen}, "203.0.113.0")
    assert hits == {("besok", "0"): Grade.PROBABLE, ("kunder", "101"): Grade.PROBABLE}


def test_a_farm_of_two_words_in_a_column_and_in_the_question(store: Store) -> None:
    people = customers()
    people[0]["adress"] = "Torpa Mellangård 394"
    hits = found(store, {"kunder": people}, "Anna Ekdahl, Torpa Mellangård 394, 183 30 Täby")
    assert hits == {("kunder", "101"): Grade.PROBABLE}


def test_a_given_name_at_the_switchboard_is_not_enough(store: Store) -> None:
    names = ("Lars Ek", "Lars Nilsson", "Eva Berg", "Maria Lind", "Ali Haddad", "Olof Granath")
    leads = [{"id": str(at), "namn": name, "telefon": "08-465 004 99"} for at, name in enumerate(names)]
    hits = found(store, register(offerter=leads), "Lars Ek, 08-465 004 99")
    assert {place for place, grade in hits.items() if grade >= Grade.PROBABLE} == {("offerter", "0")}


def test_an_address_that_strangers_have_with_the_name_of_one(store: Store) -> None:
    logins = [{"id": str(at), "anvandare": PEOPLE[at][4], "ip": "203.0.113.7"} for at in (0, 1, 5)]
    hits = found(store, register(inloggningar=logins), "203.0.113.7", "Anna Ekdahl")
    sure = {place for place, grade in hits.items() if grade >= Grade.PROBABLE}
    assert sure == {("kunder", "101"), ("inloggningar", "0")}


@pytest.mark.parametrize("asked", ["Anna-Karin Ekdahl", "Anna Karin Ekdahl", "Ekdahl, Anna-Karin"])
def test_a_double_name_with_and_without_its_hyphen(store: Store, asked: str) -> None:
    people = customers()
    people[0]["fornamn"] = "Anna Karin"
    leads = [{"id": "1", "namn": "Anna-Karin Ekdahl", "adress": "Storgatan 5"}]
    hits = found(store, {"kunder": people, "offerter": leads}, f"{asked}, Storgatan 5")
    assert hits == {("kunder", "101"): Grade.PROBABLE, ("offerter", "1"): Grade.PROBABLE}
