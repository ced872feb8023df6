"""Whether a text holds any of some signs that are rare: all are looked for at once, not one after the other."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

_SHORT = 8192
"""Characters. In a shorter text each sign by itself takes less."""
_PIECE = 1 << 16
"""Characters looked at together: a long text takes no more memory."""


class RareSigns:
    """Some signs, none beyond U+FFFF.

    Args:
        signs: All of them.
    """

    def __init__(self, signs: Iterable[str]) -> None:
        codes = sorted(map(ord, signs))
        firsts = [code for code in codes if code - 1 not in codes]
        lasts = [code for code in codes if code + 1 not in codes]
        self._signs = tuple(map(chr, codes))
        self._runs = [(np.uint16(first), np.uint16(last - first)) for first, last in zip(firsts, lasts, strict=True)]

    def stand_in(self, text: str) -> bool:
        """Tell whether any of them stands in a text."""
        if text.isascii():
            return False
        if len(text) < _SHORT:
            return any(sign in text for sign in self._signs)
        return any(self._stand(text[at : at + _PIECE]) for at in range(0, len(text), _PIECE))

    def _stand(self, text: str) -> bool:
        codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
        return any(bool((codes - first <= most).any()) for first, most in self._runs)
