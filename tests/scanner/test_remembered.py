"""What is counted once and kept sealed: the same comes out of it, and it does not outlive what it rests on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from reports.dates import NEVER, today
from reports.policy import Policy
from scanner import config as configuration
from scanner.config import Config
from scanner.decisions import review
from scanner.reporting import judged
from scanner.reporting.packing import Packed, Unpacking, all_rows
from scanner.store import Store
from scanner.store.schema import worked_out
from scanner.workflow import opened, policy
from tests.scanner.conftest import Demo


@dataclass(frozen=True)
class Thing:
    name: str
    number: int | None
    days: tuple[date | None, date | None]
    share: float


THINGS = st.builds(
    Thing, st.text(), st.none() | st.integers(), st.tuples(st.none() | st.dates(), st.just(NEVER)), st.floats(0, 1)
)


@given(st.lists(THINGS))
def test_rows_come_out_as_they_went_in(things: list[Thing]) -> None:
    assert Unpacking(all_rows(things, Thing)).rows(Thing) == things


@given(st.lists(st.lists(st.integers(0, 2**40))))
def test_columns_come_out_as_they_went_in(columns: list[list[int]]) -> None:
    packed = Packed()
    for column in columns:
        packed.numbers(np.array(column, np.int64))
    unpacking, found = Unpacking(packed.content()), []
    while unpacking.goes_on():
        found.append(unpacking.numbers().tolist())
    assert found == columns


@pytest.fixture(scope="module")
def estate(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("remembered")
    for name in ("insyn.db", "insyn.key", "insyn.yaml"):
        shutil.copy(demo.directory / name, copy / name)
    return copy


@pytest.fixture
def known(estate: Path) -> Iterator[tuple[Store, Config, Policy]]:
    config = configuration.load(estate / "insyn.yaml")
    with opened(config) as store:
        yield store, config, policy(config)


def counted(store: Store, config: Config, promised: Policy) -> list[object]:
    return list(judged.judged(store, config, promised, today(), lambda ages: ages.aged()))


@pytest.mark.slow
def test_verdicts_are_judged_once(known: tuple[Store, Config, Policy], monkeypatch: pytest.MonkeyPatch) -> None:
    every = counted(*known)
    assert judged.kept(*known) == every
    monkeypatch.setattr(judged, "judged", lambda *_: pytest.fail("they are kept"))
    assert judged.kept(*known) == every


@pytest.mark.slow
def test_another_day_is_judged_by_what_was_counted(
    known: tuple[Store, Config, Policy], monkeypatch: pytest.MonkeyPatch
) -> None:
    judged.kept(*known)
    then = date(2031, 1, 1)
    every = judged.judged(*known, then, lambda ages: ages.aged())
    monkeypatch.setattr(judged, "today", lambda: then)
    monkeypatch.setattr(judged.Ages, "aged", lambda *_: pytest.fail("it is counted"))
    assert judged.kept(*known) == every


@pytest.mark.slow
def test_a_dismissed_value_and_another_configuration_are_counted_anew(known: tuple[Store, Config, Policy]) -> None:
    store, config, promised = known
    before = judged.kept(*known)
    said = review.Decision(0, "dismiss", "", "", "", "EMAIL_ADDRESS", "", "x", "", "")
    made = review.decide(store, replace(said, token=store.keys.token("EMAIL_ADDRESS", "nobody@example.se")))
    assert judged.kept(*known) == before
    review.undo(store, made.id)
    crm = config.sources["crm"]
    without = {name: table.model_copy(update={"relationship_end": None}) for name, table in crm.tables.items()}
    other = replace(config, sources={**config.sources, "crm": crm.model_copy(update={"tables": without})})
    assert judged.kept(store, other, promised) == counted(store, other, promised) != before


@pytest.mark.slow
def test_no_value_is_kept_in_the_open(known: tuple[Store, Config, Policy]) -> None:
    judged.kept(*known)
    with known[0].reading() as connection:
        kept = list(connection.execute(select(worked_out.c.name, worked_out.c.stamp, worked_out.c.content)))
    assert {row.name for row in kept} >= {"ages", "verdicts"}
    assert not any(name in row.content for row in kept for name in (b"kunder", b"EMAIL_ADDRESS", b"overdue"))
