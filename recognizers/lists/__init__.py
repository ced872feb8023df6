"""The lists of names and towns as the package holds them: small, and read in a few milliseconds.

`python -m recognizers.lists` makes them anew from the packages that they come from.
"""

from __future__ import annotations

from pathlib import Path

NAMES, TOWNS = (Path(__file__).parent / name for name in ("names.txt", "towns.txt"))


def read_names() -> dict[str, int]:
    """Name, casefolded -> what it can be (bits of `recognizers.lexicon`)."""
    known: dict[str, int] = {}
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        kinds, *listed = line.split(" ")
        known.update(dict.fromkeys(listed, int(kinds)))
    return known


def read_towns() -> tuple[frozenset[str], frozenset[str]]:
    """Larger towns, and all towns and villages, casefolded."""
    cities, others = (frozenset(line.split("\t")) for line in TOWNS.read_text(encoding="utf-8").splitlines())
    return cities, cities | others
