"""Files and folders that are called by the number of a case, an order or a claim, whatever form it has."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from connectors import Connector
from connectors.database import DatabaseConnector
from connectors.files import FilesConnector
from scanner.linking.path_keys import path_keys
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import ANNA, customers, found

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("Skador/S23-10380/vittne.docx", ["10380", "s23-10380"]),
        ("akt_23-00417_v2.pdf", ["417", "23-00417"]),
        ("BRF-12-0042 protokoll.txt", ["42", "brf-12-0042"]),
        ("bilagor/6a0a8b08-0b8e-4c81-b9b7-b469735448e4.pdf", ["6a0a8b08-0b8e-4c81-b9b7-b469735448e4"]),
        ("H14-2034/nyckel.jpg", ["2034", "h14-2034"]),
        ("2023-04-17 till 18-04-2023.txt", ["2023"]),
        ("2023-04/2022-23/2023-2024.xlsx", ["2023", "2022", "2024"]),
        ("samtal 070-1740605 780412-2385.wav", ["1740605", "780412", "2385"]),
        ("utgåva-3-1/A4-2/covid-19/v2-10.txt", []),
        ("20250210_0523_0701740612.wav", ["20250210", "701740612"]),
        ("rec/20250210-052359.wav", ["20250210"]),
        ("20250210T0523_4711.wav", ["4711"]),
        ("20250210 faktura 4711.pdf", ["20250210", "4711"]),
        ("20250210_4711.pdf", ["20250210", "4711"]),
        ("20250210_1045.pdf", ["20250210", "1045"]),
        ("420250210_0523.pdf", ["420250210", "523"]),
    ],
)
def test_numbers_of_several_parts_in_a_path(path: str, keys: list[str]) -> None:
    assert path_keys(path) == keys


NUMBERS = ["S23-10380", "S23-10391", "S24-10402", "S24-10413", "S25-10424", "S25-10435"]


def claims(**more: Rows) -> MemoryConnector:
    policies: Rows = [{"id": f"60{205_117 + 331 * at}", "kund": f"K{at}"} for at in range(6)]
    rows: Rows = [
        {"id": f"c{at}", "skadenr": number, "policies": f"60{205_117 + 331 * at}"} for at, number in enumerate(NUMBERS)
    ]
    return MemoryConnector({"kunder": customers(), "policies": policies, "skador": rows, **more})


def files(store: Store, folder: Path, crm: Connector, names: list[str], who: str = ANNA) -> dict[str, Grade]:
    for name in names:
        (folder / "arkiv" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "arkiv" / name).write_text("Taket tog skada i stormen.")
    share = FilesConnector(path=str(folder / "arkiv"), sandbox=False)
    return {unit: grade for (unit, _), grade in found(store, {"crm": crm, "arkiv": share}, who).items() if "." in unit}


def test_a_folder_called_by_a_claims_number_is_of_whose_policy_that_is(store: Store, tmp_path: Path) -> None:
    names = [f"Skador/{number}/värdering.txt" for number in NUMBERS] + [
        "Skador/S23-99999/värdering.txt",
        "S23-1038/a.txt",
    ]
    assert files(store, tmp_path, claims(), names) == {names[0]: Grade.PROBABLE}


def test_a_part_of_such_a_number_is_not_its_other_part(store: Store, tmp_path: Path) -> None:
    names = [f"Skador/{number.replace('S', 'T')}/värdering.txt" for number in NUMBERS]
    assert files(store, tmp_path, claims(), names) == {}


ORDERS = [str(45_610 + 37 * at) for at in range(6)]


@pytest.mark.parametrize(("first", "hits"), [(522, set()), (40_522, {"mejl/40522_svar.eml"})])
def test_a_short_number_that_counts_rows_leads_to_no_file_that_has_it_by_chance(
    store: Store, tmp_path: Path, first: int, hits: set[str]
) -> None:
    """A mail of the 22nd of May, and the 522nd event; five digits do not meet by chance."""
    with closing(sqlite3.connect(tmp_path / "crm.db")) as database, database:
        database.execute("CREATE TABLE kunder (id TEXT PRIMARY KEY, pnr TEXT, namn TEXT)")
        people = [(one["id"], one["personnummer"], f"{one['fornamn']} {one['efternamn']}") for one in customers()]
        database.executemany("INSERT INTO kunder VALUES (?, ?, ?)", people)
        database.execute("CREATE TABLE events (event_no INTEGER PRIMARY KEY, kund TEXT REFERENCES kunder, what TEXT)")
        events = [(first + at, people[at % len(people)][0], "armed") for at in range(12)]
        database.executemany("INSERT INTO events VALUES (?, ?, ?)", events)
    crm = DatabaseConnector(url=f"sqlite:///{tmp_path}/crm.db", sandbox=False)
    names = [f"mejl/{first:04}_svar.eml", f"mejl/{first + 1:04}.eml"]
    assert files(store, tmp_path, crm, names).keys() == hits


def garage(column: str, **more: Rows) -> MemoryConnector:
    """Orders that customers have made, with lines below them; nothing in an order names anybody."""
    orders: Rows = [{"id": f"o{at}", column: number, "kund": f"K{at}"} for at, number in enumerate(ORDERS)]
    lines: Rows = [{"id": f"r{at}", column: ORDERS[at % 6], "vara": "Bult"} for at in range(12)]
    return MemoryConnector({"kunder": customers(), "arbeten": orders, "rader": lines, **more})


@pytest.mark.parametrize(
    ("column", "name", "told"),
    [
        ("AONr", "Protokoll/2023/AO45610 provkörning.txt", True),
        ("ao_nr", "ao45610.txt", True),
        ("order_id", "O45610.txt", True),
        ("order_id", "ORD45610/bild.txt", True),
        ("AONr", "Bilder/IMG45610.txt", False),
        ("AONr", "BO45610.txt", False),
        ("AONr", "AO456101.txt", False),
        ("AONr", "RAO45610.txt", False),
        ("AONr", "AO45610b.txt", False),
        ("AONr", "AO99999/IMG45610.txt", False),
    ],
)
def test_a_number_behind_the_letters_that_its_column_begins_with(
    store: Store, tmp_path: Path, column: str, name: str, told: bool
) -> None:
    assert files(store, tmp_path, garage(column), [name]) == ({name: Grade.PROBABLE} if told else {})


def test_a_number_behind_letters_that_something_else_has_as_well_is_nobodys(store: Store, tmp_path: Path) -> None:
    machines: Rows = [
        {"id": f"m{at}", "maskin_nr": number} for at, number in enumerate([*ORDERS[:2], "46111", "46222"])
    ]
    assert files(store, tmp_path, garage("AONr", maskiner=machines), ["AO45610.txt"]) == {}


def test_a_file_called_by_the_number_alone_is_found_beside_a_picture_of_it(store: Store, tmp_path: Path) -> None:
    assert files(store, tmp_path, garage("AONr"), ["45610.txt", "IMG45610.txt"]) == {"45610.txt": Grade.PROBABLE}


@pytest.mark.parametrize("column", ["referred_by", "vardnadshavare_id"])
def test_a_folder_called_by_the_key_of_who_recommended_somebody_is_not_that_ones(
    store: Store, tmp_path: Path, column: str
) -> None:
    numbers = [str(204_139 + 57 * at) for at in range(6)]
    people = customers(patient_nr=numbers, **{column: [numbers[3], "", "", "", "", ""]})
    names = [f"Kallelser/{number}.txt" for number in numbers]
    assert files(store, tmp_path, MemoryConnector({"patienter": people}), names) == {names[0]: Grade.PROBABLE}
