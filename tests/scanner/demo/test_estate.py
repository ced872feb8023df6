"""The estate as a whole: the same from the same seed, large enough, honest about whose numbers it uses, complete."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from connectors.base import Batch, Unread
from connectors.files import FilesConnector
from scanner.demo import Estate, make
from scanner.demo.numbers import (
    COMMON_LINE,
    COMPANY_NUMBERS,
    SWITCHBOARD,
    TEST_SERIALS,
    is_identity,
    landlines,
    mobiles,
)

pytestmark = pytest.mark.slow

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
IP = re.compile(
    r"(?<![\d.])(?:192\.0\.2|198\.51\.100|203\.0\.113|192\.168\.\d|10\.0\.0)\.\d{1,3}(?![\d.])|2001:db8:[\da-f:]+"
)
DIGITS = re.compile(r"(?<!\d)(?:\d{2})?\d{6}\s?[-+–\u2011]?\s?\d{4}(?!\d)")
IBAN_OR_CARD = re.compile(r"SE\d{22}|SE\d{12}|\d{14,}")
PHONE = re.compile(r"(?<![\d-])\(?(?:\+46|0046|46|0)[\s(0)/-]*(?:70|8|31|40|980)[\d\s)/-]{5,}\d")
FICTIONAL = {*mobiles(), *landlines(), COMMON_LINE, SWITCHBOARD}


@pytest.fixture(scope="module")
def truth(estate: Estate) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(estate.truth.read_text(encoding="utf-8"))
    return whole


def _rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """Table, column and text of every cell."""
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                yield from ((table, column, str(row[column])) for column in row.keys() if row[column] is not None)  # noqa: SIM118
    connection.close()


def _texts(estate: Estate) -> Iterator[tuple[str, str, str]]:
    """Unit, field and text of all that is in the database and on the share."""
    yield from _rows(estate.directory / "crm.db")
    with FilesConnector(path=str(estate.directory / "share")) as share:
        for unit in share.units():
            assert not isinstance(unit, Unread)
            for batch in share.read(unit):
                if isinstance(batch, Batch):
                    yield from ((batch.unit, n, t) for n, column in batch.fields.items() for t in column if t)


def test_the_same_seed_makes_the_same_files(tmp_path: Path, estate: Estate) -> None:
    again = make(tmp_path / "again").directory
    for path in (p for p in estate.directory.rglob("*") if p.is_file() and p.name != "crm.db"):
        assert (again / path.relative_to(estate.directory)).read_bytes() == path.read_bytes(), path.name
    assert list(_rows(again / "crm.db")) == list(_rows(estate.directory / "crm.db"))


def test_another_seed_makes_another_estate(tmp_path: Path, estate: Estate) -> None:
    assert make(tmp_path / "other", seed=2).truth.read_bytes() != estate.truth.read_bytes()


def test_a_directory_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kvar")
    with pytest.raises(FileExistsError, match="not empty"):
        make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_it_is_large_enough(estate: Estate) -> None:
    tables = {table for table, _, _ in _rows(estate.directory / "crm.db")}
    files = [path for path in (estate.directory / "share").rglob("*") if path.is_file()]
    audio = [path for path in (estate.directory / "recordings").rglob("*") if path.suffix in (".wav", ".mp3")]
    assert len(tables) >= 12
    assert 8000 <= estate.rows <= 15000
    assert 300 <= estate.customers <= 400
    assert len(files) >= 40
    assert len({path.suffix for path in files}) >= 10
    assert len(audio) == estate.recordings >= 100


def test_the_configuration_names_what_was_made(estate: Estate) -> None:
    config = yaml.safe_load(estate.config.read_text(encoding="utf-8"))
    assert set(config["sources"]) == {"crm", "share", "samtal"}
    assert (estate.directory / config["sources"]["share"]["path"]).is_dir()
    assert (estate.directory / config["sources"]["samtal"]["path"]).is_dir()
    assert not (estate.directory / "insyn.key").exists()


def test_some_files_cannot_be_read(estate: Estate) -> None:
    with FilesConnector(path=str(estate.directory / "share")) as share:
        read = [batch for unit in share.units() if not isinstance(unit, Unread) for batch in share.read(unit)]
    unread = {batch.unit.partition("!")[0] for batch in read if isinstance(batch, Unread)}
    assert unread == {"arkiv/trasig.zip", "arkiv/skyddad.zip", "arkiv/kamera.bin"}


def test_every_number_that_could_be_somebodys_is_a_test_number(estate: Estate) -> None:
    companies = {number.replace("-", "") for number in COMPANY_NUMBERS}
    tested = 0
    for unit, field, text in _texts(estate):
        for found in DIGITS.findall(IBAN_OR_CARD.sub("", text)):
            digits = re.sub(r"\D", "", found)
            if is_identity(digits) and digits not in FICTIONAL and digits[-10:] not in companies:
                assert int(digits[-4:-1]) in TEST_SERIALS, (unit, field, digits)
                tested += 1
    assert tested > 500


def _values(truth: dict[str, Any], entity: str) -> dict[tuple[str, str], set[str]]:
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in truth["findings"]:
        if row["entity"] == entity:
            known[row["unit"], row["field"].partition(".")[0]].add(row["value"])
    return known


@pytest.mark.parametrize(("entity", "pattern"), [("EMAIL_ADDRESS", EMAIL), ("IP_ADDRESS", IP)])
def test_the_truth_is_complete(entity: str, pattern: re.Pattern[str], estate: Estate, truth: dict[str, Any]) -> None:
    known = _values(truth, entity)
    for unit, field, text in _texts(estate):
        for found in pattern.findall(text):
            assert found in known[unit, field.partition(".")[0]], (unit, field, found)


def test_the_truth_has_every_telephone_number(estate: Estate, truth: dict[str, Any]) -> None:
    known, seen = _values(truth, "PHONE_NUMBER"), 0
    for unit, field, text in _texts(estate):
        for found in PHONE.findall(text):
            national = re.sub(r"^(?:0046|46|0)0?", "0", re.sub(r"\D", "", found))
            if any(national.startswith(number) for number in FICTIONAL):
                seen += 1
                assert any(value in found for value in known[unit, field.partition(".")[0]]), (unit, field, found)
    assert seen > 1500


def test_every_personnummer_of_the_right_shape_is_in_the_truth(estate: Estate, truth: dict[str, Any]) -> None:
    people = {
        subject["personnummer"][2:]: subject["person"] for subject in truth["subjects"] if subject["personnummer"]
    }
    written = [row for row in truth["findings"] if row["entity"] == "SE_PERSONNUMMER" and "tier" not in row]
    assert {people[re.sub(r"\D", "", row["value"])[-10:]] for row in written} == {row["person"] for row in written}
    units = {(row["unit"], re.sub(r"\D", "", row["value"])[-10:]) for row in written}
    for unit, field, text in _texts(estate):
        for found in DIGITS.findall(text):
            digits = re.sub(r"\D", "", found)[-10:]
            assert digits not in people or (unit, digits) in units, (unit, field)


def test_the_traps_are_set(truth: dict[str, Any]) -> None:
    by_id = {subject["person"]: subject for subject in truth["subjects"]}
    cases = {name: [by_id[person] for person in ids] for name, ids in truth["cases"].items()}
    father, son = cases["father_and_son"][:2]
    assert (father["name"], father["address"]) == (son["name"], son["address"])
    assert father["personnummer"] != son["personnummer"]
    one, other = cases["couples"][:2]
    assert one["phones"] == other["phones"] and one["emails"] == other["emails"]
    old, new = cases["reused_mobile"][:2]
    assert old["phones"] == new["phones"] and old["phones"][0].startswith("070174")
    assert len({tuple(subject["phones"]) for subject in cases["switchboard"]}) == 1
    assert all(subject["born_as"] and len(subject["emails"]) == 2 for subject in cases["married"])
    assert all(not subject["name"] and subject["records"] for subject in cases["call_only"])
    assert all(record["relation"] == "mention" for s in cases["text_only"] for record in s["records"])


def test_rows_without_an_identifier_are_reached_by_key_only(truth: dict[str, Any]) -> None:
    relations = [r["relation"] for s in truth["subjects"] for r in s["records"] if r["unit"] == "larmlogg"]
    assert len(relations) > 3000
    assert set(relations) == {"key"}


def test_every_full_name_is_in_the_truth(estate: Estate, truth: dict[str, Any]) -> None:
    names = {subject["name"] for subject in truth["subjects"] if " " in subject["name"]}
    ordered = sorted(map(re.escape, names), key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(ordered)})(?![\w-])", re.IGNORECASE)
    known, seen = _values(truth, "PERSON"), 0
    for unit, field, text in _texts(estate):
        for found in pattern.findall(text):
            seen += 1
            values = known[unit, field.partition(".")[0]]
            assert found in values or any(found in value for value in values), (unit, field, found)
    assert seen > 4000


def test_another_database_takes_the_place_of_the_file(tmp_path: Path, estate: Estate) -> None:
    made = make(tmp_path / "demo", crm_url=f"sqlite:///{tmp_path / 'other.db'}")
    assert not (made.directory / "crm.db").exists()
    assert yaml.safe_load(made.config.read_text(encoding="utf-8"))["sources"]["crm"]["url"] == "${CRM_URL}"
    assert list(_rows(tmp_path / "other.db")) == list(_rows(estate.directory / "crm.db"))
