"""Contracts and forms that give a personnummer beside a name and an address, where no register has the number."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.files import FilesConnector
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import PEOPLE, found

MIRA, SVEN = "19900118-9811", "19510903-2390"
TWIN = "19900118-9829"
STREET = "Skolgatan 4, 621 41 Visby"


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        (f"Gäst: Sven Lundmark, {SVEN}. Medgäst är Mira Haddad, {MIRA}.\n", True),
        (f"Sven Lundmark ({SVEN}) och Mira Haddad ({MIRA}) har hyrt.\n", True),
        (f"{MIRA} Mira Haddad, {SVEN} Sven Lundmark\n", False),
        (f"{SVEN} Mira Haddad {MIRA} Sven Lundmark\n", False),
        (f"Mira Haddad har hyrt med Sven Lundmark. Numren är {MIRA} och {SVEN}.\n", False),
        (f"Ring Mira Haddad\n{MIRA} Sven Lundmark\nPer Ost {SVEN}\n", False),
        (f"Eva Norling, {TWIN}, och Mira Haddad, {MIRA}, har hyrt.\n", True),
        (f"Mira Haddad, {TWIN}, har hyrt åt {MIRA}.\n", False),
    ],
)
def test_of_several_in_a_text_the_name_just_before_a_number_is_whose_that_is(
    store: Store, tmp_path: Path, text: str, *, leads: bool
) -> None:
    born = {"fodd": "1990-01-18", "adress": ""}
    assert (("gaster", "G3") in sure(store, tmp_path, text, **born)) is leads


def sure(store: Store, folder: Path, text: str, **known: str) -> set[tuple[str, str]]:
    """With a form in a share, and a register of guests, who have an address each but one."""
    share = folder / "share"
    share.mkdir()
    (share / "hyra.txt").write_text(text, encoding="utf-8")
    guests: list[dict[str, str | None]] = [
        {"id": f"G{at}", "gast": f"{one[1]} {one[2]}", "adress": f"Hamngatan {at + 1}, 621 41 Visby", "telefon": ""}
        for at, one in enumerate(PEOPLE)
    ]
    if "fodd" in known:
        guests = [{**one, "fodd": f"196{at}-03-14"} for at, one in enumerate(guests)]
    guests[3] |= known or {"adress": STREET}
    stays: Rows = [{"id": f"s{at}", "gast_id": f"G{at}", "natter": "3"} for at in range(6)]
    sources = {
        "bokning": MemoryConnector({"gaster": guests, "vistelser": stays}),
        "arkiv": FilesConnector(path=str(share)),
    }
    return {place for place, grade in found(store, sources, MIRA).items() if grade >= Grade.PROBABLE}


@pytest.mark.parametrize(
    "text",
    [
        f"Mellan Gute Stugor AB och Mira Haddad, {MIRA}, {STREET}.\n\nUthyrare: Gute Stugor AB, genom Stig Norling.\n",
        f"HYRESAVTAL\n\nNamn: Mira Haddad\nPersonnummer: {MIRA}\nAdress: {STREET}\n",
    ],
)
def test_a_contract_leads_to_whom_it_is_with(store: Store, tmp_path: Path, text: str) -> None:
    assert sure(store, tmp_path, text) == {("hyra.txt", ""), ("gaster", "G3"), ("vistelser", "s3")}


@pytest.mark.parametrize(
    "text",
    [
        f"Handläggare Mira Haddad, ring vid frågor om stugan och om allt annat. Ärendet gäller {MIRA}.\n\n{STREET}\n",
        f"Gäst: Mira Haddad\nMed: Sven Lundmark, {MIRA}, {STREET}\n",
        f"Mira Haddad, {MIRA}, har flyttat. Ny gäst är nu någon annan som bor på {STREET}.\n",
    ],
)
def test_a_name_further_away_or_one_of_two_is_not_told(store: Store, tmp_path: Path, text: str) -> None:
    assert sure(store, tmp_path, text) == {("hyra.txt", "")}


def test_a_form_leads_by_the_telephone_on_it_to_whom_a_register_knows_by_name(store: Store, tmp_path: Path) -> None:
    text = f"Anmälan\nNamn ......: Mira Haddad\nPersonnr ..: {MIRA}\nTel dagtid : 070 1740606\n"
    found = sure(store, tmp_path, text, telefon="070-174 06 06")
    assert found == {("hyra.txt", ""), ("gaster", "G3"), ("vistelser", "s3")}


def test_the_telephone_behind_another_name_is_not_the_persons(store: Store, tmp_path: Path) -> None:
    text = f"Namn: Mira Haddad\nPersonnr: {MIRA}\nNärmast: Sven Lundmark 070 1740606\n"
    assert sure(store, tmp_path, text, telefon="070-174 06 06") == {("hyra.txt", "")}
