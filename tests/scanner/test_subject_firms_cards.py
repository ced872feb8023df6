"""A firm among customers with names, known by nothing but its address; what it pays for somebody who works there."""

from __future__ import annotations

from connectors import Relation
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import PEOPLE, found

KEYS = tuple(
    Relation(table, ("kundnr",), "kund", ("kundnr",)) for table in ("kontaktperson", "avtal", "laddkort", "faktura")
)
KEYS += (Relation("laddsession", ("kortnr",), "laddkort", ("id",)),)
EVA = ("Eva Norling", "eva@bygg.example.se")


def register() -> dict[str, Rows]:
    """Customers, the last of whom is a firm; whom to turn to there, its contract and bill, and the card she has."""
    kund: Rows = [
        {
            "id": f"2102{at}",
            "kundnr": f"2102{at}",
            "fornamn": one[1],
            "efternamn": one[2],
            "personnr": one[0],
            "gata": f"Storgatan {at + 1}",
        }
        for at, one in enumerate(PEOPLE[:5])
    ]
    kund.append(
        {
            "id": "21027",
            "kundnr": "21027",
            "fornamn": None,
            "efternamn": None,
            "personnr": None,
            "gata": "Skolgatan 2 B",
        }
    )
    numbers = [*(str(row["id"]) for row in kund), "21020"]
    return {
        "kund": kund,
        "kontaktperson": [{"id": "k1", "kundnr": "21027", "namn": EVA[0], "epost": EVA[1]}],
        "avtal": [{"id": f"A{at}", "kundnr": one} for at, one in enumerate(numbers)],
        "faktura": [
            {"id": f"F{at}", "kundnr": one, "mottagare": EVA[0] if one == "21027" else None}
            for at, one in enumerate(numbers)
        ],
        "laddkort": [
            {"id": f"NV{at}", "kundnr": one, "innehavare": EVA[0] if one == "21027" else None}
            for at, one in enumerate(numbers)
        ],
        "laddsession": [{"id": f"s{at}", "kortnr": f"NV{at}", "kwh": "12"} for at, one in enumerate(numbers)],
    }


def test_what_a_firm_has_is_not_its_contacts_but_what_she_holds_there_is(store: Store) -> None:
    hits = found(store, {"el": MemoryConnector(register(), KEYS)}, *EVA)
    sure = {place for place, grade in hits.items() if grade >= Grade.PROBABLE}
    assert sure >= {("kontaktperson", "k1"), ("laddkort", "NV5"), ("laddsession", "s5")}
    assert not sure & {("avtal", "A5"), ("kund", "21027")}
