"""Which systems a search reaches, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.language import Language
from reports.lines import table
from reports.words import entity_name, grade_name

_GRADES = ("certain", "probable", "possible")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a search reaches in one system."""

    source: str
    hits: Mapping[str, int]
    """Grade -> records."""
    further: tuple[str, ...]
    """Entities that stand in the system and of which none of the person's is known yet: one of them may reach more."""
    by_hand: bool = False
    """No connector reaches it, or it was never searched: its owner has to be asked."""


def lines(rows: Sequence[Reach], lang: Language) -> list[str]:
    """A table, a system a line."""
    _ = lang.text
    grades = [grade_name(grade, lang) for grade in _GRADES]
    cells = [_cells(row, lang) for row in rows]
    return table([_("System"), *grades, _("Would reach more")], cells, right=(1, 2, 3))


def _cells(row: Reach, lang: Language) -> list[str]:
    by_hand = lang.text("ask its owner")
    more = by_hand if row.by_hand else ", ".join(entity_name(name, lang) for name in row.further)
    return [row.source, *(lang.number(row.hits.get(grade, 0)) for grade in _GRADES), more]
