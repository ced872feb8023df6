"""The demo estate is found as its truth says: values, and every person's records. Figures: `python -m bench.demo`."""

from __future__ import annotations

import json

import pytest

from bench.demo import measure as measure_values
from bench.subject import Truth, asker, measure
from tests.scanner.conftest import Demo, insyn


def test_values_are_found(demo: Demo) -> None:
    listed = insyn("findings", "--format", "jsonl", cwd=demo.directory)
    table = measure_values(demo.directory / "truth.json", map(json.loads, listed.out.splitlines()))
    assert table.failures() == [], str(table)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "every", "recall"),
    [("personnummer", 8, 0.95), ("customer number", 8, 0.99), ("e-mail", 12, 0.95), ("phone", 12, 0.8)],
)
def test_everything_held_about_a_person_is_found(demo: Demo, seed: str, every: int, recall: float) -> None:
    with asker(demo.directory) as ask:
        outcome = measure(Truth(demo.directory / "truth.json"), ask, seed, every=every)[seed]
    assert outcome.precision("certain") == 1.0, outcome.wrong
    assert outcome.asked >= 20
    assert outcome.recall >= recall, outcome.missed


def test_the_command_that_the_demo_prints_works(demo: Demo) -> None:
    line = next(line for line in demo.run.out.splitlines() if line.strip().startswith("insyn subject"))
    run = insyn(*line.split()[1:], "--format", "json", cwd=demo.directory.parent)
    assert run.code == 3, "the estate holds files that cannot be read"
    answer = json.loads(run.out)
    assert answer["case"] == "DEMO-1"
    assert {hit["grade"] for hit in answer["hits"]} >= {"certain", "probable"}
    assert {row["source"] for row in answer["coverage"]} == {"crm", "share", "samtal"}
