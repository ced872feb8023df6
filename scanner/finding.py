"""What is kept of a match: keyed tokens of its canonical forms, and no place for its value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scanner.keys import Keys

if TYPE_CHECKING:
    from recognizers import Key

WHY = "|"
"""Stands between the evidence codes of a finding."""
_VARIANT, _FURTHER = 1, 2
_NO_FORMS = None, None
_NUMBER, _BORN = "SE_PERSONNUMMER", "born:"
_PLACES = {"parts": _VARIANT, "nine": _VARIANT, "given": _FURTHER, "born": _FURTHER, "full": _FURTHER}
"""Forms that are looked up: a name's parts in alphabetical order; a personnummer without its check digit (date and
serial are one person's, also where that digit is wrong). Further ones: how a given name sounds; the day of birth in a
personnummer; an address with its postal code."""


class Tokens(NamedTuple):
    """The tokens of a datum. One of a form is over `form:value`, so forms never meet."""

    value: bytes
    """Of the canonical value."""
    variant: bytes | None = None
    """Of the form by which other spellings of it are found."""
    further: bytes | None = None


def key_tokens(keys: Keys, key: Key) -> Tokens:
    """Make the tokens of a datum.

    Args:
        keys: Of the installation.
        key: Entity and canonical forms; of two that take the same place the last is kept.
    """
    value, (variant, further) = keys.token(key.entity, key.value), forms(key)
    return Tokens(value, _token(keys, key.entity, variant), _token(keys, key.entity, further))


def _token(keys: Keys, entity: str, form: str | None) -> bytes | None:
    return keys.token(domain(entity, form), form) if form else None


def domain(entity: str, form: str) -> str:
    """As of which entity a form's token is made: a day of birth is to meet that of a personnummer."""
    return _NUMBER if form.startswith(_BORN) else entity


def forms(key: Key) -> tuple[str | None, str | None]:
    """The form of a datum by which other spellings are found, and the further one; None where it has none."""
    if not key.others:
        return _NO_FORMS
    found: list[str | None] = [None, None, None]
    for other in key.others:
        found[_PLACES.get(other.partition(":")[0], 0)] = other
    return found[_VARIANT], found[_FURTHER]
