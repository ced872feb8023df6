"""Cuts a sentence into tokens as spaCy's Swedish tokenizer does, by the same rules, without spaCy.

The rules lie beside the trained weights (`tokens.json`, written when the pipeline is saved). The steps are those of
spaCy's `Tokenizer`: blanks, then prefixes and suffixes, special cases, addresses, infixes, at last special cases again
over what was cut apart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

RULES = "tokens.json"
_PIECE = re.compile(r"\S+|\s+")
_REMEMBERED = 65536


Part = tuple[str, str | None]
"""A token: its text, and what a special case says it stands for (None: what the word itself says)."""


class Cut(NamedTuple):
    """The tokens of a sentence."""

    parts: list[Part]
    starts: list[int]
    """Where each begins."""

    def span(self, first: int, stop: int) -> tuple[int, int]:
        """The place in the sentence from token `first` to the one before token `stop`."""
        return self.starts[first], self.starts[stop - 1] + len(self.parts[stop - 1][0])


class Tokenizer:
    """Cuts sentences. Remembers what it cut before."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        """Take the rules: patterns by name, `cases` by text."""
        self._patterns: Mapping[str, str] = rules["patterns"]
        self._cases: dict[str, tuple[Part, ...]] = {
            text: tuple((part, norm) for part, norm in parts) for text, parts in rules["cases"].items()
        }
        self._cut: dict[str, tuple[Part, ...]] = {}

    @classmethod
    def of(cls, directory: Path) -> Tokenizer:
        """Take the rules from where they lie."""
        return cls(json.loads((directory / RULES).read_text(encoding="utf-8")))

    @cached_property
    def _prefix(self) -> re.Pattern[str]:
        return re.compile(self._patterns["prefix"])

    @cached_property
    def _suffix(self) -> re.Pattern[str]:
        return re.compile(self._patterns["suffix"])

    @cached_property
    def _infix(self) -> re.Pattern[str]:
        return re.compile(self._patterns["infix"])

    @cached_property
    def _url(self) -> re.Pattern[str]:
        return re.compile(self._patterns["url"])

    @cached_property
    def _apart(self) -> dict[str, dict[str, list[tuple[str, ...]]]]:
        """First token -> second one -> the special cases that the rules cut apart, as their tokens."""
        found: dict[str, dict[str, list[tuple[str, ...]]]] = {}
        for case in self._cases:
            if self._prefix.search(case) or self._infix.search(case) or self._suffix.search(case) or " " in case:
                parts = tuple(text for piece in _pieces(case) for text, _ in self._split(piece[1], {}))
                if len(parts) > 1:
                    found.setdefault(parts[0], {}).setdefault(parts[1], []).append(parts)
        return found

    def tokens(self, sentence: str) -> Cut:
        """Cut a sentence."""
        cut = Cut([], [])
        for start, piece in _pieces(sentence):
            parts = self._parts(piece)
            if len(parts) == 1:
                cut.parts.append(parts[0])
                cut.starts.append(start)
                continue
            _add(cut, parts, start)
        return self._joined(sentence, cut)

    def _parts(self, piece: str) -> tuple[Part, ...]:
        known = self._cut.get(piece)
        if known is None:
            if len(self._cut) >= _REMEMBERED:
                self._cut.clear()
            known = self._cut[piece] = self._cases.get(piece) or self._split(piece, self._cases)
        return known

    def _split(self, piece: str, cases: Mapping[str, tuple[Part, ...]]) -> tuple[Part, ...]:
        """Cut a piece without blanks; a plain word is a token, as no rule parts letters."""
        if piece.isalpha():
            return ((piece, None),)
        before, middle, after = self._affixes(piece, cases)
        parts: list[Part] = [(text, None) for text in before]
        if middle:
            parts += cases.get(middle) or self._middle(middle)
        return (*parts, *((text, None) for text in reversed(after)))

    def _affixes(self, piece: str, cases: Mapping[str, tuple[Part, ...]]) -> tuple[list[str], str, list[str]]:
        before: list[str] = []
        after: list[str] = []
        last = -1
        while piece and len(piece) != last and piece not in cases:
            last = len(piece)
            head = _length(self._prefix.search(piece))
            if head and piece[head:] in cases:
                return [*before, piece[:head]], piece[head:], after
            tail = _length(self._suffix.search(piece[head:]))
            if tail and piece[:-tail] in cases:
                return before, piece[:-tail], [*after, piece[-tail:]]
            if head:
                before.append(piece[:head])
            if tail and head + tail <= last:
                after.append(piece[-tail:])
                piece = piece[:-tail]
            piece = piece[head:]
        return before, piece, after

    def _middle(self, text: str) -> Iterator[Part]:
        """What stands between affixes: an address as a whole, else cut at the infixes."""
        if self._url.search(text):
            yield text, None
            return
        start = 0
        for match in self._infix.finditer(text):
            begin, end = match.span()
            if not begin:
                continue
            if begin != start:
                yield text[start:begin], None
            if begin != end:
                yield text[begin:end], None
            start = end
        if start < len(text):
            yield text[start:], None

    def _joined(self, sentence: str, cut: Cut) -> Cut:
        """Put special cases in the place of the tokens that they were cut into; the longest first."""
        texts = [text for text, _ in cut.parts]
        spans = [
            (at, at + len(parts))
            for at, text in enumerate(texts[:-1])
            if text in self._apart
            for parts in self._apart[text].get(texts[at + 1], ())
            if tuple(texts[at : at + len(parts)]) == parts
        ]
        if not spans:
            return cut
        kept: dict[int, int] = {}
        seen: set[int] = set()
        for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
            if start not in seen and end - 1 not in seen:
                kept[start] = end
            seen.update(range(start, end))
        return self._replaced(sentence, cut, kept)

    def _replaced(self, sentence: str, cut: Cut, kept: Mapping[int, int]) -> Cut:
        replaced = Cut([], [])
        at = 0
        while at < len(cut.parts):
            end = kept.get(at, at + 1)
            place = slice(*cut.span(at, end))
            case = self._cases.get(sentence[place]) if at in kept else None
            if case:
                _add(replaced, case, place.start)
            else:
                replaced.parts.extend(cut.parts[at:end])
                replaced.starts.extend(cut.starts[at:end])
            at = end
        return replaced


def _add(cut: Cut, parts: Sequence[Part], start: int) -> None:
    """Add tokens that follow each other without blanks."""
    for part in parts:
        cut.parts.append(part)
        cut.starts.append(start)
        start += len(part[0])


def _length(match: re.Match[str] | None) -> int:
    return match.end() - match.start() if match else 0


def _pieces(sentence: str) -> Iterator[tuple[int, str]]:
    """What blanks part, and blanks that are more than the one between two words; with their places."""
    for match in _PIECE.finditer(sentence):
        start, text = match.start(), match.group()
        if start and text[0] == " ":
            start, text = start + 1, text[1:]
        if text:
            yield start, text
