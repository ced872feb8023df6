"""Reads the Swedish NER corpus: one word and its tag a line, an empty line after each sentence.

Source: "Swedish manually annotated NER" (klintan/swedish-ner-corpus), Webbnyheter 2012 from Språkbanken, CC BY 4.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from recognizers.training.examples import Example, join

_PERSON = "PER"
_NO_BLANK_BEFORE = frozenset((".", ",", "!", "?", ":", ";", ")", "]", "…", "%", "”", "'"))
_NO_BLANK_AFTER = frozenset(("(", "["))
_QUOTE = '"'
_SOFT_HYPHEN = "\u00ad"

_Word = tuple[str, bool]


class CorpusError(Exception):
    """The corpus is not what it should be. The message is one line: which file, which line."""


def read(path: Path) -> list[Example]:
    """Read a file of the corpus, its sentences written out as running text.

    Raises:
        CorpusError: the file is missing, or a line has no tag.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise CorpusError(f"corpus {path} cannot be read: {error.strerror}") from error
    split = [line.replace(_SOFT_HYPHEN, "").split() for line in lines]
    sentences = (list(group) for filled, group in groupby(enumerate(split, 1), key=lambda row: bool(row[1])) if filled)
    return [join(_written_out([word for row in rows for word in _word(row, path)])) for rows in sentences]


def _word(row: tuple[int, list[str]], path: Path) -> Iterator[_Word]:
    match row:
        case _, [word, tag]:
            yield word, tag == _PERSON
        case _, [_]:  # A tag without its word: what was only a soft hyphen.
            return
        case number, _:
            raise CorpusError(f"{path}:{number}: not a word and its tag")


def _written_out(words: list[_Word]) -> Iterator[_Word]:
    """The words with the blanks between them; the words of one name as one part."""
    blanks = _blanks([word for word, _ in words])
    for is_name, group in groupby(zip(words, blanks, strict=True), key=lambda entry: entry[0][1]):
        run = list(group)
        yield run[0][1], False
        yield "".join([run[0][0][0], *(blank + word for (word, _), blank in run[1:])]), is_name


def _blanks(words: list[str]) -> list[str]:
    """What stands before each word: a blank or nothing."""
    blanks, last, opened = [], "", False
    for word in words:
        after_open = last in _NO_BLANK_AFTER or (last == _QUOTE and opened)
        tight = not last or after_open or word in _NO_BLANK_BEFORE or (word == _QUOTE and opened)
        opened ^= word == _QUOTE
        blanks.append("" if tight else " ")
        last = word
    return blanks
