"""No real person's number is in the tree: only official test numbers, fictional phones and example domains.

Independent of the recognizers on purpose: a fault in them must not hide a fault in the tree.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import phonenumbers
import pytest

ROOT = Path(__file__).parents[1]
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".txt", ".j2", ".po", ".json", ".csv", ".html", ".css", ".cfg", ""}
COMPANY = {"kundservice@omnipoint.se", "dataskydd@omnipoint.se", "+46855006888"}
"""Contact details that the policy itself publishes."""
ORGANISATIONS = {"5560473521", "2021005448", "5560360793"}
"""Numbers of a company in EU documents, of Skatteverket, and of a company in public documentation."""
EXAMPLE = re.compile(
    r"(^|\.)(example(\.(com|org|net|se|nu))?|invalid|test|localhost|räksmörgås\.se|xn--rksmrgs-5wao1o\.se)(\.|$)"
)
NEAR_MISSES = {
    "0999-1234567",
    "0123456789", "0246813579", "08-05-2026", "08.00-17.00", "0703122026", "020-818 23 45", "020-818 23 86",
    "020818-2345", "git@github.com", "0.9001189811",
    "0101010000", "020246633", "0912312386",
}  # fmt: skip
"""What only looks like a number of somebody: series, dates, hours, accounts, a phone in the shape of a personnummer."""
_TEN = re.compile(r"(?<!\d)(?:(?:18|19|20)?(\d{6})[-+–‑ \u00a0]?(\d{4}))(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_FICTIONAL = [  # PTS: telephone numbers for books and films; first number and how many
    range(first, first + many)
    for first, many in (
        (46701740605, 95),
        (46846500400, 100),
        (46313900600, 100),
        (46406280400, 100),
        (46980319200, 100),
    )
]


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    return [ROOT / name for name in listed if name and (ROOT / name).suffix in TEXT and (ROOT / name).is_file()]


def luhn(digits: str) -> bool:
    doubled = (int(one) * (2 - at % 2) for at, one in enumerate(digits))
    return sum(one // 10 + one % 10 for one in doubled) % 10 == 0


def is_date(digits: str) -> bool:
    month, day = int(digits[2:4]), int(digits[4:6])
    try:
        date(1900 + int(digits[:2]), month, day % 60)
    except ValueError:
        return month <= 12 and day == 29 and month == 2
    return True


def people(text: str) -> Iterator[str]:
    """Valid personnummer and samordningsnummer that may be somebody's."""
    for match in _TEN.finditer(text):
        digits = match.group(1) + match.group(2)
        serial = digits[6:9]
        official = serial in ("238", "239", "000") or serial >= "980"
        harmless = official or digits in ORGANISATIONS or match.group() in NEAR_MISSES or is_fictional(digits)
        if luhn(digits) and is_date(digits) and not harmless:
            yield match.group()


def is_fictional(digits: str) -> bool:
    """Whether ten digits are one of PTS's fictional phone numbers."""
    return any(int(f"46{digits[1:]}") in one for one in _FICTIONAL)


def phones(text: str) -> Iterator[str]:
    """Swedish numbers in their usual spellings that may be somebody's."""
    for match in phonenumbers.PhoneNumberMatcher(text, "SE", leniency=phonenumbers.Leniency.STRICT_GROUPING):
        number = int(f"{match.number.country_code}{match.number.national_number}")
        known = f"+{number}" in COMPANY or any(number in one for one in _FICTIONAL)
        if match.number.country_code == 46 and not known and match.raw_string not in NEAR_MISSES:
            yield match.raw_string


def mails(text: str) -> Iterator[str]:
    """E-mail addresses outside the example domains."""
    for match in _MAIL.finditer(text):
        last = match.group(1).rpartition(".")[2]
        is_domain = last.isalpha() and last not in ("png", "jpg")
        if is_domain and not EXAMPLE.search(match.group(1).lower()) and match.group() not in COMPANY | NEAR_MISSES:
            yield match.group()


@pytest.mark.parametrize("kind", [people, phones, mails], ids=lambda kind: kind.__name__)
def test_only_fictional_people(kind: object) -> None:
    assert callable(kind)
    found = {
        str(path.relative_to(ROOT)): sorted(set(kind(path.read_text(encoding="utf-8", errors="replace"))))
        for path in tracked()
    }
    assert {path: numbers for path, numbers in found.items() if numbers} == {}


@pytest.mark.parametrize(
    ("kind", "text"),
    [(people, "900118-" + "9" + "233"), (phones, "070-" + "123 45 67"), (mails, "anna@" + "gmail.com")],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_check_would_see_one(kind: object, text: str) -> None:
    assert callable(kind)
    if kind is people:
        text = next(f"{text[:-1]}{last}" for last in range(10) if luhn(f"{text[:6]}{text[7:-1]}{last}"))
    assert list(kind(text))
