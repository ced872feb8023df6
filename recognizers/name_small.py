"""Names in small letters that nothing announces: a given name with a surname, or a common one among other words.

`anna karlsson ringde`, `goran bregović`, `elif arslan`. Near-misses: `björn`, `stina` alone at the
beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from recognizers.lexicon import GIVEN, OTHER_GIVEN, SURNAME, WORD, names
from recognizers.name_cues import Cued
from recognizers.name_words import judge
from recognizers.ordinary import is_inflected, is_ordinary
from recognizers.sentences import NORDIC
from recognizers.words import words_of

_SHORTEST = 3
_AMONG = re.compile(r" [^\W\d_]|[,.!?](?:[ \n\0]|\Z)")
_SIGNS = frozenset("\0 \n\t(\"',.:;")
_LETTER = re.compile(r"[^\W\d_]")
_SECOND = re.compile(r"(?:-[^\W\d_]{2,})? ([^\W\d_]{2,}(?:-[^\W\d_]{2,})?)")
_THIRD = re.compile(r" ([^\W\d_]{2,}(?:-[^\W\d_]{2,})?)")


@cache
def _givens() -> frozenset[str]:
    """Given names of three letters or more, casefolded; to tell at once which of them are words takes half a second."""
    return frozenset(name for name, bits in names().items() if bits & (GIVEN | OTHER_GIVEN) and len(name) >= _SHORTEST)


@lru_cache(maxsize=16384)
def _is_small_name(word: str) -> bool:
    """Whether a word is a common given name that is no word besides."""
    return names().get(word, 0) & (GIVEN | WORD) == GIVEN and len(word) >= _SHORTEST and not is_ordinary(word)


@lru_cache(maxsize=16384)
def _is_small_other(word: str) -> bool:
    """Whether a word of four letters or more is a given name of another language, and no word: before a surname."""
    bits = names().get(word, 0)
    other = bool(bits & OTHER_GIVEN) and not bits & (GIVEN | WORD)
    return other and len(word) > _SHORTEST and not is_inflected(word)


def small_names(text: str) -> Iterator[Cued]:
    """Given names in small letters that are no word: with a surname, `anna karlsson`, or among other words."""
    done = 0
    for start, given in _small_given(text):
        if start < done:
            continue
        second = _SECOND.match(text, given)
        done = second.end() + 1 if second else given + 1
        other = _is_small_other(text[start:given])
        if second and (_is_other_surname(second[1]) or (not other and _is_small_surname(second[1]))):
            third = _THIRD.match(text, second.end())
            done = third.end() if third and _is_other_surname(third[1]) else second.end()
            yield Cued(start, done, "small letters")
        elif other:
            done = given + 1
        elif text[start - 1 : start] == " " and _AMONG.match(text, given):
            yield Cued(start, given, "given:small")


def _is_small_surname(word: str) -> bool:
    """Whether a word in small letters is a surname, listed or by its end, and no word besides."""
    bits = names().get(word, 0)
    return bool(bits & SURNAME) and not bits & WORD if bits else judge(word).surname == NORDIC


def _is_other_surname(word: str) -> bool:
    """Whether a word in small letters is a surname of any language, and no word: `elif arslan`, `goran bregović`."""
    judged = judge(word)
    return judged.surname > 0 and len(word) > _SHORTEST and not judged.ordinary and not is_ordinary(word)


def _small_given(text: str) -> Iterator[tuple[int, int]]:
    """Places of the common given names in small letters at the beginning of the text or after a blank or sign.

    The words are looked up in one go; only those that are names are then looked for, each from the one before.
    """
    known, at = _givens(), 0
    likely = (word for word in words_of(text) if word in known)
    for name in [word for word in likely if _is_small_name(word) or _is_small_other(word)]:
        start = text.find(name, at)
        while not _is_word(text, start, start + len(name)):
            start = text.find(name, start + 1)
        at = start + len(name)
        if not start or text[start - 1] in _SIGNS:
            yield start, at


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether no letter stands beside `text[start:end]`."""
    return not (start and _LETTER.match(text, start - 1)) and not _LETTER.match(text, end)
