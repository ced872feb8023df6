"""Makes the lists from their sources: `python -m recognizers.lists`.

Of the ordinary words among the names hunspell-sv tells. Needs the packages of the extra `dev`.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable
from importlib.resources import files

from recognizers.lexicon import GIVEN, OTHER_GIVEN, OTHER_SURNAME, SURNAME, TOWN, WORD
from recognizers.lists import NAMES, TOWNS
from recognizers.lists.sources import listings, rarer
from recognizers.ordinary import inflects
from recognizers.phonetic import folded

_NOT_NAMES = frozenset(("namn", "del", "du", "van", "von", "al", "el", "de", "la", "di"))
# Words without inflections, which the dictionary lists like names.
_ALSO_WORDS = frozenset(
    (
        *("hans", "inga", "max", "star", "milan", "all", "ingen", "alla", "min", "din", "my", "may", "line"),
        *("tor", "och", "som", "eller", "borde", "just", "veta", "the", "more", "miles", "mist", "lex", "cia"),
        *("cetera", "etna", "kuba", "ural", "inka", "bol", "bore", "mare", "fal", "gal", "lope", "nek", "proc"),
        *("safe", "kont", "funder", "barre", "tera", "stout", "winter", "white", "prince", "king", "duke", "day"),
        *("young", "rice", "aland", "sang", "ware", "sera", "ding", "amber", "sin", "ses"),
    )
)
_SHORTEST_OTHER = 3
"""Letters of a given name of the second grade: `Li`, `Yi` are syllables of too many other words."""


def names(towns: frozenset[str]) -> dict[str, int]:
    """Name, casefolded -> what it can be."""
    known: dict[str, int] = {}
    for listing in (*listings(), *rarer()):
        _add(known, listing.given, GIVEN if listing.nordic else OTHER_GIVEN)
        _add(known, listing.surnames, SURNAME if listing.nordic else OTHER_SURNAME)
    for name, kinds in known.items():
        known[name] = kinds | _also(name, kinds, towns)
    return known


def _also(name: str, kinds: int, towns: frozenset[str]) -> int:
    word = name in _ALSO_WORDS or (kinds & (GIVEN | SURNAME) and inflects(name))
    return (WORD if word else 0) | (TOWN if name in towns else 0)


def _add(known: dict[str, int], listed: Iterable[str], kind: int) -> None:
    for name in listed:
        whole = name.replace("İ", "i").casefold()
        if kind == OTHER_GIVEN and len(whole) < _SHORTEST_OTHER:
            continue
        # `Begić` is also written `Begic`.
        for spelt in {whole, folded(whole)} if kind in (OTHER_GIVEN, OTHER_SURNAME) else {whole}:
            if spelt.isalpha() and len(spelt) > 1 and spelt not in _NOT_NAMES:
                known[spelt] = known.get(spelt, 0) | kind


def towns() -> tuple[frozenset[str], frozenset[str]]:
    """Larger towns (Faker), and all towns and villages (with those of mimesis), casefolded."""
    listed = json.loads(files("mimesis").joinpath("datasets", "sv", "address.json").read_text(encoding="utf-8"))["city"]
    own = importlib.import_module("faker.providers.address.sv_SE").Provider.cities
    cities = frozenset(city.casefold() for city in own)
    return cities, cities | {town.casefold() for town in listed}


def main() -> None:
    """Write both lists."""
    cities, known = towns()
    TOWNS.write_text("".join("\t".join(sorted(part)) + "\n" for part in (cities, known - cities)), encoding="utf-8")
    by_kinds: dict[int, list[str]] = {}
    for name, kinds in sorted(names(known).items()):
        by_kinds.setdefault(kinds, []).append(name)
    NAMES.write_text("".join(f"{kinds} {' '.join(by_kinds[kinds])}\n" for kinds in sorted(by_kinds)), encoding="utf-8")


if __name__ == "__main__":
    main()
