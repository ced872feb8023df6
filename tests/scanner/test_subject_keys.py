"""Whose is it, where no recognizer knows the keys: a register in English abbreviations, without a declared key."""

from __future__ import annotations

import pytest
from sqlalchemy.dialects import sqlite

from scanner.store import Store
from scanner.subject import record_queries as queries
from scanner.subject.outcome import Grade
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import found

pytestmark = pytest.mark.slow

PEOPLE = (
    ("4700", "197804122385", "Anna", "Ekdahl", "0701740605", "31"),
    ("4707", "195109032390", "Sven", "Lundmark", "0701740606", "32"),
    ("4714", "199001189811", "Mira", "Haddad", "0701740608", "33"),
    ("4721", "199207239824", "Omar", "Haddad", "0701740609", "33"),
    ("4728", "196505059821", "Eva", "Norling", "0701740610", "34"),
    ("4735", "198302129815", "Ali", "Berggren", "0701740611", "35"),
)
NAMES = ("cst_no", "pno", "fname", "lname", "cell", "hh_id")


def register(**tables: Rows) -> dict[str, Rows]:
    people: Rows = [dict(zip(("id", *NAMES), (one[0], *one), strict=True)) for one in PEOPLE]
    households: Rows = [
        {"id": str(at), "hh_id": str(at), "str_addr": f"Storgatan {at}", "home_ph": None} for at in range(31, 36)
    ]
    sites: Rows = [
        {"id": str(at), "site_no": str(at), "cst_no": f"{one[0]:>07}", "panel_sn": f"VX{90210 + at}"}
        for at, one in enumerate(PEOPLE)
    ]
    events: Rows = [{"id": str(at), "panel_sn": f"VX{90210 + at % 6}", "code": "BA"} for at in range(12)]
    return {"t_cust": people, "household": households, "site": sites, "evt": events, **tables}


ANNA = {("t_cust", "4700"), ("household", "31"), ("site", "0"), ("evt", "0"), ("evt", "6")}


def test_an_unknown_schema_is_followed_up_and_down_its_keys(store: Store) -> None:
    hits = found(store, register(), "19780412-2385")
    assert {place for place, grade in hits.items() if grade >= Grade.PROBABLE} == ANNA
    assert hits["t_cust", "4700"] == Grade.CERTAIN


@pytest.mark.parametrize("number", ["4700", "0004700"])
def test_a_customer_number_that_no_recognizer_knows(store: Store, number: str) -> None:
    assert found(store, register(), number) == dict.fromkeys(ANNA, Grade.PROBABLE)


def test_from_a_plate_up_to_the_person_and_down_again(store: Store) -> None:
    cars: Rows = [{"id": "1", "reg_no": "ABC12D", "cst_no": "4700", "model": "kombi"}]
    hits = found(store, register(veh=cars), "ABC12D")
    assert hits == dict.fromkeys({*ANNA, ("veh", "1")}, Grade.PROBABLE)


def test_a_household_is_its_members_and_leads_to_none_of_them(store: Store) -> None:
    hits = found(store, register(), "19900118-9811")
    assert hits["household", "33"] == Grade.PROBABLE
    assert hits.get(("t_cust", "4721"), Grade.POSSIBLE) == Grade.POSSIBLE
    assert ("site", "3") not in hits


def contacts() -> Rows:
    """Each customer's own line, and the others' of some: a code says which, the name and the customer's tell too."""
    own = [
        {"id": f"{one[0]}-1", "cst_no": one[0], "role_cd": "1", "nm": f"{one[2]} {one[3]}", "ph": one[4]}
        for one in PEOPLE
    ]
    other = {"id": "4700-2", "cst_no": "4700", "role_cd": "2", "nm": "Rut Tägtström", "ph": "0701740620"}
    return [*own, other]


def test_contacts_that_are_now_the_customer_now_somebody_else(store: Store) -> None:
    calls: Rows = [{"id": "1", "nm": "Rut Tägtström", "ph": "070-174 06 20", "at": "2025-03-12"}]
    anna = found(store, register(cntct=contacts(), calls=calls), "19780412-2385")
    assert anna["cntct", "4700-1"] == anna["cntct", "4700-2"] == Grade.PROBABLE
    assert ("calls", "1") not in anna
    rut = found(store, register(cntct=contacts(), calls=calls), "070-174 06 20")
    assert rut == {("cntct", "4700-2"): Grade.PROBABLE, ("calls", "1"): Grade.PROBABLE}


def test_who_handled_a_row_is_not_whom_it_is_about(store: Store) -> None:
    staff: Rows = [
        {"id": "7", "emp_no": "7", "pno": "198107249859", "nm": "Bo Frisk", "mail": "bo@example.se"},
        {"id": "8", "emp_no": "8", "pno": "198702102384", "nm": "Åsa Ahlm", "mail": "asa@example.se"},
    ]
    tickets: Rows = [
        {"id": str(510 + at), "tkt_no": str(510 + at), "cst_no": one[0], "emp_no": str(7 + at % 2), "subj": "Larm"}
        for at, one in enumerate(PEOPLE * 2)
    ]
    tables = register(staff=staff, tkt=tickets)
    anna = found(store, tables, "19780412-2385")
    assert ("tkt", "510") in anna
    assert ("staff", "7") not in anna
    bo = found(store, tables, "19810724-9859")
    assert bo["staff", "7"] == Grade.CERTAIN
    assert bo["tkt", "510"] == Grade.POSSIBLE
    assert not {place for place in bo if place[0] in ("t_cust", "site", "household")}


