"""A long inventory on a page: its rows as data in columns, for the one script of ours that shows and filters them.

A plain table of half a million rows does not load. Texts are written once each and referred to by number; a column is
an array of the narrowest whole numbers that hold it, in base64, which a browser reads at once.
"""

from __future__ import annotations

import json
import sys
from array import array
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from reports.escape import visible
from reports.inventory import Row
from reports.language import Language
from reports.policy import Policy
from reports.words import category_name, entity_name, field_name, readers_name

T = TypeVar("T")
MANY = 5_000
"""Rows from which on the page holds data and a script instead of tables."""
_SIZES = (("b", 1 << 7), ("B", 1 << 8), ("h", 1 << 15), ("H", 1 << 16), ("i", 1 << 31))
"""Codes of `array`, which the script knows too, and what their numbers stay below."""


class _Texts:
    """Each distinct text once; its number stands in the columns."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        found = self._numbers.get(text)
        if found is None:
            found = self._numbers[text] = len(self.texts)
            self.texts.append(visible(text))
        return found

    def column(self, texts: Iterable[str]) -> Iterator[int]:
        return map(self.number, texts)


def data(rows: Sequence[Row], policy: Policy, lang: Language) -> Iterator[bytes]:
    """The rows as JSON that may stand inside a page, in pieces: no character in it can end the element."""
    texts = _Texts()
    yield b'{"columns":{'
    for at, (name, numbers) in enumerate(_columns(rows, texts, policy, lang)):
        code, content = _packed(numbers)
        yield f'{"," if at else ""}"{name}":["{code}","'.encode()
        yield content
        yield b'"]'
    told = json.dumps(texts.texts, separators=(",", ":"))
    yield b'},"texts":'
    yield told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").encode()
    yield b"}"


def _columns(rows: Sequence[Row], texts: _Texts, policy: Policy, lang: Language) -> Iterator[tuple[str, Iterable[int]]]:
    """Names and numbers of the columns, one at a time."""
    entities, readers = _named(lang, entity_name), _named(lang, readers_name)
    categories = {category: category_name(category, policy, lang) for category in {row.category for row in rows}}
    yield "source", texts.column(row.source for row in rows)
    yield "unit", texts.column(row.unit or "/" for row in rows)
    fields = _named(lang, field_name)
    yield "field", texts.column(fields(row.field) for row in rows)
    yield "entity", texts.column(entities(row.entity) for row in rows)
    yield "category", texts.column(categories[row.category] for row in rows)
    yield "owner", texts.column(row.owner or "–" for row in rows)
    yield "readers", texts.column(readers(row.readers) for row in rows)
    yield "values", (row.values for row in rows)
    yield "share", (-1 if row.share is None else round(row.share * 100) for row in rows)
    yield "persons", (row.persons for row in rows)
    yield "confidence", (round(row.confidence * 100) if row.entity else -1 for row in rows)
    yield "oldest", texts.column(str(row.oldest or "") for row in rows)


def _packed(numbers: Iterable[int]) -> tuple[str, bytes]:
    """A column in base64, little-endian, and the code of its numbers' size."""
    column = array("q", numbers)
    low, high = min(column, default=0), max(column, default=0)
    fit = (code for code, size in _SIZES if high < size and low >= (-size if code.islower() else 0))
    code = next(fit, "d")
    column = array(code, column)
    if sys.byteorder == "big":
        column.byteswap()
    return code, b64encode(column)


def _named(lang: Language, name: Callable[[T, Language], str]) -> Callable[[T], str]:
    known: dict[T, str] = {}

    def named(entity: T) -> str:
        if entity not in known:
            known[entity] = name(entity, lang)
        return known[entity]

    return named
