"""Whose is it, where a person is split over tables, or a table calls people by roles and contacts."""

from __future__ import annotations

import pytest

from scanner.linking.path_keys import path_keys
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import found

pytestmark = pytest.mark.slow

PEOPLE = (
    ("5011", "780412-2385", "Anna", "Ekdahl", "070-174 06 05", "anna@example.se"),
    ("5014", "510903-2390", "Sven", "Lundmark", "070-174 06 06", "sven@example.se"),
    ("5017", "900118-9811", "Mira", "Haddad", "070-174 06 08", "mira@example.se"),
    ("5021", "920723-9824", "Omar", "Haddad", "070-174 06 09", "omar@example.se"),
    ("5028", "650505-9821", "Eva", "Norling", "070-174 06 10", "eva@example.se"),
    ("5030", "830212-9815", "Ali", "Berggren", "070-174 06 11", "ali@example.se"),
)
NEIGHBOURS = ("Rut Tägtström", "Bo Frisk", "Åsa Ahlm", "Ylva Strand", "Kim Sandell", "Nils Hedlund")
STAFF = ("Petra Vik", "Johnny Rask")


def split() -> dict[str, Rows]:
    """Numbers, names and contacts of people in three tables; tenants and their leases; who is to be called."""
    persons: Rows = [{"id": one[0], "PERSID": one[0], "PNR": one[1]} for one in PEOPLE]
    names: Rows = [
        {"id": f"n{one[0]}", "PERSID": one[0], "FNAMN": one[2], "ENAMN": one[3], "FROM_DATUM": "2019"} for one in PEOPLE
    ]
    means: Rows = [{"id": f"t{one[0]}", "PERSID": one[0], "KOMUPPG": one[4]} for one in PEOPLE]
    means += [{"id": f"m{one[0]}", "PERSID": one[0], "KOMUPPG": one[5]} for one in PEOPLE]
    tenants: Rows = [
        {"id": f"H2041{at}", "HGNR": f"H2041{at}", "PERSID": one[0], "MEDPERSID": PEOPLE[(at + 1) % 6][0]}
        for at, one in enumerate(PEOPLE)
    ]
    leases: Rows = [{"id": f"K{at}", "HGNR": f"H2041{at}", "INFLYTT": "2020"} for at in range(6)]
    neighbours: Rows = [
        {"id": f"g{at}", "HGNR": f"H2041{at}", "NAMN": name, "TELNR": f"070-174 06 2{at}"}
        for at, name in enumerate(NEIGHBOURS)
    ]
    tables = {"TPERS": persons, "TPERSNAMN": names, "TPERSKOM": means, "THYRESG": tenants, "TKONTR": leases}
    return {**tables, "TNABO": neighbours}


ANNA = {
    *(("TPERS", "5011"), ("TPERSNAMN", "n5011"), ("TPERSKOM", "t5011"), ("TPERSKOM", "m5011")),
    *(("THYRESG", "H20410"), ("TKONTR", "K0"), ("TNABO", "g0")),
}


@pytest.mark.parametrize("seed", ["19780412-2385", "070-174 06 05", "anna@example.se"])
def test_a_person_split_over_three_tables(store: Store, seed: str) -> None:
    hits = found(store, split(), seed)
    sure = {place for place, grade in hits.items() if grade >= Grade.PROBABLE}
    assert sure >= ANNA
    assert ("TPERS", "5014") not in sure


def test_a_key_with_a_role_before_it(store: Store) -> None:
    hits = found(store, split(), "19510903-2390")
    assert hits["THYRESG", "H20410"] == hits["THYRESG", "H20411"] == Grade.PROBABLE
    assert ("TPERS", "5011") not in hits


def test_a_customer_number_that_stands_nowhere_as_one_tells_nobody_apart(store: Store) -> None:
    hits = found(store, split(), "H20410")
    assert {("THYRESG", "H20410"), ("TPERSNAMN", "n5011"), ("TPERSKOM", "t5011")} <= hits.keys()


def test_whose_names_stand_in_a_table_of_their_own_a_neighbours_telephone_is_the_neighbours(store: Store) -> None:
    calls: Rows = [{"id": "1", "tel": "070-174 06 20", "at": "2025-03-12"}]
    assert ("calls", "1") not in found(store, {**split(), "calls": calls}, "19780412-2385")
    rut = found(store, {**split(), "calls": calls}, "070-174 06 20")
    assert rut == {("TNABO", "g0"): Grade.PROBABLE, ("calls", "1"): Grade.PROBABLE}


