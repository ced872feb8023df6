"""What a person gets: all that is theirs, as it is now, and nothing of anybody else's."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import pyzipper

from reports.case.data import SCHEMA
from scanner import config as configuration
from scanner import workflow
from scanner.cases import hits as case_hits
from scanner.cases import package as case_package
from scanner.cases import tasks as case_tasks
from scanner.cases.desk import Desk
from scanner.cases.model import Decision, NewCase
from scanner.engine.results import Silent
from scanner.errors import ConfigError
from tests.scanner.case_estate import ANNA, Office, make_office

pytestmark = pytest.mark.slow

_WORDS = """
      kunder:
        relationship_end: avslutad
        label: Kundregistret
        fields: {avslutad: Avtalet upphörde}
        codes: {sekretessmarkering: {N: ingen skyddad identitet}, id: {101: den första}}
    label: Kundsystemet
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


@pytest.fixture
def desk(office: Office) -> Iterator[Desk]:
    with office.desk() as opened:
        yield opened


def case_of(desk: Desk, *identifiers: str) -> str:
    new = NewCase(date(2026, 11, 2), identifiers=identifiers, name="Anna Ekdahl", contact="Storgatan 5")
    case = desk.register.open(new)
    case_hits.search(desk, case.number)
    for task in case_tasks.listed(desk, case.number):
        case_tasks.answer(desk, case.number, task.id, "Larmloggen bifogas.", [("../larm.txt", b"2026-01-01 larm")])
    return case.number


def unpacked(built: case_package.Built) -> dict[str, bytes]:
    with pyzipper.AESZipFile(built.path) as archive:
        with pytest.raises(RuntimeError, match="encrypted"):
            archive.read("uppgifter.html")
        archive.setpassword(built.password.encode())
        return {name: archive.read(name) for name in archive.namelist()}


def values(files: dict[str, bytes], table: str) -> dict[str, str]:
    (entry,) = [one for one in json.loads(files["uppgifter.json"])["entries"] if one["place"] == table]
    return {datum["field"]: datum["value"] for datum in entry["data"]}


def test_the_package_holds_all_its_files_and_its_manifest_is_right(desk: Desk) -> None:
    files = unpacked(case_package.build(desk, case_of(desk, ANNA)))
    manifest = json.loads(files.pop("manifest.json"))["files"]
    assert set(manifest) == set(files) == {
        "brev.pdf", "uppgifter.html", "uppgifter.json", "uppgifter.schema.json", "uppgifter.csv", "bilagor/01-larm.txt",
    }  # fmt: skip
    assert {name: len(content) for name, content in files.items()} == {
        name: one["bytes"] for name, one in manifest.items()
    }


def test_the_persons_own_data_are_there_word_for_word(desk: Desk) -> None:
    files = unpacked(case_package.build(desk, case_of(desk, ANNA)))
    own = values(files, "kunder")
    assert own["personnummer"] == ANNA
    assert own["adress"] == "Storgatan 5"
    assert own["avslutad"] == "2026-03-31"
    text = files["uppgifter.html"].decode()
    assert "Storgatan 5" in text
    assert "till och med 2028-03-31" in text, "24 months after the relationship ended, as the policy says"


@pytest.mark.parametrize("name", ["uppgifter.html", "uppgifter.json", "uppgifter.csv"])
def test_nothing_of_another_person_and_no_secret_is_in_it(desk: Desk, name: str) -> None:
    """S05."""
    text = unpacked(case_package.build(desk, case_of(desk, ANNA)))[name].decode()
    for value in ("Lundmark", "070-174 06 06", "Norling", "blå båt", "vinterdäck"):
        assert value not in text
    assert "kontaktperson" in text
    assert "medarbetare" in text


def test_of_a_record_about_somebody_else_only_the_persons_own_is_given(desk: Desk) -> None:
    files = unpacked(case_package.build(desk, case_of(desk, ANNA)))
    entries = json.loads(files["uppgifter.json"])["entries"]
    (mention,) = [one for one in entries if not one["about_you"]]
    assert {datum["value"] for datum in mention["data"]} == {"Anna Ekdahl", "070-174 06 05"}


