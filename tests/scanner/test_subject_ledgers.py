"""Two systems with a register each: personnummer in one, customer numbers in the other; who is one and the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.files import FilesConnector
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import PEOPLE, found
from tests.scanner.test_subject_opaque import uuid


def systems(*, bridged: bool = False) -> dict[str, Rows]:
    """Who travels; who pays, by name and telephone or by the other's key; vouchers and a list with customer numbers."""
    travellers: Rows = [
        {"id": uuid("traveller", at), "pnr": one[0], "namn": f"{one[1]} {one[2]}", "telefon": one[3]}
        for at, one in enumerate(PEOPLE)
    ]
    payers: Rows = [
        {
            "id": f"D5520{at}", "namn": f"{one[2]}, {one[1]}", "telefon": None if bridged else one[3],
            "resenar": uuid("traveller", at) if bridged else None,
        }
        for at, one in enumerate(PEOPLE)
    ]  # fmt: skip
    vouchers: Rows = [{"id": f"v{at}", "kundnr": f"D5520{at % 6}", "belopp": "1200"} for at in range(12)]
    trips: Rows = [{"id": f"t{at}", "resenar": uuid("traveller", at), "mal": "Visby"} for at in range(6)]
    listed: Rows = [{"id": f"l{at}", "kundnr": f"D5520{at}", "telefon": one[3]} for at, one in enumerate(PEOPLE)]
    return {"resenarer": travellers, "resor": trips, "debitor": payers, "verifikat": vouchers, "utskick": listed}


def sure(store: Store, tables: dict[str, Rows], *asked: str) -> set[tuple[str, str]]:
    hits = found(store, {"resor": MemoryConnector(tables)}, *asked)
    return {place for place, grade in hits.items() if grade >= Grade.PROBABLE}


OWN = {("resenarer", uuid("traveller", 1)), ("resor", "t1"), ("debitor", "D55201")}
OWN |= {("verifikat", "v1"), ("verifikat", "v7"), ("utskick", "l1")}


@pytest.mark.parametrize("seed", [PEOPLE[1][0], PEOPLE[1][3], "D55201"])
@pytest.mark.parametrize("bridged", [False, True])
def test_a_number_of_one_system_is_no_other_person_than_that_of_another(
    store: Store, seed: str, *, bridged: bool
) -> None:
    assert sure(store, systems(bridged=bridged), seed) == OWN


def test_father_and_son_of_one_name_and_telephone_are_not_told_by_it(store: Store) -> None:
    """Though only one of them has a number where they travel, and one alone pays."""
    tables = systems()
    tables["resenarer"].append(tables["resenarer"][1] | {"id": uuid("traveller", 9), "pnr": None})
    assert not sure(store, tables, "D55201") & {("resenarer", uuid("traveller", 1)), ("resor", "t1")}


def test_two_who_pay_under_one_name_and_telephone_are_two(store: Store) -> None:
    tables = systems()
    tables["debitor"].append(tables["debitor"][1] | {"id": "D55209"})
    tables["verifikat"].append({"id": "v99", "kundnr": "D55209", "belopp": "80"})
    assert ("resor", "t1") not in sure(store, tables, "D55209")


def test_who_is_called_back_on_a_telephone_that_was_somebody_elses_is_whom_the_row_leads_to(store: Store) -> None:
    """The telephone is told to be the one's who has a number; the other has none, and the row names nobody."""
    tables = systems()
    heir = {"id": uuid("traveller", 9), "pnr": None, "namn": "Tove Hallgren", "telefon": PEOPLE[1][3]}
    tables["resenarer"].append(heir)
    tables["aterring"] = [
        {"id": f"a{at}", "resenar": uuid("traveller", whose), "tel": PEOPLE[at % 6][3]}
        for at, whose in enumerate([0, 9, 2, 3, 4, 5, 0, 1])
    ]
    rows = {place for place in sure(store, tables, PEOPLE[1][0]) if place[0] == "aterring"}
    assert rows == {("aterring", "a7")}


def test_father_and_son_are_told_by_what_only_one_of_them_has(store: Store) -> None:
    """They share name and telephone; the e-mail address of one stands in both systems."""
    tables = systems()
    for name in ("resenarer", "debitor"):
        for row in tables[name]:
            row["epost"] = f"{row['namn'].split(',')[0].split()[-1].lower()}@resa.example.se"
    tables["resenarer"].append(tables["resenarer"][1] | {"id": uuid("traveller", 9), "pnr": None, "epost": None})
    assert ("resor", "t1") in sure(store, tables, "D55201")


def test_a_number_that_stands_in_texts_only_tells_nobody_apart(store: Store, tmp_path: Path) -> None:
    """Whoever pays has no voucher yet: the register calls the number `id`, and a letter says what it is."""
    tables = {name: rows for name, rows in systems().items() if name not in ("verifikat", "utskick")}
    share = tmp_path / "brev"
    share.mkdir()
    (share / "svar.txt").write_text("Hej!\n\nKundnummer: D55201\nVi har bokat om.\n", encoding="utf-8")
    sources = {"resor": MemoryConnector(tables), "brev": FilesConnector(path=str(share))}
    rows = {place for place, grade in found(store, sources, "D55201").items() if grade >= Grade.PROBABLE}
    assert rows >= {("debitor", "D55201"), ("resenarer", uuid("traveller", 1)), ("resor", "t1"), ("svar.txt", "")}
