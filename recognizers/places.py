"""Swedish towns and villages, of the lists of mimesis and Faker (`recognizers.lists`)."""

from __future__ import annotations

from functools import cache

from recognizers.lists import read_towns


@cache
def _both() -> tuple[frozenset[str], frozenset[str]]:
    return read_towns()


def towns() -> frozenset[str]:
    """Names of Swedish towns and villages, casefolded: `stockholm`, `upplands väsby`."""
    return _both()[1]


def cities() -> frozenset[str]:
    """Names of the larger towns, casefolded: `stockholm`, `lund`."""
    return _both()[0]


def town_words(words: list[str], most: int = 3) -> int:
    """How many of the first words make up a town's name (the longest that does), 0 if none."""
    for count in range(min(most, len(words)), 0, -1):
        if " ".join(words[:count]).casefold() in towns():
            return count
    return 0
