"""IBAN: international bank account numbers.

Standard ISO 13616; lengths by country from the IBAN registry (SWIFT). Two letters of the country, two check digits
(modulo 97), the account.
Example: `SE45 5000 0000 0583 9825 7466`; near-misses: `SE45 5000 0000 0583 9825 7467` (check digits), `SE45 5000 0000`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.digit_runs import Run

LENGTHS = {
    **{"NO": 15, "BE": 16, "DK": 18, "FI": 18, "FO": 18, "GL": 18, "NL": 18, "MK": 19, "SI": 19, "AT": 20, "BA": 20},
    **{"EE": 20, "LT": 20, "LU": 20, "XK": 20, "CH": 21, "HR": 21, "LI": 21, "LV": 21, "BG": 22, "DE": 22, "GB": 22},
    **{"GE": 22, "IE": 22, "ME": 22, "RS": 22, "AE": 23, "GI": 23, "IL": 23, "AD": 24, "CZ": 24, "ES": 24, "MD": 24},
    **{"PK": 24, "RO": 24, "SA": 24, "SE": 24, "SK": 24, "TN": 24, "VG": 24, "PT": 25, "IS": 26, "TR": 26, "FR": 27},
    **{"GR": 27, "IT": 27, "MC": 27, "SM": 27, "AL": 28, "AZ": 28, "BY": 28, "CY": 28, "GT": 28, "HU": 28, "LB": 28},
    **{"PL": 28, "BR": 29, "EG": 29, "PS": 29, "QA": 29, "UA": 29, "JO": 30, "KW": 30, "MU": 31, "MT": 31},
}
"""Characters of an IBAN by country."""


def _pattern() -> re.Pattern[str]:
    by_length: defaultdict[int, list[str]] = defaultdict(list)
    for country, length in LENGTHS.items():
        by_length[length].append(country)
    forms = "|".join(
        rf"(?<={'|'.join(countries)})[0-9]{{2}}(?:[ -]?[0-9A-Z]){{{length - 4}}}"
        for length, countries in sorted(by_length.items())
    )
    return re.compile(rf"[A-Z][A-Z](?<![0-9A-Za-z][A-Z]{{2}})(?=[0-9])(?:{forms})(?![0-9A-Za-z])")


class IbanRecognizer(Recognizer):
    """Finds IBAN by length of country and check digits."""

    entity: ClassVar[str] = "IBAN_CODE"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (Shape("iban", _pattern(), 0.97, re.compile("00"), Run(capitals=2)),)
    context: ClassVar[tuple[str, ...]] = ("iban", "konto", "bank", "account", "bic", "swift")
    fields: ClassVar[re.Pattern[str] | None] = re.compile(r"iban|(^|_)konto|bank_?account|account_?(nr|no|number)")
    rank: ClassVar[int] = 12

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check modulo 97: the four first characters moved to the end, letters read as 10 to 35, leave 1."""
        compact = candidate.text.replace(" ", "").replace("-", "")
        rest = int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97
        if rest != 1:
            return None
        return Proof(compact, candidate.shape.score, compact[:2].lower(), why=("checksum", "length"))

    def mask(self, value: str) -> str:
        """Keep country, check digits and the last four: `SE45 **** 7466`."""
        return f"{value[:4]} **** {value[-4:]}"
