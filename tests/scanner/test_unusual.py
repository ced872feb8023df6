"""Look-ups that somebody should ask about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from recognizers import Analyzer
from scanner import audit
from scanner.audit.unusual import MANY_A_DAY, Unusual, unusual
from scanner.cases import Register
from scanner.cases.model import Channel, NewCase, Right
from scanner.keys import Keys
from scanner.store import Store, schema

NOON, NIGHT = "T11:00:00Z", "T01:00:00Z"
MONDAY, SUNDAY = "2026-11-23", "2026-11-22"


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(f"sqlite:///{tmp_path}/insyn.db", Keys(b"k" * 32))
    yield made
    made.close()


def look(
    store: Store, actor: str, whom: bytes, *, at: str = MONDAY + NOON, case: str = "1", action: str = "case search"
) -> None:
    audit.record(store, action, case, whom, by=actor)
    with store.transaction() as connection:
        newest = schema.audit.c.chain == connection.scalar(
            schema.audit.select().with_only_columns(schema.audit.c.chain).order_by(schema.audit.c.id.desc()).limit(1)
        )
        connection.execute(update(schema.audit).where(newest).values(at=at))


def told(store: Store, analyzer: Analyzer, *users: str) -> list[Unusual]:
    return unusual(store, analyzer, users, days=36500)


def kinds(found: list[Unusual]) -> list[tuple[str, str]]:
    return [(one.kind, one.actor) for one in found]


def test_the_ordinary_is_not_told(store: Store, analyzer: Analyzer) -> None:
    for number in range(MANY_A_DAY - 1):
        look(store, "anna", bytes([number] * 16), case=str(number))
    audit.record(store, "sign in", "", by="anna")
    assert told(store, analyzer, "anna@example.se") == []


def test_many_in_a_day_and_more_than_the_others(store: Store, analyzer: Analyzer) -> None:
    for number in range(MANY_A_DAY):
        look(store, "anna", bytes([number] * 16), case=str(number))
    look(store, "bo", b"x" * 16)
    found = told(store, analyzer)
    assert kinds(found) == [("many", "anna"), ("more", "anna")]
    assert (found[0].count, len(found[0].cases)) == (MANY_A_DAY, MANY_A_DAY)


@pytest.mark.parametrize("at", [MONDAY + NIGHT, SUNDAY + NOON])
def test_at_night_and_at_a_weekend(at: str, store: Store, analyzer: Analyzer) -> None:
    look(store, "anna", b"x" * 16, at=at)
    assert kinds(told(store, analyzer)) == [("hours", "anna")]


def test_a_colleague_by_the_address_they_sign_in_with(store: Store, analyzer: Analyzer) -> None:
    token = store.keys.token("EMAIL_ADDRESS", "bo@example.se")
    look(store, "anna", token)
    look(store, "anna", b"x" * 16)
    assert kinds(told(store, analyzer, "anna@example.se", "bo@example.se", "dpo")) == [("colleague", "anna")]
    assert told(store, analyzer, "anna@example.se") == []


def test_the_same_person_in_several_cases(store: Store, analyzer: Analyzer) -> None:
    for case in "123":
        look(store, "anna", b"x" * 16, case=case)
    (found,) = told(store, analyzer)
    assert (found.kind, found.cases) == ("same", ("1", "2", "3"))


def test_protected_people_and_refusals(store: Store, analyzer: Analyzer) -> None:
    register = Register(store, "anna")
    case = register.open(NewCase(date(2026, 11, 23), Channel.PHONE, Right.ACCESS))
    register.protect(case.number)
    look(store, "anna", b"x" * 16, case=case.number, action="case reveal")
    look(store, "bo", b"x" * 16, case="", action="search refused: no case")
    assert kinds(told(store, analyzer)) == [("protected", "anna"), ("refused", "bo")]
