"""Rows of digits, and letters: a shape that tells what it begins with loses nothing."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest

from recognizers.base import Shape
from recognizers.digit_runs import DigitRuns, Run
from recognizers.installed import installed

SHAPES = [
    pytest.param(shape, id=f"{recognizer.entity} {shape.name}")
    for recognizer in installed()
    for shape in recognizer.shapes
    if shape.run
]
BEGUN = [
    pytest.param(shape, id=f"{recognizer.entity} {shape.name}")
    for recognizer in installed()
    for shape in recognizer.shapes
    if shape.begins
]
CASES = [
    case["text"].replace("\0", " ")
    for path in sorted((Path(__file__).parent / "cases").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8")).get("case", [])
    if isinstance(case.get("text"), str)
]


def spoilt(texts: list[str]) -> list[str]:
    """The texts, each with some signs in the place of others."""
    chosen = random.Random(5)
    found = []
    for text in texts * 4:
        signs = list(text)
        for _ in range(3):
            signs[chosen.randrange(len(signs))] = chosen.choice("00117(89 -+.,:/xé)\u0663\n")
        found.append("".join(signs))
    return found


RARE = ["nr 900178\n9800", "90-01-78-9800"]
COLUMN = "\0".join([*CASES, *RARE, *spoilt([text for text in CASES if any(map(str.isdigit, text))])])


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_shape_matches_begins_with_its_run(shape: Shape) -> None:
    assert shape.run
    found = list(shape.found(COLUMN))
    assert found
    assert list(shape.found_at(COLUMN, DigitRuns(COLUMN.encode("latin-1", "replace")).places(shape.run))) == found


@pytest.mark.parametrize("shape", BEGUN)
def test_what_a_shape_matches_begins_with_its_letters(shape: Shape) -> None:
    for text in (COLUMN, COLUMN.upper(), COLUMN.title()):
        found = [candidate.start for candidate in shape.found(text)]
        assert found
        assert found == [match.start("value") for match in shape.pattern.finditer(text)]


@pytest.mark.parametrize(
    ("run", "places"),
    [
        (Run(((4,),)), [0, 17]),
        (Run(((6,), (4,))), [10]),
        (Run(((6,), (4,), (3,))), [10]),
        (Run(((4,), (6,))), []),  # too far away
        (Run(((4,), (3,), (2,), (1,))), [17]),
        (Run(((6,), (3,))), []),
        (Run(signs=((-4, "12"), (-2, "1"))), [10]),
        (Run(((3,), (2,)), after="E\0"), [23]),
        (Run(begins="07", bracket=True), [22, 23]),
        (Run(begins="0701"), []),
        (Run((), "2", ((2, "2"), (3, "45"))), [0]),
        (Run(capitals=2), [27]),
    ],
)
def test_places(run: Run, places: list[int]) -> None:
    assert DigitRuns(b"2024\0   \0 811218-9876\0(070\0SE45 e5 A6").places(run) == places
