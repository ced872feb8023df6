"""Find persons' names in runs of capitalised words: `Ring Anna-Karin von Ek-Lind på Larmcentralen`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from recognizers.name_cues import FILED, HELLO, SIGNED, SURE, acts, is_kept
from recognizers.name_words import COMPANY, Word, judge
from recognizers.street import is_street, words_before

_UPPER = "".join(c for c in map(chr, range(sys.maxunicode // 544)) if c.isupper() and ord(c) < 0x250)
_WORD = rf"[{_UPPER}](?:\.(?:[{_UPPER}]\.)?|[^\W\d_]*(?:['’][^\W\d_]{{2,}})?(?:-[^\W\d_]+){{0,2}})"
_PARTICLE = r"(?:von|af|av|van|de|der|den|da|di|la|el|al|bin|ibn|zu|du|dos|del|le|ter|ten|und)"
_RUN = re.compile(rf"{_WORD}(?:(?:[ ]{{1,3}}(?:{_PARTICLE}[ ]){{0,2}}|(?<=\.)){_WORD}){{0,9}}")
_TOKEN = re.compile(rf"{_WORD}|{_PARTICLE}(?=[ ])")
_GLUED = re.compile(r"(?:[\w@&.#+-]|\w/)\Z")
_SENTENCE = re.compile(r"(?:[.!?:;•|\n\r\t\0\"”»(–—*>]|^)[ \"”»'(–-]*\Z")
# What names a street, a school or a prize after a person is not the person.
_THING = re.compile(
    r"[ ](?:gatan?|väg(?:en)?|torg|plats|plan|park|gränd|skola|kyrka|sjukhus|gymnasi\w+|universitet|pris|stiftelse|hus"
    r"|museum|cup|AB|HB|KB|&|Aktiebolag)(?![^\W\d_])"
)
_HOUSE = re.compile(r"[ ][1-9]")
_CALLS = re.compile(r"[@\w]")
_LABEL_END = re.compile(r"(?: \d+[^\W\d_]{0,2}| [^\W\d_]{1,2}){0,3}(?![^\0])")
# Words that call for a person: "Ring Anna" is no thing's name.
_CALLS_FOR = frozenset(
    ("ring", "ringde", "ringt", "sök", "kontakta", "fråga", "till", "från", "hos", "åt", "med", "av")
)


class Span(NamedTuple):
    """A name found: its place and its sort."""

    start: int
    end: int
    sort: str
    """Name of the shape in `name.py`."""


class _Token(NamedTuple):
    start: int
    end: int
    word: Word
    text: str


def spans(text: str, places: Mapping[int, str] | None = None) -> Iterator[Span]:
    """All names in a text of capitalised words; places are those in `text`.

    Args:
        text: A text, or a column's values joined by NUL.
        places: Where names are announced, of `name_cues.announced`.
    """
    places = places or {}
    for run in _RUN.finditer(text):
        start, end = run.span()
        if start not in places and _is_plain(run.group()):
            continue
        if _GLUED.search(text, max(0, start - 2), start) or _CALLS.match(text, end):
            continue
        tokens = _without_street(_tokens(text, start, end), text)
        if not tokens:
            continue
        end = tokens[-1].end
        if _is_company(tokens):
            continue
        # "Mvh Zeinab": the announcing word may be the first of the run.
        at = next((number for number, token in enumerate(tokens) if token.start in places), None)
        if at is not None and (span := _announced(tokens[at:], text, places)):
            yield span
        first = _SENTENCE.search(text, max(0, start - 6), start) is not None
        if any(t.word.given or t.word.surname for t in tokens):
            thing = _THING.match(text, end) is not None
            found = [span for span in _names(tokens, first) if not (thing and span.end >= end - 1)]
            yield from _in_place(found, tokens, text, places)
        elif tokens[-1].word.unknown and not tokens[-1].word.ordinary and acts(text, end, listed=False):
            yield Span(tokens[-1].start, end, "cued")


@lru_cache(maxsize=65536)
def _is_plain(word: str) -> bool:
    """Whether a run is one word that is no name, listed or not: `Larmet`, as most of them are."""
    judged = judge(word)
    named = judged.given or judged.surname or (judged.unknown and not judged.ordinary)
    return not named and _TOKEN.fullmatch(word) is not None


def _announced(tokens: list[_Token], text: str, places: Mapping[int, str]) -> Span | None:
    """A name that no list has, right after words that announce a name: `jag heter Zeinab Ozols`."""
    start, how = tokens[0].start, places[tokens[0].start]
    named = [t for t in tokens[:2] if t.word.unknown or t.word.surname or t.word.given]
    if not named or named[0] is not tokens[0]:
        return None
    word = tokens[0].word
    if word.ordinary and word.given < 2 and not (how in (SURE, SIGNED, HELLO) and word.surname == 2):
        return None  # `Vad heter du? Var bor du?`
    if how == FILED and (len(named) < 2 or any(t.word.ordinary for t in named)):
        return None
    end = named[-1].end - named[-1].word.genitive
    return Span(start, end, "cued") if is_kept(text, end, how) else None


def _in_place(found: list[Span], tokens: list[_Token], text: str, places: Mapping[int, str]) -> Iterator[Span]:
    """Judge names of one word by what they stand in: `Björn ringer`; `Detektor Björn 2` as a whole value."""
    labels = _is_label(tokens, text) and tokens[1].start not in places
    for span in found:
        single = span.sort.startswith(("given:", "surname")) or span.sort == "given"
        if (
            single
            and span.sort != "given:rare word"
            and span.end == tokens[-1].end
            and acts(text, span.end, listed=True)
        ):
            yield span._replace(sort="acts")
        else:
            yield span._replace(sort="in a label") if single and labels else span


def _is_label(tokens: list[_Token], text: str) -> bool:
    """Whether a value is made of capitalised words and numbers only, not all of them names: a thing's name."""
    if len(tokens) < 2 or text[tokens[0].start - 1 : tokens[0].start] not in ("", "\0"):
        return False
    plain = any(not (t.word.given or t.word.surname or t.word.initial) for t in tokens)
    return plain and tokens[0].text.casefold() not in _CALLS_FOR and _LABEL_END.match(text, tokens[-1].end) is not None


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    tokens = [_Token(m.start(), m.end(), judge(m.group()), m.group()) for m in _TOKEN.finditer(text, start, end)]
    if tokens[-1].word.genitive and text[end : end + 1] in ("", "\0"):
        # Nothing follows that could be the person's: the s is the name's own, as in Nygårds.
        tokens[-1] = tokens[-1]._replace(word=replace(tokens[-1].word, genitive=0))
    return tokens


