"""Given names and surnames of people in Sweden, from Faker and mimesis (data of the packages, read on first use).

Two grades: names that are common in the Nordic countries, and those of other languages spoken in Sweden, which need
more evidence, for they are words or brands elsewhere.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from recognizers.ordinary import inflects, is_ordinary
from recognizers.places import towns

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

GIVEN, SURNAME, OTHER_GIVEN, OTHER_SURNAME, WORD, TOWN = (1 << bit for bit in range(6))
"""What a name can be, as bits. WORD: also an ordinary Swedish word (`björn`, `ek`); TOWN: also a place (`lund`)."""


@cache
def names() -> dict[str, int]:
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
        known[name] = kinds | _also(name, kinds)
    return known


def _also(name: str, kinds: int) -> int:
    common = bool(kinds & (GIVEN | SURNAME))
    word = name in _ALSO_WORDS or (inflects(name) if common else is_ordinary(name))
    return (WORD if word else 0) | (TOWN if name in towns() else 0)


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
