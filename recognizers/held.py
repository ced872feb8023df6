"""Which values of a column hold which literals of labels, all looked for in one pass.

Two hundred literals looked for one by one take as long as the patterns that they spare. So the text's letters, three by
three, are looked up in a table at once; only where a literal begins so is it compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recognizers import literals, trigrams
from recognizers.trigrams import Signs

_LETTERS = trigrams.LETTERS
"""By so many first letters literals are looked for; shorter ones one by one."""
_SHORT, _LONG = 160, 1 << 15
"""Characters: of a shorter text the threes of letters are few; in a longer one a literal is compared where it begins,
for to look for it takes longer."""


class _Table(NamedTuple):
    """All literals, by their first letters, and by the row that these have."""

    known: frozenset[str]
    begins: NDArray[np.bool_]
    """Of each row whether a literal has it."""
    rows: dict[int, tuple[str, ...]]
    threes: dict[str, tuple[str, ...]]
    short: tuple[str, ...]


def _signs(text: str) -> Signs:
    """The signs of a text by their numbers, of which only the lower half counts."""
    try:
        return trigrams.latin(text.encode("latin-1"))
    except UnicodeEncodeError:
        return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint16)[::2]


@cache
def _table(known: frozenset[str]) -> _Table:
    threes: dict[str, tuple[str, ...]] = {}
    rows: dict[int, tuple[str, ...]] = {}
    for literal in sorted(known):
        if len(three := literal[:_LETTERS]) == _LETTERS:
            row = int(trigrams.rows(_signs(three))[0])
            threes[three] = (*threes.get(three, ()), literal)
            rows[row] = (*rows.get(row, ()), literal)
    begins = np.zeros(trigrams.ROWS, bool)
    begins[list(rows)] = True
    return _Table(known, begins, rows, threes, tuple(sorted(one for one in known if len(one) < _LETTERS)))


class Held:
    """The literals that stand in a column's values."""

    def __init__(self, text: str, starts: NDArray[np.int64]) -> None:
        """Take the values joined to one text, and where each begins."""
        self._text = literals.bare(text)
        self._starts = starts
        self._table = _table(literals.known())
        self._places = self._searched()
        self._values: dict[frozenset[str], NDArray[np.bool_]] = {}

    def standing(self, wanted: frozenset[str]) -> frozenset[str]:
        """Those of some literals that stand in any value."""
        unknown = wanted - self._table.known
        return wanted.intersection(self._places).union(one for one in unknown if one in self._text)

    def values(self, wanted: frozenset[str]) -> NDArray[np.bool_]:
        """Tell of each value whether one of some literals stands in it."""
        found = self._values.get(wanted)
        if found is None:
            found = self._values[wanted] = np.zeros(len(self._starts), bool)
            for literal in wanted:
                places = self._places.get(literal) if literal in self._table.known else self._one_by_one(literal)
                if places is not None:
                    found[np.searchsorted(self._starts, places, side="right") - 1] = True
        return found

    def _searched(self) -> dict[str, NDArray[np.int64]]:
        """The places of all known literals that stand in the text."""
        if len(self._text) < _SHORT:
            return self._each(self._begun())
        signs = _signs(self._text)
        rows = trigrams.rows(signs)
        places = np.flatnonzero(self._table.begins[rows])
        if len(self._text) < _LONG:
            begun = np.unique(rows[places]).tolist()
            return self._each(chain(self._table.short, *map(self._table.rows.__getitem__, begun)))
        order = np.argsort(rows[places], kind="stable")
        places = places[order]
        own, first = np.unique(rows[places], return_index=True)
        found = self._each(self._table.short)
        for row, group in zip(own.tolist(), np.split(places, first[1:]), strict=False):
            for literal in self._table.rows[row]:
                if len(at := _compared(signs, group, literal)):
                    found[literal] = at
        return found

    def _begun(self) -> Iterator[str]:
        """The literals of which the first letters stand in a short text."""
        threes = {self._text[at : at + _LETTERS] for at in range(len(self._text) - _LETTERS + 1)}
        return chain(self._table.short, *map(self._table.threes.__getitem__, self._table.threes.keys() & threes))

    def _each(self, wanted: Iterable[str]) -> dict[str, NDArray[np.int64]]:
        return {literal: self._one_by_one(literal) for literal in wanted if literal in self._text}

    def _one_by_one(self, literal: str) -> NDArray[np.int64]:
        """Where a literal stands."""
        return np.array(literals.places(literal, self._text), np.int64)

    def __repr__(self) -> str:
        """Show the size only."""
        return f"Held({len(self._places)} literals in {len(self._starts)} values)"


def _compared(signs: Signs, places: NDArray[np.int64], literal: str) -> NDArray[np.int64]:
    """Those of some places at which a literal stands."""
    places = places[places <= len(signs) - len(literal)]
    for at, sign in enumerate(_signs(literal)):
        places = places[signs[places + at] == sign]
    return places
