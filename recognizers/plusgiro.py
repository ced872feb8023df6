"""Plusgiro numbers: addresses of payment, many of them private persons'.

Issued by Nordea (before: Postgirot): two to eight digits, the last a Luhn check digit with a hyphen before it, the
others in pairs from the right.
Example: `28 65 43-4`, `4-2`; near-misses: `28 65 43-5` (check digit), `4-2` without a label (a result of a match).
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.luhn import luhn

_WRITTEN = r"(?:[0-9]{1,2}(?: [0-9]{2}){0,3}|[0-9]{1,7}) ?- ?[0-9]"


class PlusgiroRecognizer(Recognizer):
    """Finds plusgiro numbers that a label or a field names as such."""

    entity: ClassVar[str] = "SE_PLUSGIRO"
    version: ClassVar[str] = "2"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape(
            "label",
            re.compile(
                r"[Pp](?<![^\W_][Pp])(?i:(?:lus|ost)giro(?:t|kontot?)?|g)(?:-?(?:nr|nummer))?[.:]?\s{0,3}(?:är )?"
                rf"(?P<value>{_WRITTEN}|[0-9]{{2,8}})(?![0-9A-Za-z])(?!-[0-9])"
            ),
            0.8,
            re.compile("0 ?- ?0|00"),
        ),
        Shape("field", re.compile(r"[0-9](?<![^\0][0-9])[0-9 ]{0,10}-?[0-9](?![^\0])"), 0.4, named=True),
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile(r"(plus|post)_?giro|(^|_)(pg|giro)(_?(nr|nummer|no))?(_|$)")
    chance: ClassVar[float] = 0.1
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 31

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check the length and the check digit."""
        digits = candidate.text.replace("-", "").replace(" ", "")
        if not 2 <= len(digits) <= 8 or not luhn(digits) or not digits.strip("0"):
            return None
        form = "separator" if "-" in candidate.text else "bare"
        return Proof(digits.lstrip("0"), candidate.shape.score, why=("checksum", candidate.shape.name, form))

    def mask(self, value: str) -> str:
        """Keep the last three characters."""
        return "****" + value[-3:]
