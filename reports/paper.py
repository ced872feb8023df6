"""How a table is laid out on paper: which columns stand beside each other, and where long names may break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reports.document import Column

PAGE = 165
"""Characters in a line of a sheet on its side."""
_LEAST = 0.6
"""Of its width, to which a column of words may be narrowed: words wrap."""
_RIGID = ("number", "share", "date", "mark")
_PART = re.compile(r"[^._/:@-]*[._/:@-]?")
_MAY_BREAK = "\u200b"


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns by number."""

    beside: Sequence[int]
    under: Sequence[int]
    """Those that are written under their row, as wide as the sheet."""
    widths: Sequence[float]
    """Of the columns beside each other, in characters."""


def laid_out(columns: Sequence[Column]) -> Layout:
    """The layout of a table: what it is found by stays beside, code and then words from the right go under the row."""
    under = [at for at, one in enumerate(columns) if one.kind == "code"]
    while _least(columns, under) > PAGE:
        words = [at for at, one in enumerate(columns) if one.kind == "text" and at not in under]
        if len(words) <= 1:
            break
        under.append(words[-1])
    beside = [at for at in range(len(columns)) if at not in under]
    rigid = sum(_rigid(columns[at]) for at in beside)
    words_wide = sum(columns[at].width for at in beside if columns[at].kind not in _RIGID)
    share = max(_LEAST, min(1.0, (PAGE - rigid) / words_wide)) if words_wide else 1.0
    widths = [_rigid(columns[at]) or columns[at].width * share for at in beside]
    return Layout(beside, sorted(under), widths)


def _rigid(column: Column) -> int:
    """What a column needs that does not wrap: its width, or the longest word of its heading; 0 of one of words."""
    if column.kind not in _RIGID:
        return 0
    return max(column.width, *(len(word) + 2 for word in column.heading.split())) if column.heading else column.width


def _least(columns: Sequence[Column], under: Sequence[int]) -> float:
    beside = [one for at, one in enumerate(columns) if at not in under]
    return sum(_rigid(one) or one.width * _LEAST for one in beside)


def breakable(text: str, longest: int) -> str:
    """The text, where words longer than a line may break: after a sign, else anywhere.

    Args:
        text: Any.
        longest: Characters of a line.
    """
    return " ".join(_broken(word, longest) if len(word) > longest else word for word in text.split(" "))


def _broken(word: str, longest: int) -> str:
    parts = [part for part in _PART.findall(word) if part]
    pieces = (part[at : at + longest - 1] for part in parts for at in range(0, len(part), max(1, longest - 1)))
    return _MAY_BREAK.join(pieces)
