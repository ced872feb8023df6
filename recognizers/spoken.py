"""Numbers in words, as they stand in transcripts, written in digits: `noll sju noll`, `Storgatan tjugofyra`.

Examples: `numret är noll sju noll, ett sju fyra, noll sex noll fem`, `född sjunde december åttiosju`, `anna punkt ek
snabel-a example punkt se`. Near-misses: `två av tre`, `ett, två, tre`, `på vägen två gånger`, `i snabelskor`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recognizers.code_spoken import NUMERALS
from recognizers.columns import Column
from recognizers.digit_runs import Run
from recognizers.word_pairs import Pairs
from recognizers.words import words_of

_PARTED = {f"noll{word}": f"0{digit}" for word, digit in NUMERALS.items() if len(digit) == 1 and digit != "0"}
_YEARS = {
    f"{century}{rest}": f"{digits}{year:>02}"
    for century, digits in (("nittonhundra", "19"), ("tjugohundra", "20"), ("tvåtusen", "20"))
    for rest, year in {"": "00", **NUMERALS}.items()
}
_WORDS = {**NUMERALS, **_PARTED, **_YEARS}
_ORDINALS = (
    *("första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde", "elfte"),
    *("tolfte", "trettonde", "fjortonde", "femtonde", "sextonde", "sjuttonde", "artonde", "nittonde", "tjugonde"),
    *(f"tjugo{day}" for day in ("första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde")),
    *("tjugonionde", "trettionde", "trettioförsta"),
)
_DAYS = {word: day for day, word in enumerate(_ORDINALS, 1)}
_MONTH_NAMES = (
    *("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november"),
    "december",
)
_MONTHS = {word: month for month, word in enumerate(_MONTH_NAMES, 1)}
_STREETS = (
    "gatan",
    "vägen",
    "gränd",
    "stigen",
    "allén",
    "torget",
    "backen",
    "slingan",
    "kroken",
    "leden",
    "väg",
    "gata",
)
_HYPHENS = frozenset(("streck", "bindestreck", "minus"))
_JOINTS = frozenset((" ", ", ", ",", "-", " - ", "… ", " … ", "... ", "  ", ". "))
_LEAST, _FEWEST = 6, 3
"""Digits and words of a number that is somebody's; shorter ones are codes (`recognizers.code_spoken`) or counts."""
_TOKEN = re.compile(r"[^\W\d_]+|[0-9]+")
_AFTER_HOUSE = re.compile(
    r"[.,;:!?)\n\0]|\Z| [A-Ea-e](?![^\W_])| [A-ZÅÄÖ0-9]| (?:i|å|o|och|på|men|eller|lägenhet|lgh|tack)[ ,]"
)
_COMMAS = re.compile(r"0(?<![\w,.-]0)[1-9][0-9]{0,2}(?:, ?[0-9]{2,3}){2,4}(?! ?,? ?[0-9])(?!\w)")
"""`070, 174, 06, 58`: pauses in a telephone number."""
_COMMAS_RUN = Run(((2, 3, 4), (2, 3), (2, 3)), "0", after=",")
_COMMA = re.compile(", ?")
_AT = re.compile(r" snabel(?:-?a| a) ", re.IGNORECASE)
_DOT = r" (?:punkt|dot|understreck|bindestreck|streck|minus) "
_LOCAL = re.compile(rf"(?<![\w.-])(?:[\w-]{{1,30}}{_DOT}){{0,3}}[\w.-]{{1,30}}\Z", re.IGNORECASE)
_DOMAIN = re.compile(rf"(?:[\w-]{{1,30}}{_DOT}){{0,3}}[\w-]{{1,30}}(?:{_DOT}|\.)[a-z]{{2,6}}(?![\w-])", re.IGNORECASE)
_SIGNS = {"punkt": ".", "dot": ".", "understreck": "_"}


_SHORT = 2048
"""Characters. In a shorter text words are looked at one by one."""


class Part(NamedTuple):
    """A part of a text, and what it is in digits."""

    start: int
    end: int
    digits: str


class Written:
    """A text with its spoken numbers in digits, and where these stand in the text."""

    def __init__(self, text: str, parts: Sequence[Part]) -> None:
        """Take the text and its parts, in order."""
        pieces, at = [], 0
        self._parts = [part for part in parts if part.digits]
        self._starts: list[int] = []
        size = 0
        for part in parts:
            size += part.start - at
            pieces += [text[at : part.start], part.digits]
            if part.digits:
                self._starts.append(size)
            size += len(part.digits)
            at = part.end
        self.text = "".join((*pieces, text[at:]))
        self._moved = len(text) - len(self.text)
        self._ends = [at + len(part.digits) for at, part in zip(self._starts, self._parts, strict=True)]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where in the text a part of what is written stands; None where it holds nothing that was spoken."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
        if first > last:
            return None
        begin, stop = self._parts[first], self._parts[last]
        return (
            begin.start - max(0, self._starts[first] - start),
            stop.end + max(0, end - self._ends[last]),
        )


def written(text: str) -> Written | None:
    """Write the spoken numbers of a text in digits; None if there are none."""
    parts = sorted({part.start: part for part in (*_emails(text), *_paused(text), *_numbers(text))}.values())
    kept = [part for before, part in zip([Part(0, 0, ""), *parts], parts, strict=False) if part.start >= before.end]
    return Written(text, kept) if kept else None


