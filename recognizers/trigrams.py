"""Texts by three signs at a time, as numbers: where words may begin is looked up for a whole column at once.

Two different threes may have one number: what is found so is to be compared.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Signs = NDArray[np.uint16]
LETTERS = 3
ROWS = 1 << 16
_FACTORS = (1, 251, 63001)


def latin(coded: bytes) -> Signs:
    """The signs of a text in Latin-1."""
    return np.frombuffer(coded, np.uint8).astype(np.uint16)


def rows(signs: Signs) -> Signs:
    """The number of the three signs that begin at each place."""
    count = max(0, len(signs) - LETTERS + 1)
    found = np.zeros(count, np.uint16)
    for at, factor in enumerate(_FACTORS):
        found += signs[at : at + count] * np.uint16(factor)
    return found


def rows_at(signs: NDArray[np.uint8], places: NDArray[np.int64]) -> Signs:
    """The same of some places, of signs in Latin-1."""
    found = np.zeros(len(places), np.uint16)
    for at, factor in enumerate(_FACTORS):
        found += signs[places + at] * np.uint16(factor)
    return found


def rows_of(threes: Iterable[str]) -> Signs:
    """The numbers of some texts of three signs in Latin-1."""
    return rows(latin("".join(threes).encode("latin-1")))[::LETTERS]


def table(threes: Iterable[str]) -> NDArray[np.bool_]:
    """Of each number whether one of some texts of three signs in Latin-1 has it."""
    found = np.zeros(ROWS, bool)
    found[rows_of(threes)] = True
    return found


def standing(text: str) -> NDArray[np.bool_]:
    """Of each number whether three signs of a text have it; signs beyond Latin-1 count as `?`."""
    found = np.zeros(ROWS, bool)
    found[rows(latin(text.encode("latin-1", "replace")))] = True
    return found
