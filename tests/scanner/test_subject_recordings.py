"""Recordings that only the number of a call leads to: in the name of a file, in it, or in an index beside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from connectors.files import FilesConnector
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import ANNA, PEOPLE, customers, found

pytestmark = pytest.mark.slow

CALLS = [(310_021 + 170 * at, person[3]) for at, person in enumerate(PEOPLE)]


def sure(store: Store, folder: Path, **tables: Rows) -> set[str]:
    sources = {
        "crm": MemoryConnector({"kunder": customers(), **tables}),
        "tele": FilesConnector(path=str(folder), sandbox=False),
    }
    hits = found(store, sources, ANNA).items()
    return {f"{unit} {row}".strip() for (unit, row), grade in hits if grade >= Grade.PROBABLE and "." in unit}


def called(name: str, folder: Path, key: str = "id") -> Rows:
    """The calls that a switchboard counts, and a file for each, called by its number, that says nothing of whom."""
    folder.mkdir()
    for number, _ in CALLS:
        (folder / name.format(number)).write_text(json.dumps({"vxlId": number, "sek": 60}))
    return [
        {"id": str(number), key: str(number), "a_nummer": phone, "b_nummer": "08-465 004 00", "tid": "2024-05-06 10:00"}
        for number, phone in CALLS
    ]


@pytest.mark.parametrize(("name", "key"), [("rec{}.json", "id"), ("{}.json", "samtal_id")])
def test_a_recording_that_is_called_by_the_number_of_a_call(store: Store, tmp_path: Path, name: str, key: str) -> None:
    calls = called(name, tmp_path / "tele", key)
    assert {one.split()[0] for one in sure(store, tmp_path / "tele", vxl=calls)} == {name.format(CALLS[0][0])}


def test_a_file_that_is_called_by_another_number_is_no_recording(store: Store, tmp_path: Path) -> None:
    assert sure(store, tmp_path / "tele", vxl=called("fak{}.json", tmp_path / "tele")) == set()


def listed(folder: Path, *, twice: bool = False) -> None:
    """A list of calls, and the index of their recordings in another file; `twice`: in a second list, too."""
    folder.mkdir()
    lines = [f"2024-05-0{at + 1} 10:00;{phone};REC{number}" for at, (number, phone) in enumerate(CALLS)]
    (folder / "cdr_2024.csv").write_text("\n".join(["Starttid;A_nummer;Inspelning", *lines]))
    index = [{"recordingId": f"REC{number}", "codec": "g711a", "bytes": 9} for number, _ in reversed(CALLS)]
    (folder / "index.json").write_text(json.dumps(index))
    if twice:
        (folder / "gallrade.csv").write_text("\n".join(["Inspelning;Orsak", *(f"REC{one};tid" for one, _ in CALLS)]))


def test_the_index_of_recordings_beside_a_list_of_calls(store: Store, tmp_path: Path) -> None:
    listed(tmp_path / "tele")
    assert sure(store, tmp_path / "tele") == {"cdr_2024.csv 1", "index.json 6"}


def test_where_two_lists_hold_the_numbers_neither_is_meant(store: Store, tmp_path: Path) -> None:
    listed(tmp_path / "tele", twice=True)
    assert "index.json 6" not in sure(store, tmp_path / "tele")
