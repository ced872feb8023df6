"""Given names in small letters told by what people do or have: `tuva säger att`, `roberts nr`.

At the beginning of a line even a name that is a word (`tuva`) is somebody's there. Near-misses: `mamma ringde`,
`en björn ringde`, `kundens nr`, `dagens nummer`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.name_cues import Cued
from recognizers.name_words import judge
from recognizers.sentences import NORDIC

_SAYS = re.compile(
    r"[\0\n]([a-zåäöé]{3,12}) (?:säger|hälsar|undrar|ringde|ringer|meddelar|uppger|frågar)(?![^\W\d_])(?! på[ .,])"
)
"""It begins with what ends the line before."""
_HAS = re.compile(
    r"s (?:nr|nummer|mobil|mobilnr|tel|telefon|mejl|mail|adress|fru|man|sambo|mamma"
    r"|pappa|syster|bror|dotter|son|bil|kod|tagg|nyckel|konto|pnr|personnr)(?![^\W\d_])"
)
_WORD = re.compile(r"[a-zåäöé]{3,12}\Z")
_ROLES = frozenset(("mor", "far", "bror", "son", "lag", "sol", "dag", "man", "hon", "han", "hen", "nån"))


def doers(text: str) -> Iterator[Cued]:
    """All such names in a column, its values joined by NUL."""
    for match in _SAYS.finditer(f"\0{text}"):
        if match[1] not in _ROLES and judge(match[1]).given == NORDIC:
            yield Cued(match.start(1) - 1, match.end(1) - 1, "cued small")
    for match in _HAS.finditer(text):
        word = _WORD.search(text, max(0, match.start() - 13), match.start())
        if word is None or text[word.start() - 1 : word.start()] not in ("", " ", "\n", "\0"):
            continue
        name = judge(word.group())
        if name.given == NORDIC and not name.ordinary and word.group() not in _ROLES:
            yield Cued(*word.span(), "cued small")
