"""The demo estate is found as its truth says: values, and every person's records. Figures: `python -m bench.demo`."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from bench.demo import measure as measure_values
from bench.package import strangers
from bench.subject import Ask, Truth, asker, measure
from tests.scanner.conftest import Demo, insyn


def test_values_are_found(demo: Demo) -> None:
    listed = insyn("findings", "--format", "jsonl", cwd=demo.directory)
    table = measure_values(demo.directory / "truth.json", map(json.loads, listed.out.splitlines()))
    assert table.failures() == [], str(table)


@pytest.fixture(scope="module")
def ask(demo: Demo) -> Iterator[Ask]:
    with asker(demo.directory) as opened:
        yield opened


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "every", "recall"),
    [
        ("personnummer", 10, 0.98),
        ("customer number", 10, 0.98),
        ("e-mail", 12, 0.98),
        ("phone", 12, 0.94),
        ("name and address", 12, 0.94),
        ("licence plate", 6, 0.98),
    ],
)
def test_everything_held_about_a_person_is_found(demo: Demo, ask: Ask, seed: str, every: int, recall: float) -> None:
    truth = Truth(demo.directory / "truth.json")
    outcome = measure(truth, ask, seed, every=every)[f"{seed}, theirs alone"]
    assert outcome.asked >= 8
    assert outcome.precision("certain") == 1.0, outcome.wrong
    assert outcome.precision("probable") >= 0.98, outcome.wrong
    assert outcome.recall >= recall, outcome.missed


@pytest.mark.slow
def test_whoever_decides_makes_what_is_theirs_sure_and_nothing_else(demo: Demo, ask: Ask) -> None:
    truth = Truth(demo.directory / "truth.json")
    first = measure(truth, ask, "phone", every=12)["phone"]
    with asker(demo.directory, truth) as decided:
        then = measure(truth, decided, "phone", every=12)["phone"]
    assert then.recall > 0.98 > first.recall, then.missed
    assert then.is_right, then.wrong
    assert then.right["possible"] == 0 < first.right["possible"]


@pytest.mark.slow
def test_nothing_of_others_is_in_anybodys_package(demo: Demo) -> None:
    asked, found = strangers(demo.directory, every=60)
    assert asked >= 5
    assert found == {}


def test_the_command_that_the_demo_prints_works(demo: Demo) -> None:
    line = next(line for line in demo.run.out.splitlines() if line.strip().startswith("insyn subject"))
    run = insyn(*line.split()[1:], "--format", "json", cwd=demo.directory.parent)
    assert run.code == 3, "the estate holds files that cannot be read"
    answer = json.loads(run.out)
    assert answer["case"] == "DEMO-1"
    assert {hit["grade"] for hit in answer["hits"]} >= {"certain", "probable"}
    assert {row["source"] for row in answer["coverage"]} == {"crm", "share", "samtal"}
