"""What the other values of a column say of words that look like names: units after numbers, signatures in capitals.

Examples: `4 RoK, 3 RoK, 2 RoK` (rooms and kitchen), `AHO` among `EPE, CEK, XLM`. Near-misses: `1 Anna, 2 Kalle`, `ALI`
among `BERG, EK, ALM`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from recognizers.base import Candidate

_COUNTED = re.compile(r"(?<![^\0])[0-9][0-9.,]{0,7} ?\Z")
"""Before a word that is all of its value but a number."""
_LONGEST_NUMBER = 10
_SIGNATURE = re.compile(r"[A-ZÅÄÖ]{2,4}[0-9]?")
_FEWEST = 3
"""Signatures that make a column one of them."""
_MOSTLY, _HALF = 0.8, 0.5


def not_names(text: str, found: Sequence[Candidate]) -> set[tuple[int, int]]:
    """Places of the candidates in a column, its values joined by NUL, that the others show to be no names."""
    places = [(one.start, one.end) for one in found if text[one.end : one.end + 1] in ("", "\0")]
    return _units(text, places) | _signatures(text, places)


def _units(text: str, places: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of one word that follows different numbers, and nothing else."""
    after: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for start, end in places:
        if text[start - 1 : start] in ("", "\0") or " " in (word := text[start:end]):
            continue
        number = _COUNTED.search(text, max(0, start - _LONGEST_NUMBER), start)
        if number:
            after[word].add((start, end))
            numbers[word].add(number.group().strip())
    return {place for word, counts in numbers.items() if len(counts) > 1 for place in after[word]}


def _signatures(text: str, places: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of two to four capitals among others of which the lists know none."""
    short = {
        (start, end)
        for start, end in places
        if text[start - 1 : start] in ("", "\0") and _SIGNATURE.fullmatch(text, start, end)
    }
    if not short:
        return short
    values = text.split("\0")
    signed = sum(_SIGNATURE.fullmatch(value) is not None for value in values)
    are = signed >= _FEWEST and signed >= _MOSTLY * len(values) and len(short) <= _HALF * signed
    return short if are else set()
