"""A father and his son of one name, each of whom is the other's contact."""

from __future__ import annotations

import pytest

from scanner.linking.identity import NAME, PERSONNUMMER, PHONE, Persona, Seen, View
from scanner.linking.ownership import Place
from scanner.store import Store
from scanner.subject.bearers import Bearers
from scanner.subject.known import Known
from scanner.subject.namesakes import is_near
from scanner.subject.outcome import Grade, Owned
from scanner.subject.records import Records
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import found
from tests.scanner.test_subject_tenures import rows

pytestmark = pytest.mark.slow

FATHER = "19510903-2390"
PEOPLE = (
    ("K1", FATHER, "Sven Lundmark", "070-174 06 06"),
    ("K2", "19830212-9815", "Sven Erik Lundmark", "070-174 06 07"),
    ("K3", "19780412-2385", "Anna Ekdahl", "070-174 06 05"),
    ("K4", "19900118-9811", "Mira Haddad", "070-174 06 08"),
    ("K5", "19650505-9821", "Eva Norling", "070-174 06 10"),
    ("K6", "19920723-9824", "Omar Brask", "070-174 06 09"),
)
OTHERS = (
    *(("Sven Lundmark", "070-174 06 41"), ("Sven Lundmark", PEOPLE[0][3]), ("Rut Tägtström", "070-174 06 22")),
    *(("Bo Frisk", "070-174 06 23"), ("Åsa Ahlm", "070-174 06 24"), ("Kim Sandell", "070-174 06 25")),
)
"""Whom else to call: the son, by another telephone of his, and the father."""
NEIGHBOURS = ("Ylva Strand", "Nils Hedlund", "Pia Falk", "Nils Ost", "Tove Hallgren", "Leila Karimi")


PRIVATE = "070-174 06 42"


def lists(first: str = PRIVATE) -> dict[str, Rows]:
    """Customers, by what telephone each signs in, their sites, whom to call there, and who has got a key.

    The first in each list is the customer.

    Args:
        first: Telephone of whoever stands first in the son's list, where he is called as his father is.
    """
    called = [(f"c{at}a", f"S{at}", one[2].replace(" Erik", ""), one[3], "1") for at, one in enumerate(PEOPLE)]
    called[1] = (*called[1][:3], first, "1")
    called += [(f"c{at}b", f"S{at}", *one, "2") for at, one in enumerate(OTHERS)]
    called += [(f"c{at}c", f"S{at}", one, f"070-174 06 3{at}", "3") for at, one in enumerate(NEIGHBOURS)]
    got = [(f"n{at}", one[0], *PEOPLE[at - 1][2:0:-1]) for at, one in enumerate(PEOPLE)]
    phones = [PRIVATE if at == 1 else one[3] for at, one in enumerate(PEOPLE)]
    return {
        "app_konto": rows("id personnr telefon", *((f"p{at}", PEOPLE[at][1], one) for at, one in enumerate(phones))),
        "kund": rows("id personnr namn mobil", *PEOPLE),
        "anlaggning": rows("id kund_id", *((f"S{at}", one[0]) for at, one in enumerate(PEOPLE))),
        "kontaktlista": rows("id anlaggning_id kontakt_namn kontakt_tel ordning", *called),
        "nyckelkvitto": rows("id kund_id hamtad_av_namn hamtad_av_personnr", *got),
    }


def sure(store: Store, tables: dict[str, Rows]) -> set[str]:
    hits = found(store, tables, FATHER)
    return {row for (table, row), grade in hits.items() if table == "kontaktlista" and grade >= Grade.PROBABLE}


def test_a_son_is_not_his_father_who_is_his_contact_and_is_called_alike(store: Store) -> None:
    assert sure(store, lists()) == {"c0a", "c0b", "c0c", "c1b"}


class _Told(Records, Bearers):
    """The son's record 9, and the rows of the register to which telephones lead: known beforehand."""

    def __init__(self, rows: dict[bytes, int]) -> None:
        self._rows = rows

    def identities(self, number: int) -> frozenset[bytes]:
        return frozenset({b"father" if number == FATHERS else b"son"})

    def person(self, entity: str, token: bytes) -> frozenset[bytes]:
        return frozenset({token})

    def is_anyones(self, token: bytes) -> bool:
        return True

    def rows(self, token: bytes) -> frozenset[int]:
        return frozenset({self._rows[token]} if token in self._rows else ())

    def view(self, number: int) -> View:
        return View(number, 1, None, (named(b"other" if number == OTHERS_ROW else b"sven", Place.OWNER),))


FATHERS, SONS, OTHERS_ROW = 1, 2, 3


def named(name: bytes, place: Place) -> Seen:
    return Seen(2, NAME, place, name, name, None, trusted=True)


@pytest.mark.parametrize(
    ("phone", "near", "told"),
    [
        (b"sons", b"son", False), (b"fathers", b"son", True), (b"unknown", b"son", True), (b"learnt", b"son", True),
        (b"wifes", b"son", True), (None, b"son", True), (None, b"daughter", False),
    ],
)  # fmt: skip
def test_a_name_near_the_person_is_not_theirs_beside_a_namesakes_telephone(
    phone: bytes | None, near: bytes, *, told: bool
) -> None:
    """A telephone that is known to be the person's does not speak against it, whoever else has that."""
    judge = _Told({b"sons": SONS, b"fathers": FATHERS, b"learnt": SONS, b"wifes": OTHERS_ROW})
    known = Known(judge)
    known.near.add(near)
    for token, entity in ((b"father", PERSONNUMMER), (b"fathers", PHONE), (b"learnt", PHONE)):
        known.add(token, Owned(entity, Grade.PROBABLE, ()))
    phones = (Seen(1, PHONE, Place.OTHER, phone, None, None, trusted=True),) if phone else ()
    seen = (named(b"sven", Place.OTHER), *phones)
    view = View(9, 1, None, seen)
    assert is_near((judge, judge), known, (view, Persona(Place.OTHER, seen))) is told