def tickets() -> dict[str, Rows]:
    rows: Rows = [
        {"id": f"FEL-80{at}", "ticket_ref": f"FEL-80{at}", "contact": one[4], "descr": "Hissen står", "agent": staff}
        for at, (one, staff) in enumerate(zip(PEOPLE, STAFF * 3, strict=True))
    ]
    events: Rows = [{"id": str(at), "ticket_ref": f"FEL-80{at}", "kind": "status"} for at in range(6)]
    return {"ticket": rows, "ticket_event": events}


def test_a_ticket_with_a_contact_and_who_handles_it(store: Store) -> None:
    register: Rows = [dict(zip(("id", "pnr", "fornamn", "efternamn", "telefon"), one, strict=False)) for one in PEOPLE]
    hits = found(store, {**tickets(), "kunder": register}, "19780412-2385")
    assert hits["ticket", "FEL-800"] == hits["ticket_event", "0"] == Grade.PROBABLE
    assert ("ticket", "FEL-801") not in hits


def test_ways_of_contact_are_not_contact_persons(store: Store) -> None:
    members: Rows = [
        {"id": one[0], "member_uuid": one[0], "ssn": one[1], "first_name": one[2], "last_name": one[3]}
        for one in PEOPLE
    ]
    points: Rows = [{"id": f"c{one[0]}", "member_uuid": one[0], "kind": "phone", "value": one[4]} for one in PEOPLE]
    calls: Rows = [{"id": "1", "phone": "+46701740605", "at": "2025-03-12"}]
    tables = {"member": members, "contact_point": points, "calls": calls}
    sure = {("member", "5011"), ("contact_point", "c5011"), ("calls", "1")}
    for seed in ("19780412-2385", "070-174 06 05"):
        hits = found(store, tables, seed)
        assert {place for place, grade in hits.items() if grade >= Grade.PROBABLE} == sure


def parties(*, named: bool = False, kind: str = "kind") -> dict[str, Rows]:
    """People under short English headers, how they are reached in a table of contacts, where they live under a site."""
    persons: Rows = [
        {"id": one[0], "given": one[2], "family": one[3], "civic": one[1][:6] + one[1][7:]} for one in PEOPLE
    ]
    reached: Rows = [
        {"id": f"{way}{one[0]}", "party_id": one[0], kind: way, "val": one[at]}
        for one in PEOPLE
        for way, at in (("mobile", 4), ("mail", 5))
    ]
    if named:
        reached = [{**row, "name": NEIGHBOURS[at % 6]} for at, row in enumerate(reached)]
    sites: Rows = [
        {"id": f"S-{at}", "street": f"Storgatan {at + 3}", "zip": "114 55", "city": "Stockholm"}
        for at in range(len(PEOPLE))
    ]
    leases: Rows = [{"id": f"4011{at}", "party_id": one[0], "site_id": f"S-{at}"} for at, one in enumerate(PEOPLE)]
    return {"party": persons, "party_contact": reached, "site": sites, "subscription": leases}


PARTY = {
    *(("party", "5014"), ("party_contact", "mobile5014"), ("party_contact", "mail5014"), ("subscription", "40111"))
}


@pytest.mark.parametrize("seed", ["070-174 06 06", "sven@example.se", "Sven Lundmark, Storgatan 4, 114 55 Stockholm"])
def test_a_table_of_contacts_without_names_is_how_its_owner_is_reached(store: Store, seed: str) -> None:
    hits = found(store, parties(), seed)
    sure = {place for place, grade in hits.items() if grade >= Grade.PROBABLE}
    assert sure >= PARTY
    assert {place for place in sure if place[0] != "site"} == PARTY


@pytest.mark.parametrize("tables", [parties(named=True), parties(kind="remark")])
def test_other_tables_of_contacts_may_hold_other_people(store: Store, tables: dict[str, Rows]) -> None:
    hits = found(store, tables, "070-174 06 06")
    assert ("party", "5014") not in {place for place, grade in hits.items() if grade >= Grade.PROBABLE}


ENGLISH = ("users", "user_id", "orders", "order_id", "order_items", "shipments")
SWEDISH = ("kunder", "kund_id", "fakturor", "faktura_id", "fakturarader", "betalningar")


