"""The measure itself: a perfect scan scores 1, and each kind of mistake costs what it should."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from scanner.demo import Estate

pytestmark = pytest.mark.slow

Row = dict[str, Any]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    path = Path(__file__).parents[3] / "bench" / "demo.py"
    spec = importlib.util.spec_from_file_location("bench_demo", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def truth(estate: Estate) -> Path:
    return estate.truth


@pytest.fixture
def perfect(truth: Path) -> list[Row]:
    rows: list[Row] = json.loads(truth.read_text(encoding="utf-8"))["findings"]
    return [{key: value for key, value in row.items() if key not in ("value", "person", "tier")} for row in rows]


def test_a_perfect_scan_meets_every_threshold(bench: ModuleType, truth: Path, perfect: list[Row]) -> None:
    table = bench.measure(truth, perfect)
    assert table.failures() == []
    assert set(bench.THRESHOLDS) <= table.scores.keys()
    assert all(score.recall == score.precision == 1 for score in table.scores.values())
    assert table.missed == table.wrong == []
    assert table.scores["SE_PERSONNUMMER"].mistyped > 5


def test_what_is_missed_costs_recall(bench: ModuleType, truth: Path, perfect: list[Row]) -> None:
    table = bench.measure(truth, [row for row in perfect if row["entity"] != "IP_ADDRESS"])
    assert table.failures() == ["IP_ADDRESS"]
    assert table.scores["IP_ADDRESS"].recall == 0
    assert {row["entity"] for row in table.missed} == {"IP_ADDRESS"}


def test_a_false_alarm_costs_precision(bench: ModuleType, truth: Path, perfect: list[Row]) -> None:
    alarm = {"source": "crm", "unit": "artiklar", "record": {"artnr": 104000}, "field": "ean", "start": 0, "end": 13}
    alarms = [alarm | {"entity": "SE_PERSONNUMMER"}] * 20 + [alarm | {"entity": "OCR_REFERENCE"}]
    table = bench.measure(truth, perfect + alarms)
    assert table.failures() == ["SE_PERSONNUMMER"]
    assert len(table.wrong) == 20


def test_the_wrong_place_is_a_miss_and_a_false_alarm(bench: ModuleType, truth: Path, perfect: list[Row]) -> None:
    shifted = [row | {"start": row["end"], "end": row["end"] + 5} for row in perfect if row["entity"] == "IBAN_CODE"]
    score = bench.measure(truth, shifted).scores["IBAN_CODE"]
    assert (score.found, score.right) == (0, 0)


def test_optional_truth_counts_neither_way(bench: ModuleType, truth: Path, perfect: list[Row]) -> None:
    rows = json.loads(truth.read_text(encoding="utf-8"))["findings"]
    optional = {id(plain) for plain, row in zip(perfect, rows, strict=True) if row.get("tier") == "optional"}
    without = [row for row in perfect if id(row) not in optional]
    assert len(without) < len(perfect)
    assert bench.measure(truth, without).scores == bench.measure(truth, perfect).scores


def test_the_schema_of_a_server_is_no_difference(bench: ModuleType, truth: Path, perfect: list[Row]) -> None:
    served = [row | {"unit": f"public.{row['unit']}"} if row["source"] == "crm" else row for row in perfect]
    assert bench.measure(truth, served).failures() == []


def test_places_are_listed_without_values(bench: ModuleType, truth: Path) -> None:
    table = bench.measure(truth, [])
    listed = "\n".join(bench._places(table.missed, show=False, most=1000))
    assert "crm EMAIL_ADDRESS epost" in listed
    assert "@" not in listed
    assert "@" in "\n".join(bench._places(table.missed, show=True, most=1000))
