"""The words of a text, cut at the speed of bytes: a pattern of letters takes five times as long."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
_ASCII = bytes(range(128))


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
    coded = text.encode(errors="surrogatepass")
    beyond = coded.translate(None, _ASCII).decode(errors="surrogatepass")
    odd = [sign for sign in set(beyond) if not _is_letter(sign)]
    for sign in odd:
        text = text.replace(sign, " ")
    coded = text.encode(errors="surrogatepass") if odd else coded
    return coded.translate(_BLANKED).decode(errors="surrogatepass").split()
