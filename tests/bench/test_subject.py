"""The measure of searches for one person: a perfect search scores 1, and each kind of mistake costs what it should."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

import pytest

from bench.subject import Row, Spot, Truth, measure
from scanner.demo.estate import make

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    return Truth(make(tmp_path_factory.mktemp("bench") / "estate").truth)


def perfect(truth: Truth, grade: str = "certain") -> dict[str, list[Row]]:
    return {
        str(one["personnummer"]): [record | {"grade": grade, "why": []} for record in one["records"]]
        for one in truth.persons
        if one["personnummer"]
    }


def test_a_perfect_search_holds(truth: Truth) -> None:
    known = perfect(truth)
    score = measure(truth, lambda asked, _own: known[asked[0]], "personnummer", every=10)["personnummer"]
    assert score.asked > 20
    assert score.sure == score.every == score.records > 0
    assert score.named == score.named_found > 0
    assert score.holds


@pytest.mark.parametrize(("grade", "holds"), [("certain", False), ("probable", False), ("possible", True)])
def test_a_strangers_record_costs_unless_it_is_only_possible(truth: Truth, grade: str, holds: bool) -> None:
    known = perfect(truth)

    def ask(asked: list[str], _own: AbstractSet[Spot]) -> Iterator[Row]:
        yield from known[asked[0]]
        yield {"source": "crm", "unit": "kunder", "record": {"kundnr": 1}, "grade": grade, "why": ["asked"]}

    score = measure(truth, ask, "personnummer", every=10)["personnummer"]
    assert score.holds is holds
    assert sum(score.wrong.values()) == (0 if holds else score.asked)


def test_what_is_only_possible_is_not_recalled(truth: Truth) -> None:
    known = perfect(truth, "possible")
    score = measure(truth, lambda asked, _own: known[asked[0]], "personnummer", every=10)["personnummer"]
    assert (score.sure, score.every) == (0, score.records)
    assert sum(score.missed.values()) == score.records


def test_a_seed_that_several_have_is_counted_apart(truth: Truth) -> None:
    shared = {person["person"] for person, _ in truth.askable("e-mail")} - truth.alone("e-mail")
    assert set(truth.cases["couples"]) <= shared
