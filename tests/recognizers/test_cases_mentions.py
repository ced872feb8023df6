"""Mentions against their cases: `cases/*_mention.toml` and protected identity, near-misses first."""

from __future__ import annotations

import tomllib
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

from recognizers import Analyzer
from recognizers.installed import GROUP, load

NAMES = (
    *("health_mention", "family_mention", "crime_mention", "credit_mention", "religion_mention", "union_mention"),
    "protected_identity",
)
CASES = Path(__file__).parent / "cases"
RECOGNIZERS = {point.name: load(point) for point in entry_points(group=GROUP) if point.name in NAMES}


def _cases() -> list[Any]:
    read = {name: tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"] for name in NAMES}
    return [pytest.param(name, case, id=f"{name}: {case['why']}") for name, cases in read.items() for case in cases]


@pytest.mark.parametrize(("name", "case"), _cases())
def test_finds_exactly(name: str, case: dict[str, Any]) -> None:
    text = case["text"]
    matches = [m for m in Analyzer([RECOGNIZERS[name]]).find({case.get("field", ""): [text]}) if m.score >= 0.5]
    assert [text[m.start : m.end] for m in matches] == case["find"], case["why"]


def test_a_letter_that_grows_when_made_small_moves_nothing() -> None:
    text = "İİİ Yılmaz är sjukskriven"
    (match,) = Analyzer([RECOGNIZERS["health_mention"]]).find({"": [text]})
    assert text[match.start : match.end] == "sjukskriven"
