"""Names in brackets right after a telephone number, whatever the lists know of them: `070-174 06 05 (Ammi)`.

Near-misses: `(mobil)`, `(Växel)`, `(Vxl)`, `(Lund)`, `(Telia)`, and what follows other numbers: `4711 (Ammi)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.late import late
from recognizers.name_cues import Cued
from recognizers.name_words import judge
from recognizers.ordinary import is_compound, is_ordinary
from recognizers.places import towns

_BRACKET = late(r"[0-9] ?\((?P<name>[A-ZÅÄÖÜ][a-zåäöéü]{2,11}(?: [A-ZÅÄÖÜ][a-zåäöéü]{1,14})?)\)")
_PHONE = re.compile(r"(?<![0-9])(?:\+46|0046|0)[0-9 ()/-]{6,14}\Z")
_VOWEL = re.compile("[aeiouyåäöéü]")
_LONGEST = 18


def beside_phones(text: str) -> Iterator[Cued]:
    """All such names in a column, its values joined by NUL."""
    for match in _BRACKET.finditer(text) if "(" in text else ():
        if _PHONE.search(text, max(0, match.start() - _LONGEST), match.start() + 1) and _may_be(match["name"]):
            yield Cued(*match.span("name"), "cued small")


def _may_be(name: str) -> bool:
    first = name.partition(" ")[0]
    if judge(first).given:
        return True
    folded = first.casefold()
    if not _VOWEL.search(folded):
        return False
    return not (is_ordinary(folded) or is_compound(folded) or folded in towns())
