"""Whether a text holds any of some signs that are rare: all are looked for at once, not one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_SHORT = 8192
"""Characters. In a shorter text each sign by itself takes less."""
_PIECE = 1 << 16
"""Characters looked at together: a long text takes no more memory."""
_BEYOND = 0xFFFF
"""Stands for signs beyond it, and is none."""


class RareSigns:
    """Some signs, none beyond U+FFFF.

    Args:
        signs: All of them.
    """

    def __init__(self, signs: Iterable[str]) -> None:
        codes = sorted(map(ord, signs))
        self._signs = tuple(map(chr, codes))
        self._any = re.compile(f"[{re.escape(''.join(self._signs))}]")
        self._lowest = np.uint16(codes[0])
        self._is_one = np.zeros(_BEYOND + 1, np.bool_)
        self._is_one[codes] = True

    def stand_in(self, text: str) -> bool:
        """Tell whether any of them stands in a text."""
        if text.isascii():
            return False
        if len(text) < _SHORT:
            return any(sign in text for sign in self._signs)
        return any(len(self._places(text[at : at + _PIECE])) for at in range(0, len(text), _PIECE))

    def places(self, text: str) -> list[int]:
        """Where they stand in a text."""
        if len(text) < _SHORT:
            return [found.start() for found in self._any.finditer(text)] if self.stand_in(text) else []
        if text.isascii():
            return []
        return [
            at + place for at in range(0, len(text), _PIECE) for place in self._places(text[at : at + _PIECE]).tolist()
        ]

    def _places(self, text: str) -> NDArray[np.int64]:
        codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
        if len(codes) > len(text):  # signs beyond U+FFFF are two there
            wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
            codes = np.minimum(wide, _BEYOND).astype(np.uint16)
        places = np.flatnonzero(codes >= self._lowest)
        return places[self._is_one[codes[places]]]
