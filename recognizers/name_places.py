"""Places that bear a person's name, told from the person by what stands around: streets, parks, towns.

`Karl Johansgatan`, `Fredrik Lundbergs gata`, `Prins Bertils stig`, `Maria Torg`, `i Alma`, `från Nora till Kil`.
Near-misses: `i Annas lägenhet`, `hälsa från Nora`, `Nora, Vera och Erik`, `Anna Storgatan 20`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from recognizers.name_words import judge
from recognizers.places import towns
from recognizers.street import is_second_half, is_street

_STREETS = (
    "gatan?|väg|vägen|gränd|gränden|torg|torget|stig|stigen|allé|allén|esplanad|park|parken|plats|backe|backen|bro|bron"
    "|stråk|kulle|trappor|udde|äng|plan"
)
_STREET = re.compile(rf"s?[ ](?:(?i:{_STREETS})(?![^\W\d_])|(?P<half>[A-ZÅÄÖ][^\W\d_]+)(?![^\W\d_]))")
_SURNAME_STREET = re.compile(rf"[ ][A-ZÅÄÖ][^\W\d_]+s (?i:{_STREETS})(?![^\W\d_])")
"""After a given name: `Ellen Keys gata`."""
_CAPITAL = re.compile(r"s?[ ](?:Torg|Torget|Plats|Gränd|Esplanad|Bro|Backe|Allé|Väg|Gata)(?![^\W\d_])")
_TITLE = re.compile(r"(?:Prins|Prinsessan|Kung|Drottning|Biskop|Doktor|General|Sankta?|S:ta?)[ ]\Z")
_GROUNDS = re.compile(r"[ ](?:Park|Plan|Torg|Äng|Backe|Strand|Gård)\Z")
_OF_A_STREET = re.compile(rf"s?[ ](?i:{_STREETS}) [0-9]")
_INSIDE = re.compile(r"(?:\A|[^\w])(?:[Ii]|inom|utanför|runt|kring|genom|norr om|söder om|öster om|väster om)[ ]\Z")
_INSIDE_ENDS = ("i ", "I ", "m ", "r ", "t ", "g ")
"""One of which each of them has."""
_TOWARDS = re.compile(r"(?:från|mellan)[ ](?P<town>[A-ZÅÄÖ][^\W\d_]+)[ ](?:till|och|mot|via)[ ]\Z")
_ONWARDS = re.compile(r"[ ](?:till|och|mot|via)[ ](?P<town>[A-ZÅÄÖ][^\W\d_]+)")
_FROM = re.compile(r"(?:från|mellan)[ ]\Z")
_BEFORE = re.compile(r"(?P<town>[A-ZÅÄÖ][^\W\d_]+)(?:,| och| samt| eller|/)[ ]?\Z")
_AFTER = re.compile(r"(?:,| och| samt| eller|/)[ ]?(?P<town>[A-ZÅÄÖ][^\W\d_]+)")
_WINDOW = 32
_STREET_JOINTS = (" ", "s")
_JOINTS = (*_STREET_JOINTS, ",", "/")
"""With which what follows a name begins, where that makes it a place's."""
_NEXT = frozenset(word[0] for word in (*_STREETS.split("|"), "och", "samt", "eller"))
"""The same, after a blank, in small letters."""


class _Told(NamedTuple):
    """What a name says by itself."""

    single: bool
    town: bool
    street: bool
    """Is, as a whole, a street's: `Karl Johansgatan`."""
    grounds: bool
    """Ends as a park's does."""


@lru_cache(maxsize=16384)
def _told(name: str) -> _Told:
    words = name.split(" ")
    if len(words) == 1:
        return _Told(True, _is_town(name), street=False, grounds=False)
    strong = is_street(words[-1], words[:-1]) == "strong" or is_second_half(words[-2].casefold(), words[-1])
    return _Told(False, _is_town(name), strong, _GROUNDS.search(name) is not None)


@lru_cache(maxsize=4096)
def _may_follow(sign: str) -> bool:
    """Whether what makes a name a place's, after a blank, begins with a sign: a capital, `gata`, `och`."""
    return sign.isupper() or sign in _NEXT


def is_place(text: str, start: int, end: int) -> bool:
    """Whether the name at `text[start:end]` is a street's, a park's or a town's."""
    name = text[start:end]
    told, joint = _told(name), text[end : end + 1]
    inside = text[max(0, start - 2) : start] in _INSIDE_ENDS
    follows = joint in _JOINTS and (joint != " " or _may_follow(text[end + 1 : end + 2]))
    if not (follows or inside or told.town or told.street):
        return False  # as most are
    before = text[max(0, start - _WINDOW) : start]
    before = before[before.rfind("\0") + 1 :]
    if joint in _STREET_JOINTS and _is_street(text, name, before, end):
        return True
    if not told.single:
        return told.street or (inside and told.grounds and _INSIDE.search(before) is not None)
    if inside and joint != "s" and _INSIDE.search(before) and (told.town or not before.endswith("genom ")):
        return True
    return _is_between(text, before, end, town=told.town)


def _is_street(text: str, name: str, before: str, end: int) -> bool:
    """Whether the rest of a street's name follows: `s gata`, `Johansgatan`.

    After one word without a title it has a capital or a number, for `Annas plats` is hers.
    """
    if _SURNAME_STREET.match(text, end) and " " not in name:
        return True
    street = _STREET.match(text, end)
    if street is None:
        return False
    if street["half"]:
        return is_second_half(name.rpartition(" ")[2].casefold(), street["half"])
    whole = " " in name or _TITLE.search(before) is not None
    return whole or any(rest.match(text, end) for rest in (_CAPITAL, _OF_A_STREET))


def _is_between(text: str, before: str, end: int, *, town: bool) -> bool:
    """Whether the places around the name are towns, and the name is a town, or all of them are no name."""
    following = _AFTER.match(text, end)
    if not (following or town):
        return False
    last = _BEFORE.search(before)
    if last and following and _is_town(last["town"]) and _is_town(following["town"]):
        return True
    if not town:
        return False
    onwards = _ONWARDS.match(text, end) if _FROM.search(before) else None
    around = (last, following, onwards, _TOWARDS.search(before))
    return any(_is_only_town(near["town"]) for near in around if near)


def _is_town(word: str) -> bool:
    return word.casefold() in towns()


def _is_only_town(word: str) -> bool:
    return _is_town(word) and not judge(word).given
