"""Identifiers that a label or a field tells, against their cases: `cases/*.toml`, near-misses first."""

from __future__ import annotations

import tomllib
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

from recognizers.installed import GROUP, load
from recognizers.testing import assert_cases

NAMES = (
    *("reserve_number", "region_number", "passport", "driving_license", "license_plate", "property_designation"),
    *("ocr_reference", "swish", "mac", "username", "secret", "alarm_code", "contract_id", "invoice_number"),
    *("date_of_birth", "device_id", "cookie_id"),
)
CASES = Path(__file__).parent / "cases"
RECOGNIZERS = {point.name: load(point) for point in entry_points(group=GROUP) if point.name in NAMES}


def _cases() -> list[Any]:
    read = {name: tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"] for name in NAMES}
    return [pytest.param(name, case, id=f"{name}: {case['why']}") for name, cases in read.items() for case in cases]


@pytest.mark.parametrize(("name", "case"), _cases())
def test_finds_exactly(name: str, case: dict[str, Any]) -> None:
    assert_cases(RECOGNIZERS[name], [case])
