"""Values that hold nothing, and a personnummer as people and programs spoil it."""

from __future__ import annotations

import pytest

from recognizers import Analyzer
from recognizers.personnummer import PersonnummerRecognizer
from recognizers.phone import PhoneRecognizer

ANALYZER = Analyzer([PersonnummerRecognizer()])
CANONICAL = "19811218-9876"


def found(*values: str | None) -> list[tuple[int, str]]:
    hits = ANALYZER.find({"personnummer": list(values)})
    return [(match.record, match.value) for match in hits if match.score >= 0.5]


@pytest.mark.parametrize("empty", [None, "", " ", "\t\n", "\u00a0", "\u200b", "\ufeff", "\x00"])
def test_nothing_is_found_in_nothing_and_its_neighbour_is_read(empty: str | None) -> None:
    """T64."""
    ((record, _),) = found(empty, CANONICAL, empty)
    assert record == 1


@pytest.mark.parametrize(
    "spelling",
    [
        "811218-9876", "8112189876", "198112189876", "19811218 - 9876", "811218 9876", "811218–9876", "811218-\n9876",
        "811218\u20119876",
        "811218\u00ad9876", "811218\u00a09876", "８１１２１８－９８７６", "  19811218-9876\t", "\ufeff19811218-9876",
    ],
)  # fmt: skip
def test_a_spoilt_number_is_the_same_number(spelling: str) -> None:
    """T64."""
    assert found(spelling)[0][1] == found(CANONICAL)[0][1]


def test_more_numbers_in_quotes_than_bare_ones_as_long_are_read() -> None:
    quoted = ['"0701740605"', '"0701740606"']
    hits = Analyzer([PhoneRecognizer()]).find({"x": [*quoted, "070174060712"]})
    assert [match.record for match in hits] == [0, 1]