def _without_street(tokens: list[_Token], text: str) -> list[_Token]:
    """Leave out the street that a number follows: `Anna Storgatan 20`, `Anna Ringv. 14`."""
    if not _HOUSE.match(text, tokens[-1].end) or not is_street(tokens[-1].text, [t.text for t in tokens[:-1]]):
        return tokens
    return tokens[: len(tokens) - 1 - words_before(tokens[-1].text, [t.text for t in tokens[:-1]])]


def _is_company(tokens: list[_Token]) -> bool:
    return any(t.text.casefold() in COMPANY for t in tokens[1:])


def _names(tokens: list[_Token], first: bool) -> Iterator[Span]:
    at = 0
    while at < len(tokens):
        length, sort = _name_at(tokens[at:], first and at == 0)
        if sort:
            last = tokens[at + length - 1]
            yield Span(tokens[at].start, last.end - last.word.genitive - _dot(last), sort)
        at += max(length, 1)


def _dot(token: _Token) -> int:
    """1 if the word's dot ends the sentence and is not an initial's."""
    return 1 if token.text.endswith(".") and not token.word.initial else 0


def _name_at(tokens: list[_Token], first: bool) -> tuple[int, str]:
    """The name that begins at the first token: how many tokens, and its sort ("" = none)."""
    word = tokens[0].word
    if word.initial:
        return _after_initials(tokens)
    doubtful = word.given == 1 and word.ordinary and not (len(tokens) > 1 and _is_sure_surname(tokens[1]))
    if word.given and not word.genitive and not doubtful:
        given = _given_length(tokens)
        length = given + _surname_length(tokens[given:])
        if length > 1:
            return length, _sort_of_full(tokens[:length], given, first)
    if word.unknown and not word.ordinary and len(tokens) > 1 and _is_sure_surname(tokens[1]):
        return 2, "unknown+surname"
    if word.unknown and not word.ordinary and not first and _is_last_surname(tokens[1:]):
        return 2, "unknown+surname:word"
    if word.given and word.given >= word.surname:
        return 1, _sort_of_given(word, first or tokens[0].text.isupper())
    if len(tokens) > 1 and not word.genitive and _is_sure_surname(tokens[0]) and _is_sure_given(tokens[1].word):
        return 2, "surname given"
    # A surname before another capitalised word is mostly a firm: "Lindgren Måleri".
    return 1, _sort_of_surname(word, first or len(tokens) > 1) if word.surname else ""


