"""What two people hold together: both columns of one row, a second key, a table of second holders or of parties."""

from __future__ import annotations

import pytest

from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import found
from tests.scanner.test_subject_joined import TENANTS, sure
from tests.scanner.test_subject_tenures import rows

pytestmark = pytest.mark.slow

RUT, RUT_NAME = "20000801-9853", "Rut Tägtström"
ANNA, ANNA_NAME = TENANTS[0][1], "Anna Ekdahl"
BILLS = {("agreements", "A0"), ("bills", "b0"), ("lines", "l0")}


def register(**more: str | None) -> dict[str, Rows]:
    """Customers, what each has agreed to, bills of that, and lines of the bills.

    Args:
        more: Further columns of the first customer; empty for the others.
    """
    people: Rows = [
        {"id": one[0], "pnr": one[1], "namn": f"{one[2]} {one[3]}", "mobil": f"070-174 06 1{at}"}
        | {name: value if not at else None for name, value in more.items()}
        for at, one in enumerate(TENANTS)
    ]
    whose = [one[0] for one in (*TENANTS, TENANTS[1])]
    agreements: Rows = [{"id": f"A{at}", "avtalsnr": f"A{at}", "kund_id": kund} for at, kund in enumerate(whose)]
    bills: Rows = [{"id": f"b{at}", "faktura_nr": f"b{at}", "avtalsnr": f"A{at}"} for at in range(len(TENANTS))]
    lines: Rows = [{"id": f"l{at}", "faktura_nr": f"b{at}", "belopp": "100"} for at in range(len(TENANTS))]
    return {"kunder": people, "agreements": agreements, "bills": bills, "lines": lines}


@pytest.mark.parametrize("number", ["pnr2", "medkund_pnr", "med_sokande_personnr"])
def test_what_is_held_in_two_names_is_about_both(store: Store, number: str) -> None:
    tables = register(**{number: RUT, "namn2": RUT_NAME})
    assert sure(store, tables, RUT) == {("kunder", "4700")} | BILLS
    assert sure(store, tables, ANNA) == {("kunder", "4700")} | BILLS


@pytest.mark.parametrize("second", ["kundnr2", "kundnr_2", "medkundnr"])
def test_a_contract_with_a_second_customer_number_is_about_both(store: Store, second: str) -> None:
    """Rut is a customer herself; the first contract she has with Anna."""
    tables = register()
    rut = {"id": "4790", "pnr": RUT, "namn": RUT_NAME, "mobil": "070-174 06 90"}
    tables["kunder"] = [{**row, "id": f"r{row['id']}", "kundnr": row["id"]} for row in (*tables["kunder"], rut)]
    others = {"A0": "4790", "A1": TENANTS[2][0], "A2": TENANTS[3][0]}
    tables["agreements"] = [
        {"id": row["id"], "avtalsnr": row["avtalsnr"], "kundnr": row["kund_id"], second: others.get(str(row["id"]))}
        for row in tables["agreements"]
    ]
    assert sure(store, tables, RUT) == {("kunder", "r4790")} | BILLS
    assert sure(store, tables, ANNA) == {("kunder", "r4700")} | BILLS


def test_a_namesake_of_whoever_stands_second_holds_nothing(store: Store) -> None:
    tables = register(pnr2=RUT, namn2=RUT_NAME)
    tables["nyhetsbrev"] = [{"id": "n1", "namn": RUT_NAME, "epost": "rut.t@example.se"}]
    assert sure(store, tables, "rut.t@example.se") == {("nyhetsbrev", "n1")}


@pytest.mark.parametrize("number", ["anhorig_pnr", "ombud_pnr", "guardian_pnr"])
def test_whoever_stands_there_in_a_role_holds_nothing(store: Store, number: str) -> None:
    assert sure(store, register(**{number: RUT}), RUT) == {("kunder", "4700")}


def test_a_spouse_holds_it_where_the_register_has_second_holders(store: Store) -> None:
    assert sure(store, register(medkund=RUT_NAME, sambo_pnr=RUT), RUT) == {("kunder", "4700")} | BILLS
    assert sure(store, register(sambo_pnr=RUT), RUT) == {("kunder", "4700")}


def test_of_two_holders_each_has_an_account_of_the_own(store: Store) -> None:
    tables = register(pnr2=RUT, namn2=RUT_NAME, mobil2="070-174 06 90")
    own: Rows = [
        {"id": "u1", "kund_id": "4700", "visningsnamn": None, "telefon": "+46701740610"},
        {"id": "u2", "kund_id": "4700", "visningsnamn": None, "telefon": "+46701740690"},
        *(
            {"id": f"u{at}", "kund_id": TENANTS[at][0], "visningsnamn": None, "telefon": f"+4670174061{at}"}
            for at in range(3, 6)
        ),
    ]
    tables["konton"] = own
    assert sure(store, tables, RUT) == {("kunder", "4700"), ("konton", "u2")} | BILLS
    assert ("konton", "u2") not in sure(store, tables, ANNA)


