"""The names of the languages spoken in Sweden, as their sources have them: Faker, mimesis and `world_names.toml`.

Needs the packages of the extra `dev`; `python -m recognizers.lists` makes the lists of the package from it, and the
training its people.
"""

from __future__ import annotations

import importlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from recognizers.ordinary import inflects, is_ordinary

_NORDIC = ("sv_SE", "fi_FI", "no_NO", "da_DK")
_OTHER = (
    *("hr_HR", "pl_PL", "tr_TR", "en_PK", "az_AZ", "de_DE", "en_GB", "en_US", "es_ES", "et_EE", "lt_LT", "lv_LV"),
    *("ro_RO", "hu_HU", "is_IS", "fr_FR", "it_IT", "nl_NL", "sl_SI", "sw"),
    *("en_KE", "en_IN", "en_TH", "fr_DZ", "yo_NG", "ig_NG", "ha_NG", "tw_GH", "cs_CZ", "pt_PT", "es_CO"),
)
_RARER = ("zu_ZA", "vi_VN", "sk_SK", "en_IE", "pt_BR", "uz_UZ", "es_MX", "es_AR", "nl_BE")
_MIMESIS = ("fi", "tr", "hr", "pl", "no", "da")
"""Datasets of mimesis beside the Swedish one."""
_GIVEN_LISTS = re.compile(r"^first_names(?:_(?:male|female)(?:_\w+)?)?$")
_SURNAME_LISTS = re.compile(r"^(?:unisex_)?last_names(?:_(?:male|female|nonbinary)\w*)?$|^(?:fe)?male_last_names$")


class Listing(NamedTuple):
    """The names of one language or group of languages."""

    given: list[str]
    surnames: list[str]
    nordic: bool


@cache
def listings() -> tuple[Listing, ...]:
    """The lists, a language each, in an order that is always the same."""
    return (*map(_faker, (*_NORDIC, *_OTHER)), *map(_mimesis, ("sv", *_MIMESIS)), *_own())


@cache
def rarer() -> tuple[Listing, ...]:
    """Lists that only the lexicon takes, not the training, whose recipe is kept: of them no word of the dictionary."""
    listed = (*map(_faker, _RARER), *_own(rarer=True))
    return tuple(Listing(_no_words(one.given), _no_words(one.surnames), one.nordic) for one in listed)


def _no_words(listed: Iterable[str]) -> list[str]:
    return [name for name in listed if not is_ordinary(name.casefold())]


def _faker(locale: str) -> Listing:
    """The names of one of Faker's locales, double ones in their parts."""
    provider = vars(importlib.import_module(f"faker.providers.person.{locale}").Provider)
    given = _parts(n for key, listed in provider.items() if _GIVEN_LISTS.match(key) for n in listed)
    surnames = _parts(n for key, listed in provider.items() if _SURNAME_LISTS.match(key) for n in listed)
    return Listing(given, surnames, locale in _NORDIC)


def _parts(listed: Iterable[str]) -> list[str]:
    return sorted({part for name in listed for part in re.split("[ -]", name)})


def _mimesis(language: str) -> Listing:
    read = json.loads(files("mimesis").joinpath("datasets", language, "person.json").read_text(encoding="utf-8"))
    surnames = read["surnames"]
    groups = surnames.values() if isinstance(surnames, dict) else [surnames]
    given = _parts(name for group in read["names"].values() for name in group)
    # mimesis lists forgotten given names that are words today: Gas, Hand, Finger, Siren.
    words = {name for name in given if inflects(name.casefold())}
    return Listing([n for n in given if n not in words], _parts(n for g in groups for n in g), language == "sv")


def _own(*, rarer: bool = False) -> Iterator[Listing]:
    read = tomllib.loads(files("recognizers.lists").joinpath("world_names.toml").read_text(encoding="utf-8"))
    for group, lists in read.items():
        if group.startswith("rarer") == rarer:
            yield Listing(_parts(lists["given"].split()), _parts(lists["surnames"].split()), "nordic" in group)
