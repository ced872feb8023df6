"""Cut the running texts of a column into sentences, and tell which of them the name lists leave undecided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from recognizers.lexicon import GIVEN, WORD, names
from recognizers.name_words import judge
from recognizers.ordinary import is_compound

Span = tuple[int, int]

_SHORT = 4
"""A sentence with fewer words goes with the one before: `Mvh\nAnna`."""
_LONGEST = 500
"""Characters. A longer one is cut: lists without full stops, texts of other kinds."""
_END = re.compile(r"(?<=[.!?])[ ]+(?=[^\W\d_a-zåäö])|[\n\r]+|\t")
_VALUE = re.compile(r"(?<![^\0])[^\0 \n]*+[ \n][^\0 \n]*+[ \n][^\0]*+")
"""A value with two blanks at least: cells of tables are passed over at the pattern's own speed."""
_RUNNING = re.compile(r"[^\W\d_]{2}.*?\s[^\W\d_]{2}.*?\s[^\W\d_]{2}", re.DOTALL)
"""Three words: what has fewer is a cell of a table, no running text."""
CAPITAL = re.compile("[A-ZÅÄÖ]")
NORDIC = 2
LONGEST_NAME = 12
"""Letters. A longer word that no dictionary has is a compound."""
_ANNOUNCE = frozenset(("heter", "sambo", "granne", "mvh", "hälsningar", "familjen", "fru", "herr"))
"""Words near which even an ordinary word may be a name in small letters: `jag heter björn`."""
_CODE = re.compile(r"[{}=\\]|://|[0-9]:[0-9]{2}:[0-9]{2}|[a-z]\(|/[0-9]\.")
_PLAIN = 0.4
"""Share of the words that must be Swedish ones."""
_TOKEN = re.compile(r"(?<![\w@.+/-])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w@+])(?!\.\w)")
_ACRONYM = 2
"""Letters. A shorter word that no list has is none of a name."""


def sentences(text: str) -> Iterator[Span]:
    """Cut a column (values joined by NUL) into the sentences of its running texts."""
    for value in _VALUE.finditer(text):
        start, end = value.span()
        if _RUNNING.search(text, start, min(end, start + _LONGEST)):
            yield from cut(text, start, end)


def cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut one text, `text[start:end]`, into sentences; short ones go with the one before, a first one with the next."""
    first = last = start
    for begin, stop in _pieces(text, start, end):
        long = text.count(" ", first, last) >= _SHORT - 1 and text.count(" ", begin, stop) >= _SHORT - 1
        if last > first and (stop - first > _LONGEST or long):
            yield first, last
            first = begin
        last = stop
    if last > first:
        yield first, last


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for match in _END.finditer(text, start, end):
        yield from _bounded(text, at, match.start())
        at = match.end()
    yield from _bounded(text, at, end)


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + 1, start + _LONGEST)
        stop = blank if blank > 0 else start + _LONGEST
        yield start, stop
        start = stop
    if end > start:
        yield start, end


def opened(text: str, cut: Iterable[Span]) -> list[Span]:
    """Choose the sentences of Swedish prose with a word that may be a name.

    Args:
        text: The column.
        cut: Its sentences.
    """
    return [span for span in cut if _is_open(text, *span)]


def undecided(text: str, opened: Sequence[Span], accepted: Iterable[Span]) -> list[Span]:
    """Choose the sentences with a word that may be a name and is in none that the lists accept.

    Args:
        text: The column.
        opened: Sentences with words that may be names, in order.
        accepted: Places of the names that the lists are sure of, in order.
    """
    known = sorted(accepted)
    at = 0
    chosen = []
    for start, end in opened:
        while at < len(known) and known[at][1] <= start:
            at += 1
        if _has_open_word(text, (start, end), known, at):
            chosen.append((start, end))
    return chosen


def _is_open(text: str, start: int, end: int) -> bool:
    """Whether a sentence is Swedish prose with a possible name at all; an ordinary word that begins it is none."""
    words = _TOKEN.findall(text, start, end)
    may_be_name = _may_be_name if CAPITAL.search(text, start, end) else _may_be_small_name
    likely = [at for at, word in enumerate(words) if may_be_name(word)]
    if not likely or (likely == [0] and judge(words[0]).ordinary and _TOKEN.match(text, start, end)):
        return False
    return _is_prose(text, start, end, words)


def _has_open_word(text: str, sentence: Span, known: Sequence[Span], at: int) -> bool:
    """Whether a sentence has a possible name outside the known ones, of which `at` is the first that matters."""
    may_be_name = _may_be_name if CAPITAL.search(text, *sentence) else _may_be_small_name
    for match in _TOKEN.finditer(text, *sentence):
        if not may_be_name(match.group()) or (match.start() == sentence[0] and judge(match.group()).ordinary):
            continue
        while at < len(known) and known[at][1] <= match.start():
            at += 1
        if at == len(known) or known[at][0] > match.start():
            return True
    return False


def _is_prose(text: str, start: int, end: int, words: Sequence[str]) -> bool:
    """Whether a sentence of some words is Swedish enough: a line of a log, of code or in another language is not."""
    return not _CODE.search(text, start, end) and sum(map(_is_plain, words)) >= len(words) * _PLAIN


@lru_cache(maxsize=16384)
def _is_plain(word: str) -> bool:
    judged = judge(word)
    return judged.ordinary or not (judged.unknown or judged.given or judged.surname or judged.initial)


@lru_cache(maxsize=16384)
def _may_be_name(word: str) -> bool:
    """Whether a word may be a name: capitalised and no ordinary word, or in small letters a sure given name."""
    if word[0].islower():
        bits = names().get(word, 0)
        return bool(bits & GIVEN) and not bits & WORD
    judged = judge(word)
    if judged.given or judged.surname:
        return not judged.ordinary or (judged.given == NORDIC and not word.isupper())
    return len(word) > _ACRONYM and judged.unknown and not judged.ordinary and not is_compound(word.lower())


@lru_cache(maxsize=16384)
def _may_be_small_name(word: str) -> bool:
    """Whether a word may be a name in a sentence without capitals: listed as one, or in no dictionary."""
    judged = judge(word)
    if judged.ordinary:
        return word in _ANNOUNCE
    if judged.given or judged.surname:
        return True
    return judged.unknown and len(word) <= LONGEST_NAME and not is_compound(word)
