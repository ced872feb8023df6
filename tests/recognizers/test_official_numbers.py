"""Official test numbers in every spelling: all are found, and are the same number.

Serials 238, 239 and 980 to 999 are those of Skatteverket's test numbers, given to nobody. Samordningsnummer with month
00 and day 60 are among the official ones.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recognizers import Analyzer
from recognizers.luhn import luhn

DATES = (
    *("18901231", "19101115", "19270105", "19400229", "19680709", "19850709", "20000229", "20091231", "20120301"),
    *("19850769", "19010191", "19680060", "19680760", "19990060", "20050080", "20190788"),
)
"""Days of birth; of samordningsnummer, with 60 added."""
OLD = "18"
"""Of ten digits, they have a `+`."""
NUMBERS = [
    f"{date}{serial}{digit}"
    for date in DATES
    for serial in ("238", "239", "981")
    for digit in range(10)
    if luhn(f"{date[2:]}{serial}{digit}")
]
WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}
SEPARATORS = {
    **{"hyphen": "-", "blanks": " - ", "space": " ", "no-break space": "\u00a0", "thin space": "\u202f"},
    **{"en dash": "–", "spaced en dash": " – ", "non-breaking hyphen": "\u2011", "minus": "\u2212", "em dash": "—"},
    **{"soft hyphen": "\u00ad", "hyphen and soft hyphen": "-\u00ad", "full-width hyphen": "－"},
    **{"line break": "-\n", "Windows line break": "-\r\n", "nothing": "", "full-width digits": "-"},
}
AROUND = (
    *("Kunden med {} hörde av sig", "Personnummer: {}", "pnr:{}", "pnr_{}", "pnr{}", "{}_legitimation.pdf", "{}Anna"),
    *('{{"pnr":"{}"}}', "Hej, jag heter Eva. {}.", "kund/{}/avtal", "id={}&x=1", "(nr {})"),
)
ANALYZER = Analyzer()


def _written(separator: str, number: str, short: bool) -> str:
    sign = SEPARATORS[separator]
    text = f"{number[2 if short else 0 : 8]}{sign}{number[8:]}"
    return text.translate(WIDE) if separator == "full-width digits" else text


def _missed(field: str, numbers: list[str], write: Callable[[str], str]) -> list[str]:
    """The texts in which the number is not found, each in a column of its own."""
    return [write(number) for number in numbers if number[2:] not in _found(field, [write(number)])]


def _found(field: str, texts: list[str]) -> list[str]:
    matches = ANALYZER.find({field: texts})
    return [match.value for match in matches if match.entity == "SE_PERSONNUMMER" and match.score >= 0.5]


@pytest.mark.slow
@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("separator", SEPARATORS)
def test_in_text(separator: str, around: str) -> None:
    assert not _missed("text", NUMBERS, lambda number: around.format(_written(separator, number, short=False)))
    # Without a sign, ten digits that begin as seconds since 1970 do need a word.
    bare = separator == "nothing" and not any(word in around for word in ("pnr", "Personnummer"))
    short = [one for one in NUMBERS if not one.startswith(OLD) and not (bare and one[2] == "1")]
    assert not _missed("text", short, lambda number: around.format(_written(separator, number, short=True)))


@pytest.mark.parametrize("around", AROUND)
def test_with_plus(around: str) -> None:
    old = [number for number in NUMBERS if number.startswith(OLD)]
    assert not _missed("text", old, lambda number: around.format(f"{number[2:8]}+{number[8:]}"))


@pytest.mark.parametrize("short", [True, False])
@pytest.mark.parametrize("field", ["pnr", "kund_personnummer", "col1"])
@pytest.mark.parametrize("separator", SEPARATORS)
def test_in_a_column(separator: str, field: str, short: bool) -> None:
    numbers = [number for number in NUMBERS if not short or not number.startswith(OLD)]
    assert _found(field, [_written(separator, one, short) for one in numbers]) == [one[2:] for one in numbers]


def test_in_a_column_of_integers() -> None:
    numbers = [number for number in NUMBERS if not number.startswith((OLD, "2000"))]
    assert _found("pnr", [str(int(number[2:])) for number in numbers]) == [number[2:] for number in numbers]
