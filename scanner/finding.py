"""What is kept of a match: keyed tokens of its canonical forms, and no place for its value."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from scanner.keys import Keys

if TYPE_CHECKING:
    from recognizers import Key

WHY = "|"
"""Stands between the evidence codes of a finding."""
WHOLE = "whole"
"""Form of a name put together from two fields: its token is that of the same name written in one."""


class Form(IntEnum):
    """Which spelling-independent form of a datum a token is made of."""

    VALUE = 0
    PARTS = 1
    """A name's parts in alphabetical order; only of names with several."""
    WHOLE = 2
    SURNAME = 3
    STREET = 4
    FULL = 5
    NINE = 6
    """A personnummer without its check digit: date and serial are one person's, also where that digit is wrong."""
    OTHER = 9


_FORMS = {form.name.lower(): form for form in Form}


def key_tokens(keys: Keys, key: Key) -> list[tuple[bytes, int]]:
    """Tokens of a datum: of its canonical value and of each further form.

    Args:
        keys: Of the installation.
        key: Entity and canonical forms.

    Returns:
        Pairs of token and form, each once; a further form's token is over `form:value`, so forms never meet.
    """
    found = {(keys.token(key.entity, key.value), int(Form.VALUE))}
    for other in key.others:
        name, _, value = other.partition(":")
        text = value if name == WHOLE else other
        found.add((keys.token(key.entity, text), int(_FORMS.get(name, Form.OTHER))))
    return sorted(found, key=lambda one: one[1])
