"""Numbers in words: all recognizers against `cases/spoken.toml`, near-misses first."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from recognizers.analyzer import Analyzer
from recognizers.columns import Column
from recognizers.spoken import _tells, speaking, written

CASES = tomllib.loads((Path(__file__).parent / "cases" / "spoken.toml").read_text(encoding="utf-8"))["case"]
ANALYZER = Analyzer()


@pytest.mark.parametrize("case", [pytest.param(case, id=case["why"]) for case in CASES])
def test_finds_exactly(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [f"{entity} {text[start:end]}" for start, end, entity in ANALYZER.spans(text)] == case["find"], case["why"]


def test_spans_lead_back_to_whole_words() -> None:
    text = "ja å noll sju, noll ett två tre – på Nygatan tolv, nu"
    told = written(text)
    assert told is not None
    assert told.text == "ja å 070123 – på Nygatan 12, nu"
    assert told.span(5, 7) == (5, 13)
    assert told.span(5, 11) == (5, 31)
    assert told.span(3, 12) == (3, 32)
    assert told.span(0, 4) is None
    assert told.span(11, 13) is None


def test_several_texts_each_have_their_own() -> None:
    texts = [
        "nej",
        "ring noll sju noll ett sju fyra noll sex nio tre",
        "hej\0ring 070-174 06 05",
        "storgatan sju, tack",
    ]
    found = [(one.record, one.entity, texts[one.record][one.start : one.end]) for one in ANALYZER.find({"": texts})]
    assert (1, "PHONE_NUMBER", "noll sju noll ett sju fyra noll sex nio tre") in found
    assert (3, "ADDRESS", "storgatan sju") in found


@pytest.mark.parametrize("text", ["Kund ringde, allt ok.", "två tekniker i fem timmar", "", "4711 noll"])
def test_most_texts_are_not_read_twice(text: str) -> None:
    assert not speaking(Column.of("", [text]))


@pytest.mark.parametrize(
    "text",
    [
        "noll sju",
        "Två\nTVÅ",
        "tv\u212b, fem",
        "åttonde o\u212atober",
        "Łgatan 5 sju",
        "İfyra fem",
        "– fem² fem fem –",
        "den en",
    ],
)
def test_pairs_of_words_are_seen_in_any_case_and_beside_any_sign(text: str) -> None:
    told = text != "den en"
    assert _tells(text) is told
    for before in ("nej", "nej, " * 1000):
        assert speaking(Column.of("", [before, text, "hej"])) == [1] * told


@pytest.mark.parametrize("before", ["nej, ", "nej, " * 1000])
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("070, 174, 06, 58", True),
        ("ring 08, 465, 004, 12 nu", True),
        ("0980,319, 22", True),
        ("070 174, 06, 58", False),
        ("x070, 174, 06, 58", False),
        ("070, 1740658", False),
    ],
)
def test_pauses_in_a_number_are_seen_in_short_and_long_columns(text: str, before: str, *, told: bool) -> None:
    assert speaking(Column.of("", [before, text])) == [1] * told


@pytest.mark.parametrize(
    "part", ["noll ", "sju, ", "gatan ", " snabel-a ", "a punkt ", "070, ", "första maj ", "snabel-a a "]
)
def test_time_is_linear(part: str) -> None:
    def taken(times: int) -> float:
        text, best = part * times, 9.0
        for _ in range(3):
            begun = time.process_time()
            speaking(Column.of("", [text]))
            written(text)
            best = min(best, time.process_time() - begun)
        return best

    assert taken(20_000) < 0.05 + 8 * taken(5_000)
