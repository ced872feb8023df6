"""Whose is it, where rows name nobody: contracts of several people, courses; and pupils without a number."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from scanner.linking.identity import ADDRESS, NAME
from scanner.store import Store
from scanner.subject.bearers import Bearers
from scanner.subject.outcome import Grade
from scanner.subject.question import Seed
from scanner.subject.together import rows_together
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import found

pytestmark = pytest.mark.slow

TENANTS = (
    ("4700", "19780412-2385", "Anna", "Ekdahl"),
    ("4707", "19510903-2390", "Sven", "Lundmark"),
    ("4714", "19900118-9811", "Mira", "Haddad"),
    ("4721", "19920723-9824", "Omar", "Haddad"),
    ("4728", "19650505-9821", "Eva", "Norling"),
    ("4735", "19830212-9815", "Ali", "Berggren"),
)
ANNA, SVEN, MIRA = (one[1] for one in TENANTS[:3])


def letting() -> dict[str, Rows]:
    """A lease each; Mira and Omar have one together, and Anna's flat was Sven's before."""
    tenants: Rows = [dict(zip(("id", "pnr", "fname", "lname"), one, strict=True)) for one in TENANTS]
    holders = ((0,), (1,), (2, 3), (4,), (5,))
    leases: Rows = [{"id": f"L{at}", "lease_no": f"L{at}", "flat_no": f"F{at or 1}"} for at in range(5)]
    parties: Rows = [
        {"id": f"p{who}", "lease_no": f"L{at}", "tenant_id": TENANTS[who][0]}
        for at, some in enumerate(holders)
        for who in some
    ]
    flats: Rows = [{"id": f"F{at}", "flat_no": f"F{at}", "street": f"Kungsgatan {at}"} for at in range(1, 6)]
    bills: Rows = [{"id": f"b{at}", "bill_no": f"b{at}", "lease_no": f"L{at}", "amount": "100"} for at in range(5)]
    paid: Rows = [
        {"id": f"d{at}", "bill_no": f"b{at}", "payer": name} for at, name in ((2, "Omar Haddad"), (3, "Bo Ek"))
    ]
    return {"tenants": tenants, "leases": leases, "party": parties, "flats": flats, "bills": bills, "paid": paid}


def sure(store: Store, tables: dict[str, Rows], *asked: str) -> set[tuple[str, str]]:
    return {place for place, grade in found(store, tables, *asked).items() if grade >= Grade.PROBABLE}


@pytest.mark.parametrize("asked", [MIRA, "Mira Haddad, Kungsgatan 2"])
def test_a_contract_of_two_is_of_each_whoever_paid(store: Store, asked: str) -> None:
    rows = sure(store, letting(), asked)
    assert rows >= {("leases", "L2"), ("flats", "F2"), ("bills", "b2"), ("paid", "d2")}
    assert ("tenants", "4721") not in rows
    assert ("party", "p3") not in rows


def test_a_flat_that_was_somebody_elses_before_leads_to_nothing_of_theirs(store: Store) -> None:
    rows = sure(store, letting(), ANNA)
    assert rows >= {("leases", "L0"), ("bills", "b0")}
    assert not rows & {("leases", "L1"), ("bills", "b1"), ("party", "p1")}


def club(*, house: int = 3) -> dict[str, Rows]:
    """Members without a number, whose addresses stand in a table of their own; two of them are called Mira Haddad."""
    called = (
        [(one[2], one[3]) for one in TENANTS[:3]] + [("Mira", "Haddad")] + [(one[2], one[3]) for one in TENANTS[4:]]
    )
    days = [f"19{at}0-03-04" for at in range(3, 9)]
    members: Rows = [
        {"id": f"m{at}", "fname": given, "lname": surname, "born": day}
        for at, ((given, surname), day) in enumerate(zip(called, days, strict=True))
    ]
    places: Rows = [
        {"id": f"a{at}", "member_id": f"m{at}", "street": f"Kungsgatan {house if at == 3 else at}"} for at in range(6)
    ]
    fees: Rows = [{"id": f"f{at}", "member_id": f"m{at}", "paid": "200"} for at in range(6)]
    return {"members": members, "places": places, "fees": fees}


def test_name_and_address_in_two_tables_of_people_without_a_number(store: Store) -> None:
    rows = sure(store, club(), "Mira Haddad, Kungsgatan 2")
    assert rows == {("members", "m2"), ("places", "a2"), ("fees", "f2")}


def test_two_of_one_name_at_one_address_are_told_apart_by_their_days_of_birth(store: Store) -> None:
    rows = sure(store, club(house=2), "Mira Haddad, Kungsgatan 2")
    assert not rows


class Told(Bearers):
    """Bearers that know it: with which numbers each identifier stands, and to which rows it leads."""

    def __init__(self, people: frozenset[bytes]) -> None:
        self.people = people

    def numbers(self, token: bytes) -> frozenset[bytes]:
        return self.people

    def residents(self, token: bytes) -> frozenset[bytes]:
        return self.people

    def rows(self, token: bytes) -> frozenset[int]:
        return frozenset({7})

    def are_one(self, rows: Collection[int]) -> bool:
        return True


@pytest.mark.parametrize(("people", "rows"), [(frozenset(), {7}), (frozenset({b"father", b"son"}), set())])
def test_rows_tell_only_where_no_numbers_do(people: frozenset[bytes], rows: set[int]) -> None:
    asked = [Seed(NAME, b"n", ""), Seed(ADDRESS, b"a", "")]
    assert rows_together(asked, Told(people)) == rows


PUPILS = (
    ("1", "Alva", "Nyström", "Ringvägen 1"),
    ("2", "Hugo", "Palm", "Ringvägen 2"),
    ("3", "Ebba", "Rydén", "Ringvägen 3"),
    ("4", "Axel", "Kihlström", "Ringvägen 4"),
    ("5", "Stina", "Blom", "Ringvägen 5"),
    ("6", "Viktor", "Sandberg", "Ringvägen 6"),
)
PARENTS = ("Camilla Nyström", "Roger Palm", "Josefin Rydén", "Henrik Kihlström", "Petra Blom", "Tobias Sandberg")


def school() -> dict[str, Rows]:
    """Six pupils without a number, five of whom take one course; their guardians."""
    pupils: Rows = [{"id": f"e{one[0]}", "fname": one[1], "lname": one[2], "street": one[3]} for one in PUPILS]
    courses: Rows = [{"id": f"K{at}", "hours": "20"} for at in range(2)]
    attended: Rows = [
        {"id": f"a{at}", "pupil_id": f"e{one[0]}", "course_id": f"K{at // 5}"} for at, one in enumerate(PUPILS)
    ]
    guardians: Rows = [
        {"id": f"g{at}", "pupil_id": f"e{at + 1}", "nm": name, "ph": f"070-174 06 {at + 20}"}
        for at, name in enumerate(PARENTS)
    ]
    return {"pupils": pupils, "courses": courses, "attended": attended, "guardian": guardians}


@pytest.mark.parametrize(("pupil", "course"), [(0, "K0"), (5, "K1")])
def test_a_course_is_nobodys_own_were_it_of_one_pupil(store: Store, pupil: int, course: str) -> None:
    _, given, surname, street = PUPILS[pupil]
    rows = sure(store, school(), f"{given} {surname}, {street}")
    assert rows == {("pupils", f"e{pupil + 1}"), ("attended", f"a{pupil}"), ("guardian", f"g{pupil}")}
    assert ("courses", course) not in rows


def test_a_guardians_telephone_leads_to_no_pupil_who_has_no_number(store: Store) -> None:
    assert sure(store, school(), "070-174 06 20") == {("guardian", "g0")}
