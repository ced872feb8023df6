"""Payment card numbers.

Standard ISO/IEC 7812: an issuer's number range, an account, a Luhn check digit; 13 to 19 digits.
Example: `4111 1111 1111 1111` (a well-known test number); near-misses: `4111 1111 1111 1112` (check digit),
`9111 1111 1111 1110` (no issuer), a bare row of digits (needs a label, a field or a column full of them).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.context import NUMBERS
from recognizers.digit_runs import Run
from recognizers.fieldnames import NUMBERS as NUMBER_FIELDS
from recognizers.luhn import luhn_all

_ISSUERS = {
    "visa": r"4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})",
    "mastercard": r"(?:5[1-5][0-9]{2}|222[1-9]|22[3-9][0-9]|2[3-6][0-9]{2}|27[01][0-9]|2720)[0-9]{12}",
    "amex": r"3[47][0-9]{13}",
    "diners": r"3(?:0[0-5]|[68][0-9]|9[0-9])[0-9]{11}(?:[0-9]{2})?",
    "jcb": r"35(?:2[89]|[3-8][0-9])[0-9]{12}",
    "discover": r"6(?:011|5[0-9]{2}|4[4-9][0-9])[0-9]{12}",
    "unionpay": r"62[0-9]{14,17}",
    "maestro": r"(?:50|5[678]|67)[0-9]{12,17}",
}
_ISSUED = re.compile("|".join(f"(?P<{scheme}>{numbers})" for scheme, numbers in _ISSUERS.items()))
_TEST = frozenset(
    {
        *("4111111111111111", "4012888888881881", "4242424242424242", "5555555555554444", "5105105105105100"),
        *("378282246310005", "371449635398431", "6011111111111117", "30569309025904", "3530111333300000"),
    }
)
_LEFT = r"[0-9](?<![0-9A-Za-z+][0-9])(?<![0-9][.\- ][0-9])"
_RIGHT = r"(?![0-9A-Za-z])(?![.,\-][0-9])"


class CardRecognizer(Recognizer):
    """Finds card numbers of the large schemes; `kind` is the scheme."""

    entity: ClassVar[str] = "CREDIT_CARD"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape(
            "separator",
            re.compile(
                rf"{_LEFT}[0-9]{{3}}([ -])"
                rf"(?:[0-9]{{4}}\1[0-9]{{4}}\1[0-9]{{4}}(?:\1[0-9]{{3}})?|[0-9]{{6}}\1[0-9]{{5}}){_RIGHT}"
            ),
            0.9,
            re.compile("0000[ -](?:0000[ -]0000[ -]0000|0{6}[ -]00000)"),
            Run(((4,), (4, 6))),
        ),
        Shape(
            "bare",
            re.compile(rf"{_LEFT}[0-9]{{12,18}}{_RIGHT}"),
            0.4,
            re.compile("0{13}"),
            Run((tuple(range(13, 20)),)),
        ),
    )
    context: ClassVar[tuple[str, ...]] = (
        *(
            "kortnummer",
            "kortnr",
            "kort nr",
            "kontokort",
            "kreditkort",
            "kort",
            "betalkort",
            "bankkort",
            "kortet",
            "card",
        ),
        *("visa", "mastercard", "amex", "american express", "maestro", "eurocard", "cvc", "cvv"),
    )
    against: ClassVar[tuple[str, ...]] = NUMBERS
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"kort_?(nr|nummer)|card_?(no|nr|num|number)|credit_?card|kredit_?kort|betal_?kort|(^|_)(pan|kort|card)(_|$)"
    )
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile(NUMBER_FIELDS)
    # A quarter of the numbers of 16 digits have an issuer; a tenth pass Luhn.
    chance: ClassVar[float] = 0.025
    rank: ClassVar[int] = 14

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check the issuer's range, the length and the check digit."""
        return next(self.prove_all([candidate]))

    def prove_all(self, candidates: Sequence[Candidate]) -> Iterator[Proof | None]:
        """Check many: of most, the check digit tells."""
        numbers = [candidate.text.replace(" ", "").replace("-", "") for candidate in candidates]
        for candidate, digits, passes in zip(candidates, numbers, luhn_all(numbers), strict=True):
            yield _issued(digits, candidate.shape) if passes and len(set(digits)) > 1 else None

    def mask(self, value: str) -> str:
        """Keep the last four digits, as receipts do: `**** 1111`."""
        return "**** " + value[-4:]


def _issued(digits: str, shape: Shape) -> Proof | None:
    issued = _ISSUED.fullmatch(digits)
    if issued is None:
        return None
    why = ("checksum", "issuer", "separator" if shape.name == "separator" else "bare")
    return Proof(digits, shape.score, issued.lastgroup or "", why=why, test=digits in _TEST)
