"""Numbers of the demo: official test numbers, the fictional phone ranges, and numbers that only look like them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from random import Random

TEST_SERIALS = (238, 239, *range(980, 1000))
"""Serials of Skatteverket's test numbers: never issued to people."""
COMPANY_NUMBERS = ("556047-3521", "202100-5448", "556036-0793")
"""Numbers of bodies that publish them as examples."""
BANKGIRO = ("5050-1055", "991-2346")
IBANS = ("SE3550000000054910000003", "SE4550000000058398257466")
"""The examples of the IBAN registry."""
CARDS = ("4111111111111111", "5555555555554444", "378282246310005")
"""Test numbers that the card networks publish."""
SWITCHBOARD = "0846500400"
"""The alarm company's own number."""
COMMON_LINE = "0980319299"
"""A line that many share: what is left when the fictional numbers are used up."""


def luhn(digits: str) -> int:
    """Check digit of a number (Luhn, ISO/IEC 7812-1 annex B)."""
    weighted = (int(d) * (2 if n % 2 == 0 else 1) for n, d in enumerate(reversed(digits)))
    return -sum(w // 10 + w % 10 for w in weighted) % 10


def personnummer(random: Random, born: date, male: bool) -> str:
    """A test personnummer of twelve digits."""
    serial = random.choice([s for s in TEST_SERIALS if s % 2 == male])
    body = f"{born:%y%m%d}{serial}"
    return f"{born.year // 100}{body}{luhn(body)}"


def samordningsnummer(random: Random, born: date, male: bool) -> str:
    """A test samordningsnummer of twelve digits: the day of birth plus sixty."""
    serial = random.choice([s for s in TEST_SERIALS if s % 2 == male])
    body = f"{born:%y%m}{born.day + 60}{serial}"
    return f"{born.year // 100}{body}{luhn(body)}"


def is_identity(digits: str) -> bool:
    """Whether ten or twelve digits would pass as a personnummer, samordningsnummer or organisationsnummer."""
    ten = digits[-10:]
    if len(digits) not in (10, 12) or luhn(ten[:-1]) != int(ten[-1]):
        return False
    month, day = int(ten[2:4]), int(ten[4:6])
    return month >= 20 or (month <= 12 and (1 <= day <= 31 or 60 <= day <= 91))


def innocent(number: int, *, test_allowed: bool = False) -> str:
    """The number, or the next that is nobody's identity; `test_allowed`: a date-shaped one gets a test serial."""
    digits = str(number)
    if test_allowed and is_identity(digits) and int(digits[-8:-6]) <= 12:
        body = f"{digits[-10:-4]}98{digits[-2]}"
        return f"{digits[:-10]}{body}{luhn(body)}"
    while is_identity(str(number)):
        number += 1
    return str(number)


def ean(article: int) -> str:
    """An EAN-13 with Sweden's prefix."""
    body = f"735{article:09d}"
    return body + str(-sum(int(d) * (3 if n % 2 else 1) for n, d in enumerate(body)) % 10)


def ocr(customer: int, invoice: int) -> str:
    """An OCR reference: customer, invoice, length digit, check digit (13 digits)."""
    body = f"{customer:06d}{invoice % 100000:05d}3"
    return body + str(luhn(body))


def mobiles() -> Iterator[str]:
    """The 95 mobile numbers that PTS keeps for fiction."""
    return (f"070{n}" for n in range(1740605, 1740700))


def landlines() -> Iterator[str]:
    """The fixed numbers that PTS keeps for fiction, area by area in turn."""
    areas = (("08", 46500401, 46500500), ("031", 3900600, 3900700), ("040", 6280400, 6280500), ("0980", 319200, 319300))
    return itertools.chain.from_iterable(
        zip(*([f"{a}{n}" for n in range(lo, hi)][:99] for a, lo, hi in areas), strict=True)
    )
