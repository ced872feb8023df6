"""A thing that somebody has for a time, and that tells of nobody itself: what support and the person are told of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scanner import config as configuration
from scanner import workflow
from scanner.cases import hits as case_hits
from scanner.cases import package as case_package
from scanner.cases import tasks as case_tasks
from scanner.cases.desk import Desk
from scanner.cases.model import Decision, NewCase
from scanner.engine.results import Silent
from tests.scanner.case_estate import ANNA, make_office
from tests.scanner.test_package import unpacked

pytestmark = pytest.mark.slow

_LOCKERS = (
    "CREATE TABLE skap (id TEXT PRIMARY KEY, plan TEXT)",
    "CREATE TABLE uthyrning (id TEXT PRIMARY KEY, kund_id INTEGER REFERENCES kunder(id),"
    " skap_id TEXT REFERENCES skap(id), frdat TEXT, tomdat TEXT)",
    "CREATE TABLE oppning (id TEXT PRIMARY KEY, skap_id TEXT REFERENCES skap(id), tid TEXT)",
    *(f"INSERT INTO skap VALUES ('S{at}', '2')" for at in (1, 2, 3)),
    *(f"INSERT INTO uthyrning VALUES ('u{at}', 10{at}, 'S{at}', '20200101', '0')" for at in (1, 2, 3)),
    *(f"INSERT INTO oppning VALUES ('o{at}', 'S{at}', '20230101')" for at in (1, 2, 3)),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    office = make_office(tmp_path)
    for statement in _LOCKERS:
        office.change(statement)
    workflow.scan(configuration.load(tmp_path / "insyn.yaml"), [], Silent())
    with office.desk() as opened:
        yield opened


def searched(desk: Desk, language: str = "sv") -> str:
    case = desk.register.open(NewCase(date(2026, 11, 2), identifiers=(ANNA,), language=language))
    case_hits.search(desk, case.number)
    for task in case_tasks.listed(desk, case.number):
        case_tasks.waive(desk, case.number, task.id, "Larmcentralen svarar själv.")
    return case.number


@pytest.mark.parametrize(
    ("lang", "thing", "below"),
    [
        (
            "sv",
            "personen har eller har haft saken (en rad i crm: uthyrning), men här står inte vem uppgifterna gäller",
            "är daterad när personen hade det som en rad i crm: skap handlar om",
        ),
        (
            "en",
            "the person has or had this thing (a row in crm: uthyrning), but nothing here says whom it is about",
            "dated when the person had what a row in crm: skap tells of",
        ),
    ],
)
def test_the_reason_of_a_thing_is_its_own_and_not_that_of_what_is_told_of_it(
    desk: Desk, lang: str, thing: str, below: str
) -> None:
    found = {one.hit.unit: one.hit for one in case_hits.review(desk, searched(desk), lang)}
    assert (found["skap"].grade, found["skap"].why[-1]) == ("possible", thing)
    assert found["oppning"].grade == "probable"
    assert found["oppning"].why[-1] == below
    assert thing not in found["oppning"].why


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("sv", "de gäller saker som du har eller har haft, men där står inte vem uppgifterna handlar om"),
        ("en", "they are about things that you have or have had, and do not say whom they concern"),
    ],
)
def test_the_person_is_told_that_it_is_left_out_and_that_it_is_of_a_thing(desk: Desk, lang: str, words: str) -> None:
    package = unpacked(case_package.build(desk, searched(desk, lang)))
    assert words in package["uppgifter.html"].decode()
    assert {one["place"] for one in json.loads(package["uppgifter.json"])["entries"]} >= {"uthyrning", "oppning"}


def test_a_reason_that_somebody_gave_is_told_instead(desk: Desk) -> None:
    number = searched(desk)
    (thing,) = (one.id for one in case_hits.kept(desk, number) if one.unit == "skap")
    case_hits.decide(desk, number, [thing], Decision.WITHHOLD, "Skåpet är rivet.")
    package = unpacked(case_package.build(desk, number))
    assert "Skåpet är rivet." in package["uppgifter.html"].decode()
    assert "saker som du har" not in package["uppgifter.html"].decode()
