"""Files in folders that are called by people's names; mails whose senders no register knows by their address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from connectors.files import FilesConnector
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector
from tests.scanner.test_subject_crossing import ANNA, customers, found

pytestmark = pytest.mark.slow

TOLD, SCAN = "Blankett om hälsa.\nNamn: Anna Ekdahl\nPersonnr: 780412-2385\n", "Blankett 12, sidan är inte läsbar.\n"
NAMESAKE = "Blankett om hälsa.\nNamn: Anna Ekdahl\nPersonnr: 650505-9821\n"


def sure(store: Store, folder: Path, files: Mapping[str, str], seed: str) -> set[str]:
    """Lay files out beside a register, scan both, ask, and give the units of what is surely or probably somebody's."""
    for name, text in files.items():
        (folder / "arkiv" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "arkiv" / name).write_text(text, encoding="utf-8")
    share = FilesConnector(path=str(folder / "arkiv"), sandbox=False)
    hits = found(store, {"crm": MemoryConnector({"kunder": customers()}), "arkiv": share}, seed)
    return {unit for (unit, _), grade in hits.items() if grade >= Grade.PROBABLE}


def test_what_lies_in_a_folder_called_by_a_name_is_of_whom_another_file_there_is(store: Store, tmp_path: Path) -> None:
    files = {"E/Ekdahl, Anna/intyg.txt": TOLD, "E/Ekdahl, Anna/sida2.txt": SCAN}
    assert sure(store, tmp_path, files, ANNA) == {"kunder", *files}


@pytest.mark.parametrize(
    "files",
    [
        {"Blanketter/Ekdahl, Anna intyg.txt": TOLD, "Blanketter/Ekdahl, Anna sida2.txt": SCAN},
        {"E/Ekdahl, Anna/intyg.txt": TOLD, "F/Ekdahl, Anna/sida2.txt": SCAN},
        {"E/Ekdahl, Anna/intyg.txt": TOLD, "E/Ekdahl, Anna/3.txt": NAMESAKE, "E/Ekdahl, Anna/sida2.txt": SCAN},
    ],
)
def test_a_name_alone_is_a_namesakes_as_well(store: Store, tmp_path: Path, files: dict[str, str]) -> None:
    assert not any("sida2" in unit for unit in sure(store, tmp_path, files, ANNA))


def mail(sender: str, text: str, to: str = "Info <info@example.se>") -> dict[str, str]:
    head = f"From: {sender}\nTo: {to}\nSubject: Intyg\nDate: Mon, 03 Mar 2025 10:00:00 +0100\n"
    return {"in.eml": f"{head}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"}


OWN = "Hej,\njag behöver ett intyg. Mitt personnummer är 780412-2385.\nAnna Ekdahl"


@pytest.mark.parametrize("sender", ["Anna <skutan12@example.se>", "Anna Ekdahl <skutan12@example.se>"])
def test_whoever_gives_a_number_of_the_own_name_is_its_owner(store: Store, tmp_path: Path, sender: str) -> None:
    assert sure(store, tmp_path, mail(sender, OWN), "skutan12@example.se") == {"kunder", "in.eml"}


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("Eva <skutan12@example.se>", "Hej,\nmin dotter Anna Ekdahl, 780412-2385, har brutit armen.\nEva Norling"),
        ("Anna <skutan12@example.se>", "Hej,\ndet gäller 780412-2385. Ring mig i dag.\nAnna Berggren"),
        ("Eva Norling <skutan12@example.se>", "Hej,\ndet gäller Anna Ekdahl, 780412-2385. Ring mig i dag."),
    ],
)
def test_whoever_gives_somebody_elses_number_is_not(store: Store, tmp_path: Path, sender: str, text: str) -> None:
    assert sure(store, tmp_path, mail(sender, text), "skutan12@example.se") == {"in.eml"}


def test_whoever_gets_a_number_of_the_own_given_name_is_not(store: Store, tmp_path: Path) -> None:
    files = mail("Info <info@example.se>", OWN, to="Anna <anna12@example.se>")
    assert sure(store, tmp_path, files, "anna12@example.se") == {"in.eml"}


@pytest.mark.parametrize(
    ("sender", "text", "units"),
    [
        ("Anna Ekdahl <skutan12@example.se>", "Kan ni ringa? 070-174 06 05\n/Anna", {"kunder", "in.eml"}),
        ("Anna Ekdahl <skutan12@example.se>", "Kan ni ringa Sven på 070-174 06 06?\n/Anna", {"in.eml"}),
        ("Eva Berg <skutan12@example.se>", "Kan ni ringa? 070-174 06 05\n/Eva", {"in.eml"}),
    ],
)
def test_a_sender_whose_telephone_a_register_knows_under_that_name(
    store: Store, tmp_path: Path, sender: str, text: str, units: set[str]
) -> None:
    assert sure(store, tmp_path, mail(sender, text), "skutan12@example.se") == units
