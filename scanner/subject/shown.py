"""Names of tables, folders and files as reports may show them: what is personal in them is masked.

Masked is what the recognizers see, and also what the store knows: a folder called after a customer whose name is in no
lexicon is recognised by the token of that name, met in the customer register. The store still tells no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from sqlalchemy import select

from recognizers import Analyzer, Key
from scanner.finding import key_tokens
from scanner.linking.identity import NAME
from scanner.linking.names import name_key
from scanner.linking.ownership import CUSTOMER_ID
from scanner.store import Store, schema
from scanner.store.lookup import having

_WORDS = re.compile(r"[^\W\d_][\w'’-]*?(?=[_\W]|$)(?:-[^\W\d_]+)*")
_NUMBERS = re.compile(r"(?<!\w)[A-Z]{0,3}-?\d{4,10}(?!\w)")
_LONGEST = 4
"""Words that a name may have; one alone is nobody's."""


class Shown:
    """Masks names of units and fields for one store."""

    def __init__(self, store: Store, analyzer: Analyzer) -> None:
        self._store = store
        self._analyzer = analyzer
        self.mask = lru_cache(maxsize=100_000)(self._mask)

    def __call__(self, text: str) -> str:
        """The text with what is personal in it masked."""
        return self.mask(text)

    def _mask(self, text: str) -> str:
        for start, end, entity in reversed(self._spans(text)):
            part = text[start:end]
            text = text[:start] + (self._analyzer.mask(entity, part) if entity else f"{part[0]}***") + text[end:]
        return text

    def _spans(self, text: str) -> list[tuple[int, int, str]]:
        """What is to be masked; "" for the entity of what only the store knows, with all that reaches into it."""
        found: list[tuple[int, int, str]] = []
        known = [(start, end, "") for start, end in self._known(text)]
        for start, end, entity in sorted([*self._analyzer.spans(text, "path"), *known]):
            if found and start < found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]), "")
            else:
                found.append((start, end, entity))
        return found

    def _known(self, text: str) -> Iterator[tuple[int, int]]:
        """Spans that the store knows as somebody's name or customer number; longer ones first, none within another."""
        taken: list[tuple[int, int]] = []
        for start, end, entity in self._candidates(text):
            apart = all(end <= first or last <= start for first, last in taken)
            if apart and self._is_known(text[start:end], entity):
                taken.append((start, end))
        yield from taken

    @staticmethod
    def _candidates(text: str) -> Iterator[tuple[int, int, str]]:
        words = [match.span() for match in _WORDS.finditer(text)]
        for length in range(_LONGEST, 1, -1):
            for at in range(len(words) - length + 1):
                run = words[at : at + length]
                glued = all(text[one[1] : two[0]] in (" ", "_", ", ") for one, two in pairwise(run))
                if glued and text[run[0][0]].isupper():
                    yield run[0][0], run[-1][1], NAME
        for match in _NUMBERS.finditer(text):
            yield *match.span(), CUSTOMER_ID

    def _is_known(self, text: str, entity: str) -> bool:
        keys = self._keys(text, entity)
        tokens = [token for key in keys for token in key_tokens(self._store.keys, key) if token]
        with self._store.reading() as connection:
            query = select(schema.finding.c.record_id).where(having(connection, tokens)).limit(1)
            return connection.scalar(query) is not None

    def _keys(self, text: str, entity: str) -> Iterator[Key]:
        if entity == NAME:
            key = name_key(text.replace("_", " "))
            if key:
                yield replace(key, others=tuple(other for other in key.others if other.startswith("part")))
        else:
            yield from (Key(match.entity, match.value) for match in self._analyzer.find({"kundnummer": [text]}))
