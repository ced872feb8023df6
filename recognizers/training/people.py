"""Invented people: names from everywhere that people in Sweden come from, and names that no list has.

The names are those of the lexicon (Faker, mimesis); an unlisted one is the front of a name and the end of another.
"""

from __future__ import annotations

from functools import cache
from random import Random

from recognizers.lexicon import GIVEN, OTHER_GIVEN, OTHER_SURNAME, SURNAME, names
from recognizers.ordinary import is_ordinary

_FOREIGN = 0.4
_UNLISTED = 0.3
_PARTICLES = ("von", "af", "van", "al", "de", "el", "bin", "da")
_GENITIVE_FREE = ("s", "x", "z")


@cache
def _listed(kind: int) -> list[str]:
    return sorted(name for name, bits in names().items() if bits & kind)


def given(random: Random) -> str:
    """A given name: `Karin`, `Anna-Lena`, `Oluwaseun`."""
    name = _one(random, GIVEN, OTHER_GIVEN)
    return f"{name}-{_one(random, GIVEN, OTHER_GIVEN)}" if random.random() < 0.08 else name


def surname(random: Random) -> str:
    """A surname: `Lindqvist`, `Ek-Nyberg`, `von Rosen`."""
    name = _one(random, SURNAME, OTHER_SURNAME)
    match random.random():
        case share if share < 0.05:
            return f"{name}-{_one(random, SURNAME, OTHER_SURNAME)}"
        case share if share < 0.09:
            return f"{random.choice(_PARTICLES)} {name}"
        case share if share < 0.12:
            return f"{name} {_one(random, SURNAME, OTHER_SURNAME)}"
    return name


def person(random: Random) -> str:
    """A whole name: `Karin Lindqvist`, `K. Lindqvist`, `Karin Maria Lindqvist`."""
    match random.random():
        case share if share < 0.05:
            return f"{given(random)[0]}. {surname(random)}"
        case share if share < 0.13:
            return f"{given(random)} {given(random)} {surname(random)}"
        case share if share < 0.16:
            return f"{given(random)} {given(random)[0]}. {surname(random)}"
    return f"{given(random)} {surname(random)}"


def genitive(name: str) -> str:
    """`Karins`, `Klas`."""
    return name if name.endswith(_GENITIVE_FREE) else f"{name}s"


def alike(random: Random, name: str) -> str:
    """Another name with as many words as `name`, for its place in a text."""
    words = name.split()
    if len(words) > 1:
        other = " ".join([*(given(random) for _ in words[:-1]), _one(random, SURNAME, OTHER_SURNAME)])
    else:
        other = given(random) if random.random() < 0.5 else _one(random, SURNAME, OTHER_SURNAME)
    return genitive(other) if name.endswith("s") and random.random() < 0.3 else other


def _one(random: Random, nordic: int, other: int) -> str:
    kind = other if random.random() < _FOREIGN else nordic
    if random.random() < _UNLISTED:
        return _unlisted(random, kind).capitalize()
    return random.choice(_listed(kind)).capitalize()


def _unlisted(random: Random, kind: int) -> str:
    """The front of one name and the end of another, if that is no name and no word."""
    while True:
        front, end = random.choice(_listed(kind)), random.choice(_listed(kind))
        made = front[: (len(front) + 1) // 2] + end[len(end) // 2 :]
        if 3 < len(made) < 14 and made not in names() and not is_ordinary(made):
            return made
