"""Before a possible record is decided on it is told what would come along; nothing of that is kept but the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple
from datetime import date

import pytest
from sqlalchemy import func, select

from reports.case.foreseen import LISTED, Foreseen, lines
from reports.language import translator
from scanner import audit
from scanner.cases import hits as case_hits
from scanner.cases.desk import Desk, SpecialHandlingError
from scanner.cases.foresight import foresee
from scanner.cases.model import CaseHit, Decision, NewCase, Outcome
from scanner.errors import ConfigError, InsynError
from scanner.store import schema
from scanner.store.case_schema import metadata
from tests.scanner.case_estate import ANNA, Office
from tests.scanner.shared_orders import make_shared
from tests.scanner.test_case_commands import case as command

pytestmark = pytest.mark.slow

ABOUT_LINES = ("crm", "orderrader", 2, 0, 0, 0)
ABOUT_PROVISION = ("crm", "provision", 1, 1, 0, 0)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return make_shared(tmp_path_factory.mktemp("office"))


@pytest.fixture
def desk(office: Office) -> Iterator[Desk]:
    with office.desk() as opened:
        yield opened


def opened(desk: Desk) -> str:
    number = desk.register.open(NewCase(date(2026, 11, 2), identifiers=(ANNA,))).number
    case_hits.search(desk, number)
    return number


def kept(desk: Desk, number: str) -> dict[tuple[str, int], CaseHit]:
    return {(one.unit, int((one.record or {})["id"])): one for one in case_hits.kept(desk, number) if one.found}


def order(desk: Desk, number: str, at: int = 71) -> int:
    return kept(desk, number)["ordrar", at].id


def counted(desk: Desk, number: str, hits: list[int], decision: Decision = Decision.MASK) -> set[tuple[object, ...]]:
    return {astuple(one) for one in foresee(desk, number, hits, decision)}


def test_it_counts_by_table_what_would_come(desk: Desk) -> None:
    number = opened(desk)
    assert counted(desk, number, [order(desk, number)]) == {ABOUT_LINES, ABOUT_PROVISION}
    assert counted(desk, number, [order(desk, number), order(desk, number, 72)]) == {
        ("crm", "orderrader", 3, 0, 0, 0),
        ABOUT_PROVISION,
    }


def test_it_is_what_then_comes_and_goes(desk: Desk) -> None:
    number = opened(desk)
    chosen = [order(desk, number)]
    ahead = foresee(desk, number, chosen, Decision.MASK)
    found = case_hits.settle(desk, number, chosen, Decision.MASK)
    assert found is not None
    assert found.more == sum(one.more for one in ahead) == 3
    back = foresee(desk, number, chosen, Decision.WITHHOLD)
    found = case_hits.settle(desk, number, chosen, Decision.WITHHOLD, "var hans")
    assert found is not None
    assert found.gone == sum(one.gone for one in back) == 3


def test_what_would_become_sure_enough_to_be_handed_out_is_counted_apart(desk: Desk) -> None:
    number = desk.register.open(NewCase(date(2026, 11, 2), identifiers=("Anna Ekdahl",))).number
    case_hits.search(desk, number)
    before = kept(desk, number)
    assert before["arenden", 1].decision is Decision.WITHHOLD
    chosen = [before["kunder", 101].id]
    assert counted(desk, number, chosen) == {("crm", "arenden", 0, 0, 1, 0), ("crm", "larmkontakter", 1, 0, 0, 0)}
    case_hits.settle(desk, number, chosen, Decision.MASK)
    assert kept(desk, number)["arenden", 1].decision is Decision.MASK


def test_what_is_decided_already_is_not_counted_again(desk: Desk) -> None:
    number = opened(desk)
    chosen = [order(desk, number)]
    case_hits.settle(desk, number, chosen, Decision.MASK)
    assert counted(desk, number, chosen) == set()
    provision = [kept(desk, number)["provision", 1].id]
    assert counted(desk, number, provision) == {("crm", "utbetalning", 1, 0, 0, 0)}


def test_nothing_is_kept_but_that_it_was_asked(desk: Desk) -> None:
    number = opened(desk)
    chosen, before = [order(desk, number)], rows(desk)
    foresee(desk, number, chosen, Decision.MASK)
    after = rows(desk)
    assert after.pop("audit") == before.pop("audit") + 1
    assert after == before
    assert not any(one.decided_by for one in case_hits.kept(desk, number))
    with desk.store.reading() as connection:
        query = select(schema.audit.c.action, schema.audit.c.case_number).order_by(schema.audit.c.id.desc())
        assert tuple(connection.execute(query.limit(1)).one()) == ("case foresee", number)


def rows(desk: Desk) -> dict[str, int]:
    with desk.store.reading() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
        }


def test_without_the_log_nothing_is_looked_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = opened(desk)
    chosen = [order(desk, number)]

    def full(*given: object, **named: object) -> None:
        raise InsynError("full")

    monkeypatch.setattr(audit, "record", full)
    with pytest.raises(InsynError, match="full"):
        foresee(desk, number, chosen, Decision.MASK)


def test_who_is_protected_is_not_shown_and_the_case_is_not_marked_for_a_thought(desk: Desk, office: Office) -> None:
    number = opened(desk)
    chosen = [order(desk, number, 73)]
    with pytest.raises(SpecialHandlingError):
        foresee(desk, number, chosen, Decision.MASK)
    assert not desk.register.get(number).protected
    with office.desk("eva", special=True) as trusted:
        assert counted(trusted, number, chosen) == {("crm", "orderrader", 1, 0, 0, 0)}
    assert not desk.register.get(number).protected


def test_what_cannot_be_decided_is_not_looked_up(desk: Desk) -> None:
    number = opened(desk)
    chosen = [order(desk, number)]
    with pytest.raises(ConfigError, match="not in the case"):
        foresee(desk, number, [10**6], Decision.MASK)
    desk.register.close(number, Outcome.WITHDRAWN)
    with pytest.raises(ConfigError, match="nothing more can be decided"):
        foresee(desk, number, chosen, Decision.MASK)


@pytest.mark.parametrize(
    ("lang", "told", "heading", "nothing"),
    [
        ("sv", "3 poster till skulle hittas.", "System Plats Poster till Varav möjliga",
         "Inga andra poster skulle följa av beslutet."),
        ("en", "3 more records would be found.", "System Place More records Of these possible",
         "No other records would follow from this decision."),
    ],
)  # fmt: skip
def test_the_command_tells_it_and_decides_nothing(
    office: Office, lang: str, told: str, heading: str, nothing: str
) -> None:
    with office.desk() as desk:
        number = opened(desk)
        records = kept(desk, number)

    def asked(unit: tuple[str, int], *more: str) -> list[str]:
        done = command(office, "decide", number, "mask", records[unit].id, "--dry-run", "--lang", lang, *more)
        assert done.code == 0, done.err
        return [" ".join(line.split()) for line in done.out.splitlines()]

    first, headings, _, *places = asked(("ordrar", 71))
    assert (first, headings) == (told, heading)
    assert sorted(places) == ["crm orderrader 2 0", "crm provision 1 1"]
    assert asked(("kunder", 101)) == [nothing]
    shown = json.loads(command(office, "show", number, "--format", "json").out)
    assert [event[2] for event in shown["events"]] == ["opened", "searched"]


def test_many_places_are_cut_and_what_becomes_surer_is_told() -> None:
    ahead = [Foreseen("share", f"a{at:02d}", 1, 0, 2, 0) for at in range(LISTED + 2)]
    first, second, *listed, last = lines(ahead, translator("sv"))
    assert first == "22 poster till skulle hittas."
    assert second == "44 möjliga poster skulle bli troliga och lämnas ut."
    assert len(listed) == LISTED + 2
    assert last == "och 2 platser till"