def speaking(column: Column) -> list[int]:
    """Which values of a column may hold a spoken number, address or date; most hold none."""
    text, starts = column.text, column.starts
    places = _pauses(column)
    places += [match.start() for match in _AT.finditer(text)] if " snabel" in text else []
    values = set(_values(places, starts))
    likely = sorted(set(_likely(column)) - values)
    ends = np.append(starts[1:] - 1, len(text))
    return sorted(values.union(at for at in likely if _tells(text[starts[at] : ends[at]])))


def _pauses(column: Column) -> list[int]:
    """Where telephone numbers with commas begin."""
    if ", " not in column.text:
        return []
    if column.runs:
        return [place for place in column.runs.places(_COMMAS_RUN) if _COMMAS.match(column.text, place)]
    return [match.start() for match in _COMMAS.finditer(column.text)]


def _likely(column: Column) -> Sequence[int]:
    """The values in which a numeral or a month may be spoken."""
    if len(column.text) >= _SHORT:
        return _values(_pairs().places(column.text, column.latin), column.starts)
    return () if _NUMBERED.isdisjoint(words_of(column.text.lower())) else range(len(column.starts))


def _values(places: Sequence[int] | NDArray[np.int64], starts: NDArray[np.int64]) -> list[int]:
    found: list[int] = (np.searchsorted(starts, places, side="right") - 1).tolist()
    return found


@cache
def _pairs() -> Pairs:
    return Pairs(_NUMBERED, [*_NUMBERED, *_DAYS], _STREETS)


def _tells(value: str) -> bool:
    """Whether a numeral or a month stands in a value after what may stand right before it in what is spoken."""
    words = words_of(value.lower())
    return any(word in _NUMBERED and _leads(before) for before, word in pairwise(words))


@lru_cache(maxsize=16384)
def _leads(word: str) -> bool:
    """Whether a word may stand right before a numeral or a month in what is spoken."""
    return word in _NUMBERED or word in _DAYS or word.endswith(_STREETS)


_NUMBERED = frozenset((*_WORDS, *_MONTHS))


def _numbers(text: str) -> Iterator[Part]:
    """Runs of numerals, house numbers and dates."""
    tokens = [(*match.span(), match.group().lower()) for match in _TOKEN.finditer(text)]
    at = 0
    while at < len(tokens):
        found = _date(tokens, at) or _run(text, tokens, at) or _house(text, tokens, at)
        yield from found
        at = (
            next((later for later in range(at + 1, len(tokens)) if tokens[later][0] >= found[-1].end), len(tokens))
            if found
            else at + 1
        )


_Token = tuple[int, int, str]


def _run(text: str, tokens: Sequence[_Token], at: int) -> list[Part]:
    """The digits of a number whose first word is at `at`."""
    if tokens[at][2] not in _WORDS:
        return []
    parts: list[Part] = []
    spoken = 0
    for start, end, word in tokens[at : at + 24]:
        digits = _WORDS.get(word) or (word if word.isdigit() and len(word) <= 4 else "-" if word in _HYPHENS else "")
        if not digits or (parts and text[parts[-1].end : start] not in _JOINTS):
            break
        if parts:
            parts.append(Part(parts[-1].end, start, ""))
        parts.append(Part(start, end, digits))
        spoken += word in _WORDS
    if parts and parts[-1].digits == "-":
        parts = parts[:-2]
    return parts if spoken >= _FEWEST and sum(len(part.digits) for part in parts) >= _LEAST else []


def _house(text: str, tokens: Sequence[_Token], at: int) -> list[Part]:
    """`Storgatan tjugofyra`."""
    if at + 1 == len(tokens) or not tokens[at][2].endswith(_STREETS):
        return []
    start, end, word = tokens[at + 1]
    one = word in NUMERALS and text[tokens[at][1] : start] == " " and _AFTER_HOUSE.match(text, end)
    return [Part(start, end, NUMERALS[word])] if one else []


def _date(tokens: Sequence[_Token], at: int) -> list[Part]:
    """`sjunde december åttiosju`, `nittonhundranittiosex den tredje april`."""
    words = [word for _, _, word in tokens[at : at + 4]]
    first = 0
    if words[0] in _YEARS:
        first = 2 if words[1:2] == ["den"] else 1
    if len(words) < first + 2 or words[first] not in _DAYS or words[first + 1] not in _MONTHS:
        return []
    last = first + 1
    year = _YEARS.get(words[0], "")
    if not year and len(words) > last + 1:
        last += 1
        year = _YEARS.get(words[last], "") or _century(NUMERALS.get(words[last], ""))
    day = f"{year}-{_MONTHS[words[first + 1]]:02}-{_DAYS[words[first]]:02}"
    return [Part(tokens[at][0], tokens[at + last][1], day)] if year else []


def _century(year: str) -> str:
    """`87` -> `1987`."""
    if len(year) != 2:
        return ""
    return f"20{year}" if int(year) <= datetime.now(tz=UTC).year % 100 else f"19{year}"


def _paused(text: str) -> Iterator[Part]:
    for number in _COMMAS.finditer(text):
        for comma in _COMMA.finditer(text, *number.span()):
            yield Part(*comma.span(), " ")


def _emails(text: str) -> Iterator[Part]:
    for at in _AT.finditer(text):
        before = _LOCAL.search(text, max(0, at.start() - 120), at.start())
        after = _DOMAIN.match(text, at.end())
        if before and after:
            words = f"{before.group()} @ {after.group()}".split(" ")
            yield Part(
                before.start(),
                after.end(),
                "".join(_SIGNS.get(word.lower(), "-" if word.lower() in _HYPHENS else word) for word in words),
            )
