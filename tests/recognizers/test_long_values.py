"""Long values: read in pieces, found in the right places, in time and memory that grow no faster than the length."""

from __future__ import annotations

import time
import tracemalloc
from functools import cache

import pytest

from recognizers import Analyzer
from recognizers.columns import LONGEST
from recognizers.email import EmailRecognizer
from recognizers.personnummer import PersonnummerRecognizer
from recognizers.phone import PhoneRecognizer

NUMBER = "900118-9811"
FILLING = "Larmet vid grinden har löst ut igen och batteriet är bytt. "


@cache
def analyzer() -> Analyzer:
    return Analyzer()


def filled(length: int) -> str:
    return (FILLING * (length // len(FILLING) + 1))[: length - 1] + " "


def placed(length: int, places: list[int]) -> str:
    text = filled(length)
    for at in places:
        text = f"{text[: at - 1]} {NUMBER} {text[at + len(NUMBER) + 1 :]}"
    return text


def test_places_in_a_long_value_are_exact() -> None:
    numbers = Analyzer([PersonnummerRecognizer()])
    edges = [piece * LONGEST // 16 + step for piece in range(14, 50) for step in (0, 5)][::3]
    places = [100, *(edge + number for number, edge in enumerate(edges)), 3 * LONGEST + 100]
    text = placed(3 * LONGEST + 500, places)
    found = list(numbers.find({"": [None, text, NUMBER]}))
    assert [(m.record, m.start, m.end) for m in found] == [
        *((1, at, at + len(NUMBER)) for at in places),
        (2, 0, len(NUMBER)),
    ]
    assert {m.score for m in found if m.record == 1} == {found[0].score}


def test_a_value_of_the_longest_length_and_one_longer_are_read_alike() -> None:
    for length in (LONGEST, LONGEST + 1):
        text = placed(length, [50, length - 20])
        found = [m for m in analyzer().find({"text": [text]}) if m.entity == "SE_PERSONNUMMER"]
        assert [m.start for m in found] == [50, length - 20]


def seconds(text: str) -> float:
    began = time.process_time()
    analyzer().find({"": [text]})
    return time.process_time() - began


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["8507099805", "1985-0709 46 070-19 ", FILLING], ids=["number", "signs", "line"])
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    size = 64_000
    seconds(unit * 10)
    short = min(seconds(unit * (size // len(unit))) for _ in range(3))
    assert seconds(unit * (8 * size // len(unit))) < 8 * 3 * short + 0.5


def peak(text: str) -> int:
    numbers = Analyzer([PersonnummerRecognizer(), PhoneRecognizer(), EmailRecognizer()])
    tracemalloc.start()
    try:
        numbers.find({"": [text]})
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_is_bounded_by_the_piece() -> None:
    text = (f"{FILLING}ring 070-174 06 0x, 850709-980x, " * (8 * LONGEST // len(FILLING)))[: 8 * LONGEST]
    assert peak(text) < 1.3 * peak(text[: 2 * LONGEST])
