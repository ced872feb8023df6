"""Who acts for the person of a case, what the person is to the company, and what owners hand in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from scanner.cases import delivery as case_delivery
from scanner.cases import hits as case_hits
from scanner.cases import letters as case_letters
from scanner.cases import package as case_package
from scanner.cases import tasks as case_tasks
from scanner.cases.desk import Desk
from scanner.cases.model import Case, Identity, Mandate, NewCase, Representative, State, TaskState
from scanner.errors import ConfigError
from tests.scanner.case_estate import ANNA, Office, make_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return make_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def desk(office: Office) -> Iterator[Desk]:
    with office.desk() as opened:
        yield opened


def opened(desk: Desk, identifier: str) -> Case:
    return desk.register.open(NewCase(date(2026, 12, 1), identifiers=(identifier,), name="Anna Ekdahl"))


def test_a_mandate_that_nobody_has_checked_stops_the_release(desk: Desk, office: Office) -> None:
    """S03."""
    case = opened(desk, ANNA)
    desk.register.represent(case.number, Representative(Mandate.POWER_OF_ATTORNEY, "Olof Ek"))
    desk.register.identify(case.number, Identity.STRONG)
    case_hits.search(desk, case.number)
    for task in case_tasks.listed(desk, case.number):
        case_tasks.answer(desk, case.number, task.id, "Inget fanns.")
    case_package.build(desk, case.number)
    with office.desk("maria") as other, pytest.raises(ConfigError, match="a checked mandate"):
        case_delivery.release(other, case.number)


def test_the_answer_tells_the_purposes_for_what_the_person_is_to_the_company(desk: Desk) -> None:
    case = opened(desk, ANNA)
    case_hits.search(desk, case.number)
    purpose = desk.policy.purposes["service_provision"].label("sv")
    assert purpose in b"".join(case_package.draft(desk, case.number)).decode()
    desk.register.describe(case.number, role="website_visitor")
    assert purpose not in b"".join(case_package.draft(desk, case.number)).decode()


def test_letters_go_to_whoever_acts_for_the_person(desk: Desk) -> None:
    case = opened(desk, ANNA)
    desk.register.represent(case.number, Representative(Mandate.GUARDIAN, "Olof Ek"), "registerutdrag")
    assert "Olof Ek, för Anna Ekdahl" in case_letters.write(desk, case.number, "received").receiver[0]
    assert desk.register.events(case.number)[-2].detail == "guardian: registerutdrag"
    desk.register.represent(case.number, None)
    assert case_letters.write(desk, case.number, "received").receiver[0] == "Anna Ekdahl"


def test_a_mandate_counts_as_checked_only_with_what_was_seen_and_before_the_release(desk: Desk) -> None:
    case = opened(desk, ANNA)
    checked = Representative(Mandate.GUARDIAN, "Olof Ek", "erik", "2026-12-01")
    with pytest.raises(ConfigError, match="say what was seen"):
        desk.register.represent(case.number, checked, " ")
    assert desk.register.represent(case.number, checked, "registerutdrag").missing == ("identity",)
    desk.register.set_state(case.number, State.RELEASED)
    with pytest.raises(ConfigError, match="is released already"):
        desk.register.represent(case.number, None)


def test_a_task_is_not_done_if_a_file_that_was_handed_in_could_not_be_kept(desk: Desk) -> None:
    case = opened(desk, ANNA)
    case_hits.search(desk, case.number)
    task = case_tasks.listed(desk, case.number)[0]

    def broken() -> Iterator[tuple[str, bytes]]:
        yield "svar.txt", b"larm"
        raise OSError

    with pytest.raises(OSError):
        case_tasks.answer(desk, case.number, task.id, "Bifogas.", broken())
    assert case_tasks.listed(desk, case.number)[0].state is TaskState.OPEN
    assert list(case_tasks.handed_in(desk, case.number)) == []
