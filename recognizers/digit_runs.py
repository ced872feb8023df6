"""Rows of digits in a column: numbers of ten, or of six with four right behind, are looked for where they can stand.

A pattern is tried at every digit of every value that its gate is open for; in prose nearly all is in vain.
"""

from __future__ import annotations

from functools import cache
from string import ascii_uppercase
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_GAP = 4
"""Signs at most between a row and the next."""
_MOST = 8
"""Digits at most that a row is told to begin with."""


_Lengths = tuple[tuple[int, ...], ...]


class Run(NamedTuple):
    """The row of digits, all of it, that whatever a pattern matches begins with."""

    lengths: _Lengths = ()
    """Those that it may have, and those of the next rows, each of which is near the one before; none: it has any."""
    begins: str = ""
    """Its first digits."""
    signs: tuple[tuple[int, str], ...] = ()
    """Those of which one stands at a place, counted from its start, or from its end: (-4, `01`) where a date ends."""
    after: str = ""
    """Signs of which one stands right after it."""
    bracket: bool = False
    """Whether the match may begin with a `(` before it, too."""
    capitals: int = 0
    """Capital letters right before it, A to Z, with which the match begins."""


@cache
def _one_of(signs: str) -> NDArray[np.bool_]:
    """Of each sign of Latin-1 whether it is one of some."""
    found = np.zeros(256, np.bool_)
    found[list(signs.encode("latin-1"))] = True
    return found


class DigitRuns:
    """The rows of ASCII digits in a text."""

    def __init__(self, latin: bytes) -> None:
        """Take the text in Latin-1, its values joined by NUL."""
        around = b"\0" * _MOST
        self._signs = np.frombuffer(around + latin + around, np.uint8)
        digits = (self._signs - np.uint8(ord("0"))) < 10
        edges = np.flatnonzero(digits[1:] != digits[:-1]) + 1
        self._starts, self._ends = edges[::2], edges[1::2]
        self._lengths = self._ends - self._starts
        self._firsts = self._signs[self._starts]
        self._near = self._starts[1:] - self._ends[:-1] <= _GAP
        self._rows: dict[tuple[_Lengths, str], NDArray[np.int64]] = {}
        self._places: dict[Run, list[int]] = {}

    def places(self, run: Run) -> list[int]:
        """Where a match that begins with such a row may begin, in order."""
        found = self._places.get(run)
        if found is None:
            found = self._places[run] = self._found(run).tolist()
        return found

    def _found(self, run: Run) -> NDArray[np.int64]:
        which = self._begun(run.lengths, run.begins[:1])
        for at, signs in (*enumerate(run.begins), *run.signs):
            edges = self._starts if at >= 0 else self._ends
            which = which[_one_of(signs)[self._signs[edges[which] + at]]]
        if run.after:
            which = which[_one_of(run.after)[self._signs[self._ends[which]]]]
        starts = self._starts[which]
        for _ in range(run.capitals):
            starts = starts[_one_of(ascii_uppercase)[self._signs[starts - 1]]] - 1
        if run.bracket:
            starts = np.sort(np.append(starts, starts[self._signs[starts - 1] == ord("(")] - 1))
        return starts - _MOST

    def _begun(self, lengths: _Lengths, first: str) -> NDArray[np.int64]:
        """Which rows have one of some lengths, and those after them, too, and begin with a digit ("": any)."""
        found = self._rows.get((lengths, first))
        if found is None:
            count = len(self._starts)
            which = self._firsts == ord(first) if first else np.ones(count, np.bool_)
            for at, wanted in enumerate(lengths):
                left = max(0, count - at)
                which[left:] = False
                which[:left] &= np.logical_or.reduce([self._lengths[at:] == number for number in wanted])
                if at:
                    which[:left] &= self._near[at - 1 :]
            found = self._rows[lengths, first] = np.flatnonzero(which)
        return found

    def __repr__(self) -> str:
        """Show the size only."""
        return f"DigitRuns({len(self._starts)})"
