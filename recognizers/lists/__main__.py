"""Makes the lists from Faker and mimesis: `python -m recognizers.lists`.

Of the ordinary words among them hunspell-sv tells. Needs the packages of the extra `dev`.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterable
from importlib.resources import files

from recognizers.lexicon import GIVEN, OTHER_GIVEN, OTHER_SURNAME, SURNAME, TOWN, WORD
from recognizers.lists import NAMES, TOWNS
from recognizers.ordinary import inflects, is_ordinary

_NORDIC = ("sv_SE", "fi_FI", "no_NO", "da_DK")
_OTHER = (
    *("hr_HR", "pl_PL", "tr_TR", "en_PK", "az_AZ", "de_DE", "en_GB", "en_US", "es_ES", "et_EE", "lt_LT", "lv_LV"),
    *("ro_RO", "hu_HU", "is_IS", "fr_FR", "it_IT", "nl_NL", "sl_SI", "sw"),
)
_GIVEN_LISTS = re.compile(r"^first_names(?:_(?:male|female)(?:_\w+)?)?$")
_SURNAME_LISTS = re.compile(r"^(?:unisex_)?last_names(?:_(?:male|female|nonbinary)\w*)?$|^(?:fe)?male_last_names$")
_NOT_NAMES = frozenset(("namn", "del", "du", "van", "von", "al", "el", "de", "la", "di"))
# Function words, which the dictionary lists without inflections, like names.
_ALSO_WORDS = frozenset(
    ("hans", "inga", "max", "star", "milan", "all", "ingen", "alla", "min", "din", "my", "may", "line", "tor")
)


def names(towns: frozenset[str]) -> dict[str, int]:
    """Name, casefolded -> what it can be."""
    known: dict[str, int] = {}
    for locale in (*_NORDIC, *_OTHER):
        nordic = locale in _NORDIC
        given, surnames = _faker(locale)
        _add(known, given, GIVEN if nordic else OTHER_GIVEN)
        _add(known, surnames, SURNAME if nordic else OTHER_SURNAME)
    given, surnames = _mimesis()
    # mimesis lists forgotten given names that are words today: Gas, Hand, Finger.
    _add(known, (n for n in given if not inflects(n.casefold())), GIVEN)
    _add(known, surnames, SURNAME)
    for name, kinds in known.items():
        known[name] = kinds | _also(name, kinds, towns)
    return known


def _also(name: str, kinds: int, towns: frozenset[str]) -> int:
    common = bool(kinds & (GIVEN | SURNAME))
    word = name in _ALSO_WORDS or (inflects(name) if common else is_ordinary(name))
    return (WORD if word else 0) | (TOWN if name in towns else 0)


def _add(known: dict[str, int], listed: Iterable[str], kind: int) -> None:
    for name in listed:
        folded = name.casefold()
        if folded.isalpha() and len(folded) > 1 and folded not in _NOT_NAMES:
            known[folded] = known.get(folded, 0) | kind


def _faker(locale: str) -> tuple[set[str], set[str]]:
    """Given names and surnames of one of Faker's locales, double ones in their parts."""
    provider = vars(importlib.import_module(f"faker.providers.person.{locale}").Provider)
    given = {n for key, listed in provider.items() if _GIVEN_LISTS.match(key) for n in listed}
    surnames = {n for key, listed in provider.items() if _SURNAME_LISTS.match(key) for n in listed}
    return {p for n in given for p in re.split("[ -]", n)}, {p for n in surnames for p in re.split("[ -]", n)}


def _mimesis() -> tuple[set[str], set[str]]:
    listed = json.loads(files("mimesis").joinpath("datasets", "sv", "person.json").read_text(encoding="utf-8"))
    return {name for group in listed["names"].values() for name in group}, set(listed["surnames"])


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
