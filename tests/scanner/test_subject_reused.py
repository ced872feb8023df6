"""A telephone that one customer had before another: whose a message to it was, the day tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.files import FilesConnector
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import ANNA, SVEN, customers, found

NUMBER = "070-174 06 06"
BEFORE = {"id": "h1", "kund_id": "K0", "telefon": NUMBER, "frdt": "130715", "todt": "220124"}
AFTER = {"id": "h2", "kund_id": "K1", "telefon": "0701740606", "frdt": "220524", "todt": "0"}
SENT = (
    ("m1", "+46701740606", "06/01/2020 16:13"), ("m2", "0701740606", "20/01/2023 12:08"),
    ("m3", "0701740606", "01/03/2022 08:00"), ("m4", "070-174 06 05", "20/01/2023 12:08"),
)  # fmt: skip


def messages(store: Store, folder: Path, asked: str, history: Rows) -> set[str]:
    """The messages that are surely the person's; Sven has the number now, by the register."""
    share = folder / "share"
    share.mkdir()
    lines = [";".join((at, number, day, "paminnelse")) for at, number, day in SENT]
    (share / "sms.csv").write_text("nr;mobil;tidpunkt;mall\n" + "\n".join(lines), encoding="utf-8")
    tables = {"kunder": customers(), "telefonhistorik": history}
    sources = {"crm": MemoryConnector(tables), "arkiv": FilesConnector(path=str(share))}
    hits = {place for place, grade in found(store, sources, asked).items() if grade >= Grade.PROBABLE}
    return {f"m{row}" for unit, row in hits if unit == "sms.csv"}


@pytest.mark.parametrize(("asked", "own"), [(ANNA, {"m1", "m4"}), (SVEN, {"m2"})])
def test_the_day_tells_whose_a_number_given_anew_was(store: Store, tmp_path: Path, asked: str, own: set[str]) -> None:
    assert messages(store, tmp_path, asked, [BEFORE, AFTER]) == own


def test_nothing_is_told_while_somebody_has_the_number_of_whom_it_is_not_known_since_when(
    store: Store, tmp_path: Path
) -> None:
    other = AFTER | {"telefon": "070-174 06 30"}
    assert messages(store, tmp_path, ANNA, [BEFORE, other]) == {"m4"}


def test_nothing_is_told_of_days_on_which_both_had_it(store: Store, tmp_path: Path) -> None:
    assert messages(store, tmp_path, SVEN, [BEFORE | {"todt": "230301"}, AFTER]) == set()
