"""A long inventory on a page: its rows as data in columns, for the one script of ours that shows and filters them.

A plain table of half a million rows does not load. Texts are written once each and referred to by number.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from reports.escape import visible
from reports.inventory import Row
from reports.language import Language
from reports.policy import Policy
from reports.words import category_name, entity_name

MANY = 5_000
"""Rows from which on the page holds data and a script instead of tables."""


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

    def column(self, texts: Iterable[str]) -> list[int]:
        return list(map(self.number, texts))


def data(rows: Sequence[Row], policy: Policy, lang: Language) -> str:
    """The rows as JSON that may stand inside a page: no character in it can end the element."""
    texts, entities, categories = _Texts(), _named(lang, entity_name), {}
    for category in {row.category for row in rows}:
        categories[category] = category_name(category, policy, lang)
    columns: dict[str, list[Any]] = {
        "source": texts.column(row.source for row in rows),
        "unit": texts.column(row.unit or "/" for row in rows),
        "field": texts.column(row.field or lang.text("running text") for row in rows),
        "entity": texts.column(entities(row.entity) for row in rows),
        "category": texts.column(categories[row.category] for row in rows),
        "owner": texts.column(row.owner or "–" for row in rows),
        "values": [row.values for row in rows],
        "share": [-1 if row.share is None else round(row.share * 100) for row in rows],
        "persons": [row.persons for row in rows],
        "confidence": [round(row.confidence * 100) if row.entity else -1 for row in rows],
        "oldest": texts.column(str(row.oldest or "") for row in rows),
    }
    told = json.dumps({"texts": texts.texts, "columns": columns}, separators=(",", ":"))
    return told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _named(lang: Language, name: Callable[[str | None, Language], str]) -> Callable[[str | None], str]:
    known: dict[str | None, str] = {}

    def named(entity: str | None) -> str:
        if entity not in known:
            known[entity] = name(entity, lang)
        return known[entity]

    return named
