"""Numbers of a bought company, and keys of few letters: what leads over tables of old numbers, and of codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.files import FilesConnector
from scanner.linking.links import is_role_of
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import ANNA, PEOPLE, SVEN, customers, found

pytestmark = pytest.mark.slow

NUMBERS = [f"{40177 + 11 * at}" for at in range(len(PEOPLE))]
BEFORE = [NUMBERS[1], NUMBERS[0], *(f"{70511 + 13 * at}" for at in range(2, len(PEOPLE)))]
"""Anna had the number at the bought company that Sven has today, and he hers."""


@pytest.mark.parametrize(
    ("name", "key", "is_one"),
    [("NYKNR", "KNR", True), ("GLKNR", "KNR", True), ("old_knr", "knr", True), ("BYKNR", "KNR", False)],
)
def test_a_key_however_short_is_known_behind_a_word_of_numbers_that_were_changed(
    name: str, key: str, *, is_one: bool
) -> None:
    assert is_role_of(name, key) is is_one


def bought(store: Store, folder: Path, asked: str, *, told: bool = True) -> dict[str, Grade]:
    """A list of the bought company's tells its customers' numbers of then; a table has those of today."""
    changed: Rows = [
        {"id": f"b{at}", "BOLAG": "02", "GLKNR": old, "NYKNR": new}
        for at, (old, new) in enumerate(zip(BEFORE, NUMBERS, strict=True))
    ]
    (folder / "arkiv").mkdir()
    lines = "".join(f"{number};2019-03-{at + 10};Ny sändare\n" for at, number in enumerate(BEFORE * 2))
    (folder / "arkiv" / "service.csv").write_text(f"KUNDNR;DATUM;ATGARD\n{lines}", encoding="utf-8")
    crm = MemoryConnector({"KUREG": customers(KNR=NUMBERS), **({"KNRBYTE": changed} if told else {})})
    share = FilesConnector(path=str(folder / "arkiv"), sandbox=False)
    hits = found(store, {"crm": crm, "arkiv": share}, asked)
    return {row: grade for (unit, row), grade in hits.items()}


@pytest.mark.parametrize(("told", "grade"), [(True, Grade.POSSIBLE), (False, Grade.CERTAIN)])
def test_a_bought_companys_number_is_at_most_possibly_of_who_has_it_today(
    store: Store, tmp_path: Path, *, told: bool, grade: Grade
) -> None:
    assert bought(store, tmp_path, SVEN, told=told)["1"] == grade


def test_nor_is_one_that_a_firm_had_there(store: Store, tmp_path: Path) -> None:
    firm = dict.fromkeys(customers()[0]) | {"id": "K9", "personnummer": "556047-3521", "efternamn": "Bygg & Mark AB"}
    register: Rows = [*customers(KNR=NUMBERS), firm | {"KNR": "88123"}]
    changed: Rows = [
        {"id": f"b{at}", "GLKNR": old, "NYKNR": new} for at, (old, new) in enumerate(zip(BEFORE, NUMBERS, strict=True))
    ]
    changed[0]["NYKNR"] = "88123"
    (tmp_path / "arkiv").mkdir()
    lines = "".join(f"{number};2019-03-{at + 10}\n" for at, number in enumerate(BEFORE * 2))
    (tmp_path / "arkiv" / "service.csv").write_text(f"KUNDNR;DATUM\n{lines}", encoding="utf-8")
    sources = {
        "crm": MemoryConnector({"KUREG": register, "KNRBYTE": changed}),
        "arkiv": FilesConnector(path=str(tmp_path / "arkiv"), sandbox=False),
    }
    assert found(store, sources, SVEN)["service.csv", "1"] == Grade.POSSIBLE


def test_a_code_of_four_digits_leads_to_the_table_that_it_is_the_key_of(store: Store) -> None:
    codes = [f"{7041 + 13 * at}" for at in range(len(PEOPLE))]
    lines: Rows = [{"id": f"l{at}", "LKOD": code, "KUND": f"K{at}"} for at, code in enumerate(codes)]
    events: Rows = [{"id": f"e{at}", "LKOD": codes[at % 6], "HTYP": "IL"} for at in range(12)]
    hits = found(store, {"lc": MemoryConnector({"kunder": customers(), "LINJE": lines, "HAND": events})}, ANNA)
    assert {row for unit, row in hits if unit == "HAND"} == {"e0", "e6"}
