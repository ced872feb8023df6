"""BIC: the codes of banks that stand beside an IBAN. They tell whose customer somebody is, never who.

Standard ISO 9362, assigned by SWIFT: four letters of the bank, two of the country (ISO 3166), two of the place, and
three of the branch (`XXX`: the head office) or none. There is no check digit, and words have the form: `FAKTURAN`.
Example: `BIC: ESSESESS`, `SWIFT SWEDSESSXXX`, `NDEASESS` (bare: Swedish, and a bank's); near-misses: `KUNDSEDAN`,
`BIC: saknas`, `ABCDSEXX` without a label.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.iban import LENGTHS
from recognizers.labels import by_letter, labelled, whole

_FORM = r"[A-Z]{4} ?[A-Z]{2} ?[A-Z0-9]{2}(?: ?[A-Z0-9]{3})?(?![0-9A-Za-zÅÄÖåäö])"
_LABELS = (
    r"bic(?:[ -]?(?:kod(?:en)?|code|nr))?(?:[ ]?/[ ]?swift(?:[ -]?(?:kod|code|adress))?)?",
    r"swift(?:[ -]?(?:kod(?:en)?|code|adress(?:en)?|address))?(?:[ ]?/[ ]?bic)?",
)
_BANKS = (
    *("ESSE", "NDEA", "HAND", "SWED", "DABA", "ELLF", "SKIA", "IBCA"),
    *("SBAV", "DNBA", "AVAN", "OKOY", "CITI", "RESU", "MELI"),
)
"""Letters of banks with offices in Sweden; bare, only these count."""


def _swedish() -> str:
    """The pattern of a bare Swedish one, begun with a set of letters and the banks' rests by letter: that is fast."""
    rests: dict[str, list[str]] = {}
    for bank in _BANKS:
        rests.setdefault(bank[0], []).append(bank[1:])
    ways = by_letter({first: f"(?:{'|'.join(rest)})" for first, rest in rests.items()})
    return rf"[{''.join(rests)}](?<![0-9A-Za-zÅÄÖåäö@./_\-].){ways}SES[SX1](?:XXX|[0-9]{{3}})?"


_COUNTRIES = frozenset(
    (*LENGTHS, "AU", "CA", "CN", "HK", "ID", "IN", "JP", "KR", "MY", "NZ", "RU", "SG", "TH", "US", "ZA")
)
"""Those with IBAN, and others that Swedish customers are paid from."""


class BicRecognizer(Recognizer):
    """Finds BIC that a label or a field names, and bare ones of Swedish banks."""

    entity: ClassVar[str] = "BIC_CODE"
    needs: ClassVar[str] = "letter"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape("label", labelled(_LABELS, _FORM), 0.85),
        Shape(
            "bare",
            re.compile(rf"{_swedish()}(?![0-9A-Za-zÅÄÖåäö@_\-])"),
            0.6,
        ),
        Shape("field", whole(_FORM), 0.6, named=True),
    )
    context: ClassVar[tuple[str, ...]] = ("bic", "swift", "iban", "bank", "konto", "payment", "betal")
    fields: ClassVar[re.Pattern[str] | None] = re.compile(r"(^|_)(bic|swift)(_?(kod|code|nr|adress|address))?(_|$)")
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 46

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check the country; the head office's `XXX` is left out of the canonical form."""
        code = candidate.text.replace(" ", "")
        if code[4:6] not in _COUNTRIES:
            return None
        return Proof(code.removesuffix("XXX"), candidate.shape.score, code[4:6].lower(), why=(candidate.shape.name,))

    def mask(self, value: str) -> str:
        """Keep the country: `****SE**`."""
        return "****" + value.replace(" ", "")[4:6] + "**"
