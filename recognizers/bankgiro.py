"""Bankgiro numbers: addresses of payment. A sole trader's or a private person's points at that person.

Issued by Bankgirot: seven or eight digits, the last a Luhn check digit, a hyphen before the last four.
Example: `bg 5050-1055`, `bankgiro 991-2346`; near-misses: `5050-1056` (check digit), `5050-1055` without a label (a
phone number or a span of years looks the same: it stays below the threshold).
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.luhn import luhn

_LEFT = r"[0-9](?<![0-9A-Za-z+][0-9])(?<![0-9][.,\- ][0-9])"
_YEARS = re.compile("(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2}")
_RIGHT = r"(?![0-9A-Za-z])(?![.,\- ]{1,2}[0-9])"


class BankgiroRecognizer(Recognizer):
    """Finds bankgiro numbers that a label or a field names as such."""

    entity: ClassVar[str] = "SE_BANKGIRO"
    version: ClassVar[str] = "5"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape("separator", re.compile(rf"{_LEFT}[0-9]{{2,3}}-[0-9]{{4}}{_RIGHT}"), 0.35, re.compile("000-0000")),
        Shape(
            "label",
            re.compile(
                r"(?i:b(?<![^\W_]b)(?:ankgiro(?:t|kontot?|s)?|ankg|\.g|-giro|gc|g)(?:[-. ]?(?:nr|nummer|numret|no))?)"
                r"[.\"']?(?: är|/pg|/plusgiro)?[:=\s]{0,3}[\"']?"
                r"(?P<value>[0-9]{3,4}(?: ?- ?| )?[0-9]{4})(?![0-9A-Za-z])(?!-[0-9])"
            ),
            0.8,
            re.compile("000(?: ?- ?| )?0000"),
        ),
        Shape(
            "label after",
            re.compile(rf"{_LEFT}[0-9]{{2,3}}[- ]?[0-9]{{4}}(?= ?\(?(?i:bankgiro|bg)(?![^\W_]))"),
            0.8,
            re.compile("000[- ]?0000"),
        ),
        Shape("bare", re.compile(r"[0-9](?<![^\0][0-9])[0-9]{6,7}(?![^\0])"), 0.3, named=True),
    )
    context: ClassVar[tuple[str, ...]] = (
        *(
            "bankgiro",
            "bgnr",
            "bg-nr",
            "bg",
            "bg.nr",
            "giro",
            "inbetalning",
            "insättning",
            "betala till",
            "betalas till",
        ),
        *("betalas in", "sätt in", "sätts in", "betalning till", "mottagare", "betala"),
    )
    against: ClassVar[tuple[str, ...]] = (
        "plusgiro",
        "postgiro",
        "pg",
        "telefon",
        "tel",
        "ocr",
        "order",
        "faktura",
        "fax",
        "ring",
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"bank_?giro|(^|_)(bg|giro)(_?(nr|nummer|no))?(_|$)|(^|_)betal[a-z]*_till(_|$)"
    )
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"plus_?giro|post_?giro|(^|_)(tel|telefon|phone|ocr|order)"
    )
    chance: ClassVar[float] = 0.1
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 30

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check the check digit."""
        digits = candidate.text.replace("-", "").replace(" ", "")
        years = candidate.shape.name == "separator" and _YEARS.fullmatch(candidate.text)
        if years or not luhn(digits) or not digits.strip("0"):
            return None
        form = "separator" if "-" in candidate.text else "bare"
        return Proof(digits.lstrip("0"), candidate.shape.score, why=("checksum", form))

    def mask(self, value: str) -> str:
        """Keep the last four digits."""
        return "****" + value[-4:]
