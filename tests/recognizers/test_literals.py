"""Literals of labels: whatever a labelled pattern matches holds one of its literals, so that none is lost by them."""

from __future__ import annotations

import random
import re
from functools import cache

import pytest

from recognizers import literals
from recognizers.columns import Column
from recognizers.installed import installed
from recognizers.labels import labelled
from tests.recognizers.test_outlines import written

PATTERNS = {
    shape.pattern: f"{recognizer.entity} {shape.name}"
    for recognizer in installed()
    for shape in recognizer.shapes
    if literals.of(shape.pattern)
}


@cache
def joined() -> str:
    """The texts of all cases as they are, in capitals, and with a letter taken out or a near one put in."""
    texts, chosen = [text.replace("\0", " ") for text in written() if text], random.Random(5)
    places = [(text, chosen.randrange(len(text))) for text in texts]
    short = [text[:at] + text[at + 1 :] for text, at in places]
    other = [text[:at] + chosen.choice("Kſıİaäst -") + text[at + 1 :] for text, at in places]
    return "\0".join([*texts, *map(str.upper, texts), *short, *other])


@pytest.mark.parametrize("pattern", PATTERNS, ids=PATTERNS.get)
def test_a_value_in_which_a_pattern_is_found_holds_a_literal(pattern: re.Pattern[str]) -> None:
    for match in pattern.finditer(joined()):
        value = joined()[joined().rfind("\0", 0, match.start()) + 1 : match.end()]
        assert any(literal in literals.bare(value) for literal in literals.of(pattern)), match.group()


@pytest.mark.parametrize("size", [3, 400, 4000])
@pytest.mark.parametrize("beyond", ["", "😀 ł "])
def test_values_that_hold_literals_are_those_in_which_they_stand(size: int, beyond: str) -> None:
    chosen = random.Random(size)
    parts = [*sorted(literals.known()), "kod", "mc", "ſak", " ", "x", beyond]
    values = ["".join(chosen.choices(parts, k=chosen.randrange(1, 5))) or "-" for _ in range(size)]
    column = Column.of("", values)
    for wanted in {literals.of(pattern) for pattern in PATTERNS} | {frozenset(("kod", "no such")), frozenset(("mc",))}:
        held = [any(literal in literals.bare(value) for literal in wanted) for value in column.values]
        assert column.held.values(wanted).tolist() == held
        assert column.may_hold_one(wanted) == any(held)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("larms?-?kod(?:en|er)?", "portkods?"), ("larm", "portkod")),
        (("larm-?kod", "port-?kod"), ("kod",)),
        (("pin(?:[ -]code)?", "pinkod"), ("pin",)),
        (("kod|ord",), ()),
        (("l[öo]sen", "p"), ()),
        ((r"abc{0,2}d\.ef+g*",), ("ab",)),
        (("ſak",), ("sak",)),
    ],
)
def test_literals_of_labels(words: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert literals.required(words) == frozenset(expected)


@pytest.mark.parametrize("text", ["PİN 4711", "pın: 4711", "Pin 4711", "laſtkod 4711"])
def test_letters_of_other_cases_are_held(text: str) -> None:
    pattern = labelled(("pin", "lastkod"), "[0-9]{4}")
    assert pattern.search(text)
    assert Column.of("", [text]).may_hold_one(literals.of(pattern))
    assert not Column.of("", ["tal 4711"]).may_hold_one(literals.of(pattern))


@pytest.mark.parametrize("letter", ["İ", "ı", "ſ", "K", "ẞ", "Å"])
def test_texts_keep_their_length_in_the_case_of_literals(letter: str) -> None:
    assert len(literals.bare(f"{letter}d")) == 2
