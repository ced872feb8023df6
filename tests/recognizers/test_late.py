"""Patterns compiled at first use: all of them can be, and answer as any other does."""

from __future__ import annotations

import re

import pytest

from recognizers.installed import installed
from recognizers.late import late
from recognizers.mentions import MentionRecognizer

LATE = [
    *(shape.pattern for recognizer in installed() for shape in recognizer.shapes),
    *(term.pattern for one in installed() if isinstance(one, MentionRecognizer) for term in one.terms),
]


def test_all_patterns_of_recognizers_compile() -> None:
    assert len(LATE) > 900
    for pattern in LATE:
        assert pattern.flags == re.compile(pattern.pattern).flags, pattern.pattern


def test_a_late_pattern_answers_as_any_other() -> None:
    plain, made = re.compile(r"k(?P<value>\d+)"), late(r"k(?P<value>\d+)")
    for text in ("k12 k7", "", "kk"):
        assert made.findall(text) == plain.findall(text)
        assert [one["value"] for one in made.finditer(text)] == [one["value"] for one in plain.finditer(text)]
    assert (made.groupindex, made.groups, made.pattern) == (plain.groupindex, plain.groups, plain.pattern)
    assert made.findall == made.findall, "what was asked for is kept"


def test_a_wrong_pattern_is_an_error_when_it_is_used() -> None:
    made = late("(")
    with pytest.raises(re.error):
        made.search("a")
