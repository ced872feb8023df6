"""Personnummer: the identity number of everyone registered in Sweden.

Issued by Skatteverket (folkbokföringslagen 1991:481, 18 §; SKV 704): birth date, a serial of three digits (001-999, odd
for men), a Luhn check digit over the ten digits without the century. `-` becomes `+` in the year in which a person
turns 100.
Example: `900118-9811`, `19900118-9811`, `900118 9811`; near-misses: `900230-9811` (no such day), `900118-0001` (serial
000), `202405121015` (a time), `a9001189811f` (part of a hash).

Invented and mistyped numbers fail the check digit (in texts four of five do): a date with a separator counts without
it, a bare number only with other evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import ClassVar

from recognizers import fieldnames
from recognizers.base import LOOSE, Candidate, Proof, Recognizer, Shape
from recognizers.context import NUMBERS
from recognizers.digit_runs import Run
from recognizers.labels import WHOLE
from recognizers.luhn import luhn_all

# After the first digit: not inside a longer number, a decimal number, a hash, a UUID or an international phone number.
NUMBER = r"[0-9](?<![0-9+][0-9])(?<![0-9][.\-][0-9])(?<![^0-9]0,[0-9])"
NO_HASH = r"(?<![0-9A-Fa-f][0-9])(?<![0-9A-Fa-f]{4}-[0-9])"
_YEAR = r"(?:(?:(?<=1)[89]|(?<=2)0)[0-9]{2}|[0-9])"
_END = r"(?!\.[0-9])(?!,[0-9]{1,2}(?![0-9]))(?!-[0-9])(?!-[0-9A-Fa-f]{4}-)"
END = rf"(?![0-9A-Za-z]){_END}"
_END_OR_WORD = rf"(?![0-9])(?![A-Za-z](?![a-zåäö]{{2}}))(?![A-Fa-f][a-f]{{2}}){_END}"
"""A word may be glued to the number (`850709-9805Anna`), a unit, a code or the rest of a hash may not."""
SEPARATED, SPACED, WRAPPED, TEN = (
    re.compile(r"0{6}[\s?\u00ad]?[-+\u00ad][\s?\u00ad]{0,2}0000"),
    re.compile(r"0{6}[ \t]{1,2}0000"),
    re.compile(r"0{6}\r?\n0000"),
    re.compile("0{10}"),
)
DATED, LAST = ((6, 8), (4,)), -4
"""Rows of digits: a date, the four last; where in the first its last four begin."""
_PARTED = re.compile("00[ -]00[ -]00[-+ ]0000")
_HIDDEN = re.compile("0{6} ?[-+]? ?[x*#?]{4}")
"""Of outlines: `•` is `?` there."""
TEST_SERIALS = frozenset({"238", "239", *map(str, range(980, 1000))})
_NOT_DIGIT = re.compile("[^0-9]")
_TIMES_SINCE = 2010
"""Bare numbers born from this year on are as often times (`202405121015`) or seconds since 1970 (`1715508900`)."""
_MOBILE = re.compile("07[02369]")
_CLOCK = re.compile("(?:[01][0-9]|2[0-3])[0-5][0-9]")

MONTH = "(?:0[1-9]|1[0-2])"
CONTEXT = (
    *(
        "personnummer",
        "personnumret",
        "personnr",
        "person-nr",
        "person nr",
        "person nummer",
        "persnr",
        "pers.nr",
        "pers nr",
    ),
    *("persnummer", "personnumer", "personummer", "personnumr", "pnr", "p-nr", "p.nr", "personid", "idnr", "id-nr"),
    *(
        "id-nummer",
        "identitetsnummer",
        "samordningsnummer",
        "samordningsnr",
        "samordnings",
        "födelsenummer",
        "födelsenr",
    ),
    *("födelsedata", "född", "legitimation", "körkortsnummer", "social security", "ssn", "personal identity"),
    *("identity number", "personal number", "civic number"),
)
FIELDS = re.compile(
    r"(^|_)(pnr|persnr|pers_nr|ssn|tin|personid|person_id)(_|$)|person_?(nr|nummer|number|no)|personal_?(id|identity|number)"
    r"|samordnings|civic|social_security|fodelsenummer|fodelsenr|identity_(number|no)"
)
NOT_FIELDS = re.compile(
    rf"(^|_)(org|vat|moms|organisations?|company|foretags)_?(nr|nummer|no|number|id)?(_|$)|(^|_)(cpr|fodselsnr|fodselsnummer|hetu)|{fieldnames.NUMBERS}"
)


def dated_shapes(month: str, day: str, days: str) -> tuple[Shape, ...]:
    """Make the shapes of a number whose month and day match the patterns `month` and `day`.

    Args:
        month: Begins with 0 or 1.
        day: Its pattern.
        days: The digits with which it may begin.
    """
    number = f"{_YEAR}{month}{day}"
    end = _END_OR_WORD
    dated = Run(DATED, signs=((LAST, "01"), (LAST + 2, days)))
    return (
        Shape(
            "separator",
            re.compile(rf"{NUMBER}{number}[\s\u00ad]?[-+\u00ad](?:\r\n|[\s\u00ad])?[0-9]{{4}}{end}"),
            0.55,
            SEPARATED,
            dated,
        ),
        Shape(
            "space",
            re.compile(rf"{NUMBER}(?<![0-9] [0-9]){number}[ \t]{{1,2}}[0-9]{{4}}{end}(?! [0-9]{{4}}(?![0-9]))"),
            0.55,
            SPACED,
            dated._replace(after=" \t"),
        ),
        # At the end of a line that begins with something else: two lines of numbers are two numbers.
        Shape(
            "wrapped",
            re.compile(rf"{NUMBER}(?<=[^\0\n].){number}\r?\n[0-9]{{4}}{end}"),
            0.3,
            WRAPPED,
            dated._replace(after="\r\n"),
        ),
        Shape(
            "bare",
            re.compile(rf"{NUMBER}{NO_HASH}{number}[0-9]{{4}}{end}"),
            0.2,
            TEN,
            Run(((10, 12),), signs=((LAST - 4, "01"), (LAST - 2, days))),
        ),
        Shape(
            "parts",
            re.compile(rf"{NUMBER}{_YEAR}([ -]){month}\1{day}[-+ ][0-9]{{4}}{end}"),
            0.3,
            _PARTED,
            Run(((2, 4), (2,), (2,), (4,))),
        ),
        # Born 2001 to 2009, in a column of integers, which have no zeros before them.
        Shape("integer", re.compile(rf"[1-9]{WHOLE}{month}{day}[0-9]{{4}}(?![^\0])"), 0.1, named=True),
    )


_DAY = "(?:0[1-9]|[12][0-9]|3[01])"
_MASKED = r"(?: ?[-+] ?| )?(?:[Xx]{4}|\*{4}|#{4}|•{4})(?![\w*#•])"


class PersonnummerRecognizer(Recognizer):
    """Finds personnummer, also masked ones (kind `short`: the birth date is all that is left)."""

    version: ClassVar[str] = "8"
    entity: ClassVar[str] = "SE_PERSONNUMMER"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        *dated_shapes(MONTH, _DAY, "0123"),
        Shape("masked", re.compile(rf"{NUMBER}{_YEAR}{MONTH}{_DAY}{_MASKED}"), 0.5, _HIDDEN),
    )
    context: ClassVar[tuple[str, ...]] = CONTEXT
    against: ClassVar[tuple[str, ...]] = (
        *NUMBERS,
        *("modell", "mätare", "reservdel"),
        "organisationsnummer",
        "orgnr",
        "org.nr",
        "org nr",
        "cpr",
        "fødselsn",
        "fodselsn",
        "henkilötunnus",
        *(f"{land} person" for land in ("danskt", "norskt", "finskt", "isländskt", "utländskt")),
    )
    fields: ClassVar[re.Pattern[str] | None] = FIELDS
    not_fields: ClassVar[re.Pattern[str] | None] = NOT_FIELDS
    # 365.25 dates of 10,000 endings MMDD, a tenth of which pass Luhn.
    chance: ClassVar[float] = 0.0037
    rank: ClassVar[int] = 10

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check the calendar date, the serial and the check digit."""
        return next(self.prove_all([candidate]))

    def prove_all(self, candidates: Sequence[Candidate]) -> Iterator[Proof | None]:
        """Check many."""
        numbers = [digits_of(candidate.text) for candidate in candidates]
        passing = luhn_all([number[-10:] for number in numbers])
        for candidate, digits, passes in zip(candidates, numbers, passing, strict=True):
            if candidate.shape.name == "masked":
                yield _short(digits, candidate.shape)
            else:
                born = birth_date(digits[:-4], "+" in candidate.text)
                yield judge(digits, candidate.shape, (born.year, passes), "personnummer") if born else None

    def mask(self, value: str) -> str:
        """Keep the birth date: `811218-****`."""
        return mask_serial(value)


