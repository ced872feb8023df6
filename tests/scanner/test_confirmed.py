"""What hangs on a possible record is found when support decides that it is the person's: in case and package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select

from scanner import audit
from scanner.cases import hits as case_hits
from scanner.cases import package as case_package
from scanner.cases import tasks as case_tasks
from scanner.cases.desk import Desk, SpecialHandlingError
from scanner.cases.model import CaseHit, Decision, NewCase, Right
from scanner.cases.model import Outcome as Ended
from scanner.cases.worklists import Measure, worklist
from scanner.errors import ConfigError, InsynError
from scanner.store import schema
from scanner.subject import Search
from scanner.subject.outcome import Outcome
from scanner.subject.question import Seed
from tests.scanner.case_estate import ANNA, Office
from tests.scanner.shared_orders import OLLE, make_shared
from tests.scanner.test_case_commands import case as command
from tests.scanner.test_package import unpacked

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return make_shared(tmp_path_factory.mktemp("office"))


@pytest.fixture
def desk(office: Office) -> Iterator[Desk]:
    with office.desk() as opened:
        yield opened


def opened(desk: Desk, *identifiers: str, right: Right = Right.ACCESS) -> str:
    new = NewCase(date(2026, 11, 2), identifiers=identifiers or (ANNA,), name="Anna Ekdahl", right=right)
    number = desk.register.open(new).number
    case_hits.search(desk, number)
    for task in case_tasks.listed(desk, number):
        case_tasks.answer(desk, number, task.id, "Inget fanns.")
    return number


def kept(desk: Desk, number: str) -> dict[tuple[str, int], CaseHit]:
    return {(one.unit, int((one.record or {})["id"])): one for one in case_hits.kept(desk, number) if one.found}


def order(desk: Desk, number: str, at: int = 71) -> int:
    return kept(desk, number)["ordrar", at].id


BELOW = {("orderrader", 711), ("orderrader", 712)}


def test_what_hangs_on_a_confirmed_record_is_kept_at_once(desk: Desk) -> None:
    number = opened(desk)
    before = kept(desk, number)
    assert before["ordrar", 71].decision is Decision.WITHHOLD
    found = case_hits.settle(desk, number, [order(desk, number)], Decision.MASK)
    assert found is not None
    after = kept(desk, number)
    assert after.keys() - before.keys() >= BELOW
    assert not {("orderrader", 721), ("orderrader", 731)} & after.keys()
    assert (found.new, found.more, found.gone) == (len(after) - len(before),) * 2 + (0,)
    assert {after[one].decision for one in BELOW} == {Decision.MASK}
    assert after["ordrar", 71].grade == "possible", "the search alone cannot tell"


def test_when_it_is_withheld_again_what_hung_on_it_is_no_longer_found(desk: Desk) -> None:
    number = opened(desk)
    before, chosen = kept(desk, number).keys(), [order(desk, number)]
    first = case_hits.settle(desk, number, chosen, Decision.RELEASE, "hennes egen")
    again = case_hits.settle(desk, number, chosen, Decision.WITHHOLD, "var hans")
    assert first is not None
    assert again is not None
    assert (again.more, again.gone) == (0, first.more)
    assert kept(desk, number).keys() == before
    third = case_hits.settle(desk, number, chosen, Decision.MASK)
    assert third is not None
    assert (third.new, third.more, third.gone) == (0, first.more, 0)


def test_only_a_decision_that_changes_what_is_followed_makes_a_search(desk: Desk) -> None:
    number = opened(desk)
    mine, chosen = kept(desk, number)["kunder", 101].id, order(desk, number)
    assert case_hits.settle(desk, number, [mine], Decision.MASK) is None
    assert case_hits.settle(desk, number, [mine], Decision.WITHHOLD, "affärshemlighet") is None
    assert case_hits.settle(desk, number, [chosen], Decision.WITHHOLD, "var hans") is None
    assert case_hits.settle(desk, number, [mine, chosen], Decision.MASK) is not None
    assert case_hits.settle(desk, number, [chosen], Decision.RELEASE, "hennes egen") is None
    assert case_hits.settle(desk, number, [mine], Decision.WITHHOLD, "affärshemlighet") is None


def test_what_is_found_only_below_a_confirmed_record_may_be_confirmed_too(desk: Desk) -> None:
    number = opened(desk)
    case_hits.settle(desk, number, [order(desk, number)], Decision.MASK)
    found = kept(desk, number)
    assert found["provision", 1].grade == "possible"
    assert ("utbetalning", 91) not in found
    case_hits.settle(desk, number, [found["provision", 1].id], Decision.MASK)
    assert ("utbetalning", 91) in kept(desk, number)
    case_hits.search(desk, number)
    assert {("utbetalning", 91), *BELOW} <= kept(desk, number).keys()


def test_a_case_without_such_decisions_is_searched_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[frozenset[int]] = []
    find = Search.find

    def counted(self: Search, seeds: list[Seed], confirmed: frozenset[int] = frozenset()) -> Outcome:
        made.append(confirmed)
        return find(self, seeds, confirmed)

    monkeypatch.setattr(Search, "find", counted)
    number = opened(desk)
    case_hits.decide(desk, number, [kept(desk, number)["kunder", 101].id], Decision.MASK)
    case_hits.review(desk, number)
    assert made == [frozenset()] * 2
    case_hits.decide(desk, number, [order(desk, number)], Decision.MASK)
    case_hits.review(desk, number)
    assert [len(one) for one in made[2:]] == [0, 1]


def test_who_is_asked_for_by_something_else_is_not_whom_it_was_decided_about(desk: Desk) -> None:
    number = opened(desk)
    case_hits.settle(desk, number, [order(desk, number)], Decision.MASK)
    case = desk.register.get(number)
    for identifiers, is_there in (((OLLE,), False), ((), True), ((ANNA,), True)):
        with desk.searched(case, "subject", identifiers) as found:
            units = {found.search.ownership.unit(hit.unit).key for hit in found.outcome.hits.values()}
        assert ("orderrader" in units) is is_there


def test_decisions_of_one_case_tell_nothing_in_another(desk: Desk) -> None:
    number = opened(desk)
    case_hits.settle(desk, number, [order(desk, number)], Decision.MASK)
    assert not BELOW & kept(desk, opened(desk)).keys()
    assert not BELOW & kept(desk, opened(desk, OLLE)).keys()


@pytest.mark.parametrize("confirmed", [True, False])
def test_the_package_has_what_hangs_on_a_confirmed_record(desk: Desk, confirmed: bool) -> None:
    number = opened(desk)
    if confirmed:
        case_hits.settle(desk, number, [order(desk, number)], Decision.MASK)
    files = unpacked(case_package.build(desk, number))
    entries = json.loads(files["uppgifter.json"])["entries"]
    lines = {datum["value"] for one in entries if one["place"] == "orderrader" for datum in one["data"]}
    assert ({"Sirén", "Kamera"} <= lines) is confirmed
    assert not {"Larmdosa", "Dörrlås"} & lines
    assert ("Sirén" in files["uppgifter.html"].decode()) is confirmed
    assert "Olle" not in files["uppgifter.json"].decode()


def test_a_package_of_whoever_confirms_anothers_row_has_nothing_of_that_ones_file(desk: Desk, office: Office) -> None:
    number = opened(desk)
    before = kept(desk, number)
    assert before["kunder", 104].grade == "possible"
    found = case_hits.settle(desk, number, [before["kunder", 104].id], Decision.MASK)
    assert found is not None
    assert found.more == 0
    text = unpacked(case_package.build(desk, number))["uppgifter.json"].decode()
    for value in (OLLE, "Olle", "olle@example.se"):
        assert value not in text


def test_an_owners_list_says_what_is_to_be_done_with_it(desk: Desk) -> None:
    number = opened(desk, right=Right.ERASURE)

    def measures() -> dict[tuple[str, int], Measure]:
        return {(one.unit, int((one.record or {})["id"])): one.measure for one in worklist(desk, number)}

    assert measures()["ordrar", 71] is Measure.LOOK
    case_hits.settle(desk, number, [order(desk, number)], Decision.MASK)
    done = measures()
    assert done["ordrar", 71] is not Measure.LOOK
    assert done.keys() >= BELOW


@pytest.mark.parametrize("also", [(), (71,)], ids=["alone", "with others"])
def test_a_decision_that_would_show_who_is_protected_is_refused_before_it_is_kept(
    desk: Desk, office: Office, also: tuple[int, ...]
) -> None:
    number = opened(desk)
    before = case_hits.kept(desk, number)
    chosen = [order(desk, number, at) for at in (73, *also)]
    with pytest.raises(SpecialHandlingError):
        case_hits.settle(desk, number, chosen, Decision.MASK)
    assert case_hits.kept(desk, number) == before
    happened = [one.what for one in desk.register.events(number)]
    assert not any(what.startswith("decided") for what in happened)
    assert desk.register.get(number).protected, "whoever has that task is to see the case"
    assert happened[-1] == "protected"
    with pytest.raises(SpecialHandlingError):
        case_hits.settle(desk, number, chosen, Decision.WITHHOLD, "var hans")
    with office.desk("eva", special=True) as trusted:
        case_hits.search(trusted, number)
        assert ("orderrader", 731) not in kept(trusted, number), "nobody has decided yet"
        case_hits.settle(trusted, number, chosen, Decision.MASK)
        assert ("orderrader", 731) in kept(trusted, number)


def test_the_command_keeps_nothing_of_a_decision_that_is_refused(office: Office) -> None:
    with office.desk() as desk:
        number = opened(desk)
        chosen = order(desk, number, 73)
    refused = command(office, "decide", number, "mask", chosen)
    assert refused.code != 0
    assert "special handling" in refused.line
    with office.desk("eva", special=True) as trusted:
        assert kept(trusted, number)["ordrar", 73].decided_by == ""
    assert command(office, "decide", number, "mask", chosen, "--special-handling").code == 0


def test_the_search_that_follows_is_in_the_log(desk: Desk) -> None:
    number = opened(desk)
    case_hits.settle(desk, number, [order(desk, number)], Decision.MASK)
    with desk.store.reading() as connection:
        logged = connection.execute(select(schema.audit.c.action, schema.audit.c.case_number)).all()
    assert [one.action for one in logged if one.case_number == number] == ["case search", "case decide"]
    assert [one.what for one in desk.register.events(number)][-2:] == ["decided mask", "searched"]


def test_without_the_log_nothing_is_decided(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = opened(desk)
    before = case_hits.kept(desk, number)

    def full(*given: object, **named: object) -> None:
        raise InsynError("full")

    monkeypatch.setattr(audit, "record", full)
    with pytest.raises(InsynError):
        case_hits.settle(desk, number, [order(desk, number)], Decision.MASK)
    assert case_hits.kept(desk, number) == before


def test_of_a_case_that_is_closed_nothing_is_decided_or_searched(desk: Desk) -> None:
    number = opened(desk)
    chosen, events = [order(desk, number)], len(desk.register.events(number))
    desk.register.close(number, Ended.WITHDRAWN)
    with pytest.raises(ConfigError, match="nothing more can be decided"):
        case_hits.settle(desk, number, chosen, Decision.MASK)
    assert len(desk.register.events(number)) == events + 1


@pytest.mark.parametrize(
    ("lang", "more", "gone", "nothing"),
    [
        (
            "sv", "Genom beslutet hittades 3 poster till.", "Genom beslutet hittas 3 poster inte längre.",
            "Inga andra poster följer",
        ),
        (
            "en", "Through this decision 3 more records were found.",
            "Through this decision 3 records are no longer found.", "No other records follow",
        ),
    ],
)  # fmt: skip
def test_the_command_tells_what_was_found(office: Office, lang: str, more: str, gone: str, nothing: str) -> None:
    with office.desk() as desk:
        number = opened(desk)
        records = kept(desk, number)

    def decided(decision: str, unit: tuple[str, int]) -> str:
        done = command(office, "decide", number, decision, records[unit].id, "--reason", "hennes", "--lang", lang)
        assert done.code == 0, done.err
        return done.out

    assert decided("mask", ("ordrar", 71)).strip() == more
    assert decided("release", ("ordrar", 71)) == ""
    assert decided("withhold", ("ordrar", 71)).strip() == gone
    assert decided("mask", ("kunder", 101)) == ""
    assert nothing in decided("mask", ("kunder", 104))


def test_the_reason_is_told(desk: Desk) -> None:
    number = opened(desk)
    case_hits.settle(desk, number, [order(desk, number)], Decision.MASK)
    for lang, told in (("sv", "någon här har beslutat"), ("en", "a person here has decided")):
        found = {one.hit.unit: one.hit for one in case_hits.review(desk, number, lang) if one.kept.own}
        assert told in found["ordrar"].why[-1]
        assert found["ordrar"].grade == "probable"
        assert any(told in why for why in found["orderrader"].why)
