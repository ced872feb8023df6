"""What names of fields say of values in texts: all recognizers against `cases/snippets.toml`, near-misses first."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from recognizers.analyzer import Analyzer
from recognizers.snippets import Place, Wanted, places

CASES = tomllib.loads((Path(__file__).parent / "cases" / "snippets.toml").read_text(encoding="utf-8"))["case"]
ANALYZER = Analyzer()


def all_places(text: str, wanted: Wanted = lambda _: True) -> list[Place]:
    return list(places(text, text.encode("latin-1"), wanted))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["why"]) for case in CASES])
def test_finds_exactly(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [f"{entity} {text[start:end]}" for start, end, entity in ANALYZER.spans(text)] == case["find"], case["why"]


def test_a_value_that_stands_in_several_texts_is_found_in_each() -> None:
    texts = ["<birth>19690405</birth>", "nr 2: <birth>19690405</birth>", "<birth>19700101</birth>"]
    found = [(one.record, one.start, one.entity) for one in ANALYZER.find({"text": texts}) if one.score >= 0.5]
    assert found == [(at, text.index(">") + 1, "DATE_OF_BIRTH") for at, text in enumerate(texts)]


def test_cells_are_found_in_the_text_of_their_value_only() -> None:
    text = "namn;ort\nEk;Kil\0Anna;Sala\0namn\tort\r\nÅs\tLund\r\n"
    assert [
        (place.name, text[place.start : place.end]) for place in all_places(text, {"namn", "ort"}.__contains__)
    ] == [
        ("namn", "Ek"),
        ("ort", "Kil"),
        ("namn", "Ås"),
        ("ort", "Lund"),
    ]


@pytest.mark.parametrize(
    "part", ["a=", "\n", "namn;", "namn;ort\n", "aa  ", "</a>", "<a", '"a":', "(", ") values (", "'", "a,a\n", "| "]
)
def test_time_is_linear(part: str) -> None:
    def taken(times: int) -> float:
        text, best = part * times, 9.0
        for _ in range(3):
            begun = time.process_time()
            all_places(text)
            best = min(best, time.process_time() - begun)
        return best

    assert taken(40_000) < 0.05 + 8 * taken(10_000)


def test_an_empty_text_has_no_places() -> None:
    assert not all_places("")
    assert Place("a", 0, 1).name == "a"