def counted_from_one(names: tuple[str, ...]) -> dict[str, Rows]:
    """Every table counts its rows from one, so that each key stands in each table."""
    people, person, bills, bill, lines, paid = names
    users: Rows = [{"id": str(at), "name": f"{one[2]} {one[3]}", "email": one[5]} for at, one in enumerate(PEOPLE, 1)]
    orders: Rows = [{"id": str(at), person: str((at + 1) // 2), "total": "99"} for at in range(1, 13)]
    items: Rows = [{"id": str(at), bill: str((at + 1) // 2), "sku": "L-7"} for at in range(1, 25)]
    shipped: Rows = [{"id": str(at), bill: str(13 - at), "carrier": "bud"} for at in range(1, 13)]
    return {people: users, bills: orders, lines: items, paid: shipped}


@pytest.mark.parametrize("names", [ENGLISH, SWEDISH])
def test_a_key_is_of_the_table_that_it_is_called_after_not_of_its_lines(store: Store, names: tuple[str, ...]) -> None:
    people, _, bills, _, lines, paid = names
    hits = found(store, counted_from_one(names), "sven@example.se")
    rows = {people: "2", bills: "34", lines: "5678", paid: ("9", "10")}
    assert {place for place, grade in hits.items() if grade >= Grade.PROBABLE} == {
        (table, number) for table, numbers in rows.items() for number in numbers
    }


def test_an_order_and_its_one_line_are_no_handler_of_it(store: Store) -> None:
    """Each charge has a line: the key to it leads nowhere but back, and the agreement is whose the charge is."""
    plans: Rows = [{"id": f"AG{at}", "agreement_id": f"AG{at}", "pnr": one[1]} for at, one in enumerate(PEOPLE)]
    charges: Rows = [
        {"id": f"CH{at}", "charge_id": f"CH{at}", "agreement_id": f"AG{at % 6}", "amount": "399"} for at in range(24)
    ]
    lines: Rows = [{"id": f"L{at}", "charge_id": f"CH{at}", "what": "kort"} for at in range(24)]
    hits = found(store, {"agreement": plans, "charge": charges, "charge_line": lines}, "19780412-2385")
    sure = {place for place, grade in hits.items() if grade >= Grade.PROBABLE}
    assert {place for place in sure if place[0] == "charge"} == {("charge", f"CH{at}") for at in (0, 6, 12, 18)}
    assert {place for place in sure if place[0] == "charge_line"} == {
        ("charge_line", f"L{at}") for at in (0, 6, 12, 18)
    }


def accounts() -> dict[str, Rows]:
    """Accounts as documents, plates by account, disputes in short sentences, calls that somebody answered."""
    refs = [f"LC-V6{letter}M27{at}" for at, letter in enumerate("ABCDEF")]
    whose = list(zip(refs, PEOPLE, strict=True))
    holders: Rows = [
        {"id": ref, "acct_ref": ref, "doc.fn": one[2], "doc.ln": one[3], "doc.line1": f"Varvsgatan {at + 3}"}
        for at, (ref, one) in enumerate(whose)
    ]
    reach: Rows = [{"id": f"r{at}", "acct_ref": ref, "value": one[4]} for at, (ref, one) in enumerate(whose)]
    plates: Rows = [{"id": f"v{at}", "acct_ref": ref, "vrm": f"ABC12{at}"} for at, ref in enumerate(refs)]
    bodies = (f"Lånades av {NEIGHBOURS[0]}, 070-174 06 20.", "Kabeln satt fast.", "Fel pris.", *["Stolpen står."] * 3)
    disputes: Rows = [
        {"id": f"d{at}", "acct_ref": ref, "body": body} for at, (ref, body) in enumerate(zip(refs, bodies, strict=True))
    ]
    calls: Rows = [{"id": f"c{at}", "ringde": one[4], "svarades_av": STAFF[at % 2]} for at, one in enumerate(PEOPLE)]
    return {"acct": holders, "reach": reach, "veh": plates, "disp": disputes, "calls": calls}


@pytest.mark.parametrize("seed", ["LC-V6AM270", "070-174 06 05", "ABC120", "Anna Ekdahl, Varvsgatan 3"])
def test_accounts_as_documents_are_reached_from_each_seed(store: Store, seed: str) -> None:
    hits = found(store, accounts(), seed)
    sure = {place for place, grade in hits.items() if grade >= Grade.PROBABLE}
    assert sure == {("acct", "LC-V6AM270"), ("reach", "r0"), ("veh", "v0"), ("disp", "d0"), ("calls", "c0")}


def test_whom_a_short_sentence_names_is_not_whom_the_row_is_about(store: Store) -> None:
    rut = found(store, accounts(), "070-174 06 20")
    assert set(rut) == {("disp", "d0")}


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("avtal/LC-V63M276.pdf", ["lc-v63m276"]),
        ("kunder/104236/brev.txt", ["104236"]),
        ("avtal/AVTALSVILLKOR-VERSION.pdf", []),
        ("rapport-A4-X1/MALL-BREV2.docx", ["mall-brev2"]),
    ],
)
def test_words_of_paths_that_may_be_somebodys_reference(path: str, keys: list[str]) -> None:
    assert path_keys(path) == keys
