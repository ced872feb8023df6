"""The register on the command line: a request from receipt to an archive, and an owner's list."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scanner.cases import package as case_package
from scanner.cases import tasks as case_tasks
from scanner.cases.due import delete_due
from scanner.cases.package_archive import password_file
from scanner.cli import app
from tests.scanner.case_estate import ANNA, MIRA, SVEN, Office, make_office
from tests.scanner.conftest import Run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return make_office(tmp_path_factory.mktemp("office"))


def run(office: Office, *arguments: object) -> Run:
    """The command in this process: to start one for each step would take most of the time."""
    config = office.directory / "insyn.yaml"
    done = CliRunner().invoke(app, [*map(str, arguments), "-c", str(config)])
    return Run(done.exit_code, done.stdout, done.stderr)


def case(office: Office, *arguments: object) -> Run:
    return run(office, "case", *arguments)


def test_a_request_from_receipt_to_archive(office: Office, tmp_path: Path) -> None:
    new = case(office, "new", ANNA, "--received", "2026-05-19", "--channel", "phone", "--name", "Anna Ekdahl")
    assert new.out == "ärende 2026-0001: svar senast 2026-06-19 (midsommarafton), planera för 2026-06-18\n"
    assert "1 uppgift är inte gjord" in case(office, "search", "2026-0001").out
    refused = case(office, "package", "2026-0001").line
    assert "1 task is open" in refused
    assert all(f"insyn case {verb} 2026-0001" in refused for verb in ("show", "task", "package"))
    answer = tmp_path / "svar.txt"
    answer.write_text("larm", encoding="utf-8")
    assert case(office, "task", "2026-0001", "1", "--note", "Bifogas.", "--file", answer).code == 0
    built = case(office, "package", "2026-0001")
    assert built.code == 0, built.err
    assert len(built.out.strip()) == 24
    assert len(list((office.directory / "packages").glob("*.zip"))) == 1
    assert "a second person" in case(office, "release", "2026-0001").line
    shown = json.loads(case(office, "show", "2026-0001", "--format", "json").out)
    assert shown["missing"] == ["identity"]
    assert [event[2] for event in shown["events"]] == ["opened", "searched", "task answered", "package built"]
    assert "Ekdahl" not in case(office, "show", "2026-0001").out
    assert "Hej!" in case(office, "letter", "2026-0001", "received").out


def test_extras_that_are_lacking_are_named_at_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case(office, "new", ANNA, "--number", "X-1")
    monkeypatch.setitem(case_package._NEEDED, "encrypted", "no_such_module")
    monkeypatch.setitem(case_package._NEEDED, "pdf", "nor_this_one")
    assert case(office, "package", "X-1").line.endswith("pip install 'insyn[encrypted,pdf]'")


def test_a_package_is_gone_on_its_day_and_the_case_says_so(office: Office) -> None:
    """S22: as the timer runs it, day after day; of a package that is not due nothing is touched."""
    case(office, "new", SVEN, "--number", "S-22", "--name", "Sven Lundmark", "--channel", "email")
    case(office, "search", "S-22")
    with office.desk() as desk:
        (task,) = case_tasks.listed(desk, "S-22")
    case(office, "task", "S-22", task.id, "--note", "Inget fanns.")
    before = set((office.directory / "packages").glob("*.zip"))
    assert case(office, "package", "S-22").code == 0
    (file,) = set((office.directory / "packages").glob("*.zip")) - before
    assert case(office, "tidy").out == "0 packages deleted\n"
    with office.desk() as desk:
        (built,) = case_package.packages(desk, "S-22")
    for day, deleted in ((built.delete_on - timedelta(days=1), 0), (built.delete_on, 1), (built.delete_on, 0)):
        with office.desk() as desk:
            gone = delete_due(desk.config, desk.store, desk.actor, day).deleted
            assert len([one for one in gone if one.id == built.id]) == deleted
        assert file.exists() == password_file(file).exists() == (day < built.delete_on)
    with office.desk() as desk:
        last = desk.register.events("S-22")[-1]
    assert (last.what, last.detail) == ("package deleted", built.sha256)
    assert run(office, "audit", "verify").code == 0


def test_an_erasure_gives_owners_their_list(office: Office) -> None:
    case(office, "new", ANNA, "--right", "erasure", "--number", "R-1")
    case(office, "search", "R-1")
    items = json.loads(case(office, "worklist", "R-1", "--format", "json").out)
    assert {(item["owner"], item["unit"], item["measure"]) for item in items} == {
        ("Kundtjänst", "kunder", "erase"),
        ("Kundtjänst", "larmkontakter", "erase"),
        ("Kundtjänst", "larmkontakter", "remove_mention"),
        ("Kundtjänst", "arenden", "erase"),
    }


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("show", "NONE-1"), "case NONE-1: not registered"),
        (("new", "--received", "31/5"), "--received: 31/5 is no day"),
        (("new", "--channel", "pigeon"), "--channel: pigeon is not possible here"),
        (("letter", "R-2", "poem"), "there is no letter poem"),
    ],
)
def test_bad_input_is_one_line(office: Office, arguments: tuple[str, ...], line: str) -> None:
    ended = case(office, *arguments)
    assert ended.code == 2
    assert line in ended.line


def test_the_log_is_whole_and_its_head_can_be_noted(office: Office) -> None:
    head = run(office, "audit", "verify")
    assert head.code == 0
    assert run(office, "audit", "verify", "--head", head.out.strip()).code == 0
    assert "cut" in run(office, "audit", "verify", "--head", "999:00").line


def test_who_acts_for_the_person_is_noted_and_checked_on_the_command_line(office: Office) -> None:
    assert case(office, "new", ANNA, "--number", "P-1", "--role", "former_customer").code == 0
    assert "give the name" in case(office, "represent", "P-1", "guardian").line
    assert "not possible here" in case(office, "represent", "P-1", "uncle", "--name", "Olof Ek").line
    assert case(office, "represent", "P-1", "guardian", "--name", "Olof Ek").code == 0
    shown = case(office, "show", "P-1").out
    assert "Någon företräder personen: god man eller förvaltare, inte kontrollerad" in shown
    assert (
        case(office, "represent", "P-1", "guardian", "--name", "Olof Ek", "--checked", "--reason", "beslut").code == 0
    )
    assert "Olof" not in (shown := case(office, "show", "P-1").out)
    assert "god man eller förvaltare, kontrollerad 20" in shown
    told = json.loads(case(office, "show", "P-1", "--format", "json").out)
    assert (told["role"], told["represented"]["kind"], told["missing"]) == ("former_customer", "guardian", ["identity"])
    assert case(office, "represent", "P-1", "none").code == 0
    assert json.loads(case(office, "show", "P-1", "--format", "json").out)["represented"] is None


def test_name_address_and_role_of_who_asks_are_set_on_the_command_line(office: Office) -> None:
    assert case(office, "new", ANNA, "--number", "P-2").code == 0
    assert "--name" in case(office, "person", "P-2").line
    assert "there are customer" in case(office, "person", "P-2", "--role", "emperor").line
    assert case(office, "person", "P-2", "--name", "Anna Ekdahl", "--role", "prospect").code == 0
    assert "Anna Ekdahl" in case(office, "letter", "P-2", "received").out
    assert json.loads(case(office, "show", "P-2", "--format", "json").out)["role"] == "prospect"
    assert case(office, "person", "P-2", "--contact", "Storgatan 5").code == 0
    assert "Anna Ekdahl" in case(office, "letter", "P-2", "received").out


def test_that_an_identity_is_protected_stands_with_the_case(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    number = case(office, "new", MIRA).out.split()[1].rstrip(":")
    refused = case(office, "search", number)
    assert (refused.code, refused.line) == (1, f"insyn: case {number}: special handling; ask somebody with that task")
    assert "bara med post genom Skatteverket" in case(office, "show", number).out
