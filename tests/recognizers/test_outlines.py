"""Outlines: every value that a shape matches passes the shape's gate, so that no gate loses a finding."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from recognizers.base import Recognizer, Shape
from recognizers.columns import Column, fold
from recognizers.installed import installed
from recognizers.outlines import Outlines, outline

SHAPES = [
    pytest.param(recognizer, shape, id=f"{recognizer.entity} {shape.name}")
    for recognizer in installed()
    for shape in recognizer.shapes
    if shape.gate
]


def strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    for one in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from strings(one)


def latin(text: str) -> bytes:
    return text.encode("latin-1", "replace")


def written() -> list[str]:
    files = Path(__file__).with_name("cases").glob("*.toml")
    return [fold(text) for path in files for text in strings(tomllib.loads(path.read_text(encoding="utf-8")))]


def scrambled(texts: list[str]) -> list[str]:
    """Each text with one character after another replaced by a near one."""
    chosen = random.Random(3)
    places = [(text, chosen.randrange(len(text))) for text in texts if text for _ in range(6)]
    return [text[:at] + chosen.choice("0189 -+.,:/xX*•\u2003\nåN") + text[at + 1 :] for text, at in places]


TEXTS = written()
TEXTS += scrambled(TEXTS)
TEXTS = list(dict.fromkeys(text.replace("\0", " ") for text in TEXTS))
OUTLINES = [outline(latin(text)) for text in TEXTS]


@pytest.mark.parametrize(("recognizer", "shape"), SHAPES)
def test_what_a_shape_matches_passes_its_gate(recognizer: Recognizer, shape: Shape) -> None:
    assert shape.gate is not None
    shut = [text for text, drawn in zip(TEXTS, OUTLINES, strict=True) if not shape.gate.search(drawn)]
    one = type("One", (type(recognizer),), {"shapes": (shape,)})()
    lost = list(one.sweep("\0".join(shut), named=shape.named))
    # Where chance is reckoned with, candidates that are not proven count too.
    assert [found for found in lost if recognizer.chance or recognizer.prove(found)] == []


def test_all_outlines_at_once_are_told_as_one_by_one() -> None:
    outlines = Outlines(latin("\0".join(TEXTS)))
    for gate in {param.values[1].gate for param in SHAPES}:
        assert outlines.values(gate).tolist() == [gate.search(drawn) is not None for drawn in OUTLINES], gate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kundnr 104732, tel 070-174 06 05", " 000000,  000-000 00 00"),
        ("811218-XXXX 811218-•••• åÅß", "000000-xxxx 000000-???? "),
        ("59°19' 10²", "00°00' 00²"),
        ("", ""),
    ],
)
def test_outlines(text: str, expected: str) -> None:
    assert outline(latin(text)) == expected


def test_a_column_is_swept_only_where_a_gate_is_open() -> None:
    column = Column.of("falt", ["2024-05-01", "900118-9811", "2024-05-02", None, "Anna", "900118-9811"])
    gate = next(param.values[1].gate for param in SHAPES if param.id == "SE_PERSONNUMMER separator")
    view = column.behind(gate)
    assert view is not None
    assert view.text == "900118-9811"
    assert view.values.tolist() == [1]
    assert column.text[view.shift[0] : view.shift[0] + len(view.text)] == view.text
    assert repr(Outlines(column.latin)) == "Outlines(3 of 4 values)"
