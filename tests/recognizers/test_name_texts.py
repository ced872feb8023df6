"""How well names are found in what customers and staff write: whole spans, precision and recall over all texts."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from recognizers.analyzer import Analyzer
from recognizers.name import NameRecognizer

TEXTS = tomllib.loads((Path(__file__).parent / "cases" / "customer_texts.toml").read_text(encoding="utf-8"))["text"]
ENOUGH = 0.9


def _found() -> list[list[str]]:
    texts = [entry["text"] for entry in TEXTS]
    found: list[list[str]] = [[] for _ in texts]
    for match in Analyzer([NameRecognizer()]).find({"": texts}):
        if match.score >= 0.5:
            found[match.record].append(texts[match.record][match.start : match.end])
    return found


def test_names_in_texts() -> None:
    found, wanted = _found(), [entry["names"] for entry in TEXTS]
    right = sum(len([name for name in names if name in want]) for names, want in zip(found, wanted, strict=True))
    precision, recall = right / sum(map(len, found)), right / sum(map(len, wanted))
    assert 2 * precision * recall / (precision + recall) >= ENOUGH, (precision, recall)


@pytest.mark.parametrize("index", [i for i, entry in enumerate(TEXTS) if not entry["names"]])
def test_texts_without_names(index: int) -> None:
    assert _found()[index] == []
