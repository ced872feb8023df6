"""The demo estate is found as its truth says: values, and every person's records. Figures: `python -m bench.demo`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from bench.demo import Row, measure, measure_subjects
from recognizers import Analyzer
from reports.language import translator
from scanner import config as configuration
from scanner.answer import Answer
from scanner.question import seeds
from scanner.subject import Search
from scanner.workflow import opened, policy
from tests.scanner.conftest import Demo, insyn


def test_values_are_found(demo: Demo) -> None:
    listed = insyn("findings", "--format", "jsonl", cwd=demo.directory)
    table = measure(demo.directory / "truth.json", map(json.loads, listed.out.splitlines()))
    assert table.failures() == [], str(table)


def asker(directory: Path) -> Callable[[list[str]], Row]:
    """Ask as `insyn subject` does, without starting a process for each person."""
    config = configuration.load(directory / "insyn.yaml")
    analyzer, promised = Analyzer(), policy(configuration.load(directory / "insyn.yaml"))

    def ask(identifiers: list[str]) -> Row:
        with opened(config) as store, store.transaction() as connection:
            asked = seeds(analyzer, store.keys, identifiers)
            search = Search(store, connection)
            outcome = search.find(asked)
            hits = Answer(store, config, promised, analyzer, translator("sv")).hits(search, outcome)
            return {"hits": [asdict(hit) for hit in hits]}

    return ask


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["personnummer", "customer number"])
def test_everything_held_about_a_person_is_found(demo: Demo, seed: str) -> None:
    (outcome,) = measure_subjects(demo.directory / "truth.json", asker(demo.directory), every=4, only=seed).values()
    assert outcome.strangers == 0, str(outcome)
    assert outcome.asked >= 50
    assert outcome.all >= 0.99 * outcome.records, str(outcome)


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["email", "phone", "name and address"])
def test_no_stranger_is_certain_from_a_weaker_seed(demo: Demo, seed: str) -> None:
    (outcome,) = measure_subjects(demo.directory / "truth.json", asker(demo.directory), every=8, only=seed).values()
    assert outcome.strangers == 0, str(outcome)
    assert outcome.all > 0


def test_the_command_that_the_demo_prints_works(demo: Demo) -> None:
    line = next(line for line in demo.run.out.splitlines() if line.strip().startswith("insyn subject"))
    run = insyn(*line.split()[1:], "--format", "json", cwd=demo.directory.parent)
    assert run.code == 3, "the estate holds files that cannot be read"
    answer = json.loads(run.out)
    assert answer["case"] == "DEMO-1"
    assert {hit["grade"] for hit in answer["hits"]} >= {"certain", "probable"}
    assert {row["source"] for row in answer["coverage"]} == {"crm", "share", "samtal"}
