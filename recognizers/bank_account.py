"""Swedish bank account numbers: a clearing number of the bank and an account number.

Source of the rules: Bankgirot, "Bankernas kontonummer" (types and check digits by clearing range). Type 1: seven
digits, modulo 11 with the clearing number (without its first digit, or whole). Type 2: Handelsbanken modulo 11, the
others ten digits with a Luhn check digit; Swedbank 8xxx has a fifth clearing digit and up to ten digits.
Example: `Konto: 6000-123 456 789`; near-misses: `0999-1234567` (no such clearing number), the same without a label.
A Nordea personkonto (3300, 3782) is the owner's personnummer.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.context import NUMBERS
from recognizers.luhn import luhn

_CLEARING = r"[0-9](?<![0-9A-Za-z+][0-9])(?<![0-9][.\-, ][0-9])[0-9]{3}(?:-[0-9])?"
_FORM = rf"{_CLEARING}[ ,\-]{{1,2}}[0-9]{{2,4}}(?: ?[0-9]{{2,4}}){{1,3}}(?:-[0-9])?"
_GATE = re.compile(r"0000(?:-0)?[ ,\-]{1,2}00{1,3} ?00")
_JOINED = re.compile("0{11,15}")
_SHORTEST = 6
"""Digits of an account without its clearing number."""
_PERSONAL = frozenset({3300, 3782})
_TYPE_2 = (*range(9180, 9190), *range(9300, 9350), *range(9570, 9580), *range(9890, 9900))
_MODULO_11 = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1)
"""Weights from the right."""
_WHOLE_CLEARING = (
    *range(4000, 5000),
    *(number for low in (9020, 9060, 9090, 9120, 9150, 9170, 9230, 9250, 9270) for number in range(low, low + 10)),
    *(number for low in (9390, 9400, 9460, 9550, 9630, 9640, 9680, 9700, 9750) for number in range(low, low + 10)),
)


class BankAccountRecognizer(Recognizer):
    """Finds bank accounts with their clearing number that a label or a field names as such."""

    entity: ClassVar[str] = "SE_BANK_ACCOUNT"
    version: ClassVar[str] = "2"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape("clearing", re.compile(rf"{_FORM}(?![0-9A-Za-z])(?![\-.,][0-9])"), 0.3, _GATE),
        Shape(
            "joined",
            re.compile(r"[0-9](?<![0-9A-Za-z+.,\-][0-9])(?<![0-9] [0-9])[0-9]{10,14}(?![0-9A-Za-z])(?![\-.,][0-9])"),
            0.3,
            _JOINED,
        ),
        Shape("bare", re.compile(r"[0-9](?<![^\0][0-9])[0-9]{9,14}(?![^\0])"), 0.35, named=True),
    )
    context: ClassVar[tuple[str, ...]] = (
        "konto",
        "clearing",
        "clnr",
        "bankkonto",
        "lönekonto",
        "utbetal",
        "autogiro",
    )
    against: ClassVar[tuple[str, ...]] = (
        *NUMBERS,
        "telefon",
        "tel",
        "mobil",
        "personnummer",
        "orgnr",
        "kundnr",
        "bankgiro",
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"konto_?(nr|nummer)|(^|_)(bank_?|lone_?)?konto(_|$)|bank_?account|account_?(nr|no|number)|clearing"
    )
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"huvudbok|kontoplan|(^|_)(tel|telefon|mobil|phone|ocr|order)"
    )
    chance: ClassVar[float] = 0.1
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 35

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check the clearing number's range and, by its type, the check digit of the account."""
        digits = re.sub("[^0-9]", "", candidate.text)
        clearing = int(digits[:4])
        if clearing < 1000:
            return None
        account = digits[4:]
        if 8000 <= clearing < 9000 and candidate.text[4:5] == "-":
            account = digits[5:]
        if len(account) < _SHORTEST:
            return None
        bare = candidate.shape.name != "clearing"
        form = "bare" if bare else "separator"
        if not _passes(clearing, account):
            return None if bare else Proof(digits, 0.1, why=("clearing", form))
        kind = "personal" if clearing in _PERSONAL else ""
        return Proof(f"{clearing}{account}", candidate.shape.score, kind, why=("checksum", "clearing", form))

    def mask(self, value: str) -> str:
        """Keep the clearing number: `6000****`."""
        return value[:4] + "*" * (len(value) - 4)


def _passes(clearing: int, account: str) -> bool:
    if 6000 <= clearing < 7000:
        return len(account) in {8, 9} and _modulo_11(account)
    if 8000 <= clearing < 9000:
        # Some of the oldest accounts of savings banks have no check digit; those stay with the weaker proof.
        return 6 <= len(account) <= 10 and luhn(account)
    if clearing in _PERSONAL or clearing in _TYPE_2:
        return len(account) == 10 and luhn(account)
    whole = clearing in _WHOLE_CLEARING
    return len(account) == 7 and _modulo_11(str(clearing)[0 if whole else 1 :] + account)


def _modulo_11(digits: str) -> bool:
    return sum(w * int(d) for w, d in zip(_MODULO_11, reversed(digits), strict=False)) % 11 == 0
