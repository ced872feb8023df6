"""Find persons' names in runs of capitalised words: `Ring Anna-Karin von Ek-Lind på Larmcentralen`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from recognizers.name_cues import BESIDE, FILED, HELLO, NAMED, SIGNED, SURE, acts, is_kept
from recognizers.name_labels import COMPANY
from recognizers.name_sorts import Span, Token, names
from recognizers.name_things import ROLES
from recognizers.name_words import Word, judge
from recognizers.ordinary import is_compound
from recognizers.sentences import NORDIC
from recognizers.street import is_street, words_before

_UPPER = "".join(c for c in map(chr, range(sys.maxunicode // 544)) if c.isupper() and ord(c) < 0x250)
_WORD = rf"[{_UPPER}](?:\.(?:[{_UPPER}]\.)?|[^\W\d_]*(?:['’][^\W\d_]{{2,}})?(?:-[^\W\d_]+){{0,2}})"
_PARTICLE = r"(?:von|af|av|van|de|der|den|da|di|la|el|al|bin|ben|ibn|zu|du|dos|del|le|ter|ten|und)"
_RUN = re.compile(rf"{_WORD}(?:(?:[ ]{{1,3}}(?:{_PARTICLE}[ ]){{0,2}}|(?<=\.)){_WORD}){{0,9}}")
_TOKEN = re.compile(rf"{_WORD}|{_PARTICLE}(?=[ ])")
_GLUED = re.compile(r"(?:[\w@&.#+-]|\w/)\Z")
_SENTENCE = re.compile(r"(?:[.!?:;•|\n\r\t\0\"”»(–—*>]|^)[ \"”»'(–-]*\Z")
# What names a street, a school or a prize after a person is not the person.
_THING = re.compile(
    r"[ ](?:gatan?|väg(?:en)?|torg|plats|plan|park|gränd|skola|kyrka|sjukhus|gymnasi\w+|universitet|pris|stiftelse|hus"
    r"|museum|cup|AB|HB|KB|&|Aktiebolag)(?![^\W\d_])"
)
_AND = re.compile(rf"[ ]& ({_WORD})(?![^\W_])")
_AND_WHOLE = re.compile(rf"[ ]& ({_WORD}) ({_WORD})(?![^\W_])(?![ ](?:AB|HB|KB|&|Aktiebolag)(?![^\W_]))")
_HOUSE = re.compile(r"[ ][1-9]")
_LABEL_END = re.compile(r"(?: \d+[^\W\d_]{0,2}| [^\W\d_]{1,2}){0,3}(?![^\0])")
_TEAM = 8
"""Letters. A compound of two words that is as long signs for a team; a given name is as long seldom."""
# Words that call for a person: "Ring Anna" is no thing's name.
_CALLS_FOR = frozenset(
    ("ring", "ringde", "ringt", "sök", "kontakta", "fråga", "till", "från", "hos", "åt", "med", "av")
)


def spans(text: str, places: Mapping[int, str] | None = None) -> Iterator[Span]:
    """All names in a text of capitalised words; places are those in `text`.

    Args:
        text: A text, or a column's values joined by NUL.
        places: Where names are announced, of `name_cues.announced`.
    """
    places = places or {}
    for match in _RUN.finditer(text):
        start, end = match.span()
        run = match.group()
        if start not in places and _is_plain(run):
            continue
        after = text[end : end + 1]
        if after.isalnum() or after in ("@", "_") or _is_glued(text, start):
            continue
        has_house = after == " " and _HOUSE.match(text, end) is not None
        read = _read(run, _is_first(text, start), after in ("", "\0"), has_house)
        if read:
            yield from _found(text, start, read, places)


def _found(text: str, start: int, read: _Run, places: Mapping[int, str]) -> Iterator[Span]:
    """The names of a run that begins at `start`."""
    end = start + read.tokens[-1].end
    # "Mvh Zeinab": the announcing word may be the first of the run.
    for number, token in enumerate(read.tokens if places else ()):
        if start + token.start in places:
            if span := _announced(read.tokens[number:], text, start, places):
                yield span
            break
    if read.names:
        thing = text[end : end + 1] == " " and _THING.match(text, end) is not None and not _is_couple(read, text, end)
        yield from _in_place(text, start, read, end - 1 if thing else end + 1, places)
    elif read.unlisted and acts(text, end, listed=False):
        yield Span(start + read.tokens[-1].start, end, "cued")


def _is_couple(read: _Run, text: str, end: int) -> bool:
    """Whether two given names are joined, or two whole ones, and no firm: `Anna & Erik`, `Eva Ek & Olle Alm`."""
    whole = _AND_WHOLE.match(text, end) if len(read.tokens) > 1 else None
    if whole and _is_whole(read.tokens[0].word, read.tokens[-1].word) and _is_whole(*map(judge, whole.groups())):
        return True
    other = _AND.match(text, end)
    return other is not None and read.tokens[-1].word.given > 0 and judge(other.group(1)).given == NORDIC


def _is_whole(first: Word, last: Word) -> bool:
    """Whether two words are a given name and a surname, in either order."""
    straight = first.given > 0 and (last.surname > 0 or last.unknown)
    return straight or (first.surname > 0 and last.given > 0)


def _is_glued(text: str, start: int) -> bool:
    return (
        text[start - 1 : start] not in ("", " ", "\0", "\n")
        and _GLUED.search(text, max(0, start - 2), start) is not None
    )


def _is_first(text: str, start: int) -> bool:
    """Whether a sentence begins at `start`."""
    if start > 1 and text[start - 2].isalnum():  # `ringde Anna`: most names stand so
        before = text[start - 1]
        return before != " " and _SENTENCE.search(text, start - 2, start) is not None
    return _SENTENCE.search(text, max(0, start - 6), start) is not None


@dataclass(frozen=True, slots=True)
class _Run:
    """What a run holds; places are those in it. The same runs come again and again, so each is read once."""

    tokens: tuple[Token, ...]
    names: tuple[Span, ...]
    unlisted: bool
    """Whether none of its words is listed and the last may be a name all the same."""
    plain: bool
    """Whether it may be a thing's name: of several words, one of which at least is no name."""


