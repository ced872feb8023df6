"""What the fields beside a field say of it: `namn` beside `artikelnr` and `pris` is what a thing is called.

Example: a table `artikelnr, namn, pris, lager` of `Alma`, `Saga`, `Nova`; near-misses: `namn, epost, pris` (a
customer's), `artikelnr, namn, pris` of `Anna Ek`, `Olof Lindgren` (whole names: a line of an order). In lines of orders
(`sku, title, qty`) the title is a thing's; in a table of animals (`name, species, breed`) name and birth are theirs.
`kod` beside `dörr`, or in a table `nycklar`, opens a lock; near-misses: beside `artikelnr` and `pris`, or `felkod`.
`hus_kod` of `K04`, `T11` is what a house is called; near-misses: `port_kod` of `4410`, `larmkod` of `solros`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from recognizers import code_labels, evidence
from recognizers.columns import Column
from recognizers.name_words import judge
from recognizers.sweep import Found

_CALLED = re.compile(r"(^|_)(namn|name)$")
_TITLED = re.compile(r"(^|_)(titel|title|benamning|beskrivning|description|produkt_?namn|product_?name|artikel_?namn)$")
_ARTICLE = re.compile(
    r"(^|_)(sku|ean|gtin|(artikel|art|article|produkt|product|item)_?(nr|no|nummer|number|id|kod|code))(_|$)"
)
_ANIMAL = re.compile(
    r"(^|_)(species|breed|ras|raser|djurslag|djurart|animals?|djur|pets?|husdjur|hund(ar)?|katt(er)?|hast(ar)?|kull(ar)?|litters?"
    r"|chip_?(nr|no|number)?|pups|valpar)(_?id|_?nr)?(_|$)"
)
_ANIMALS_OWN = re.compile(
    r"(^|(djur|djurets|animal|pet|hund|katt|hast)_?)(namn|name)|.*(born|birth|fodd|fodelse).*|dob"
)
_THINGS = re.compile(
    r"(^|_)(pris\w*|price|artikel\w*|article|art_?nr|sku|ean|gtin|lager\w*|stock|moms\w*|vikt|weight|farg|colou?r|varumarke"
    r"|brand|modell|model|leverantor|supplier|enhet|unit|produkt\w*|product\w*|garanti\w*|inkopspris|rabatt)(_|$)"
)
_PEOPLE = re.compile(
    r"kund|customer|client|order|faktur|invoice|person|pnr|fodd|fodelse|birth|fornamn|efternamn|first_?name|last_?name"
    r"|e_?post|mail|tele|(^|_)tel|mobil|phone|adress|address|gata|street|(^|_)ort(_|$)|postn|anstal|employ|anvand|user|medlem"
)
_CODE = re.compile(r"(?:(?:nya?|nuvarande|gallande|aktuell|gaml[ae]l?|gammal)_)?(?:kod(?:en)?|code)(?:_?\d)?")
_LOCKS = re.compile(
    r"(^|_)(nyckel\w*|nycklar\w*|(?<!pass_)skap\w*|portar|porten|portnamn|portkod\w*|dorr\w*|grind\w*|las|lasen|kodlas\w*"
    r"|entre\w*|garage\w*|inpasser\w*|passer\w*|larmanvandare|keyholders?|doors?|gates?|locks?)(_|$)"
)
_EVENTS = re.compile(r"(^|_)(fel\w*|error\w*|event\w*|handelse\w*|larmtyp|zon\w*|sektion|valuta|land|kategori)(_|$)")
_LOCK_CODE = "las_kod"
_DOOR_CODE = re.compile(r"[*#A-D]?[0-9]{4,6}[*#]?")
_KIND_CODE = re.compile(r"(kod|code)(er)?(_?\d)?$")
_OF_USERS = re.compile(r"(^|_)(anv|anvandar|user|brukar)s?_?(kod|code)")
_CALLED_BY = re.compile(
    r"[A-ZÅÄÖ]{1,3}|(?:[^\W\d_]{1,4}[-_. /]?[0-9]{1,3}|[0-9]{1,2}[-_. /]?[^\W\d_]{1,4})[^\W\d_]?|[0-9]{1,2}"
)
"""What houses, boxes and staff are called in short, and no keypad takes: `K04`, `B-12`, `ABC`, `7`."""
_DESIGNATION = "beteckning"
_USER = "anvandare"
_NUMBER = re.compile(r"no|nr|nummer|number|num")
_OF_CUSTOMERS = re.compile(
    r"(^|_)(customers?|kund(er|en|reg|register|tabell)?|clients?|klient(er)?|medlem(mar)?|members?)$"
)
_KEY = re.compile(r"[A-Za-z]{0,4}[-_]?[0-9]{3,9}")
_CUSTOMER_NUMBER = "kundnr"
_FEWEST = 2
"""Fields that speak of things, or of animals."""
_MOSTLY = 0.6
"""Share of codes from which on a column `kod` is one of locks."""
_WHOLE = 0.3
"""Share of whole names of persons from which the fields beside are not heard."""


class About(NamedTuple):
    """Of what the fields of a table speak."""

    things: bool
    """A list of things, and none speaks of people."""
    articles: bool
    """One is the number of an article: lines of orders, stock."""
    animals: bool


def about(names: Iterable[str], unit: str = "") -> About | None:
    """Tell of what a table's normalised field names, and its own, speak; None: of nothing of the kind."""
    distinct = set(names)
    animals = sum(_ANIMAL.search(name) is not None for name in {*distinct, unit}) >= _FEWEST
    articles = any(map(_ARTICLE.search, distinct))
    told = About(of_things(distinct), articles, animals)
    return told if any(told) else None


