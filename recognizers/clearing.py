"""The banks' clearing numbers and how each checks its account numbers.

Source: Bankgirot, "Bankernas kontonummer" (ranges, types and comments), read in `kontonummer` 6.0.1 (npm) and
banktools-se. Type 1: seven digits, modulo 11 over them and the clearing number, without its first digit (comment 1) or
whole (comment 2). Type 2: the account number alone, ten digits modulo 10 (comment 1), Handelsbanken's eight or nine
modulo 11 (comment 2), Swedbank's and Plusgirot's of several lengths modulo 10 (comment 3).
Example: 5012 with 0339579 (type 1, comment 1); near-misses: 5012 with 0339578, 0999 (no bank's).
"""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from recognizers.luhn import luhn


class Rule(Enum):
    """How a bank checks account numbers: type and comment."""

    PART = "1:1"
    WHOLE = "1:2"
    TEN = "2:1"
    HANDELSBANKEN = "2:2"
    SWEDBANK = "2:3"
    PLUSGIROT = "2:3 plusgiro"


class Range(NamedTuple):
    """Clearing numbers of one bank that it checks alike."""

    first: int
    last: int
    bank: str
    rule: Rule


RANGES = (
    Range(1100, 1199, "Nordea", Rule.PART),
    Range(1200, 1399, "Danske Bank", Rule.PART),
    Range(1400, 2099, "Nordea", Rule.PART),
    Range(2300, 2399, "Ålandsbanken", Rule.WHOLE),
    Range(2400, 2499, "Danske Bank", Rule.PART),
    Range(3000, 3299, "Nordea", Rule.PART),
    Range(3300, 3300, "Nordea personkonto", Rule.TEN),
    Range(3301, 3399, "Nordea", Rule.PART),
    Range(3400, 3409, "Länsförsäkringar Bank", Rule.PART),
    Range(3410, 3781, "Nordea", Rule.PART),
    Range(3782, 3782, "Nordea personkonto", Rule.TEN),
    Range(3783, 3999, "Nordea", Rule.PART),
    Range(4000, 4999, "Nordea", Rule.WHOLE),
    Range(5000, 5999, "SEB", Rule.PART),
    Range(6000, 6999, "Handelsbanken", Rule.HANDELSBANKEN),
    Range(7000, 7999, "Swedbank", Rule.PART),
    Range(8000, 8999, "Swedbank", Rule.SWEDBANK),
    Range(9020, 9029, "Länsförsäkringar Bank", Rule.WHOLE),
    Range(9040, 9049, "Citibank", Rule.WHOLE),
    Range(9060, 9069, "Länsförsäkringar Bank", Rule.PART),
    Range(9070, 9079, "Multitude Bank", Rule.PART),
    Range(9100, 9109, "Nordnet Bank", Rule.WHOLE),
    Range(9120, 9124, "SEB", Rule.PART),
    Range(9130, 9149, "SEB", Rule.PART),
    Range(9150, 9169, "Skandiabanken", Rule.WHOLE),
    Range(9170, 9179, "Ikano Bank", Rule.PART),
    Range(9180, 9189, "Danske Bank", Rule.TEN),
    Range(9190, 9199, "DNB Bank", Rule.WHOLE),
    Range(9230, 9239, "Marginalen Bank", Rule.PART),
    Range(9250, 9259, "SBAB", Rule.PART),
    Range(9260, 9269, "DNB Bank", Rule.WHOLE),
    Range(9270, 9279, "ICA Banken", Rule.PART),
    Range(9280, 9289, "Resurs Bank", Rule.PART),
    Range(9300, 9349, "Swedbank", Rule.TEN),
    Range(9390, 9399, "Landshypotek", Rule.WHOLE),
    Range(9400, 9449, "Forex Bank", Rule.PART),
    Range(9460, 9469, "Santander Consumer Bank", Rule.PART),
    Range(9470, 9479, "BNP Paribas", Rule.WHOLE),
    Range(9500, 9549, "Plusgirot", Rule.PLUSGIROT),
    Range(9550, 9569, "Avanza Bank", Rule.WHOLE),
    Range(9570, 9579, "Sparbanken Syd", Rule.TEN),
    Range(9580, 9589, "Aion Bank", Rule.PART),
    Range(9590, 9599, "Erik Penser Bank", Rule.WHOLE),
    Range(9630, 9639, "Lån & Spar Bank", Rule.PART),
    Range(9640, 9649, "NOBA Bank", Rule.WHOLE),
    Range(9650, 9659, "MedMera Bank", Rule.WHOLE),
    Range(9660, 9669, "Svea Bank", Rule.WHOLE),
    Range(9670, 9679, "JAK Medlemsbank", Rule.WHOLE),
    Range(9680, 9689, "Bluestep Finans", Rule.PART),
    Range(9700, 9709, "Ekobanken", Rule.WHOLE),
    Range(9710, 9719, "Lunar Bank", Rule.WHOLE),
    Range(9750, 9759, "Northmill Bank", Rule.WHOLE),
    Range(9780, 9789, "Klarna Bank", Rule.WHOLE),
    Range(9880, 9889, "Riksgälden", Rule.WHOLE),
    Range(9890, 9899, "Riksgälden", Rule.TEN),
    Range(9960, 9969, "Plusgirot", Rule.PLUSGIROT),
)
"""In order. In Nordea's personkonto the account number is the owner's personnummer."""
_MODULO_11 = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1)
"""Weights from the right."""


@lru_cache(maxsize=16384)
def bank_of(clearing: int) -> Range | None:
    """Find the bank of a clearing number of four digits; None if it is no bank's."""
    at = bisect_right(RANGES, clearing, key=lambda entry: entry.first) - 1
    return RANGES[at] if at >= 0 and clearing <= RANGES[at].last else None


def passes(clearing: int, account: str) -> bool:
    """Tell whether an account number has the right length and check digit for its clearing number (four digits)."""
    bank = bank_of(clearing)
    match bank and bank.rule:
        case Rule.PART:
            return len(account) == 7 and modulo_11(f"{clearing % 1000:03}{account}")
        case Rule.WHOLE:
            return len(account) == 7 and modulo_11(f"{clearing}{account}")
        case Rule.TEN:
            return len(account) == 10 and luhn(account)
        case Rule.HANDELSBANKEN:
            return len(account) in {8, 9} and modulo_11(account)
        case Rule.SWEDBANK:
            # Some of the oldest accounts of savings banks have no check digit; those stay unproven.
            return 6 <= len(account) <= 10 and luhn(account)
        case Rule.PLUSGIROT:
            return 2 <= len(account) <= 8 and luhn(account)
    return False


def modulo_11(digits: str) -> bool:
    """Tell whether up to eleven digits pass modulo 11 with the weights 1, 2, … 10, 1 from the right."""
    return sum(w * int(d) for w, d in zip(_MODULO_11, reversed(digits), strict=False)) % 11 == 0
