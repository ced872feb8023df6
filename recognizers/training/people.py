"""Invented people: names from everywhere that people in Sweden come from, and names that no list has.

The names are those of the lexicon (Faker, mimesis); an unlisted one is the front of a name and the end of another.
"""

from __future__ import annotations

from functools import cache
from random import Random

from recognizers.lexicon import names
from recognizers.lists.sources import Listing, listings
from recognizers.ordinary import is_ordinary

_FOREIGN = 0.4
_UNLISTED = 0.3
_ONE_LANGUAGE = 0.85
"""Share of whole names whose given name and surname are of one language."""
_PARTICLES = ("von", "af", "van", "al", "de", "el", "bin", "da")
_GENITIVE_FREE = ("s", "x", "z")


@cache
def _languages(nordic: bool) -> tuple[Listing, ...]:
    """The languages with both given names and surnames, the names that are letters only."""
    kept = (
        Listing(_plain(listing.given), _plain(listing.surnames), listing.nordic)
        for listing in listings()
        if listing.nordic is nordic
    )
    return tuple(listing for listing in kept if listing.given and listing.surnames)


def _plain(listed: list[str]) -> list[str]:
    return [name.casefold() for name in listed if name.casefold() in names()]


def _language(random: Random) -> Listing:
    return random.choice(_languages(random.random() >= _FOREIGN))


def given(random: Random, language: Listing | None = None) -> str:
    """A given name: `Karin`, `Anna-Lena`, `Oluwaseun`."""
    listed = (language or _language(random)).given
    name = _one(random, listed)
    return f"{name}-{_one(random, listed)}" if random.random() < 0.08 else name


def surname(random: Random, language: Listing | None = None) -> str:
    """A surname: `Lindqvist`, `Ek-Nyberg`, `von Rosen`."""
    listed = (language or _language(random)).surnames
    name = _one(random, listed)
    match random.random():
        case share if share < 0.05:
            return f"{name}-{_one(random, listed)}"
        case share if share < 0.09:
            return f"{random.choice(_PARTICLES)} {name}"
        case share if share < 0.12:
            return f"{name} {_one(random, listed)}"
    return name


def person(random: Random) -> str:
    """A whole name: `Karin Lindqvist`, `K. Lindqvist`, `Karin Maria Lindqvist`."""
    language = _language(random)
    last = surname(random, language if random.random() < _ONE_LANGUAGE else None)
    match random.random():
        case share if share < 0.05:
            return f"{given(random, language)[0]}. {last}"
        case share if share < 0.13:
            return f"{given(random, language)} {given(random, language)} {last}"
        case share if share < 0.16:
            return f"{given(random, language)} {given(random, language)[0]}. {last}"
    return f"{given(random, language)} {last}"


def genitive(name: str) -> str:
    """`Karins`, `Klas`."""
    return name if name.endswith(_GENITIVE_FREE) else f"{name}s"


def alike(random: Random, name: str) -> str:
    """Another name with as many words as `name`, for its place in a text."""
    words, language = name.split(), _language(random)
    if len(words) > 1:
        other = " ".join([*(given(random, language) for _ in words[:-1]), _one(random, language.surnames)])
    else:
        other = given(random, language) if random.random() < 0.5 else _one(random, language.surnames)
    return genitive(other) if name.endswith("s") and random.random() < 0.3 else other


def _one(random: Random, listed: list[str]) -> str:
    made = _unlisted(random, listed) if random.random() < _UNLISTED else random.choice(listed)
    return made.capitalize()


def _unlisted(random: Random, listed: list[str]) -> str:
    """The front of one name and the end of another of its language, if that is no name and no word."""
    while True:
        front, end = random.choice(listed), random.choice(listed)
        made = front[: (len(front) + 1) // 2] + end[len(end) // 2 :]
        if 3 < len(made) < 14 and made not in names() and not is_ordinary(made):
            return made