def digits_of(text: str) -> str:
    """Leave out all but the digits; an integer gets back the zero that it began with."""
    plain = text.replace("-", "").replace(" ", "")
    digits = plain if plain.isdecimal() else _NOT_DIGIT.sub("", plain)
    return "0" + digits if len(digits) == 9 else digits


def mask_serial(value: str) -> str:
    """Hide the four last of the ten digits; in a VAT number (`SE…01`) two more follow."""
    if value[:1] in "Ss":
        digits = [at for at, c in enumerate(value) if c.isdigit()]
        return "".join("*" if at in digits[6:10] else c for at, c in enumerate(value))
    return value[:-4] + "****"


@lru_cache(maxsize=1 << 14)  # a process that lives past midnight takes a new-born for a future date
def birth_date(digits: str, century_back: bool = False) -> date | None:
    """Read a birth date.

    Args:
        digits: `YYMMDD` (the newest century that is not in the future) or `YYYYMMDD`.
        century_back: A `+` stands before the serial: a century more.

    Returns:
        The date; None if there is no such day or it lies in the future.
    """
    today = datetime.now(tz=UTC).date()
    month, day = int(digits[-4:-2]), int(digits[-2:])
    if len(digits) == 8:
        return _day(int(digits[:4]), month, day, today)
    year = int(digits[:2])
    for century in (1900, 1800) if century_back else (2000, 1900):
        born = _day(century + year, month, day, today)
        if born and (not century_back or born.year <= today.year - 99):
            return born
    return None


