"""A number that two people have in one register: what bears it is of both, what hangs below a row is one's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import KEYS, found

pytestmark = pytest.mark.slow

CARD = "410020"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    yield opened
    opened.close()


def gym(*, second: str = "Omar Haddad") -> dict[str, Rows]:
    """Mira and Omar train on one card; each books for themselves."""
    members = (
        ("m1", "Anna Ekdahl", "anna.ekdahl@example.se", "410010"),
        ("m2", "Mira Haddad", "mira.haddad@example.se", CARD),
        ("m3", second, "omar.haddad@example.se", CARD),
        ("m4", "Sven Lundmark", "sven.lundmark@example.se", "410040"),
        ("m5", "Eva Norling", "eva.norling@example.se", "410050"),
    )
    bookings: Rows = [
        {"id": f"b{at}", "member_id": who, "class": "spinning"} for at, (who, *_) in enumerate((*members, *members))
    ]
    visits: Rows = [{"id": f"v{at}", "kundnr": one[3], "door": "1"} for at, one in enumerate(members)]
    named = ("id", "name", "epost", "kundnr")
    return {"member": [dict(zip(named, one, strict=True)) for one in members], "booking": bookings, "visit": visits}


def sure(store: Store, tables: dict[str, Rows], *asked: str) -> set[tuple[str, str]]:
    return {place for place, grade in found(store, tables, *asked).items() if grade >= Grade.PROBABLE}


@pytest.mark.parametrize("asked", ["mira.haddad@example.se", f"{CARD}|Mira Haddad"])
def test_who_shares_a_number_has_no_part_in_the_others_rows(store: Store, asked: str) -> None:
    rows = sure(store, gym(), *asked.split("|"))
    assert rows >= {("member", "m2"), ("booking", "b1"), ("booking", "b6"), ("visit", "v1"), ("visit", "v2")}
    assert not rows & {("booking", "b2"), ("booking", "b7")}


def test_a_second_row_of_the_same_person_leads_on(store: Store) -> None:
    """Near-miss: one person who has registered twice, the second time by another surname."""
    rows = sure(store, gym(second="Mira Lund"), "mira.haddad@example.se")
    assert rows >= {("member", "m2"), ("member", "m3"), ("booking", "b1"), ("booking", "b2"), ("booking", "b7")}
