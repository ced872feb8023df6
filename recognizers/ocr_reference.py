"""OCR references: the number by which a payment finds its invoice, and so its customer.

Issued by the payee (Bankgirot, "OCR-referenskontroll"): 2 to 25 digits, the last a Luhn check digit, the one before it
often the length modulo 10. A tenth of all numbers pass: only a label or a field tells one.
Example: `OCR: 12344`, a column `ocr_nr`; near-misses: `OCR 12345` (check digit), `ocr-tolkning 2024`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.labels import labelled, whole
from recognizers.luhn import luhn

_LABELS = (
    r"ocr(?:(?: |-\n?)?(?:nr|nummer|numret|referens(?:en)?|ref))?",
    "betal(?:nings)?referens",
    "betalningsref",
    "payment reference",
)
_ASIDE = (
    r"referens(?:en|nr|nummer|numret)?",
    r"ref(?:nr|nummer)?",
    r"ange(?: nummer| nr| ocr| referens)?",
    r"märk(?:t|a)?(?: betalningen| inbetalningen| talongen)?(?: med)?",
)
"""Labels of many numbers: a word for payments stands near."""
_LONG = r"[0-9]{6,25}(?![0-9A-Za-z])(?![.,\-][0-9])"
_SIGN = r"(?: (?:är|är nu|blir)[ :]{1,2}| ?[:=] ?)"
"""`OCR på förra fakturan: 12344`."""
_DIGITS = r"[0-9](?:[ ]?[0-9]){1,24}(?![0-9A-Za-z])(?![.,\-][0-9])"


class OcrReferenceRecognizer(Recognizer):
    """Finds payment references that a label or a field names as such."""

    entity: ClassVar[str] = "OCR_REFERENCE"
    version: ClassVar[str] = "4"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape("label", labelled(_LABELS, _DIGITS), 0.85, re.compile("0 ?0")),
        Shape(
            "label",
            labelled(_LABELS, _DIGITS, rf"(?: [^\W\d_]{{1,15}}\.?){{1,4}}{_SIGN}"),
            0.75,
            re.compile("[ :=]0 ?0"),
        ),
        Shape("aside", labelled(_ASIDE, _LONG), 0.2, re.compile("0{6}")),
        Shape("field", whole(r"[0-9](?:[ ]?[0-9]){1,24}"), 0.5, named=True),
    )
    context: ClassVar[tuple[str, ...]] = (
        *("betal", "inbet", "faktura", "bankgiro", "bg", "plusgiro", "pg", "giro", "överför", "insättning", "talong"),
    )
    against: ClassVar[tuple[str, ...]] = ("ordernr", "ordernummer", "kolli", "artikel", "serienr", "spårning", "ärende")
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)ocr(_?(nr|nummer|ref|referens|no|number))?(_|$)|(^|_)(in)?bet(al(nings?)?)?_?ref(erens)?(_?(nr|nummer|no))?(_|$)"
        r"|pay(ment)?_?ref"
    )
    chance: ClassVar[float] = 0.1
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 32

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check the length and the check digit."""
        digits = candidate.text.replace(" ", "")
        if not luhn(digits) or not digits.strip("0"):
            return None
        length = ("length",) if int(digits[-2]) == len(digits) % 10 else ()
        return Proof(digits, candidate.shape.score, why=("checksum", candidate.shape.name, *length))

    def mask(self, value: str) -> str:
        """Keep the last three digits."""
        return "****" + value[-3:]