@pytest.mark.parametrize("column", ["admin_id", "administrator_id"])
def test_who_changed_a_customer_in_an_audit_log_is_not_whom_it_is_about(store: Store, column: str) -> None:
    """The log has not so many customers that this alone would tell them from the few who change them."""
    names = ("Bo Frisk", "Åsa Ahlm", "Kim Sandell", "Ylva Strand", "Rut Tägtström")
    staff: Rows = [{"id": f"a{at}", "nm": name, "mail": f"a{at}@example.se"} for at, name in enumerate(names)]
    log: Rows = [
        {"id": f"l{at}", "cst_no": one[0], column: f"a{at % 5}", "action": "update"} for at, one in enumerate(PEOPLE)
    ]
    tables = register(admins=staff, log=log)
    anna = found(store, tables, "19780412-2385")
    assert ("log", "l0") in anna
    assert ("admins", "a0") not in anna
    bo = found(store, tables, "a0@example.se")
    assert not {place for place, grade in bo.items() if grade >= Grade.PROBABLE and place[0] != "admins"}


def test_a_name_with_the_customers_number_where_no_key_leads(store: Store) -> None:
    debits: Rows = [
        {"id": "1", "betnr": "0004700", "kontohavare": "Anna Ekdahl"},
        {"id": "2", "betnr": "0009999", "kontohavare": "Anna Ekdahl"},
    ]
    hits = found(store, register(autogiro=debits), "19780412-2385")
    assert hits["autogiro", "1"] == Grade.PROBABLE
    assert hits["autogiro", "2"] == Grade.POSSIBLE


def addresses() -> dict[str, Rows]:
    """Addresses that a table of pairs gives to people: neither row holds a name."""
    streets: Rows = [{"id": str(at), "street": f"Kungsgatan {at}", "zip": "722 14"} for at in range(1, 7)]
    pairs: Rows = [
        {"id": f"p{at}", "cst_no": one[0], "addresses_id": str(at)} for at, one in enumerate(PEOPLE, start=1)
    ]
    return {"addresses": streets, "cust_addr": pairs}


def test_name_and_address_that_no_row_holds_together(store: Store) -> None:
    hits = found(store, register(**addresses()), "Anna Ekdahl, Kungsgatan 1, 722 14 Västerås")
    assert hits["t_cust", "4700"] == hits["addresses", "1"] == Grade.PROBABLE
    assert ("addresses", "2") not in hits


def test_contacts_of_a_site_are_not_its_customers(store: Store) -> None:
    """The site names nobody: what its contacts' names are compared with stands one key further up."""
    names = ("Rut Tägtström", "Bo Frisk", "Åsa Ahlm", "Ylva Strand", "Kim Sandell", "Nils Hedlund")
    lines: Rows = [
        {"id": str(at), "site_no": str(at), "nm": name, "ph": f"070-174 06 {at + 20}"} for at, name in enumerate(names)
    ]
    tables = register(lines=lines)
    assert found(store, tables, "19780412-2385")["lines", "0"] == Grade.PROBABLE
    assert found(store, tables, "070-174 06 20") == {("lines", "0"): Grade.PROBABLE}


def test_who_pays_and_who_uses_are_keys_of_people_whatever_they_are_called(store: Store) -> None:
    heat: Rows = [
        {"id": f"F{at}", "avtal": f"FJV{at}", "betalare": one[0], "brukare": PEOPLE[at - 1][0]}
        for at, one in enumerate(PEOPLE)
    ]
    meters: Rows = [{"id": f"M{at}", "avtal": f"FJV{at}", "seq": "1"} for at in range(len(PEOPLE))]
    hits = found(store, register(avtal=heat, matare=meters), "19780412-2385")
    sure = {place for place, grade in hits.items() if grade >= Grade.PROBABLE}
    assert sure == {*ANNA, ("avtal", "F0"), ("matare", "M0"), ("avtal", "F1"), ("matare", "M1")}


def test_a_word_for_a_person_that_holds_no_keys_of_people(store: Store) -> None:
    cars: Rows = [{"id": str(at), "agare": str(31 + at % 5), "rum": "1"} for at in range(6)]
    hits = found(store, register(bilar=cars), "19780412-2385")
    assert not any(table == "bilar" for table, _ in hits)


def test_a_key_that_very_many_rows_have_is_looked_up_in_its_table_alone(store: Store) -> None:
    found(store, register(), "19780412-2385")
    statement = str(queries.AT.compile(dialect=sqlite.dialect()))
    with store.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", (b"", 1, 1)).all()
    assert [row[3] for row in plan] == [
        "SEARCH link_1 USING COVERING INDEX link_token (token=? AND unit_id=? AND field_id=?)"
    ]
