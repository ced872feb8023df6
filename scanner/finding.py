"""What is kept of a match: keyed tokens of its canonical forms, and no place for its value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scanner.keys import Keys

if TYPE_CHECKING:
    from recognizers import Key

WHY = "|"
"""Stands between the evidence codes of a finding."""
_VARIANTS = ("parts", "nine")
"""Forms that are looked up: a name's parts in alphabetical order; a personnummer without its check digit (date and
serial are one person's, also where that digit is wrong)."""
_FURTHER = ("given", "born", "full")
"""How a given name sounds; the day of birth in a personnummer; an address with its postal code."""


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
    if not key.others:
        return Tokens(keys.token(key.entity, key.value))
    found: dict[str, str] = {}
    for other in key.others:
        name = other.partition(":")[0]
        found["variant" if name in _VARIANTS else "further" if name in _FURTHER else ""] = other
    variant, further = found.get("variant"), found.get("further")
    return Tokens(
        keys.token(key.entity, key.value),
        variant and keys.token(key.entity, variant),  # type: ignore[arg-type]
        further and keys.token(key.entity, further),  # type: ignore[arg-type]
    )
