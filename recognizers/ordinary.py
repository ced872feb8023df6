"""Ordinary Swedish words, from the package hunspell-sv: what a name is told apart from.

The dictionary lists stems with letters for the inflections each may take (`kund/ADHXY`); the affix file says what a
letter adds (`SFX D 0 en`). Read on first use: 0.3 s, some 30 MB.
"""

from __future__ import annotations

import re
import sys
from functools import cache, lru_cache
from pathlib import Path

_LONGEST = 16
"""Letters. Longer words are compounds; no name is as long."""
_ONLY_AS_NAME = "%"
"""Marks a lower-case spelling of a surname as wrong: `lindgren/%A`."""
_IN_COMPOUNDS = "Z"


class DictionaryError(Exception):
    """The word list of hunspell-sv is not where the package puts it. The message says where it was looked for."""


def _file(name: str) -> Path:
    path = Path(sys.prefix, "share", "hunspell", name)
    if not path.is_file():
        raise DictionaryError(f"no Swedish dictionary at {path}: install the package hunspell-sv")
    return path


@cache
def _stems() -> dict[str, str]:
    """Stem -> inflection letters, of the lower-case entries."""
    stems: dict[str, str] = {}
    for line in _file("sv_SE.dic").read_text(encoding="utf-8").splitlines()[1:]:
        stem, _, letters = line.partition("/")
        if stem.islower() and stem.isalpha() and 1 < len(stem) <= _LONGEST and _ONLY_AS_NAME not in letters:
            stems[stem] = sys.intern(stems.get(stem, "") + letters)
    return stems


@cache
def _endings() -> dict[str, tuple[tuple[str, str, re.Pattern[str]], ...]]:
    """Ending -> (letter, what it replaces, what the stem must end in)."""
    found: dict[str, list[tuple[str, str, re.Pattern[str]]]] = {}
    for line in _file("sv_SE.aff").read_text(encoding="utf-8").splitlines():
        match line.split():
            case ["SFX", letter, strip, add, condition, *_]:
                ending = add.partition("/")[0]
                rule = (letter, strip.replace("0", ""), re.compile(f"{condition}$"))
                found.setdefault(ending.replace("0", ""), []).append(rule)
    return {ending: tuple(rules) for ending, rules in found.items()}


@lru_cache(maxsize=65536)
def is_ordinary(word: str) -> bool:
    """Tell whether a casefolded word is an ordinary Swedish word, also inflected: `kunden`, `ringde`, `björn`."""
    return word in _stems() or is_inflected(word)


@lru_cache(maxsize=65536)
def is_inflected(word: str) -> bool:
    """Tell whether a casefolded word has inflections or is one.

    The others of the dictionary are words like `enligt`, but also thousands of place names like `granås`.
    """
    return inflects(word) or any(_stem(word, cut) for cut in range(len(word) - 1, max(0, len(word) - 8), -1))


def _stem(word: str, cut: int) -> bool:
    stems = _stems()
    for letter, strip, condition in _endings().get(word[cut:], ()):
        stem = word[:cut] + strip
        if letter in stems.get(stem, "") and condition.search(stem):
            return True
    return False


def inflects(word: str) -> bool:
    """Tell whether a casefolded word is a stem with inflections of its own: `björn`, `sten`; not `karin`, `erik`."""
    return bool(_stems().get(word, "").replace(_IN_COMPOUNDS, ""))
