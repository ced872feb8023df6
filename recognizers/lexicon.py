"""Given names and surnames of people in Sweden, of the lists in `recognizers.lists`.

Two grades: names that are common in the Nordic countries, and those of other languages spoken in Sweden, which need
more evidence, for they are words or brands elsewhere.
"""

from __future__ import annotations

from functools import cache

from recognizers.lists import read_names

GIVEN, SURNAME, OTHER_GIVEN, OTHER_SURNAME, WORD, TOWN = (1 << bit for bit in range(6))
"""What a name can be, as bits. WORD: also an ordinary Swedish word (`björn`, `ek`), told of Nordic names only; TOWN:
also a place (`lund`)."""


@cache
def names() -> dict[str, int]:
    """Name, casefolded -> what it can be."""
    return read_names()
