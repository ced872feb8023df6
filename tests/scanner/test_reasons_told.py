"""What a hit is said to belong to: the row above it or below it, never its own table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scanner import config as configuration
from scanner import workflow
from scanner.cases import hits as case_hits
from scanner.cases.desk import Desk
from scanner.cases.model import NewCase
from scanner.engine.results import Silent
from tests.scanner.case_estate import ANNA, make_office

pytestmark = pytest.mark.slow

_PLANS = (
    "CREATE TABLE planer (id TEXT PRIMARY KEY, plan TEXT)",
    *(f"INSERT INTO planer VALUES ('P{at}', 'bas')" for at in (1, 2, 3)),
    "ALTER TABLE kunder ADD COLUMN plan_id TEXT REFERENCES planer(id)",
    "UPDATE kunder SET plan_id = 'P' || (id - 100)",
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    office = make_office(tmp_path)
    for statement in _PLANS:
        office.change(statement)
    workflow.scan(configuration.load(tmp_path / "insyn.yaml"), [], Silent())
    with office.desk() as opened:
        yield opened


@pytest.mark.parametrize(
    ("lang", "below", "above"),
    [
        (
            "sv",
            "hör, genom en angiven nyckel, till en rad i crm: kunder",
            "en rad i crm: kunder hänvisar hit, genom en angiven nyckel, men andra kan ha haft det tidigare",
        ),
        (
            "en",
            "belongs, over a declared key, to a row in crm: kunder",
            "a row in crm: kunder refers to it, over a declared key, but others may have had it before",
        ),
    ],
)
def test_a_reason_names_the_row_that_a_key_leads_from(desk: Desk, lang: str, below: str, above: str) -> None:
    case = desk.register.open(NewCase(date(2026, 11, 2), identifiers=(ANNA,)))
    case_hits.search(desk, case.number)
    why = {one.hit.unit: one.hit.why[-1] for one in case_hits.review(desk, case.number, lang)}
    assert (why["arenden"], why["planer"]) == (below, above)
