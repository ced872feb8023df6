"""Names of tables, folders and files as reports may show them: what is personal in them is masked.

Masked is what the recognizers see, and also what the store knows: a folder called after a customer whose name is in no
lexicon is recognised by the token of that name, met in the customer register. The store still tells no value.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from recognizers import Analyzer, Key
from reports.review import Decision
from scanner.finding import key_tokens
from scanner.linking.identity import NAME
from scanner.linking.names import name_key
from scanner.linking.ownership import CUSTOMER_ID
from scanner.store import Store
from scanner.store.lookup import standing

_WORDS = re.compile(r"[^\W\d_][\w'’-]*?(?=[_\W]|$)(?:-[^\W\d_]+)*")
_NUMBERS = re.compile(r"(?<!\w)[A-Z]{0,3}-?\d{4,10}(?!\w)")
_LONGEST = 4
"""Words that a name may have; one alone is nobody's."""
_AT_ONCE = 500
_MOST = 100_000
"""Names that are remembered."""

Span = tuple[int, int, str]
"""Start, end, entity; "" for the entity of what only the store knows."""


class Shown:
    """Masks names of units and fields for one store. Safe to share between threads."""

    def __init__(self, store: Store, analyzer: Analyzer) -> None:
        self._store = store
        self._analyzer = analyzer
        self._masked: dict[str, str] = {}
        self._filling = threading.Lock()

    def __call__(self, text: str) -> str:
        """The text with what is personal in it masked."""
        known = self._masked.get(text)
        return self._made([text])[text] if known is None else known

    def value(self, entity: str, text: str) -> str:
        """A text that is known to be of an entity type, masked."""
        return self._analyzer.mask(entity, text)

    def ahead(self, texts: Iterable[str]) -> None:
        """Mask many texts before they are asked for one by one: that takes a fraction of the time."""
        new = [text for text in dict.fromkeys(texts) if text not in self._masked]
        for at in range(0, len(new), _AT_ONCE):
            self._made(new[at : at + _AT_ONCE])

    def _made(self, texts: Sequence[str]) -> dict[str, str]:
        with self._filling:
            spans = self._analyzer.all_spans(texts, "path")
            parts = zip(texts, spans, self._known(texts), strict=True)
            made = {text: self._mask(text, [*seen, *known]) for text, seen, known in parts}
            if len(self._masked) + len(made) > _MOST:
                self._masked.clear()
            self._masked |= made
        return made

    def _mask(self, text: str, spans: Sequence[Span]) -> str:
        for start, end, entity in reversed(_apart(spans)):
            part = text[start:end]
            text = text[:start] + self._analyzer.mask(entity, part) + text[end:]
        return text

    def _known(self, texts: Sequence[str]) -> Iterator[list[Span]]:
        """Spans of each text that the store knows as somebody's name or customer number, none within another."""
        candidates = [list(_candidates(text)) for text in texts]
        tokens = {
            (text[start:end], entity): set(self._tokens(text[start:end], entity))
            for text, found in zip(texts, candidates, strict=True)
            for start, end, entity in found
        }
        with self._store.reading() as connection:
            there = standing(connection, set[bytes]().union(*tokens.values()))
        for text, found in zip(texts, candidates, strict=True):
            yield _longest([(start, end) for start, end, entity in found if tokens[text[start:end], entity] & there])

    def _tokens(self, text: str, entity: str) -> Iterator[bytes]:
        for key in self._keys(text, entity):
            yield from filter(None, key_tokens(self._store.keys, key))

    def _keys(self, text: str, entity: str) -> Iterator[Key]:
        if entity == NAME:
            key = name_key(text.replace("_", " "))
            if key:
                yield key._replace(others=tuple(other for other in key.others if other.startswith("part")))
        else:
            yield from (Key(match.entity, match.value) for match in self._analyzer.find({"kundnummer": [text]}))


def _candidates(text: str) -> Iterator[Span]:
    """What may be a name or a customer number that the store knows; longer ones first."""
    words = [match.span() for match in _WORDS.finditer(text)]
    for length in range(_LONGEST, 1, -1):
        for at in range(len(words) - length + 1):
            run = words[at : at + length]
            glued = all(text[one[1] : two[0]] in (" ", "_", ", ") for one, two in pairwise(run))
            if glued and text[run[0][0]].isupper():
                yield run[0][0], run[-1][1], NAME
    for match in _NUMBERS.finditer(text):
        yield *match.span(), CUSTOMER_ID


def _longest(spans: Iterable[tuple[int, int]]) -> list[Span]:
    """Spans without those that reach into one before them."""
    taken: list[Span] = []
    for start, end in spans:
        if all(end <= first or last <= start for first, last, _ in taken):
            taken.append((start, end, ""))
    return taken


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Spans in order; those that reach into each other are one, of no entity."""
    found: list[Span] = []
    for start, end, entity in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]), "")
        else:
            found.append((start, end, entity))
    return found


def decided(made: Iterable[Decision], shown: Callable[[str], str]) -> list[Decision]:
    """Decisions fit to be listed: values in names of places and fields are masked."""
    return [replace(one, unit=shown(one.unit), field=shown(one.field)) for one in made]
