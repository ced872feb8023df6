"""Customer texts with invented people: notes, mails, forms, chats, lists, transcripts, letters; some without names.

The templates stand in `templates.toml`; every value is invented, numbers are official test and fictional ones.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from random import Random

from recognizers.places import towns
from recognizers.training import people
from recognizers.training.examples import Example, join

UNSEEN = "unseen"
"""The register that is never learnt from."""

_SLOT = re.compile(r"\{(\w+)\}")
_PRODUCTS = (
    *("Rökdetektor", "Rörelsedetektor", "Jablotron 100", "Yale Doorman", "Philips Hue", "Magnetkontakt", "Sirén Ute"),
    *("Axis kamera", "Ajax Hub", "SecurePro", "knappsats", "IP-kamera", "Verisure panel", "DSC Neo", "Kamera Plus"),
)
_BRANDS = (
    *("Volvo", "Ericsson", "Sandvik", "Telia", "Swedbank", "Nordea", "Securitas", "Carnegie", "Expressen", "Scania"),
    *(
        "Spotify",
        "Klarna",
        "Toyota",
        "Mercedes",
        "Siemens",
        "Bosch",
        "Canon",
        "Garmin",
        "Netgear",
        "Ikea",
        "Clas Ohlson",
    ),
    *("Lindex", "Bauhaus", "Hornbach", "Preem", "Vattenfall", "Fortum", "Trygg-Hansa", "Skandia", "Bonnier", "Philips"),
)
_FIRMS = ("Bygg", "Måleri", "Fastigheter", "Konsult", "Redovisning", "Åkeri", "El", "Städ", "Invest", "Bil", "Rör")
_DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "Måndag", "imorgon", "nästa vecka")
_MONTHS = ("januari", "mars", "maj", "juni", "augusti", "Oktober", "december")
_STREETS = (
    "Stor",
    "Skol",
    "Kyrk",
    "Björk",
    "Ring",
    "Järnvägs",
    "Sveav",
    "Lövåsv",
    "Drottning",
    "Karl Johans",
    "Anna Lindhs ",
)
_ENDS = ("gatan", "vägen", "gränd", "torg", "plats")


def texts(random: Random, count: int, *, unseen: bool = False) -> list[Example]:
    """Make texts, each from a template chosen at random.

    Args:
        random: Its state decides all.
        count: How many.
        unseen: Of the templates that are never learnt from.
    """
    chosen = [text for register, listed in _templates().items() if (register == UNSEEN) is unseen for text in listed]
    return [fill(random, random.choice(chosen)) for _ in range(count)]


def fill(random: Random, template: str) -> Example:
    """Put invented values into a template."""
    split = _SLOT.split(template)
    parts = [(split[0], False)]
    for slot, between in zip(split[1::2], split[2::2], strict=True):
        is_name = slot in _NAMES
        parts += [((_NAMES if is_name else _VALUES)[slot](random), is_name), (between, False)]
    return _together(parts)


def _together(parts: list[tuple[str, bool]]) -> Example:
    """`{G} {S}` is one name."""
    joined = parts[:1]
    for part, is_name in parts[1:]:
        if is_name and len(joined) > 1 and joined[-1] == (" ", False):
            joined.pop()
            joined[-1] = (f"{joined[-1][0]} {part}", True)
        else:
            joined.append((part, is_name))
    return join(joined)


@cache
def _templates() -> Mapping[str, list[str]]:
    listed = tomllib.loads(files("recognizers.training").joinpath("templates.toml").read_text(encoding="utf-8"))
    return {register: table["texts"] for register, table in listed.items()}


def _reversed(random: Random) -> str:
    return f"{people.surname(random)}, {people.given(random)}"


def _company(random: Random) -> str:
    first = random.choice((people.surname(random), _town(random), "Nordic", "Svea"))
    return f"{first} {random.choice(_FIRMS)}{random.choice((' AB', ' AB', ' HB', ''))}"


@cache
def _towns() -> list[str]:
    return sorted(towns())


def _town(random: Random) -> str:
    return random.choice(_towns()).capitalize()


def _street(random: Random) -> str:
    return f"{random.choice(_STREETS)}{random.choice(_ENDS)} {random.randint(1, 99)}"


def _mail(random: Random) -> str:
    return f"{people.given(random)}.{people.surname(random)}@example.se".casefold().replace(" ", "")


def _day(random: Random) -> str:
    return f"2026-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


_Maker = Callable[[Random], str]
_NAMES: Mapping[str, _Maker] = {
    "P": people.person,
    "G": people.given,
    "S": people.surname,
    "R": _reversed,
    "Ps": lambda random: people.genitive(people.person(random)),
    "Gs": lambda random: people.genitive(people.given(random)),
    "Ss": lambda random: people.genitive(people.surname(random)),
}
_VALUES: Mapping[str, _Maker] = {
    "company": _company,
    "town": _town,
    "street": _street,
    "postal": lambda random: f"{random.randint(100, 984)} {random.randint(10, 99)}",
    "product": lambda random: random.choice(_PRODUCTS),
    "brand": lambda random: random.choice(_BRANDS),
    "day": lambda random: random.choice(_DAYS),
    "month": lambda random: random.choice(_MONTHS),
    "date": _day,
    "time": lambda random: f"{random.randint(0, 23):02}.{random.randint(0, 59):02}",
    "phone": lambda random: f"070-174 06 {random.randint(5, 99):02}",
    "mail": _mail,
    "pnr": lambda random: f"{random.randint(10, 99)}0101-23{random.choice('89')}{random.randint(0, 9)}",
    "nr": lambda random: str(random.randint(1000, 999999)),
    "amount": lambda random: str(random.randint(99, 9999)),
}