def _day(year: int, month: int, day: int, today: date) -> date | None:
    try:
        born = date(year, month, day)
    except ValueError:
        return None
    return born if born <= today else None


def judge(digits: str, shape: Shape, told: tuple[int, bool], kind: str) -> Proof | None:
    """Judge a number whose date is right by its serial and check digit.

    Args:
        digits: Ten or twelve.
        shape: The shape that proposed it.
        told: Year of birth, which tells numbers from times; whether the check digit is right.
        kind: Kind of the proof.
    """
    ten = digits[-10:]
    year, passes = told
    if ten[6:9] == "000" or (shape.name == "integer" and not passes):
        return None
    score = _score(digits, shape, passes=passes, recent=year >= _TIMES_SINCE)
    form = "bare" if shape.name in {"bare", "integer"} else "separator"
    why: tuple[str, ...] = ("checksum", "date", form) if passes else ("date", form)
    if form == "bare" and (len(digits) == 10 or _CLOCK.fullmatch(digits[-4:])):
        why += (LOOSE,)
    return Proof(ten, score, kind, other_forms(ten), why, passes and ten[6:9] in TEST_SERIALS)


def other_forms(ten: str) -> tuple[str, str]:
    """Forms that find the number though its check digit is mistyped, or by a date of birth.

    The serial of a day is one person's, so the nine digits `nine:…` tell the tenth; `born:YYMMDD` is also of a
    samordningsnummer (day + 60).
    """
    day = ten[4:6] if ten[4] < "6" else f"{int(ten[4]) - 6}{ten[5]}"
    return f"nine:{ten[:9]}", f"born:{ten[:4]}{day}"


_PROVEN = {"separator": 0.97, "space": 0.95, "parts": 0.9, "bare": 0.95, "wrapped": 0.7, "integer": 0.55}


def _score(digits: str, shape: Shape, *, passes: bool, recent: bool) -> float:
    if recent and shape.name in {"bare", "space", "wrapped"}:
        other = (shape.name == "bare" and len(digits) == 10) or _CLOCK.fullmatch(digits[-4:])
        return (0.45 if other else 0.6) if passes else 0.2
    if recent and not passes:  # `200612-1430`
        return 0.4
    if shape.name == "bare" and len(digits) == 10:
        if not passes:
            return shape.score
        return 0.45 if _MOBILE.match(digits) else 0.6
    if passes:
        return _PROVEN[shape.name]
    return 0.35 if shape.name == "bare" else shape.score


def _short(digits: str, shape: Shape) -> Proof | None:
    born = birth_date(digits)
    return Proof(digits[-6:], shape.score, "short", why=("date", "masked")) if born else None
