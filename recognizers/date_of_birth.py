"""Dates of birth. Any date can be one: only a label or a field tells.

Example: `född 1985-07-09`, `f. 9 juli 1985`, a column `fodelsedatum`; near-misses: `född 850709-9805` (a personnummer),
`avfört 1985-07-09`, `född 1985-02-30` (no such day), `född 2099-01-01` (in the future).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.labels import labelled

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ENGLISH = {"may": 5, "oct": 10}
_LABELS = (
    r"född(?:[ae]|e?s)?(?: (?:den|år|i))?",
    r"födelse(?:datum|dag|tid|år|data)(?:et|en)?",
    r"f\.?d\.?(?: den)?",
    r"f\.",
    r"date of birth",
    r"dob",
    r"birth[ -]?da(?:te|y)",
    r"born(?: on)?",
)
_ASKED = (
    r"födelse(?:datum|dag|tid)(?:et|en)?",
    r"date of birth",
    r"birth[ -]?da(?:te|y)",
    r"född",
)
"""What is asked for in a talk, and told in the next line."""
_ANSWER = r"\?[ \n](?:[^\W\d_][^\n:\0]{0,12}: ?|[–-] ?)?"
_MIDNIGHT = r"(?:[T ]00:00(?::00(?:\.0+)?)?)?"
_NUMBERS = (
    rf"[0-9]{{4}}[-./ ]?[0-9]{{2}}[-./ ]?[0-9]{{2}}{_MIDNIGHT}"
    r"|[0-9]{6}|[0-9]{1,2}[-./ ][0-9]{1,2}[-./ ][0-9]{4}"
)
_WORDS = r"[0-9]{1,2}(?::e|:a)? ?(?i:jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec)[a-z]{0,8}\.? [0-9]{4}"
_YEAR = r"(?:19|20)[0-9]{2}"
_END = r"(?![0-9A-Za-z])(?!\s?[-+–\u2011 ]\s?[0-9Xx*]{3,4}(?![0-9]))(?![-./:][0-9])"
_NAME = r"[A-ZÅÄÖÉÜ][^\W\d_]+(?:-[A-ZÅÄÖÉÜ][^\W\d_]+)?"
_PERSON = re.compile(
    r"[A-ZÅÄÖÉÜ](?<![^\W_].)[^\W\d_]+(?:-[A-ZÅÄÖÉÜ][^\W\d_]+)?"
    rf"(?: {_NAME}){{1,2}}(?:, ?| ?[(;|\t] ?| [–-] )(?P<value>(?:19|20)[0-9]{{2}}-[01][0-9]-[0-3][0-9]){_END}"
)
"""A date right after two or three words with capitals: `Anna Ek (1983-06-21)`."""
GROWN = 12
"""Years that such a date must lie back: later ones are of meetings and contracts."""
_PARTS = re.compile("[0-9]+")
_LETTERS = re.compile("[a-z]{3}")
_OLDEST = 1895


class DateOfBirthRecognizer(Recognizer):
    """Finds dates, and years (kind `year`), that a label or a field says somebody was born on."""

    entity: ClassVar[str] = "DATE_OF_BIRTH"
    version: ClassVar[str] = "4"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape("label", labelled(_LABELS, rf"(?:{_NUMBERS}|{_WORDS}|{_YEAR}){_END}"), 0.8, re.compile("0{4}")),
        Shape(
            "asked",
            labelled(_ASKED, rf"(?:{_NUMBERS}|{_WORDS}){_END}", _ANSWER),
            0.75,
            re.compile(r"\?[ \n]"),
        ),
        Shape("person", _PERSON, 0.55, re.compile("0000-00-00")),
        Shape("field", re.compile(rf"(?<![^\0])(?:{_NUMBERS}|{_WORDS}|{_YEAR})(?![^\0])"), 0.55, named=True),
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"fodelse_?(datum|dag|ar|tid|data)|birth_?(date|day|year)|date_?of_?birth|(^|_)(dob|bday|birth|fodd|fodelse|born|f_?dat(?:um)?|d_?birth|geb_?(dat|datum|dt)|geburts_?(tag|dat))(_|$)"
    )
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 44

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check the calendar; the canonical form is `YYYY-MM-DD`, or the year."""
        text, shape = candidate.text.lower(), candidate.shape
        if len(text) == 4:
            this_year = datetime.now(tz=UTC).year
            known = _OLDEST <= int(text) <= this_year
            return Proof(text, shape.score - 0.35, "year", why=(shape.name,)) if known else None
        born = read(text)
        if shape.name == "person" and born and born.year > datetime.now(tz=UTC).year - GROWN:
            return None
        if not born:
            return None
        return Proof(born.isoformat(), shape.score, "date", (f"born:{born:%y%m%d}",), ("date", shape.name))

    def mask(self, value: str) -> str:
        """Hide all digits but those of the century."""
        shown = 0
        kept = []
        for c in value:
            shown += c.isdigit()
            kept.append("*" if c.isdigit() and shown > 2 else c)
        return "".join(kept)


def read(text: str) -> date | None:
    """Read a date in the usual Swedish spellings; None if there is no such day, or it is no birthday of the living."""
    parts = _PARTS.findall(text)
    word = _LETTERS.search(text)
    if word and len(parts) == 2:
        month = _ENGLISH.get(word.group()) or (_MONTHS.index(word.group()) + 1 if word.group() in _MONTHS else 0)
        return _day(int(parts[1]), month, int(parts[0]))
    if len(parts[0]) == 6:
        digits = parts[0]
        century = 2000 if int(digits[:2]) <= datetime.now(tz=UTC).year % 100 else 1900
        return _day(century + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    if len(parts[0]) in {4, 8}:  # `1985-0709` is a date, too
        digits = "".join(parts)
        return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    return _day(int(parts[2]), int(parts[1]), int(parts[0]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        born = date(year, month, day)
    except ValueError:
        return None
    return born if year >= _OLDEST and born <= datetime.now(tz=UTC).date() else None
