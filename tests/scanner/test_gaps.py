"""Every gap that is planted in the demo estate is found, and hardly anything else is said to be one."""

from __future__ import annotations

import json

import pytest

from reports.gaps import KINDS
from reports.inventory import build
from scanner import config as configuration
from scanner.reporting.overview import estate
from scanner.workflow import opened, policy
from tests.scanner.conftest import Demo
from tests.scanner.forking import insyn

PRECISION = 0.95


def test_planted_gaps_are_found_and_nothing_else(demo: Demo) -> None:
    config = configuration.load(demo.directory / "insyn.yaml")
    with opened(config) as store:
        gaps = build(estate(store, config), policy(config)).gaps
    truth = json.loads((demo.directory / "truth.json").read_text(encoding="utf-8"))["gaps"]
    planted = {tuple(one) for one in truth}
    found = {(gap.kind, gap.source, gap.unit, gap.field, gap.category) for gap in gaps}
    assert {one[0] for one in planted} == set(KINDS)
    assert planted - found == set()
    assert len(found & planted) >= PRECISION * len(found), sorted(found - planted, key=str)
    assert all(gap.owner for gap in gaps if gap.kind != "unseen")


@pytest.mark.parametrize(
    ("kinds", "code"), [("broken_promise,overdue", 4), ("unseen", 4), ("", 0)], ids=["several", "one", "none"]
)
def test_gaps_end_4_where_they_are_asked_for(demo: Demo, kinds: str, code: int) -> None:
    run = insyn("inventory", "--format", "jsonl", "--fail-on", kinds, cwd=demo.directory)
    assert run.code == code, run.err
    assert run.out


def test_a_kind_that_does_not_exist_is_refused(demo: Demo) -> None:
    run = insyn("inventory", "--fail-on", "leak", cwd=demo.directory)
    assert run.code == 2
    assert "--fail-on: leak is not possible here; there are protected_identity" in run.line
