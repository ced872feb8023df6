"""Ordinary Swedish words, from the package hunspell-sv: what a name is told apart from.

The dictionary lists stems with letters for the inflections each may take (`kund/ADHXY`); the affix file says what a
letter adds (`SFX D 0 en`). Its lines are sorted on first use, kept as one text, and looked for among those that begin
with the same letters: 5 MB. As strings of their own they take 24.
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
_PART = 3
"""Letters. The least of a compound's parts."""
_MARK = "/"
"""Stands between a stem and its letters."""
_FIRST = 3
"""By so many first letters of its stem a line is looked for."""
_LAST = chr(sys.maxunicode)
"""Sorted after all letters."""


class DictionaryError(Exception):
    """The word list of hunspell-sv is not where the package puts it. The message says where it was looked for."""


def _file(name: str) -> Path:
    path = Path(sys.prefix, "share", "hunspell", name)
    if not path.is_file():
        raise DictionaryError(f"no Swedish dictionary at {path}: install the package hunspell-sv")
    return path


@cache
def _lines() -> str:
    """The lines as one text, each between line ends; what they were as strings is let go before anything is made."""
    text = _file("sv_SE.dic").read_bytes().decode("utf-8")  # a third faster than to read it as text
    return "\n".join(("", *sorted(text.split("\n")), ""))


@lru_cache(maxsize=16384)
def _beginning(first: str) -> tuple[int, int]:
    """Where the lines start and end whose stems begin with three letters, or are shorter."""
    beyond = _LAST if len(first) == _FIRST else chr(ord(_MARK) + 1)
    return _before(first), _before(first + beyond) + 1


def _before(wanted: str) -> int:
    """Where the line end stands before the first line that is not sorted before a text."""
    lines = _lines()
    low, high = 0, len(lines) - 1
    while low < high:
        middle = lines.rfind("\n", low, (low + high) // 2 + 1)
        after = lines.find("\n", middle + 1)
        if lines[middle + 1 : after] < wanted:
            low = after
        else:
            high = middle
    return low


@lru_cache(maxsize=16384)
def _letters(stem: str) -> str | None:
    """The inflections that a lower-case stem may take; None: it is none."""
    if not (1 < len(stem) <= _LONGEST and stem.islower() and stem.isalpha()):
        return None
    lines = _lines()
    start, end = _beginning(stem[:_FIRST])
    found = "" if lines.find(f"\n{stem}\n", start, end) >= 0 else None
    marked = f"\n{stem}{_MARK}"
    at = lines.find(marked, start, end)
    while at >= 0:
        letters = lines[at + len(marked) : lines.find("\n", at + 1)]
        if _ONLY_AS_NAME not in letters:
            found = (found or "") + letters
        at = lines.find(marked, at + 1, end)
    return found


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


@lru_cache(maxsize=16384)
def is_ordinary(word: str) -> bool:
    """Tell whether a casefolded word is an ordinary Swedish word, also inflected: `kunden`, `ringde`, `björn`."""
    return _letters(word) is not None or is_inflected(word)


@lru_cache(maxsize=16384)
def is_inflected(word: str) -> bool:
    """Tell whether a casefolded word has inflections or is one.

    The others of the dictionary are words like `enligt`, but also thousands of place names like `granås`.
    """
    return inflects(word) or any(_stem(word, cut) for cut in range(len(word) - 1, max(0, len(word) - 8), -1))


def _stem(word: str, cut: int) -> bool:
    for letter, strip, condition in _endings().get(word[cut:], ()):
        stem = word[:cut] + strip
        if letter in (_letters(stem) or "") and condition.search(stem):
            return True
    return False


def inflects(word: str) -> bool:
    """Tell whether a casefolded word is a stem with inflections of its own: `björn`, `sten`; not `karin`, `erik`."""
    return bool((_letters(word) or "").replace(_IN_COMPOUNDS, ""))


@lru_cache(maxsize=16384)
def is_compound(word: str) -> bool:
    """Whether a word is made of two ordinary ones: `tidsbokning`, `glaskross`."""
    return any(
        is_ordinary(word[at:]) and (is_ordinary(word[:at]) or (word[at - 1] == "s" and is_ordinary(word[: at - 1])))
        for at in range(_PART, len(word) - _PART + 1)
    )
