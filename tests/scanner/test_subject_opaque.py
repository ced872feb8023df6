"""Registers whose keys are UUIDs: what a column leads to, a row of one table or of another, is told by its values."""

from __future__ import annotations

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest

from connectors.files import FilesConnector
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import ANNA, PEOPLE, found

Tables = dict[str, Rows]
WIVES = (
    *(("Berit", "Ekdahl"), ("Karin", "Lundmark"), ("Tove", "Brask"), ("Leila", "Haddad"), ("Sara", "Ali")),
    ("Nils", "Norling"),
)
NEIGHBOURS = ("Rut Sandell", "Per Wiklander", "Ali Rostami", "Tove Hallgren")


def uuid(kind: str, at: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"{kind}{at}"))


def crm() -> Tables:
    """Couples as contacts of an account that one pays for, its site, their cases, notes on either, whom to call."""
    members = [*PEOPLE, *((None, given, family, f"070-174 06 3{at}") for at, (given, family) in enumerate(WIVES))]
    homes = len(PEOPLE)
    contacts: Rows = [
        {
            "id": uuid("contact", at), "contactid": uuid("contact", at),
            "parentcustomerid": uuid("account", at % homes),
            "fullname": f"{given} {family}", "governmentid": number, "mobilephone": phone,
        }
        for at, (number, given, family, phone) in enumerate(members)
    ]  # fmt: skip
    accounts: Rows = [
        {
            "id": uuid("account", at), "accountid": uuid("account", at), "primarycontactid": uuid("contact", at),
            "name": " ".join(PEOPLE[at][1:3]),
        }
        for at in range(homes)
    ]  # fmt: skip
    sites: Rows = [
        {"id": uuid("site", at), "siteid": uuid("site", at), "accountid": uuid("account", at)} for at in range(homes)
    ]
    cases: Rows = [
        {"id": uuid("case", at), "incidentid": uuid("case", at), "customerid": uuid("contact", at), "title": "Byta kod"}
        for at in range(len(members))
    ]
    notes: Rows = [
        {"id": uuid(f"{kind} note", at), "objectid": uuid(kind, at), "notetext": "Klart"}
        for kind in ("case", "contact")
        for at in range(homes)
    ]
    listed = [(at % homes, uuid("contact", at), None, one[3]) for at, one in enumerate(members)]
    listed += [(at, None, name, f"070-174 06 2{at}") for at, name in enumerate(NEIGHBOURS)]
    called: Rows = [
        {"id": f"c{at}", "siteid": uuid("site", home), "contactid": contact, "namn": name, "telefon": phone}
        for at, (home, contact, name, phone) in enumerate(listed)
    ]
    calls: Rows = [
        {"id": phone, "phone": f"+4670174{phone}", "at": "2025-03-12"} for phone in ("0605", "0630", "0620", "0621")
    ]
    tables = {"contact": contacts, "account": accounts, "site": sites, "incident": cases, "annotation": notes}
    return {**tables, "larmkontakt": called, "calls": calls}


def test_notes_on_cases_and_on_people_are_found_over_one_column(store: Store) -> None:
    hits = found(store, {"crm": MemoryConnector(crm())}, ANNA)
    sure = {place for place, grade in hits.items() if grade >= Grade.PROBABLE}
    own = {("contact", uuid("contact", 0)), ("incident", uuid("case", 0))}
    notes = {("annotation", uuid("case note", 0)), ("annotation", uuid("contact note", 0))}
    assert sure >= own | notes | {("larmkontakt", "c0")}
    assert not sure & {("annotation", uuid(f"{kind} note", at)) for kind in ("case", "contact") for at in range(1, 6)}
    assert ("contact", uuid("contact", 1)) not in sure


def test_a_register_called_contact_holds_people_of_their_own(store: Store) -> None:
    """Not whom to call in somebody's place: they have numbers, and cases and notes are theirs."""
    hits = found(store, {"crm": MemoryConnector(crm())}, "070-174 06 06")
    assert hits["contact", uuid("contact", 1)] == hits["incident", uuid("case", 1)] == Grade.PROBABLE


def test_whom_to_call_is_about_the_customer_and_the_number_is_the_neighbours(store: Store) -> None:
    hits = found(store, {"crm": MemoryConnector(crm())}, ANNA)
    sure = {place for place, grade in hits.items() if grade >= Grade.PROBABLE}
    assert sure >= {("larmkontakt", "c0"), ("larmkontakt", "c6"), ("larmkontakt", "c12")}
    assert {place for place in sure if place[0] == "calls"} == {("calls", "0605")}


