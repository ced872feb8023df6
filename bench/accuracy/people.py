"""Slots for people: names in their spellings, e-mail addresses, user names."""

from __future__ import annotations

import unicodedata

from bench.accuracy.slots import Filler, Slot

DOMAINS = ("example.se", "example.com", "example.org", "example.net", "mail.example.se", "post.example.com")
PARTICLES = ("von", "af", "de", "van der", "al-", "El ", "bin")


def _full(filler: Filler, persona: str) -> str:
    return " ".join(filler.name(persona))


def _first(filler: Filler, persona: str) -> str:
    return filler.name(persona)[0]


def _last(filler: Filler, persona: str) -> str:
    return filler.name(persona)[1]


def _listed(filler: Filler, persona: str) -> str:
    first, last = filler.name(persona)
    return f"{last}, {first}"


def _double(filler: Filler, persona: str) -> str:
    first, last = filler.name(persona)
    if filler.rng.random() < 0.5:
        return f"{first} {last}-{filler.name()[1]}"
    return f"{first}-{filler.name()[0]} {last}"


def _middle(filler: Filler, persona: str) -> str:
    first, last = filler.name(persona)
    return f"{first} {filler.name()[0]} {last}"


def _initial(filler: Filler, persona: str) -> str:
    first, last = filler.name(persona)
    return filler.rng.choice(
        [f"{first[0]}. {last}", f"{first} {last[0]}", f"{first} {filler.rng.choice('ABEJKLM')}. {last}"]
    )


def _noble(filler: Filler, persona: str) -> str:
    first, last = filler.name(persona)
    return f"{first} {filler.rng.choice(PARTICLES)} {last}".replace("- ", "-").replace("  ", " ")


def _plain(word: str) -> str:
    """Drop accents and signs, as most mail systems want."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word.lower()) if sign.isascii() and sign.isalnum())


def _email(filler: Filler, persona: str) -> str:
    first, last = map(_plain, filler.name(persona))
    local = filler.rng.choice([f"{first}.{last}", f"{first[0]}{last}", f"{first}_{last}", f"{first}{filler.digits(2)}",
                               f"{last}.{first}", f"{first}+larm", f"{first}-{last}"])  # fmt: skip
    return f"{local}@{filler.rng.choice(DOMAINS)}"


def _email_idn(filler: Filler, persona: str) -> str:
    first, last = (word.lower().replace(" ", "") for word in filler.name(persona))
    return f"{first}.{last}@räksmörgås.se"


def _email_spaced(filler: Filler, persona: str) -> str:
    return _email(filler, persona).replace("@", " @ ")


SLOTS = {
    "full": Slot("PERSON", _full),
    "first": Slot("PERSON", _first),
    "last": Slot("PERSON", _last),
    "listed": Slot("PERSON", _listed),
    "double": Slot("PERSON", _double),
    "middle": Slot("PERSON", _middle),
    "initial": Slot("PERSON", _initial),
    "noble": Slot("PERSON", _noble),
    "email": Slot("EMAIL_ADDRESS", _email),
    "email_idn": Slot("EMAIL_ADDRESS", _email_idn),
    "email_spaced": Slot("EMAIL_ADDRESS", _email_spaced),
}
