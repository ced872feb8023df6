"""Literals of labels: what a text must hold for any of a pattern's labels to stand in it.

Looking for a few literals takes a fraction of the time of a pattern of dozens of labels, which is tried at every word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain
from typing import AnyStr

_PART = re.compile(r"\\.|\[\^?(?:\\.|[^\]\\])*\]|\{[^}]*\}|[()|?*+.^$]|[^\\\[{()|?*+.^$]")
"""A pattern's parts: an escape, a set, a count, a sign, a character."""
_LEAST = 2
"""Letters. One letter stands in nearly every text."""
_OTHER_CASES = {"İ": "i", "ı": "i", "ſ": "s"}
"""Letters that a pattern in any case takes for another, and `lower` does not. Of these alone is one longer in lower
case."""


def bare(text: str) -> str:
    """Give a text, sign for sign, in the case in which literals are looked for."""
    if not text.isascii():
        for letter, other in _OTHER_CASES.items():
            text = text.replace(letter, other)
    return text.lower()


def places(literal: AnyStr, text: AnyStr) -> list[int]:
    """Where a literal stands in a text.

    >>> places("aa", "aaa b")
    [0, 1]
    """
    found, at = [], text.find(literal)
    while at >= 0:
        found.append(at)
        at = text.find(literal, at + 1)
    return found


@cache
def runs(pattern: str) -> tuple[str, ...]:
    """The literals that stand in whatever a pattern in lower case matches; none where it has alternatives outermost.

    >>> runs("larms?-?kod(?:en|er)?"), runs("pin(?:[ -]code)?"), runs("kod|ord")
    (('larm', 'kod'), ('pin',), ())
    """
    found, depth = [""], 0
    for part in _PART.findall(pattern):
        if part == "|" and not depth:
            return ()
        if not depth and part[0] in "?*{":
            found[-1] = found[-1][:-1]  # what stands before it may be missing
        depth += (part == "(") - (part == ")")
        if not depth and len(part) == 1 and part not in "()?*+.^$":
            found[-1] += part
        else:
            found.append("")
    return tuple(bare(run) for run in found if len(run) >= _LEAST)


def required(words: Iterable[str]) -> frozenset[str]:
    """Choose literals of which one stands in whatever any of some patterns matches; none where there are none such."""
    by_word = [runs(word) for word in words]
    if not all(by_word):
        return frozenset()
    shared = set.intersection(*map(set, by_word))
    if shared:
        return frozenset((max(sorted(shared), key=len),))
    longest = {max(sorted(found), key=len) for found in by_word}
    return frozenset(one for one in longest if not any(other in one for other in longest - {one}))


_NONE: frozenset[str] = frozenset()
_REQUIRED: dict[re.Pattern[str], frozenset[str]] = {}


def remember(pattern: re.Pattern[str], words: Iterable[str]) -> re.Pattern[str]:
    """Note patterns of words of which one stands in each value that a pattern is found in; it is given back."""
    _REQUIRED[pattern] = required(words)
    return pattern


def known() -> frozenset[str]:
    """All literals that are noted."""
    return _known(len(_REQUIRED))


@lru_cache(maxsize=1)
def _known(count: int) -> frozenset[str]:  # noqa: ARG001  patterns are noted, never let go
    return frozenset(chain.from_iterable(_REQUIRED.values()))


def of(pattern: re.Pattern[str]) -> frozenset[str]:
    """The literals of which a value holds one (`bare`) if the pattern is found in it; none = any may hold it."""
    return _REQUIRED.get(pattern, _NONE)
