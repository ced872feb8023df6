"""`insyn case` in the reader's language: Swedish unless asked otherwise; what scripts read stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.case import staff
from scanner.cases.model import Channel, Decision, Identity, Right, State, TaskKind, TaskState
from scanner.cases.worklists import Measure
from tests.scanner.case_estate import ANNA, Office, make_office
from tests.scanner.test_case_commands import case

pytestmark = pytest.mark.slow

_RECEIVED = ("--received", "2026-11-30")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = make_office(tmp_path_factory.mktemp("office"))
    for number, right in (("A-1", "access"), ("R-1", "erasure")):
        assert case(made, "new", ANNA, "--number", number, "--right", right, *_RECEIVED).code == 0
        assert case(made, "search", number).code == 0
    return made


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_case_is_shown_in_swedish(office: Office) -> None:
    shown = words(case(office, "show", "A-1").out)
    for part in (
        "Ärende A-1: Registerutdrag (art. 15), öppet, svar senast 2026-12-30",
        "Saknas: det är inte tillräckligt känt vem som frågar",
        "Uppgift Slag System Plats Ägare Läge",
        "Fråga ägaren larmcentral Larmcentralen AB att göra",
        "crm kunder Säker personens egen lämnas ut, andra maskas",
        "någon annans, nämner personen",
        "begäran registrerades",
    ):
        assert part in shown


def test_and_in_english(office: Office) -> None:
    shown = words(case(office, "show", "A-1", "--lang", "en").out)
    for part in (
        "Case A-1: Access (Art. 15), open, due 2026-12-30",
        "Missing: it is not known well enough who asks",
        "Task Kind System Place Owner State",
        "crm kunder Certain the person's own hand out, others masked",
        "the request was registered",
    ):
        assert part in shown


def test_for_scripts_it_is_the_same_in_both(office: Office) -> None:
    shown = [case(office, "show", "A-1", "--format", "json", "--lang", lang).out for lang in ("sv", "en")]
    assert shown[0] == shown[1]
    told = json.loads(shown[0])
    assert (told["right"], told["state"], told["missing"]) == ("access", "open", ["identity"])
    assert {tuple(record[3:]) for record in told["records"]} >= {("certain", "own", "mask")}
    assert told["tasks"][0][1::4] == ["declared", "open"]


@pytest.mark.parametrize(
    ("arguments", "swedish", "english"),
    [
        (("list",), "Radering (art. 17) 2026-11-30 2026-12-30", "Erasure (Art. 17) 2026-11-30 2026-12-30"),
        (("calendar", "2026-12"), "2026-12-24 julafton", "2026-12-24 Christmas Eve"),
        (("search", "A-1"), "0 nya poster; 1 uppgift är inte gjord.", "0 new records; 1 task is not done."),
        (("worklist", "R-1"), "crm kunder id 101 radera", "crm kunder id 101 erase"),
    ],
)
def test_what_the_others_print(office: Office, arguments: tuple[str, ...], swedish: str, english: str) -> None:
    assert swedish in words(case(office, *arguments).out)
    assert english in words(case(office, *arguments, "--lang", "en").out)


def test_a_later_deadline_is_told_with_the_letter_to_send(office: Office) -> None:
    case(office, "new", ANNA, "--number", "E-1")
    told = case(office, "extend", "E-1", "complex", "--lang", "en").out
    assert re.fullmatch(r"case E-1: due .*; now send the letter: insyn case letter E-1 extension\n", told)


def test_a_case_of_which_nothing_is_known_says_so(office: Office) -> None:
    case(office, "new", "--number", "T-1")
    shown = case(office, "show", "T-1").out
    assert "Ingen behöver tillfrågas." in shown
    assert "Inga poster hör till ärendet." in shown


def test_an_unknown_language_is_refused(office: Office, tmp_path: Path) -> None:
    refused = case(office, "show", "A-1", "--lang", "fi")
    assert (refused.code, "--lang: fi is not possible here" in refused.line) == (2, True)


def coded() -> Iterator[tuple[set[object], set[object]]]:
    """Codes of the register, and those that have words."""
    yield set(Right), set(staff.RIGHTS)
    yield set(Channel), set(staff.CHANNELS)
    yield set(State), set(staff.STATES)
    yield set(Identity), set(range(len(staff.IDENTITIES)))
    yield set(Decision), set(staff.DECISIONS)
    yield set(TaskKind), set(staff.TASKS)
    yield set(TaskState), set(staff.TASK_STATES)
    yield set(Measure), set(staff.MEASURES)


def test_every_code_has_its_word() -> None:
    for codes, said in coded():
        assert codes == said
