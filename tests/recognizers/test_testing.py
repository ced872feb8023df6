"""`recognizers.testing` lets what is right pass, and says what is wrong: cases that are wrong on purpose."""

from __future__ import annotations

import re
from typing import Any

import pytest

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.ip import IpRecognizer
from recognizers.testing import assert_cases

COLUMN = {"text": ["192.0.2.1", "", "192.0.2.2"], "field": "ip", "find": ["192.0.2.1", "192.0.2.2"]}


def test_right_cases_pass() -> None:
    assert_cases(IpRecognizer(), [{"text": "från 192.0.2.1", "find": ["192.0.2.1"], "value": ["192.0.2.1"]}, COLUMN])


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ({"text": "från 192.0.2.1", "find": [], "why": "a near-miss"}, r"case 1 \(a near-miss\): finds \['192"),
        ({"text": "från 192.0.2.999", "find": ["192.0.2.999"]}, r"finds \[\], not"),
        (COLUMN | {"find": ["192.0.2.1"]}, "finds"),
        (COLUMN | {"entity": ["IP_ADDRESS", "MAC_ADDRESS"]}, "entity is"),
    ],
)
def test_what_is_wrong_is_said(case: dict[str, Any], said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        assert_cases(IpRecognizer(), [case])


def test_what_is_found_and_not_sure_enough_is_said() -> None:
    """Words against it are a recognizer's own, and easily forgotten."""

    class Cards(Recognizer):
        entity = "CARD"
        shapes = (Shape("letters", re.compile(r"\bK-[0-9]{3}\b"), 0.6),)
        against = ("faktura",)

        def prove(self, candidate: Candidate) -> Proof:
            return Proof(candidate.text, 0.6)

    with pytest.raises(AssertionError, match=r"finds \[\], not \['K-123'\]; below 0.5: K-123 \(0\.[1-4]\d\)$"):
        assert_cases(Cards(), [{"text": "faktura K-123", "find": ["K-123"]}])


@pytest.mark.parametrize("cases", [[], [{"text": "a"}], [{"text": "a", "finds": [], "find": []}]])
def test_a_case_that_tests_nothing_is_refused(cases: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match="case"):
        assert_cases(IpRecognizer(), cases)