@lru_cache(maxsize=16384)
def _read(run: str, is_first: bool, is_last: bool, has_house: bool) -> _Run | None:
    """Read a run; None if it names a street or a firm.

    Args:
        run: The run.
        is_first: A sentence begins with it.
        is_last: Its value ends with it.
        has_house: A number follows, as after a street.
    """
    tokens = _tokens(run, is_last=is_last)
    if has_house:
        tokens = _without_street(tokens)
    if not tokens or _is_company(tokens):
        return None
    named = any(token.word.given or token.word.surname or _is_double(token) for token in tokens)
    last = tokens[-1].word
    unlisted = not named and last.unknown and not last.ordinary
    nameless = any(not (token.word.given or token.word.surname or token.word.initial) for token in tokens)
    found = tuple(names(tokens, is_first)) if named else ()
    return _Run(tuple(tokens), found, unlisted, len(tokens) > 1 and nameless)


@lru_cache(maxsize=16384)
def _is_plain(word: str) -> bool:
    """Whether a run is one word that is no name, listed or not: `Larmet`, as most of them are."""
    judged = judge(word)
    named = judged.given or judged.surname or (judged.unknown and not judged.ordinary)
    return not named and _TOKEN.fullmatch(word) is not None


def _is_double(token: Token) -> bool:
    """Whether a word is two initials: `C-G`."""
    return token.word.initial and "-" in token.text


def _announced(tokens: Sequence[Token], text: str, start: int, places: Mapping[int, str]) -> Span | None:
    """A name that no list has, right after words that announce a name: `jag heter Zeinab Ozols`.

    Args:
        tokens: Those of the run from the announced one on.
        text: The text.
        start: Where the run begins.
        places: As in `spans`.
    """
    first, how = tokens[0], places[start + tokens[0].start]
    named = [t for t in tokens[:2] if t.word.unknown or t.word.surname or t.word.given or how == NAMED]
    if not named or named[0] is not first:
        return None
    word = first.word
    if how == BESIDE and not word.given:
        return None
    if word.ordinary and word.given < 2 and how != NAMED and not (how in (SURE, SIGNED, HELLO) and word.surname == 2):
        return None  # `Vad heter du? Var bor du?`
    if (
        how != NAMED
        and len(named) == 1
        and word.unknown
        and len(first.text) >= _TEAM
        and is_compound(first.text.casefold())
    ):
        return None  # `Mvh Larmjouren`
    if how == FILED and (len(named) < 2 or any(t.word.ordinary for t in named)):
        return None
    end = start + named[-1].end - named[-1].word.genitive
    return Span(start + first.start, end, "cued") if is_kept(text, end, how) else None


def _in_place(text: str, start: int, read: _Run, stop: int, places: Mapping[int, str]) -> Iterator[Span]:
    """Judge names of one word by what they stand in: `Björn ringer`; `Detektor Björn 2` as a whole value.

    Args:
        text: The text.
        start: Where the run begins.
        read: The run.
        stop: Names that end here or later are a thing's.
        places: As in `spans`.
    """
    last = start + read.tokens[-1].end
    labels = read.plain and _is_label(read.tokens, text, start) and start + read.tokens[1].start not in places
    for name in read.names:
        end = start + name.end
        if end >= stop:
            continue
        single = name.sort.startswith(("given:", "surname")) or name.sort == "given"
        if single and name.sort != "given:rare word" and end == last and acts(text, end, listed=True):
            yield Span(start + name.start, end, "acts")
        elif not (single and labels):
            yield Span(start + name.start, end, name.sort)


def _is_label(tokens: Sequence[Token], text: str, start: int) -> bool:
    """Whether a value is made of capitalised words and numbers only: a thing's name, if they are not all names."""
    return (
        text[start + tokens[0].start - 1 : start + tokens[0].start] in ("", "\0")
        and tokens[0].text.casefold() not in _CALLS_FOR | ROLES
        and _LABEL_END.match(text, start + tokens[-1].end) is not None
    )


def _tokens(run: str, *, is_last: bool) -> list[Token]:
    tokens = [Token(m.start(), m.end(), judge(m.group()), m.group()) for m in _TOKEN.finditer(run)]
    if tokens[-1].word.genitive and is_last:
        # Nothing follows that could be the person's: the s is the name's own, as in Nygårds.
        tokens[-1] = tokens[-1]._replace(word=replace(tokens[-1].word, genitive=0))
    return tokens


def _without_street(tokens: list[Token]) -> list[Token]:
    """Leave out the street that a number follows: `Anna Storgatan 20`, `Anna Ringv. 14`."""
    before = [token.text for token in tokens[:-1]]
    if not is_street(tokens[-1].text, before):
        return tokens
    return tokens[: len(tokens) - 1 - words_before(tokens[-1].text, before)]


def _is_company(tokens: list[Token]) -> bool:
    return any(t.text.casefold() in COMPANY for t in tokens[1:])
