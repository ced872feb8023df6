"""Where in a column one of some words may follow one of some others: all words are looked up at once, by three letters.

To cut a column into its words and look each up takes ten times as long, and hardly any pair stands anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from recognizers import trigrams
from recognizers.trigrams import LETTERS

Positions = NDArray[np.int64]
_BLANK = " "
_FOLDED = bytes(
    ord(low) if (sign := chr(code)).isalpha() and (low := sign.lower()).isalpha() and ord(low) < 256 else ord(_BLANK)
    for code in range(256)
)
"""Of Latin-1: letters in lower case, a blank for whatever else."""
_ELSEWHERE = {"\u212a": "k", "\u212b": "å"}
"""Signs that have letters of Latin-1 in lower case: of Kelvin and Ångström."""


class Pairs:
    """Words of Latin letters of which one follows another.

    Args:
        seconds: The words that follow.
        firsts: Those that stand before them.
        endings: Ends of further words that stand before them; three letters at least.
    """

    def __init__(self, seconds: Iterable[str], firsts: Iterable[str], endings: Iterable[str]) -> None:
        self._seconds = trigrams.table(word[:LETTERS].ljust(LETTERS) for word in seconds)
        self._firsts = trigrams.table(word[:LETTERS].ljust(LETTERS) for word in firsts)
        self._endings = trigrams.table(end[-LETTERS:] for end in endings)

    def places(self, text: str, latin: bytes) -> Positions:
        """Where words begin that may be the second of a pair; others are none. What parts the two is not looked at.

        Args:
            text: The column's.
            latin: The same in Latin-1.
        """
        signs = _signs(text, latin)
        letters = signs != ord(_BLANK)
        edges = np.flatnonzero(letters[1:] != letters[:-1])
        edges += 1
        begins, ends = edges[::2], edges[1::2]
        seconds = np.flatnonzero(self._seconds[trigrams.rows_at(signs, begins[1:])]) + 1
        before = seconds - 1  # few are left
        leads = self._firsts[trigrams.rows_at(signs, begins[before])]
        leads |= self._endings[trigrams.rows_at(signs, ends[before] - LETTERS)]
        found: Positions = begins[seconds[leads]] - LETTERS
        return found


def _signs(text: str, latin: bytes) -> NDArray[np.uint8]:
    """The text in lower case without what is no letter, between blanks."""
    if not text.isascii():
        for sign, letter in _ELSEWHERE.items():
            if sign in text:
                text = text.replace(sign, letter)
                latin = text.encode("latin-1", "replace")
    around = b" " * LETTERS
    return np.frombuffer(around + latin.translate(_FOLDED) + around, np.uint8)
