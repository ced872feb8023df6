"""The register of requests: from receipt to closing, with what may not be skipped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, select, update

from reports.policy import load
from scanner import audit
from scanner.cases import delivery as case_delivery
from scanner.cases import hits as case_hits
from scanner.cases import letters as case_letters
from scanner.cases import package as case_package
from scanner.cases import preview as case_preview
from scanner.cases import tasks as case_tasks
from scanner.cases.desk import Desk, SpecialHandlingError
from scanner.cases.due import delete_due
from scanner.cases.model import (
    Case,
    Channel,
    Decision,
    Extension,
    Identity,
    Mandate,
    NewCase,
    Outcome,
    Representative,
    Right,
    State,
    TaskKind,
    TaskState,
)  # fmt: skip
from scanner.cases.reach import reach
from scanner.commands import retention
from scanner.errors import ConfigError, InsynError
from scanner.store import case_schema, schema
from scanner.store.scan_schema import scan_source
from scanner.subject import Search
from scanner.subject.outcome import Outcome as Found
from scanner.subject.question import Seed
from tests.scanner.case_estate import ANNA, MIRA, Office, make_office

TODAY = date.today()  # noqa: DTZ011  the register counts days as people do


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return make_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def desk(office: Office) -> Iterator[Desk]:
    with office.desk() as opened:
        yield opened


def opened(desk: Desk, *identifiers: str, right: Right = Right.ACCESS, received: date = TODAY) -> Case:
    new = NewCase(received, channel=Channel.EMAIL, right=right, identifiers=identifiers, name="Anna Ekdahl")
    return desk.register.open(new)


def settled(desk: Desk, number: str) -> None:
    for task in case_tasks.listed(desk, number):
        case_tasks.answer(desk, number, task.id, "Inget fanns.")


def test_a_case_has_a_number_a_clock_and_a_history(desk: Desk) -> None:
    case = opened(desk, ANNA, received=date(2026, 8, 31))
    assert case.number.startswith("2026-")
    assert str(case.deadline.due) == "2026-09-30"
    assert [event.what for event in desk.register.events(case.number)] == ["opened"]
    assert case.number in [one.number for one in desk.register.listed()]


def test_an_outside_reference_is_registered_once(desk: Desk) -> None:
    first = desk.register.ensure("ZENDESK-77")
    assert desk.register.ensure(" ZENDESK-77 ") == first
    with pytest.raises(ConfigError, match="is registered already"):
        desk.register.open(NewCase(TODAY, number="ZENDESK-77"))


def test_nothing_personal_stands_open_in_the_register(desk: Desk, office: Office) -> None:
    case = opened(desk, ANNA)
    desk.register.represent(case.number, Representative(Mandate.GUARDIAN, "Olof Hemlig"))
    case_hits.search(desk, case.number)
    case_hits.decide(desk, case.number, [case_hits.kept(desk, case.number)[0].id], Decision.WITHHOLD, "rör Olof Hemlig")
    with desk.store.reading() as connection:
        connection.execute(select(case_schema.subject_case)).all()
    stored = b"".join(path.read_bytes() for path in office.directory.glob("insyn.db*"))
    for value in ("Hemlig", "Ekdahl", ANNA, "blå båt"):
        assert value.encode() not in stored


def test_the_time_is_extended_once_and_with_its_reason(desk: Desk) -> None:
    case = opened(desk, ANNA)
    with pytest.raises(ConfigError, match="not extended"):
        case_letters.write(desk, case.number, "extension")
    later = desk.register.extend(case.number, Extension.COMPLEX)
    assert later.deadline.due > case.deadline.due
    assert "i många system" in " ".join(case_letters.write(desk, case.number, "extension").paragraphs)
    with pytest.raises(ConfigError, match="extended already"):
        desk.register.extend(case.number, Extension.MANY)


def test_an_extension_after_the_first_month_is_refused(desk: Desk) -> None:
    case = opened(desk, ANNA, received=TODAY - timedelta(days=50))
    with pytest.raises(ConfigError, match="first month has passed"):
        desk.register.extend(case.number, Extension.COMPLEX)


def test_hits_are_kept_held_and_decided(desk: Desk) -> None:
    case = opened(desk, ANNA)
    found = case_hits.search(desk, case.number)
    kept = case_hits.kept(desk, case.number)
    assert found.new == len(kept) == sum(found.grades.values())
    assert {(one.source, one.unit, '{"id": 101}') for one in kept if one.unit == "kunder"} <= case_hits.held(desk.store)
    assert {one.decision for one in kept if one.grade != "possible"} == {Decision.MASK}
    case_hits.decide(desk, case.number, [kept[0].id], Decision.WITHHOLD, "affärshemlighet")
    again = case_hits.search(desk, case.number)
    assert again.new == 0
    assert case_hits.kept(desk, case.number)[0].decision is Decision.WITHHOLD
    desk.register.close(case.number, Outcome.WITHDRAWN)


def test_a_decision_needs_a_reason_and_a_record_of_the_case(desk: Desk) -> None:
    case = opened(desk, ANNA)
    with pytest.raises(ConfigError, match="give the reason"):
        case_hits.decide(desk, case.number, [1], Decision.RELEASE)
    with pytest.raises(ConfigError, match="not in the case"):
        case_hits.decide(desk, case.number, [10**6], Decision.MASK)
    with pytest.raises(ConfigError, match="of these records are not in the case"):  # more than a statement takes
        case_hits.decide(desk, case.number, range(1, 300_001), Decision.MASK)


def test_what_an_open_case_asks_for_is_marked_on_the_list_to_erase(desk: Desk) -> None:
    case = opened(desk, ANNA)
    case_hits.search(desk, case.number)
    options = retention.Options("jsonl", None, "sv", on="2031-01-01", rows=True)

    def marks() -> dict[str, str]:
        rows = retention.rows(desk.store, desk.config, load("omnipoint"), options)
        return {f"{row['unit']} {row['record']['id']}": row["held"] for row in rows if row["unit"] == "kunder"}

    assert marks() == {"kunder 101": "case"}
    for one in desk.register.listed():
        desk.register.close(one.number, Outcome.WITHDRAWN)
    assert marks() == {"kunder 101": ""}


def test_what_is_held_is_free_when_the_case_is_closed(desk: Desk) -> None:
    before = case_hits.held(desk.store)
    case = opened(desk, "sven@example.se")
    case_hits.search(desk, case.number)
    assert case_hits.held(desk.store) > before
    desk.register.close(case.number, Outcome.WITHDRAWN)
    assert case_hits.held(desk.store) == before


def test_declared_sources_are_tasks_of_their_owners(desk: Desk) -> None:
    case = opened(desk, ANNA)
    case_hits.search(desk, case.number)
    (task,) = case_tasks.listed(desk, case.number)
    assert (task.kind, task.source, task.owner) == (TaskKind.DECLARED, "larmcentral", "Larmcentralen AB")
    with pytest.raises(ConfigError, match="1 task is open"):
        case_package.build(desk, case.number)
    case_tasks.answer(desk, case.number, task.id, "Två sidor.", [("larm.txt", b"logg")])
    assert case_tasks.listed(desk, case.number)[0].state is TaskState.ANSWERED
    assert [one.content for one in case_tasks.handed_in(desk, case.number)] == [b"logg"]


def test_a_source_that_the_last_scan_did_not_reach_is_a_task(desk: Desk) -> None:
    case = opened(desk, ANNA)
    source = "crm"
    with desk.store.transaction() as connection:
        last = connection.scalar(select(func.max(scan_source.c.scan_id)))
        number = select(schema.source.c.id).where(schema.source.c.name == source).scalar_subquery()
        where = (scan_source.c.scan_id == last, scan_source.c.source_id == number)
        assert connection.execute(update(scan_source).where(*where).values(error="the source is down")).rowcount == 1
    case_tasks.plan(desk, case.number, [])
    found = [(task.source, task.unit) for task in case_tasks.listed(desk, case.number) if task.kind is TaskKind.UNREAD]
    with desk.store.transaction() as connection:
        connection.execute(update(scan_source).values(error=""))
    assert found == [(source, "")]


def look_through(desk: Desk, number: str) -> bytes:
    return b"".join(case_preview.preview(desk, number)[1])


def test_a_package_is_released_by_a_second_person_who_knows_who_asks(desk: Desk, office: Office) -> None:
    """S03, S22: released, delivered, deleted on its day and not before; the case keeps the digest."""
    case = opened(desk, ANNA)
    case_hits.search(desk, case.number)
    settled(desk, case.number)
    built = case_package.build(desk, case.number)
    with pytest.raises(ConfigError, match="a second person"):
        case_delivery.release(desk, case.number)
    with office.desk("maria") as other:
        with pytest.raises(ConfigError, match="identity level contact"):
            case_delivery.release(other, case.number)
        desk.register.identify(case.number, Identity.CONTACT, "svar från registrerad adress")
        look_through(other, case.number)
        assert case_delivery.release(other, case.number).state is State.RELEASED
    assert case_delivery.deliver(desk, case.number, "portal").state is State.DELIVERED
    assert built.path.exists()
    kept_until = case_package.packages(desk, case.number)[-1].delete_on
    assert delete_due(desk.config, desk.store, desk.actor, kept_until - timedelta(days=1)).deleted == []
    (gone,) = delete_due(desk.config, desk.store, desk.actor, kept_until).deleted
    assert not built.path.exists()
    last = desk.register.events(case.number)[-1]
    assert (last.what, last.detail) == ("package deleted", gone.sha256)


def test_protected_identity_is_blocked_for_ordinary_users(desk: Desk, office: Office) -> None:
    """S04."""
    case = opened(desk, MIRA)
    with pytest.raises(SpecialHandlingError, match="special handling"):
        case_hits.search(desk, case.number)
    assert desk.register.get(case.number).protected
    assert case_hits.kept(desk, case.number) == []
    with office.desk("maria", special=True) as trusted:
        assert case_hits.search(trusted, case.number).grades["certain"] > 0
        settled(trusted, case.number)
        case_package.build(trusted, case.number)
        trusted.register.identify(case.number, Identity.STRONG)
    with office.desk("nils", special=True) as third:
        look_through(third, case.number)
        case_delivery.release(third, case.number)
        with pytest.raises(ConfigError, match="Skatteverket"):
            case_delivery.deliver(third, case.number, "portal")
        assert case_delivery.deliver(third, case.number, "skatteverket").state is State.DELIVERED


def test_a_refusal_needs_a_reason(desk: Desk) -> None:
    case = opened(desk, ANNA)
    with pytest.raises(ConfigError, match="needs a reason"):
        desk.register.close(case.number, Outcome.REFUSED)
    with pytest.raises(ConfigError, match="needs a reason"):
        case_letters.write(desk, case.number, "refusal")
    letter = case_letters.write(desk, case.number, "refusal", reason="Begäran är uppenbart orimlig.")
    assert any("Integritetsskyddsmyndigheten" in text for text in letter.paragraphs)
    assert desk.register.close(case.number, Outcome.REFUSED, "orimlig").state is State.CLOSED


def test_every_look_is_in_the_log_before_it_happens(desk: Desk) -> None:
    case = opened(desk, ANNA)
    before = audit.verify(desk.store).head.rows
    case_hits.search(desk, case.number)
    case_hits.review(desk, case.number)
    b"".join(case_package.draft(desk, case.number))
    assert audit.verify(desk.store).head.rows == before + 3
    assert audit.verify(desk.store).whole


@pytest.mark.parametrize("person", [ANNA, "19811218-9876"], ids=["known", "unknown"])
def test_nothing_is_asked_of_the_findings_before_the_log_has_its_row(desk: Desk, person: str) -> None:
    """S18: whoever is refused is refused before anything could take its time."""
    case = opened(desk, person)
    seen: list[str] = []
    with desk.store.reading() as connection:
        engine = connection.engine
    event.listen(engine, "before_cursor_execute", note := lambda *given: seen.append(given[2]))
    try:
        case_hits.search(desk, case.number)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    logged = next(at for at, statement in enumerate(seen) if statement.startswith("INSERT INTO audit"))
    asked = [at for at, statement in enumerate(seen) if re.search(r"\b(finding|lookup|record)\b", statement)]
    assert asked and logged < min(asked)


def test_without_the_log_nothing_is_found(tmp_path: Path) -> None:
    """T70."""
    office = make_office(tmp_path)
    with office.desk() as desk:
        case = opened(desk, ANNA)
        with desk.store.transaction() as connection:
            connection.exec_driver_sql(
                "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(FAIL, 'full'); END"
            )
        with pytest.raises(InsynError):
            case_hits.search(desk, case.number)
        assert case_hits.kept(desk, case.number) == []


def test_a_dry_run_tells_what_is_reached_and_what_would_reach_more(desk: Desk) -> None:
    case = opened(desk, "nobody@example.se")
    with desk.searched(case, "subject dry run") as found:
        crm, declared = reach(desk, found)
    assert (crm.source, crm.hits) == ("crm", {})
    assert crm.further[0] == "SE_PERSONNUMMER"
    assert "EMAIL_ADDRESS" not in crm.further
    assert declared.by_hand


@pytest.mark.parametrize("action", ["case search", "case preview", "case package"])
def test_no_person_of_a_case_is_looked_up_before_it_is_logged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    """S02: whatever looks, the row is in the log when the search begins."""
    logged: list[list[tuple[str, str]]] = []
    find = Search.find

    def watched(search: Search, asked: Sequence[Seed]) -> Found:
        with desk.store.reading() as connection:
            query = select(schema.audit.c.action, schema.audit.c.case_number).order_by(schema.audit.c.id.desc())
            logged.append([(row.action, row.case_number) for row in connection.execute(query.limit(1))])
        return find(search, asked)

    case = opened(desk, ANNA)
    monkeypatch.setattr(Search, "find", watched)
    match action:
        case "case search":
            case_hits.search(desk, case.number, [])
        case "case preview":
            list(case_package.draft(desk, case.number))
        case _:
            case_package.build(desk, case.number, because="provet")
    assert logged == [[(action, case.number)]]
