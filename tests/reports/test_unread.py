"""Every reason that connectors give is said in the reader's language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reports.language import translator
from reports.unread import reason_name

CONNECTORS = Path(__file__).parents[2] / "connectors"
GIVEN = re.compile(r'(?:State\.[A-Z]+, |faults\.append\()f?"([^"{]*[^"{;, ][^"]*)"')


def given() -> list[str]:
    texts = (path.read_text(encoding="utf-8") for path in CONNECTORS.rglob("*.py"))
    return sorted({re.sub(r"\{.*", "7", reason) for text in texts for reason in GIVEN.findall(text)})


def test_reasons_are_found_in_the_code() -> None:
    assert len(given()) > 40


@pytest.mark.parametrize("reason", given())
def test_a_reason_is_told_in_swedish(reason: str) -> None:
    told = reason_name(reason, translator("sv"))
    english = reason_name(reason, translator("en"))
    assert told != reason
    assert told != english


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("limit:whole_bytes", "för stor för att hållas hel"),
        ("limit:something", "större än gränserna:something"),
        ("corrupt json (2 lines, first 3)", "skadad json (2 lines, first 3)"),
        ("cell, limit:nesting", "en lång cell kortades, arkiv i arkiv bortom gränsen"),
        ("storage class GLACIER", "arkiverad i lagringen, måste återställas först GLACIER"),
        ("no text layer: page 1", "inskannat, utan text: page 1"),
        ("names", "names"),
        ("rar", "rar"),
    ],
)
def test_what_follows_a_code_stays(reason: str, told: str) -> None:
    assert reason_name(reason, translator("sv")) == told
