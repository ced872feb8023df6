"""Every identifier has its cases, near-misses first: at least 120 for personnummer, 40 for every other."""

from __future__ import annotations

import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from recognizers.installed import GROUP

CASES = Path(__file__).parent / "cases"
LEAST = {"personnummer": 120}
MANY = 40
NEAR_MISSES = 15
NAMES = sorted(
    point.name
    for point in entry_points(group=GROUP)
    if point.value.startswith("recognizers.") and point.name != "name_model"
)


@pytest.mark.parametrize("name", NAMES)
def test_cases_of(name: str) -> None:
    cases = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    assert len(cases) >= LEAST.get(name, MANY)
    assert all(case["why"] for case in cases)
    assert not cases[0]["find"], "near-misses first"
    assert sum(not case["find"] for case in cases) >= NEAR_MISSES
    assert len({(case.get("field", ""), str(case["text"])) for case in cases}) == len(cases), "each once"
