"""Where a record lies, in words: the same in text and on pages."""

from __future__ import annotations

from collections.abc import Mapping

from reports.language import Language
from reports.words import N_

_COUNTED = {"row": N_("row"), "page": N_("page"), "sheet": N_("sheet")}
"""Parts of a record's place that are no columns (CONTRACT.md, Locators)."""


def record_text(record: Mapping[str, str | int] | None, lang: Language) -> str:
    """Write a record's place: `id 42`, `rad 7, flik Kunder`, "" when the unit is one record."""
    return ", ".join(f"{part_name(key, lang)} {value}" for key, value in (record or {}).items())


def part_name(key: str, lang: Language) -> str:
    """A part of a record's place: the name of a column, or what is counted."""
    return lang.text(_COUNTED[key]) if key in _COUNTED else key
