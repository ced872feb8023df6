"""What a firm has, and what happened there, is not about whom to call for it; a private person's is."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.files import FilesConnector
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import found
from tests.scanner.test_subject_filed import mail
from tests.scanner.test_subject_tenures import PEOPLE, rows, sure

pytestmark = pytest.mark.slow

NEIGHBOURS = ("Ylva Strand", "Kim Sandell", "Bo Frisk")
CONTACT, PHONE, MAIL = "Nils Hedlund", "070-174 06 42", "nils.hedlund@kakel.example.com"


def centre(number: str = "556036-0793") -> dict[str, Rows]:
    """Customers, the last a firm of a number; their sites, whom to call there, alarms, bills and lines of these."""
    people = [(*one, "", f"070-174 06 1{at}") for at, one in enumerate(PEOPLE)]
    known = [*people, ("A9", "", "", number, "08-465 004 21")]
    whose = [f"{10172 + 13 * at}" for at in range(len(known))]
    customers = [(one[0], no, *one[1:]) for no, one in zip(whose, known, strict=True)]
    called = [(one[2], f"070-174 06 1{at}") for at, one in enumerate(PEOPLE)] + [(CONTACT, PHONE)]
    neighbours = [(f"n{at}", f"OB-20{at}", name, f"070-174 06 5{at}") for at, name in enumerate(NEIGHBOURS)]
    lists = [*((f"k{at}", f"OB-20{at}", *one) for at, one in enumerate(called)), *neighbours]
    sites = [(f"OB-20{at}", no, f"Storgatan {at}") for at, no in enumerate(whose)]
    alarms = [(f"L-{at}00", f"OB-20{at}") for at in range(len(whose))]
    bills = [(f"F-{at}00", no, name) for at, (no, (name, _)) in enumerate(zip(whose, called, strict=True))]
    return {
        "kund": rows("id kundnr pnr namn orgnr tel", *customers),
        "objekt": rows("id kundnr adress", *sites),
        "kundkontakt": rows("id kundnr namn roll tel epost", ("c1", whose[-1], CONTACT, "Platschef", PHONE, MAIL)),
        "kontlista": rows("id objekt_id namn tel", *lists),
        "larm": rows("id objekt_id", *alarms),
        "larmlogg": rows("id larm_id text", *((f"g{at}", f"L-{at}00", "Larm mottaget") for at in range(len(whose)))),
        "faktura": rows("id kundnr er_referens", *bills),
        "rad": rows("id faktura_id", *((f"r{at}", f"F-{at}00") for at in range(len(whose)))),
    }


@pytest.mark.parametrize("seed", [MAIL, PHONE])
@pytest.mark.parametrize("number", ["556036-0793", ""])
def test_whoever_is_called_for_a_firm_has_neither_its_sites_nor_its_bills(store: Store, number: str, seed: str) -> None:
    """Also where no number tells that it is one: a table of contact persons names somebody for it."""
    told = sure(store, centre(number), seed)
    assert told == {"kundkontakt": {"c1"}, "kontlista": {"k5"}, "faktura": {"F-500"}}


def test_a_private_customer_has_them(store: Store) -> None:
    told = sure(store, centre(), "070-174 06 10")
    assert told == {
        "kund": {"A1"}, "objekt": {"OB-200"}, "kontlista": {"k0", "n0"}, "larm": {"L-000"}, "larmlogg": {"g0"},
        "faktura": {"F-000"}, "rad": {"r0"},
    }  # fmt: skip


def test_a_mail_from_a_contact_with_the_telephone_below_is_no_order_of_the_firms(store: Store, tmp_path: Path) -> None:
    for name, text in mail(f"{CONTACT} <{MAIL}>", f"Hej,\nlarmet piper.\n{CONTACT}\n{PHONE}").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    share = FilesConnector(path=str(tmp_path), sandbox=False)
    hits = found(store, {"crm": MemoryConnector(centre("")), "arkiv": share}, MAIL)
    told = {place for place, grade in hits.items() if grade >= Grade.PROBABLE}
    assert {unit for unit, _ in told} == {"kundkontakt", "kontlista", "faktura", "in.eml"}