def _after_initials(tokens: list[_Token]) -> tuple[int, str]:
    count = next((i for i, t in enumerate(tokens) if not t.word.initial), len(tokens))
    if count == len(tokens) or not tokens[count].word.surname or not all("." in t.text for t in tokens[:count]):
        return count, ""
    return count + 1, "initial+surname"


def _given_length(tokens: list[_Token]) -> int:
    """How many tokens are given names and middle initials."""
    count = 1
    for token in tokens[1:]:
        if not (token.word.initial or (token.word.given and not token.word.surname)):
            break
        count += 1
        if token.word.genitive:
            break
    return count


def _surname_length(tokens: list[_Token]) -> int:
    """How many tokens are surnames, with the particles before them."""
    count = 0
    while count < len(tokens) and tokens[count].text.islower():
        count += 1
    if count == len(tokens) or not _may_be_surname(tokens[count]):
        return 0
    count += 1
    second = tokens[count : count + 1]
    if not tokens[count - 1].word.genitive and second and _goes_on(second[0].word):
        count += 1
    return count


def _may_be_surname(token: _Token) -> bool:
    word = token.word
    if word.surname:
        return True
    short = token.text.isupper() and len(token.text) < 5
    return (word.unknown or (word.given > 0 and not word.ordinary)) and not short


def _goes_on(word: Word) -> bool:
    """Whether a word after a surname is a second one."""
    return word.surname == 2 or (word.surname > 0 and not word.ordinary)


def _is_sure_surname(token: _Token) -> bool:
    word = token.word
    return word.surname > (1 if token.text.isupper() else 0) and not word.ordinary and not word.given


def _is_last_surname(tokens: list[_Token]) -> bool:
    """Whether what follows is one Nordic surname, be it a word, and nothing more."""
    return len(tokens) == 1 and tokens[0].word.surname == 2 and not tokens[0].text.isupper()


def _is_sure_given(word: Word) -> bool:
    return word.given == 2 and not word.surname and not word.ordinary


def _sort_of_full(tokens: list[_Token], given: int, first: bool) -> str:
    last = tokens[-1].word
    plain = any(not t.word.ordinary for t in tokens if not t.text.islower())
    if all(t.text.isupper() for t in tokens) and (not plain or (tokens[0].word.ordinary and not last.surname)):
        return "words in capitals"
    if given == len(tokens):
        return "given names" if plain else "words"
    nordic = tokens[0].word.given == 2
    if last.surname:
        return "given+surname" if nordic and plain else "given+surname:rare" if plain else "given+surname:words"
    return "given+unknown" if nordic and (plain or not first) else "given+unknown:rare"


def _sort_of_given(word: Word, first: bool) -> str:
    if word.given == 1:
        if word.ordinary:
            return "" if first else "given:rare word"
        return "given:rare first" if first else "given:rare"
    if word.ordinary:
        return "given:first word" if first else "given:word"
    return "given:first" if first else "given"


def _sort_of_surname(word: Word, first: bool) -> str:
    if word.ordinary:
        return "" if first else "surname:word"
    if first:
        return "surname:first" if word.surname == 2 else "surname:word"
    return "surname" if word.surname == 2 else "surname:rare"
