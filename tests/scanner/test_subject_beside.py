"""Whose a telephone is that stands beside several names, or beside a name that is not whom the row's key leads to."""

from __future__ import annotations

from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import ANNA, PEOPLE, found

BURIED = ("Gösta Ekdahl", "Rut Lundmark", "Sven Brask", "Fatima Haddad", "Karim Ali", "Stig Norling")
NUMBERS = ("20000801-9853", "19510516-9873", "19741212-9921", "19480714-9903", "19760511-2387", "19491130-9872")
GIVERS = ("Berit Sandell", "Per Wiklander", "Ali Rostami", "Tove Hallgren", "Nils Öberg", "Leila Karimi")


def bureau(column: str = "arendenr") -> dict[str, Rows]:
    """Who orders funerals, the cases, a list of them with a telephone behind two names, gifts.

    Args:
        column: What the list calls the cases' numbers.
    """
    contacts: Rows = [
        {"id": f"k{at}", "personnr": one[0], "namn": f"{one[1]} {one[2]}", "telefon": one[3]}
        for at, one in enumerate(PEOPLE)
    ]
    cases: Rows = [
        {"id": f"D24-03{at}", "arendenr": f"D24-03{at}", "avliden": name, "avliden_pnr": NUMBERS[at]}
        for at, name in enumerate(BURIED)
    ]
    listed: Rows = [
        {
            "id": str(at), column: f"D24-03{at}", "avliden": BURIED[at], "bestallare": f"{one[1]} {one[2]}",
            "tel": one[3], "lokal": "Sankt Olof",
        }
        for at, one in enumerate(PEOPLE)
    ]  # fmt: skip
    gifts: Rows = [
        {
            "id": str(at),
            "arendenr": f"D24-03{(at + at // 6) % 6}",
            "givare": GIVERS[at % 6],
            "telefon": f"070-174 06 2{at % 6}",
        }
        for at in range(12)
    ]
    return {"kontakt": contacts, "arende": cases, "lista": listed, "gava": gifts}


def sure(store: Store, tables: dict[str, Rows], *asked: str) -> set[tuple[str, str]]:
    hits = found(store, {"bokning": MemoryConnector(tables)}, *asked)
    return {place for place, grade in hits.items() if grade >= Grade.PROBABLE}


def test_a_telephone_behind_two_names_is_of_whom_it_stands_with_elsewhere(store: Store) -> None:
    assert ("kontakt", "k0") in sure(store, bureau(), PEOPLE[0][3])


def test_a_givers_telephone_is_not_of_whom_the_gift_remembers(store: Store) -> None:
    assert sure(store, bureau("rad"), "070-174 06 20") == {("gava", "0"), ("gava", "6")}
    assert not {place for place in sure(store, bureau(), ANNA) if place[0] == "gava"}