def test_a_second_key_to_a_customer_holds_the_agreement(store: Store) -> None:
    """A customer number says whose the agreement is, so that it was not the second's."""
    tables = register()
    numbers = {one["id"]: f"FN-2047{at:02}" for at, one in enumerate(tables["kunder"])}
    tables["kunder"] = [{**one, "kundnr": numbers[one["id"]]} for one in tables["kunder"]]
    seconds = [*list(numbers.values())[1:], *(None for _ in range(2))]
    tables["agreements"] = [
        {"id": one["id"], "avtalsnr": one["avtalsnr"], "kundnr": numbers[one["kund_id"]],
         "medkund": second}
        for one, second in zip(tables["agreements"], seconds, strict=True)
    ]  # fmt: skip
    rows = sure(store, tables, TENANTS[1][1])
    assert rows >= BILLS
    assert ("kunder", "4700") not in rows


def test_a_table_of_second_holders_leads_to_what_they_hold(store: Store) -> None:
    tables = register()
    tables["medkund"] = [
        {"id": f"m{at}", "kund_id": TENANTS[at][0], "namn": name, "persnr": number}
        for at, (name, number) in enumerate([(RUT_NAME, RUT), *((None, None) for _ in range(4))])
    ]
    assert sure(store, tables, RUT) == {("medkund", "m0"), ("kunder", "4700")} | BILLS


def parties(table: str) -> dict[str, Rows]:
    """Agreements of one customer, and whose they are by a table of its own: of the first it is two."""
    tables = register()
    whose = [("A0", 0), ("A0", 5), *((f"A{at}", at) for at in range(1, 5))]
    tables[table] = [
        {"id": f"p{at}", "avtalsnr": agreed, "kund_id": TENANTS[who][0]} for at, (agreed, who) in enumerate(whose)
    ]
    return tables


def test_an_agreement_is_its_parties_and_each_row_of_these_one_persons(store: Store) -> None:
    tables = parties("avtalsparter")
    first, second = (found(store, tables, TENANTS[who][1]) for who in (0, 5))
    assert ("avtalsparter", "p1") not in first
    assert {place for place, grade in second.items() if grade >= Grade.PROBABLE} >= {("avtalsparter", "p1")} | BILLS
    assert ("avtalsparter", "p0") not in second


@pytest.mark.parametrize("table", ["forsakrade", "skadeparter"])
def test_who_is_insured_by_somebody_elses_agreement_or_against_it_does_not_hold_it(store: Store, table: str) -> None:
    rows = sure(store, parties(table), TENANTS[5][1])
    assert ("bills", "b0") not in rows


def homes(second: str = "MedkundID") -> dict[str, Rows]:
    """Customers, homes and contracts for these: that of the first is Anna's, and Sven is its second holder."""
    people = [(f"{50_210 + 17 * at}", one[1], f"{one[2]} {one[3]}") for at, one in enumerate(TENANTS)]
    agreed = [(f"A{at}", one[0], "", f"OB{at}") for at, one in enumerate(people)]
    agreed[0] = ("A0", people[0][0], people[1][0], "OB0")
    agreed[2] = ("A2", people[2][0], people[3][0], "OB2")
    agreed += [(f"A{at}", people[5][0], "", "OB6") for at in (6, 7)]
    return {
        "Kund": rows("id KundID Personnr Namn", *((one[0], *one) for one in people)),
        "Objekt": rows("id ObjektID KundID", *((f"OB{at}", f"OB{at}", people[min(at, 5)][0]) for at in range(7))),
        "Avtal": rows(f"id KundID {second} ObjektID", *agreed),
        "Handelse": rows("id ObjektID Kod", *((f"h{at}", f"OB{at % 7}", "BA") for at in range(14))),
        "Uppdrag": rows("id KundID Vad", *((f"u{at}", one[0], "Service") for at, one in enumerate(people * 2))),
    }


def test_a_second_holder_gets_the_home_of_the_contract_and_nothing_of_the_firsts_own(store: Store) -> None:
    told = sure(store, homes(), TENANTS[1][1])
    own = {("Kund", "50227"), ("Avtal", "A1"), ("Objekt", "OB1"), ("Handelse", "h1"), ("Handelse", "h8")}
    held = {("Avtal", "A0"), ("Objekt", "OB0"), ("Handelse", "h0"), ("Handelse", "h7")}
    assert told == own | held | {("Uppdrag", "u1"), ("Uppdrag", "u7")}
    assert held <= sure(store, homes(), ANNA)


def test_whoever_stands_there_in_a_role_gets_no_home(store: Store) -> None:
    told = sure(store, homes("KontaktpersonID"), TENANTS[1][1])
    assert not {("Objekt", "OB0"), ("Handelse", "h0"), ("Kund", "50210")} & told
