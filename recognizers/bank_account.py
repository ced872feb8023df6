"""Swedish bank account numbers: a clearing number of the bank and an account number.

Source of the rules: Bankgirot, "Bankernas kontonummer", in `recognizers.clearing`.
Example: `Konto: 6000-123 456 789`; near-misses: `0999-1234567` (no such clearing number), the same without a label.
A Nordea personkonto (3300, 3782) is the owner's personnummer.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.clearing import bank_of, passes
from recognizers.context import NUMBERS
from recognizers.luhn import luhn

_CLEARING = r"[0-9](?<![0-9A-Za-z+][0-9])(?<![0-9][.\-, ][0-9])[0-9]{3}(?:-[0-9])?"
_BETWEEN = r"(?:[ ,\-]{1,2}|[,;/]? {0,2}(?:(?:och|med) )?(?i:bank)?(?i:konto(?:nr|nummer|numret)?|kto|k-nr)[.: ]{1,3})"
_FORM = rf"{_CLEARING}{_BETWEEN}[0-9]{{2,4}}(?:[ .]?[0-9]{{2,4}}){{1,3}}(?:[-.][0-9])?"
_GATE = re.compile(r"0000(?:-0)?[ ,;/\-]{1,2}[^0\0]{0,20}00{1,3}[ .]?00")
_JOINED = re.compile("0{11,15}")
_SHORTEST = 6
"""Digits of an account without its clearing number."""
_PERSONAL = frozenset({3300, 3782})


class BankAccountRecognizer(Recognizer):
    """Finds bank accounts with their clearing number that a label or a field names as such."""

    entity: ClassVar[str] = "SE_BANK_ACCOUNT"
    version: ClassVar[str] = "6"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape("clearing", re.compile(rf"{_FORM}(?![0-9A-Za-z])(?![\-.,][0-9])"), 0.3, _GATE),
        Shape(
            "clearing",
            re.compile(r"3(?<![0-9A-Za-z+.,\-].)(?:300|782)[ ,\-]{1,2}[0-9]{6}-?[0-9]{4}(?![0-9A-Za-z])"),
            0.3,
            re.compile("0000[ ,-]{1,2}0{6}-?0000"),
        ),
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
        *(
            "återbetal",
            "insättning",
            "överföring",
            "sätt in",
            "sätta in",
            "sätter in",
            "sätts in",
            "satte in",
            "betala till",
            "betalas till",
            "betala ut",
            "betalas ut",
            "överför",
            "pengarna",
            "kontohavare",
            "lön",
            "handelsbanken",
            "swedbank",
            "nordea",
            "ica banken",
            "seb",
        ),
        *("skandia", "länsförsäkringar", "danske", "sparbank", "shb", "icabanken", "avanza", "nordnet", "sbab"),
        *("marginalen bank", "resurs bank", "ikano bank", "handelsbank"),
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
        r"konto_?(nr|nummer)|(^|_)[a-z]*konto(_?\d)?(_|$)|bank_?account|account_?(nr|no|number)|clearing|bankverbindung"
    )
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"huvudbok|kontoplan|(bas|mot|kostnads|intakts|balans|bokforings|kund|anvandar|admin|mejl|mail)_?konto|(^|_)(tel|telefon|mobil|phone|ocr|order)"
    )
    chance: ClassVar[float] = 0.1
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 35

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check the clearing number's range and, by its type, the check digit of the account."""
        digits = re.sub("[^0-9]", "", candidate.text)
        clearing, account = int(digits[:4]), digits[4:]
        if 8000 <= clearing < 9000 and candidate.text[4:5] == "-" and luhn(digits[:5]):
            account = digits[5:]  # Swedbank's fifth clearing digit is a check digit.
        if bank_of(clearing) is None or len(account) < _SHORTEST:
            return None
        bare = candidate.shape.name != "clearing"
        form = "bare" if bare else "separator"
        if not passes(clearing, account):
            return None if bare else Proof(digits, 0.1, why=("clearing", form))
        kind = "personal" if clearing in _PERSONAL else ""
        return Proof(f"{clearing}{account}", candidate.shape.score, kind, why=("checksum", "clearing", form))

    def mask(self, value: str) -> str:
        """Keep the clearing number: `6000****`."""
        return value[:4] + "*" * (len(value) - 4)