def test_who_fetched_a_key_has_no_part_in_whose_site_it_opens(store: Store) -> None:
    tables = crm()
    tables["utlamning"] = [
        {"id": f"u{at}", "siteid": uuid("site", at), "namn": name, "telefon": f"070-174 06 4{at}"}
        for at, name in enumerate(NEIGHBOURS)
    ]
    hits = found(store, {"crm": MemoryConnector(tables)}, "070-174 06 40")
    sure = {place for place, grade in hits.items() if grade >= Grade.PROBABLE}
    assert {place for place in sure if place[0] != "larmkontakt"} == {("utlamning", "u0")}


def test_values_that_two_tables_hold_lead_to_neither(store: Store) -> None:
    tables = crm()
    tables["archive"] = [{"id": uuid("case", at), "titel": "Byta kod"} for at in range(len(PEOPLE))]
    hits = found(store, {"crm": MemoryConnector(tables)}, ANNA)
    assert ("annotation", uuid("case note", 0)) not in hits


def test_values_some_of_which_two_tables_hold_lead_to_none(store: Store) -> None:
    tables = crm()
    tables["annotation"] += [{"id": f"g{at}", "objectid": uuid("gone", at), "notetext": "Klart"} for at in range(8)]
    tables["archive"] = [{"id": uuid("case", at), "titel": "Byta kod"} for at in (*range(3), *range(20, 30))]
    hits = found(store, {"crm": MemoryConnector(tables)}, ANNA)
    assert ("annotation", uuid("case note", 0)) not in hits


def test_a_register_is_known_under_the_name_of_its_schema(store: Store) -> None:
    tables = {f"dbo.{name}": rows for name, rows in crm().items()}
    hits = found(store, {"crm": MemoryConnector(tables)}, ANNA)
    assert hits["dbo.incident", uuid("case", 0)] == hits["dbo.annotation", uuid("case note", 0)] == Grade.PROBABLE


@pytest.mark.parametrize(("mark", "is_register"), [("x1_", True), ("site_", False), ("kund_", False)])
def test_a_register_is_known_behind_the_mark_of_a_system(store: Store, mark: str, *, is_register: bool) -> None:
    """What stands before `contact` in the names of other tables, too: no table of sites, and no customer."""
    tables = {f"{mark}{name}": rows for name, rows in crm().items()}
    tables |= {"site": crm()["site"]} if mark == "site_" else {}
    hits = found(store, {"crm": MemoryConnector(tables)}, ANNA)
    assert ((f"{mark}incident", uuid("case", 0)) in hits) is is_register


@pytest.mark.parametrize("note", [None, "Ring 19920723-9824 om larm"])
def test_a_list_of_contacts_with_customer_numbers_is_no_register(store: Store, note: str | None) -> None:
    """Nor for a personnummer in a note: whom a customer names is not the customer, be the register elsewhere."""
    people: Rows = [
        {"id": f"10423{at}", "kundnr": f"10423{at}", "pnr": one[0], "namn": f"{one[1]} {one[2]}"}
        for at, one in enumerate(PEOPLE)
    ]
    listed: Rows = [
        {
            "id": f"l{at}", "kundnr": f"99423{at}" if at else "104230", "namn": name, "telefon": f"070-174 06 2{at}",
            "anteckning": None,
        }
        for at, name in enumerate(NEIGHBOURS)
    ]  # fmt: skip
    listed[3]["anteckning"] = note
    hits = found(store, {"crm": MemoryConnector({"kunder": people, "kontakt": listed})}, "070-174 06 20")
    assert {place for place, grade in hits.items() if grade >= Grade.PROBABLE} == {("kontakt", "l0")}


def test_a_column_of_a_file_is_called_after_a_table_of_a_database(store: Store, tmp_path: Path) -> None:
    sites: Rows = [
        {"id": f"0412{at}7", "PANELNR": f"0412{at}7", "kund": f"K{at}", "OBJTXT": "Villa"} for at in range(len(PEOPLE))
    ]
    people: Rows = [
        {"id": f"K{at}", "kundnr": f"K{at}", "pnr": number, "namn": f"{given} {family}"}
        for at, (number, given, family, _) in enumerate(PEOPLE)
    ]
    share = tmp_path / "share"
    share.mkdir()
    lines = ["Nyckel;Panel;Fack", *(f"N-30{at};0412{at}7;A{at}" for at in range(len(PEOPLE)))]
    (share / "nycklar.csv").write_text("\n".join(lines), encoding="utf-8")
    database = MemoryConnector({"kunder": people, "PANEL": sites})
    hits = found(store, {"central": database, "share": FilesConnector(path=str(share))}, ANNA)
    assert {where for where in hits if where[0] == "nycklar.csv"} == {("nycklar.csv", "1")}
