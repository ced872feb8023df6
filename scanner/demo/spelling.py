"""The ways in which people and systems write the same datum."""

from __future__ import annotations

import re
from random import Random

from scanner.demo.numbers import luhn
from scanner.demo.people import Address, Person
from scanner.demo.places import SHORT
from scanner.demo.texts import MISTYPED, OPTIONAL, Text, compose, join, mark

_AREAS = ("0980", "070", "031", "040", "08")
NUMBER_STYLES = (
    "{c}{d}-{s}",
    "{d}-{s}",
    "{d}{s}",
    "{c}{d}{s}",
    "{d} {s}",
    "{d}–{s}",
    "{c}{d} {s}",
    "{d}\u00a0{s}",
    "{d}\u2011{s}",
    "{d} - {s}",
)
"""Personnummer: c century, d date, s last four; space, en dash, no-break space and no-break hyphen are all met."""


def identity(person: Person, style: str | Random, *, tier: str = "") -> Text:
    """The personnummer in a style given or drawn; mistyped: with a wrong check digit. ValueError if there is none."""
    if not person.pnr:
        raise ValueError("this person has no personnummer")
    chosen = style if isinstance(style, str) else style.choice(NUMBER_STYLES)
    century, date, serial = person.pnr[:2], person.pnr[2:8], person.pnr[8:]
    if tier == MISTYPED:
        serial = serial[:3] + str((luhn(date + serial[:3]) + 3) % 10)
    text = chosen.format(c=century, d=date, s=serial)
    if person.born.year < 1927 and "{c}" not in chosen:  # a hundred years and more: + in place of the hyphen
        text = f"{date}+{serial}"
    return mark("SE_PERSONNUMMER", text, person.id, tier)


def _split(number: str) -> tuple[str, str]:
    area = next(a for a in _AREAS if number.startswith(a))
    return area, number[len(area) :]


def _pairs(rest: str) -> str:
    head = len(rest) - 4 if len(rest) % 2 else 2
    cut = [rest[:head], *(rest[n : n + 2] for n in range(head, len(rest), 2))]
    return " ".join(cut)


def _phone_text(number: str, style: int) -> str:
    area, rest = _split(number)
    bare = area[1:]
    return (
        f"{area}-{_pairs(rest)}",
        f"{area}-{rest}",
        number,
        f"+46{bare}{rest}",
        f"+46 {bare} {_pairs(rest)}",
        f"0046{bare}{rest}",
        f"{area} {_pairs(rest)}",
        f"+46 (0){bare}-{_pairs(rest)}",
        f"({area}) {_pairs(rest)}",
        f"{area}/{_pairs(rest)}",
        f"{area} - {_pairs(rest)}",
        f"{area} {rest[:3]} {rest[3:]}",
        f"46{bare}{rest}",
    )[style]


def phone(number: str, style: int | Random, owner: str | None = None) -> Text:
    """A telephone number from its national digits; style 0 to 12, or drawn among those of running text (0 to 11)."""
    chosen = style if isinstance(style, int) else style.choices(range(12), (9, 7, 6, 5, 4, 1, 5, 1, 1, 1, 1, 2))[0]
    return mark("PHONE_NUMBER", _phone_text(number, chosen), owner)


def email(person: Person, address: str | None = None) -> Text:
    """The person's (first) e-mail address."""
    return mark("EMAIL_ADDRESS", address or person.emails[0], person.id)


def customer(person: Person) -> Text:
    """The customer number as a datum."""
    return mark("CUSTOMER_ID", str(person.number), person.id)


def full(person: Person) -> Text:
    """Given name and surname."""
    return mark("PERSON", f"{person.given} {person.surname}", person.id)


def given(person: Person) -> Text:
    """The given name alone."""
    return mark("PERSON", person.given, person.id)


def surname(person: Person) -> Text:
    """The surname alone."""
    return mark("PERSON", person.surname, person.id)


def plate(person: Person) -> Text:
    """The car's licence plate, with its space where the number is even."""
    made = person.plates[0]
    return mark("SE_LICENSE_PLATE", f"{made[:3]} {made[3:]}" if made[-1] in "02468" else made, person.id)


def misspelt(person: Person) -> Text:
    """The name as somebody heard it: double letters single, th and ch simplified."""
    heard = re.sub(r"(\w)\1", r"\1", f"{person.given} {person.surname}".replace("th", "t").replace("qv", "kv"))
    return mark("PERSON", heard, person.id)


def reversed_name(person: Person) -> Text:
    """Surname, comma, given name."""
    return mark("PERSON", f"{person.surname}, {person.given}", person.id)


def genitive(person: Person, *, whole: bool = False) -> Text:
    """The given name (or the whole) with the ending of the genitive; a name in s, x or z takes none."""
    name = f"{person.given} {person.surname}" if whole else person.given
    return mark("PERSON", name if name[-1] in "sxzSXZ" else name + "s", person.id)


def initial(person: Person) -> Text:
    """Initial and surname."""
    return mark("PERSON", f"{person.given[0]}. {person.surname}", person.id)


def name(person: Person, random: Random) -> Text:
    """The name in a running text, in a style drawn."""
    styles = (full, full, full, full, given, reversed_name, initial)
    text = random.choice(styles)(person)
    return text.map(str.upper) if random.random() < 0.06 else text


def postal(address: Address, owner: str | None = None, *, spaced: bool = True) -> Text:
    """The postal code, written `113 31` or `11331`."""
    return mark("POSTAL_CODE", address.postal if spaced else address.postal.replace(" ", ""), owner)


def _abbreviated(street: str) -> str:
    for ending, short in SHORT.items():
        head, _, tail = street.rpartition(ending)
        if head and tail.lstrip().isdigit():
            return f"{head}{short} {tail.strip()}"
    return street


def street_line(address: Address, owner: str | None, random: Random) -> Text:
    """Street and number as a column or a letter has them; now and then abbreviated, in capitals or lower case."""
    drawn = random.random()
    text = _abbreviated(address.street) if drawn < 0.05 else address.street
    text = f"{text}, {address.extra}" if address.extra and random.random() < 0.4 else text
    cased = text.upper() if 0.05 < drawn < 0.11 else text.lower() if 0.11 < drawn < 0.15 else text
    return mark("ADDRESS", cased, owner)


def address(where: Address, owner: str | None, random: Random) -> Text:
    """The whole address in one line; the postal code inside it is optional truth."""
    code = mark("POSTAL_CODE", where.postal, owner, OPTIONAL)
    extra = f", {where.extra}" if where.extra else ""
    style = random.choices(("{s}{x}, {p} {t}", "{s}{x}, {t}", "{s}{x}", "{s}, {p}  {t}"), (5, 2, 2, 1))[0]
    whole = compose(style, s=where.street, x=extra, p=code, t=where.town if "  " not in style else where.town.upper())
    drawn = random.random()
    whole = whole.map(str.upper) if drawn < 0.06 else whole.map(str.lower) if drawn < 0.12 else whole
    return mark("ADDRESS", whole, owner)


def care_of(host: Person) -> Text:
    """A c/o line: a name next to an address."""
    return Text("c/o ") + full(host)


def letterhead(person: Person) -> Text:
    """Name, street, postal code and town on three lines."""
    where = person.home
    town = mark("ADDRESS", postal(where, person.id).optional() + f" {where.town}", person.id, OPTIONAL)
    return join("\n", [full(person), mark("ADDRESS", where.street, person.id), town])
