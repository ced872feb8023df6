"""What a case searches for is replaced: decisions stay with what the new search finds, too, and lapse with the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest

from scanner.cases import REPLACED
from scanner.cases import hits as case_hits
from scanner.cases.asking import LAPSED, lapsed
from scanner.cases.desk import Desk, SpecialHandlingError
from scanner.cases.model import CaseHit, Decision, NewCase
from tests.scanner.case_estate import ANNA, MIRA, Office
from tests.scanner.shared_orders import OLLE, SHARED, make_shared
from tests.scanner.test_case_commands import case as command

pytestmark = pytest.mark.slow

ANNAS_MAIL, SVENS_MAIL = "anna.ekdahl@example.se", "sven@example.se"
ORDER, LINE, MENTION, CUSTOMER = ("ordrar", 71), ("orderrader", 711), ("larmkontakter", 1), ("kunder", 101)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return make_shared(tmp_path_factory.mktemp("office"))


@pytest.fixture
def desk(office: Office) -> Iterator[Desk]:
    with office.desk() as opened:
        yield opened


def kept(desk: Desk, number: str) -> dict[tuple[str, int], CaseHit]:
    return {(one.unit, int((one.record or {})["id"])): one for one in case_hits.kept(desk, number)}


def found(desk: Desk, number: str) -> set[tuple[str, int]]:
    return {place for place, one in kept(desk, number).items() if one.found}


def decided(desk: Desk, *identifiers: str) -> str:
    """A case in which an order is handed out, and somebody's mention left out."""
    number = desk.register.open(NewCase(date(2026, 11, 2), identifiers=identifiers or (ANNA,))).number
    case_hits.search(desk, number)
    case_hits.settle(desk, number, [kept(desk, number)[ORDER].id], Decision.MASK)
    case_hits.settle(desk, number, [kept(desk, number)[MENTION].id], Decision.WITHHOLD, "säkerhet")
    assert LINE in found(desk, number)
    return number


def told(desk: Desk, number: str) -> list[tuple[str, Decision, str, str]]:
    events = lapsed(desk.register.events(number), case_hits.kept(desk, number))
    return [(one.record.unit, one.decision, one.by, one.reason) for one in events]


def happened(desk: Desk, number: str) -> list[str]:
    return [one.what for one in desk.register.events(number)]


def test_what_the_new_search_does_not_find_is_no_longer_decided_and_what_it_finds_is(desk: Desk) -> None:
    number = decided(desk)
    assert case_hits.search(desk, number, [SVENS_MAIL]).lapsed == 1
    after = kept(desk, number)
    assert (after[ORDER].found, after[ORDER].decided_by, after[ORDER].decision) == (False, "", Decision.WITHHOLD)
    assert (after[MENTION].found, after[MENTION].decided_by, after[MENTION].reason) == (True, "erik", "säkerhet")
    assert told(desk, number) == [("ordrar", Decision.MASK, "erik", "")]
    assert happened(desk, number)[-3:] == [REPLACED, LAPSED, "searched"]


def test_what_has_lapsed_does_not_count_again_when_it_is_found_again(desk: Desk) -> None:
    number = decided(desk)
    case_hits.search(desk, number, [SVENS_MAIL])
    case_hits.search(desk, number, [ANNA])
    assert ORDER in found(desk, number)
    assert kept(desk, number)[ORDER].decision is Decision.WITHHOLD
    assert LINE not in found(desk, number)


def test_a_confirmed_record_that_is_found_anew_teaches_the_new_search(desk: Desk) -> None:
    number = decided(desk)
    assert case_hits.search(desk, number, [ANNAS_MAIL]).lapsed == 0
    assert kept(desk, number)[ORDER].decision is Decision.MASK
    assert LINE in found(desk, number)


@pytest.mark.parametrize("asked", [(OLLE,), (OLLE, SHARED), (ANNAS_MAIL, OLLE)])
def test_another_personal_number_is_another_person_whom_nothing_is_handed_out_of_what_they_share(
    desk: Desk, asked: tuple[str, ...]
) -> None:
    number = decided(desk)
    case_hits.search(desk, number, asked)
    assert ORDER in found(desk, number), "both are known by the telephone"
    assert kept(desk, number)[ORDER].decision is Decision.WITHHOLD
    assert LINE not in found(desk, number)
    assert ("ordrar", Decision.MASK, "erik", "") in told(desk, number)


def test_what_was_to_be_given_whole_is_masked_again_for_another_person(desk: Desk) -> None:
    number = decided(desk)
    case_hits.settle(desk, number, [kept(desk, number)[MENTION].id], Decision.RELEASE, "han har sagt ja")
    case_hits.search(desk, number, ["19510903-2390"])
    assert kept(desk, number)[MENTION].found
    assert (kept(desk, number)[MENTION].decision, kept(desk, number)[MENTION].decided_by) == (Decision.MASK, "")


def test_a_mistyped_number_is_nobody_elses(desk: Desk) -> None:
    new = NewCase(date(2026, 11, 2), identifiers=("19780412-2386", SHARED))
    number = desk.register.open(new).number
    case_hits.search(desk, number)
    case_hits.settle(desk, number, [kept(desk, number)[ORDER].id], Decision.MASK)
    case_hits.search(desk, number, [ANNA])
    assert kept(desk, number)[ORDER].decision is Decision.MASK


@pytest.mark.parametrize("asked", [(ANNA,), (f" {ANNA[2:]}",), (ANNA, SVENS_MAIL), (f"{ANNA}, {SVENS_MAIL}",)])
def test_nothing_lapses_where_all_that_was_asked_for_still_is(desk: Desk, asked: tuple[str, ...]) -> None:
    number = decided(desk)
    assert case_hits.search(desk, number, asked).lapsed == 0
    assert not {REPLACED, LAPSED} & set(happened(desk, number))


def test_a_search_that_is_refused_lets_nothing_count_for_the_next(desk: Desk, office: Office) -> None:
    number = decided(desk)
    with pytest.raises(SpecialHandlingError):
        case_hits.search(desk, number, ["mira@example.se"])
    assert told(desk, number) == []
    with office.desk("eva", special=True) as trusted:
        case_hits.search(trusted, number)
        assert {place for place, *_ in told(trusted, number)} >= {"ordrar"}
        case_hits.search(trusted, number)
        assert happened(trusted, number).count(LAPSED) == 1
    assert MIRA not in json.dumps(happened(desk, number))


@pytest.mark.parametrize(
    ("lang", "line", "heading", "decision", "event"),
    [
        ("sv", "1 tidigare beslut gäller inte längre", "Beslut som inte gäller", "lämnas ut, andra maskas",
         "beslut slutade gälla: det som ska sökas byttes ut"),
        ("en", "1 earlier decision no longer counts", "Lapsed decision", "hand out, others masked",
         "decisions lapsed: what is searched for was replaced"),
    ],
)  # fmt: skip
def test_the_commands_tell_what_has_lapsed(
    office: Office, lang: str, line: str, heading: str, decision: str, event: str
) -> None:
    with office.desk() as desk:
        number = decided(desk)
        order = kept(desk, number)[ORDER].id
    assert line in command(office, "search", number, SVENS_MAIL, "--lang", lang).out
    shown = command(office, "show", number, "--lang", lang).out
    assert heading in shown
    assert event in shown
    (row,) = [one for one in shown.partition(heading)[2].splitlines() if one.split()[:2] == [str(order), "crm"]]
    assert decision in row
    data = json.loads(command(office, "show", number, "--format", "json").out)
    assert [one[:2] for one in data["lapsed"]] == [[str(order), "mask"]]
