"""Swedish towns and villages, from mimesis and Faker (data of the packages, read on first use)."""

from __future__ import annotations

import importlib
import json
from functools import cache
from importlib.resources import files


@cache
def towns() -> frozenset[str]:
    """Names of Swedish towns and villages, casefolded: `stockholm`, `upplands väsby`."""
    listed = json.loads(files("mimesis").joinpath("datasets", "sv", "address.json").read_text(encoding="utf-8"))["city"]
    return cities() | {town.casefold() for town in listed}


@cache
def cities() -> frozenset[str]:
    """Names of the larger towns, casefolded: `stockholm`, `lund`."""
    own = importlib.import_module("faker.providers.address.sv_SE").Provider.cities
    return frozenset(city.casefold() for city in own)


def town_words(words: list[str], most: int = 3) -> int:
    """How many of the first words make up a town's name (the longest that does), 0 if none."""
    for count in range(min(most, len(words)), 0, -1):
        if " ".join(words[:count]).casefold() in towns():
            return count
    return 0
