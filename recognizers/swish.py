"""Swish numbers of companies and associations: addresses of payment.

Issued by the banks (Getswish AB): ten digits that begin with 123. A private person's Swish number is the mobile number
and is found as a phone number. Given as SE_BANK_ACCOUNT, kind `swish`: it leads to an account, and a sole trader's or a
small association's is personal.
Example: `Swish 123 456 78 90`; near-misses: `1234567890` without a label, `Swish 070-174 06 05` (a phone number).
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.labels import labelled, whole

_LABELS = (
    r"swish(?:a|as)?(?:[ -]?(?:nummer|numret|nr))?(?: (?:in |över )?(?:till|på))?",
    r"swish(?:a|as|ar|ade|at|ning(?:en)?)?(?: [^\n\0]{1,24})? (?:till|på)",
)
_NUMBER = r"123(?:[ -]?[0-9]){7}"


class SwishRecognizer(Recognizer):
    """Finds merchants' Swish numbers that a label or a field names as such."""

    entity: ClassVar[str] = "SE_BANK_ACCOUNT"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape(
            "label", labelled(_LABELS, rf"{_NUMBER}(?![0-9A-Za-z])(?![\-.,][0-9])"), 0.85, re.compile("0(?:[ -]?0){9}")
        ),
        Shape("field", whole(_NUMBER), 0.6, named=True),
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile("swish")
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 36

    def prove(self, candidate: Candidate) -> Proof | None:
        """Take it: the numbers have no check digit."""
        digits = candidate.text.replace(" ", "").replace("-", "")
        return Proof(digits, candidate.shape.score, "swish", why=(candidate.shape.name,))
