"""Rows of digits in a column: numbers of ten, or of six with four right behind, are looked for where they can stand.

A pattern is tried at every digit of every value that its gate is open for; in prose nearly all is in vain.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_GAP = 4
"""Signs at most between a row and the next."""
_CAPITALS = 26
_MOST = 8
"""Digits at most that a row is told to begin with."""


class Run(NamedTuple):
    """The row of digits, all of it, that whatever a pattern matches begins with."""

    lengths: tuple[int, ...] = ()
    """Of which it has one; none: it may have any."""
    then: tuple[int, ...] = ()
    """The same of the next row, which is near."""
    begins: str = ""
    """Its first digits."""
    bracket: bool = False
    """Whether the match may begin with a `(` before it, too."""
    capitals: int = 0
    """Capital letters right before it, A to Z, with which the match begins."""


class DigitRuns:
    """The rows of ASCII digits in a text."""

    def __init__(self, latin: bytes) -> None:
        """Take the text in Latin-1, its values joined by NUL."""
        around = b"\0" * _MOST
        self._signs = np.frombuffer(around + latin + around, np.uint8)
        digits = (self._signs - np.uint8(ord("0"))) < 10
        edges = np.flatnonzero(digits[1:] != digits[:-1]) + 1
        self._starts, ends = edges[::2], edges[1::2]
        self._lengths = ends - self._starts
        self._next = np.zeros(len(ends), np.int64)
        near = self._starts[1:] - ends[:-1] <= _GAP
        self._next[:-1][near] = self._lengths[1:][near]
        self._places: dict[Run, list[int]] = {}

    def places(self, run: Run) -> list[int]:
        """Where a match that begins with such a row may begin, in order."""
        found = self._places.get(run)
        if found is None:
            found = self._places[run] = self._found(run).tolist()
        return found

    def _found(self, run: Run) -> NDArray[np.int64]:
        which = np.ones(len(self._starts), np.bool_)
        for numbers, wanted in ((self._lengths, run.lengths), (self._next, run.then)):
            if wanted:
                which &= np.logical_or.reduce([numbers == number for number in wanted])
        for at, digit in enumerate(run.begins):
            which &= self._signs[self._starts + at] == ord(digit)
        starts = self._starts[which]
        for _ in range(run.capitals):
            starts = starts[self._signs[starts - 1] - np.uint8(ord("A")) < _CAPITALS] - 1
        if run.bracket:
            starts = np.sort(np.append(starts, starts[self._signs[starts - 1] == ord("(")] - 1))
        return starts - _MOST

    def __repr__(self) -> str:
        """Show the size only."""
        return f"DigitRuns({len(self._starts)})"
