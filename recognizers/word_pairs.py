"""Where in a column one of some words may follow one of some others: all words are looked up at once, by three letters.

To cut a column into its words and look each up takes ten times as long, and hardly any pair stands anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from recognizers import trigrams
from recognizers.trigrams import LETTERS, Signs

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

    def places(self, text: str) -> Positions:
        """Where words begin that may be the second of a pair; others are none. What parts the two is not looked at."""
        signs = _signs(text)
        letters = signs != ord(_BLANK)
        edges = np.flatnonzero(letters[1:] != letters[:-1]) + 1
        begins, ends = edges[::2], edges[1::2]
        if len(begins) < 2:
            return np.empty(0, np.int64)
        rows = trigrams.rows_at(signs, begins)
        leads = self._firsts[rows[:-1]] | self._endings[trigrams.rows_at(signs, ends[:-1] - LETTERS)]
        found: Positions = begins[1:][leads & self._seconds[rows[1:]]] - LETTERS
        return found


def _signs(text: str) -> Signs:
    """The text in lower case without what is no letter, between blanks."""
    for sign, letter in _ELSEWHERE.items():
        text = text.replace(sign, letter)
    around = b" " * LETTERS
    return trigrams.latin(around + text.encode("latin-1", "replace").translate(_FOLDED) + around)
