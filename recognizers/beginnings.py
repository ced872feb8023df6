"""Where the words of a text begin, and with which letters: what begins so is tried there only."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

LETTERS = 3
"""By so many first letters words are told apart."""
_CODES = 1 << 16


@cache
def _letters() -> NDArray[np.bool_]:
    """Which signs of the Basic Multilingual Plane are letters; others count as none."""
    return np.fromiter((chr(code).isalpha() for code in range(_CODES)), bool, _CODES)


def code(letters: str) -> int:
    """The number of some first letters."""
    return sum((ord(letter) & (_CODES - 1)) << (16 * at) for at, letter in enumerate(letters))


class Beginnings:
    """The places in a text where a letter or `_` stands after something that is no letter."""

    def __init__(self, text: str) -> None:
        """Take a text, in small letters where these are what is asked for."""
        signs = np.frombuffer(f"\0{text}\0\0".encode("utf-32-le", "surrogatepass"), np.uint32)
        signs = signs & np.uint32(_CODES - 1)
        letter = _letters()[signs]
        starts = (letter[1:-2] | (signs[1:-2] == ord("_"))) & ~letter[:-3]
        self._places = np.flatnonzero(starts)
        parts = (signs[self._places + at + 1].astype(np.uint64) << np.uint64(16 * at) for at in range(LETTERS))
        self._codes = sum(parts, start=np.uint64(0))

    def places(self, letters: frozenset[str]) -> list[int]:
        """Where words begin with one of some groups of `LETTERS` letters."""
        codes = _sorted(letters)
        among = codes.take(codes.searchsorted(self._codes), mode="clip") == self._codes
        found: list[int] = self._places[among].tolist()
        return found


@cache
def _sorted(letters: frozenset[str]) -> NDArray[np.uint64]:
    """Their numbers."""
    return np.array(sorted(map(code, letters)), np.uint64)