def test_a_column_that_mostly_holds_the_customer_does_not_give_away_a_neighbour(office: Office) -> None:
    """S05."""
    people = {101: "Anna Ekdahl 070-174 06 05", 102: "Sven Lundmark 070-174 06 06", 103: "Mira Haddad 070-174 06 07"}
    office.change("CREATE TABLE samtal (id INTEGER PRIMARY KEY, kund_id INTEGER REFERENCES kunder(id), vem TEXT)")
    for at in range(12):
        kund = 101 + at % 3
        office.change(f"INSERT INTO samtal VALUES ({at}, {kund}, '{people[kund]}')")
    office.change("INSERT INTO samtal VALUES (12, 101, 'Sven Lundmark 070-174 06 06')")
    workflow.scan(configuration.load(office.directory / "insyn.yaml"), [], Silent())
    with office.desk() as desk:
        entries = json.loads(unpacked(case_package.build(desk, case_of(desk, ANNA)))["uppgifter.json"])["entries"]
    own = [one for one in entries if one["place"] == "samtal"]
    assert len(own) == 5
    assert "Anna Ekdahl" in str(own)
    assert "Lundmark" not in str(entries)
    assert "070-174 06 06" not in str(entries)


def test_columns_and_codes_are_told_in_plain_words(office: Office) -> None:
    config = office.directory / "insyn.yaml"
    told = config.read_text(encoding="utf-8")
    config.write_text(told.replace("\n      kunder: {relationship_end: avslutad}\n", _WORDS), encoding="utf-8")
    with office.desk() as desk:
        files = unpacked(case_package.build(desk, case_of(desk, ANNA)))
    (own,) = [one for one in json.loads(files["uppgifter.json"])["entries"] if one["place"] == "kunder"]
    words = {datum["field"]: (datum.get("name"), datum.get("means")) for datum in own["data"]}
    assert words["fornamn"] == ("Förnamn", None)
    assert words["avslutad"] == ("Avtalet upphörde", None)
    assert words["sekretessmarkering"] == ("Sekretessmarkering", "ingen skyddad identitet")
    assert words["id"] == ("Nummer", "den första")
    text = files["uppgifter.html"].decode()
    for part in (
        "Kundsystemet · Kundregistret",
        "Avtalet upphörde",
        "<code>avslutad</code>",
        "ingen skyddad identitet",
    ):
        assert part in text
    assert "Kundsystemet" in pypdfium2.PdfDocument(files["brev.pdf"])[0].get_textpage().get_text_bounded()
    rows = list(csv.DictReader(io.StringIO(files["uppgifter.csv"].decode("utf-8-sig")), delimiter=";"))
    assert {"Förnamn", "Avtalet upphörde"} <= {row["Fält"] for row in rows if row["Plats"] == "Kundregistret"}


def test_with_whom_somebody_lives_is_not_taken_for_the_person(office: Office) -> None:
    """S05: a host whom the register knows, too."""
    office.change("ALTER TABLE kunder ADD COLUMN adr2 TEXT")
    office.change("UPDATE kunder SET adr2 = 'c/o Sven Lundmark' WHERE id = 101")
    workflow.scan(configuration.load(office.directory / "insyn.yaml"), [], Silent())
    with office.desk() as desk:
        files = unpacked(case_package.build(desk, case_of(desk, ANNA)))
    assert values(files, "kunder")["adr2"] == "c/o [annan person]"
    assert "Lundmark" not in files["uppgifter.json"].decode()


def test_a_column_whose_name_has_two_meanings_is_called_by_what_stands_in_it(office: Office) -> None:
    office.change("CREATE TABLE utskick (id INTEGER PRIMARY KEY, kund_id INTEGER REFERENCES kunder(id), adress, pnr)")
    office.change("INSERT INTO utskick VALUES (1, 101, 'Storgatan 5', '111 22'), (2, 102, 'Kungsgatan 8', '111 43')")
    workflow.scan(configuration.load(office.directory / "insyn.yaml"), [], Silent())
    with office.desk() as desk:
        files = unpacked(case_package.build(desk, case_of(desk, ANNA)))
    (sent,) = [one for one in json.loads(files["uppgifter.json"])["entries"] if one["place"] == "utskick"]
    assert {datum["field"]: datum["name"] for datum in sent["data"]}["pnr"] == "Postnummer"


def test_what_is_another_persons_is_no_category_of_the_persons(desk: Desk) -> None:
    files = unpacked(case_package.build(desk, case_of(desk, ANNA)))
    named = json.loads(files["uppgifter.json"])["categories"].values()
    assert "Namn" in named
    assert not any("Anställdas" in name for name in named), "only the name of who took the call stands there"


