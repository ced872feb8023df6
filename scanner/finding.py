"""What is kept of a match: keyed tokens of its canonical forms, and no place for its value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scanner.keys import Keys

if TYPE_CHECKING:
    from recognizers import Key

WHY = "|"
"""Stands between the evidence codes of a finding."""
_VARIANT, _FURTHER = 1, 2
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
    token, entity = keys.token, key.entity
    value = token(entity, key.value)
    if not key.others:
        return Tokens(value)
    forms = {_PLACES.get(other.partition(":")[0]): other for other in key.others}
    variant, further = forms.get(_VARIANT), forms.get(_FURTHER)
    return Tokens(value, token(entity, variant) if variant else None, token(entity, further) if further else None)