def of_things(names: Iterable[str]) -> bool:
    """Tell whether a table's normalised field names are those of a list of things, and none speaks of people."""
    distinct = set(names)
    return sum(_THINGS.search(name) is not None for name in distinct) >= _FEWEST and not any(
        _PEOPLE.search(name) for name in distinct
    )


def meant_in(name: str, values: Iterable[str | None], unit: str) -> str:
    """Give the name of a field, told by its table: `No_` of `Customer` is a customer number, but no running number.

    Args:
        name: The field's, normalised.
        values: Its values.
        unit: The table's name, normalised.
    """
    if _NUMBER.fullmatch(name) is None or _OF_CUSTOMERS.search(unit) is None:
        return name
    filled = [value for value in values if value]
    keys = sum(_KEY.fullmatch(value) is not None for value in filled)
    return _CUSTOMER_NUMBER if keys > _MOSTLY * len(filled) else name


def is_code(name: str) -> bool:
    """Tell whether a normalised field name is one of codes, of which what stands beside it tells the rest."""
    return _CODE.fullmatch(name) is not None


def meant(name: str, values: Iterable[str | None], beside: Iterable[str]) -> str:
    """Give the name of a field, told by what stands beside it: `kod` beside `nyckelskap` or `dorr` opens a lock.

    An object that is called so has other codes (`objekt`, `kod`), and so have events: nothing is told of them. Codes of
    a kind (`hus_kod`) that are too short to open anything are designations.

    Args:
        name: The field's, normalised.
        values: Its values.
        beside: The normalised names of the table's other fields, and of the table.
    """
    if not is_code(name):
        return _called_in_short(name) if _may_open(name) and _are_designations(values) else name
    others = set(beside)
    if of_things(others) or any(map(_EVENTS.search, others)) or not any(map(_LOCKS.search, others)):
        return name
    filled = [value for value in values if value]
    codes = sum(_DOOR_CODE.fullmatch(value) is not None for value in filled)
    return _LOCK_CODE if codes > _MOSTLY * len(filled) else name


def _may_open(name: str) -> bool:
    """Tell whether a field is one of codes of a kind that opens something or lets somebody in."""
    return _KIND_CODE.search(name) is not None and code_labels.FIELDS.search(name) is not None


def _called_in_short(name: str) -> str:
    """What a field of designations is meant as: users sign in by theirs."""
    return _USER if _OF_USERS.search(name) else _DESIGNATION


def _are_designations(values: Iterable[str | None]) -> bool:
    """Tell whether most distinct values are what something is called in short."""
    distinct = {value for value in values if value}
    called = sum(_CALLED_BY.fullmatch(value) is not None for value in distinct)
    return called > _MOSTLY * len(distinct)


def hear(founds: Sequence[Found], column: Column, told: About) -> None:
    """Lower what is taken for names and births of persons, and is what things or animals are called."""
    animal = told.animals and _ANIMALS_OWN.fullmatch(column.name) is not None
    called = (told.things and _CALLED.search(column.name)) or (told.articles and _TITLED.search(column.name))
    if not (animal or called) or sum(map(_is_whole, column.values)) >= _WHOLE * len(column.values):
        return
    entities = {"PERSON", "DATE_OF_BIRTH"} if animal else {"PERSON"}
    code = f"neighbours:{'animals' if animal else 'things'}"
    for found in founds:
        if found.entity in entities:
            found.score *= evidence.LOWER_NEIGHBOURS
            found.why = [(*why, code) for why in found.why]


def _is_whole(value: str) -> bool:
    words = value.replace(",", " ").split()
    judged = [judge(word) for word in words]
    pairs = ((judged[0], judged[-1]), (judged[-1], judged[0])) if len(words) > 1 else ()
    return any(bool(one.given and other.surname) for one, other in pairs)
