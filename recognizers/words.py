"""The words of a text, cut at the speed of bytes: a pattern of letters takes five times as long."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
_BEYOND = re.compile("[^\0-\x7f]")


@lru_cache(maxsize=1024)
def _is_letter(sign: str) -> bool:
    return _WORD.match(sign) is not None


_BLANKED = bytes(code if code > 127 or _is_letter(chr(code)) else ord(" ") for code in range(256))
"""UTF-8 with a blank for whatever in ASCII is no letter."""


def words_of(text: str) -> list[str]:
    """All words of a text in order: letters (`[^\\W\\d_]`) that no other signs part.

    >>> words_of("Kund 1047 – Anna-Karin Öst_2 ringde")
    ['Kund', 'Anna', 'Karin', 'Öst', 'ringde']
    """
    for sign in () if text.isascii() else set(_BEYOND.findall(text)):
        if not _is_letter(sign):
            text = text.replace(sign, " ")
    return text.encode(errors="surrogatepass").translate(_BLANKED).decode(errors="surrogatepass").split()