def test_a_human_can_release_or_withhold(desk: Desk) -> None:
    number = case_of(desk, ANNA)
    kept = {one.unit: one.id for one in case_hits.kept(desk, number) if one.own}
    case_hits.decide(desk, number, [kept["arenden"]], Decision.RELEASE, "grannen har samtyckt")
    case_hits.decide(desk, number, [kept["larmkontakter"]], Decision.WITHHOLD, "rör bara grannen")
    files = unpacked(case_package.build(desk, number))
    assert "Sven Lundmark" in values(files, "arenden")["anteckning"]
    assert "rör bara grannen" in files["uppgifter.html"].decode()
    assert sum(one["place"] == "larmkontakter" for one in json.loads(files["uppgifter.json"])["entries"]) == 1


def test_a_value_that_changed_or_went_is_said(desk: Desk, office: Office) -> None:
    """T69."""
    number = case_of(desk, ANNA)
    office.change("UPDATE kunder SET telefon = '070-174 06 55' WHERE id = 101")
    office.change("DELETE FROM arenden WHERE id = 1")
    files = unpacked(case_package.build(desk, number))
    states = {one["place"]: one["state"] for one in json.loads(files["uppgifter.json"])["entries"] if one["about_you"]}
    assert states == {"kunder": "changed", "larmkontakter": "same", "arenden": "gone"}
    assert values(files, "kunder")["telefon"] == "070-174 06 55"
    text = files["uppgifter.html"].decode()
    assert "ändrad sedan sökningen" in text
    assert "borttagen sedan sökningen" in text


def test_a_source_that_is_down_is_said_and_needs_a_decision(desk: Desk, office: Office) -> None:
    """T68."""
    number = case_of(desk, ANNA)
    (office.directory / "crm.db").rename(office.directory / "away.db")
    with pytest.raises(ConfigError, match="crm cannot be reached"):
        case_package.build(desk, number)
    built = case_package.build(desk, number, because="registret är nere, komplettering följer")
    assert not built.package.complete
    text = unpacked(built)["uppgifter.html"].decode()
    assert "crm gick inte att nå" in text
    assert "komplettering följer" in text


def test_nobody_found_is_said_with_what_was_searched(desk: Desk) -> None:
    files = unpacked(case_package.build(desk, case_of(desk, "nobody@example.se")))
    text = files["uppgifter.html"].decode()
    assert "Nej. Vi hittade inga uppgifter om dig" in text
    assert "larmcentral" in text


def test_the_json_is_as_its_schema_says(desk: Desk) -> None:
    files = unpacked(case_package.build(desk, case_of(desk, ANNA)))
    check(json.loads(files["uppgifter.json"]), json.loads(files["uppgifter.schema.json"]))


def check(value: Any, schema: dict[str, Any]) -> None:
    """As much of JSON Schema as ours uses."""
    kinds = {"string": str, "boolean": bool, "integer": int, "array": list, "object": dict}
    if "type" in schema:
        assert isinstance(value, kinds[schema["type"]])
    assert value in schema.get("enum", [value])
    assert value == schema.get("const", value)
    if isinstance(value, dict):
        assert set(schema.get("required", ())) <= set(value)
        extra = schema.get("additionalProperties", {})
        for key, one in value.items():
            assert key in schema.get("properties", {}) or extra is not False, key
            check(one, schema.get("properties", {}).get(key, extra or {}))
    for one in value if isinstance(value, list) else ():
        check(one, schema["items"])


def test_the_schema_is_the_one_that_is_shipped() -> None:
    assert SCHEMA["properties"]["version"]["const"] == "1"


def test_the_csv_opens_as_a_table_and_runs_nothing(desk: Desk) -> None:
    """S11."""
    content = unpacked(case_package.build(desk, case_of(desk, ANNA)))["uppgifter.csv"]
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Slags uppgift", "Fält", "Värde"]
    assert {len(row) for row in rows} == {9}
    assert not any(cell[:1] in "=+@" for row in rows for cell in row if cell)


def test_the_letter_is_a_tagged_pdf_in_swedish(desk: Desk) -> None:
    content = unpacked(case_package.build(desk, case_of(desk, ANNA)))["brev.pdf"]
    assert b"/MarkInfo" in content
    assert b"(sv" in content or b"/Lang" in content
    document = pypdfium2.PdfDocument(content)
    text = document[0].get_textpage().get_text_bounded()
    assert "Behandlar vi uppgifter om dig?" in text
    assert "Storgatan 5" in text


def test_the_page_fetches_nothing_and_runs_nothing(desk: Desk) -> None:
    """S12, T66."""
    page = b"".join(case_package.draft(desk, case_of(desk, ANNA))).decode()
    assert "default-src 'none'" in page
    for sign in ("<script", "http://", "https://", "src="):
        assert sign not in page
