"""How many names are found: whole spans, precision, recall and F1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from recognizers.analyzer import Analyzer
from recognizers.arbitration import ACCEPTED
from recognizers.base import Recognizer
from recognizers.training.examples import Example, Span


class Score(NamedTuple):
    """Shares of whole names; a genitive's s belongs to the name or not, as one likes."""

    precision: float
    recall: float
    f1: float

    def __str__(self) -> str:
        """`P 0.951 R 0.902 F1 0.926`."""
        return f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}"


def measure(found: Sequence[Sequence[Span]], wanted: Sequence[Example]) -> Score:
    """Compare the spans found in each text with those that are there."""
    right = sum(len(_bases(spans, e.text) & _bases(e.spans, e.text)) for spans, e in zip(found, wanted, strict=True))
    precision = right / max(1, sum(map(len, found)))
    recall = right / max(1, sum(len(example.spans) for example in wanted))
    return Score(precision, recall, 2 * precision * recall / max(precision + recall, 1e-9))


def _bases(spans: Sequence[Span], text: str) -> set[Span]:
    return {(start, end - (text[end - 1] in "sS")) for start, end in spans}


def found_by(recognizers: Sequence[Recognizer], texts: Sequence[str]) -> list[list[Span]]:
    """The accepted names in each text, by the given recognizers through the analyzer."""
    found: list[list[Span]] = [[] for _ in texts]
    for match in Analyzer(recognizers).find({"": texts}):
        if match.score >= ACCEPTED:
            found[match.record].append((match.start, match.end))
    return found
