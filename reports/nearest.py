"""What somebody who misspelt a name may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name: `; did you mean kunder?`, "" where none is near."""
    found = near(name, known)
    return f"; did you mean {found}?" if found else ""


def near(name: str, known: Iterable[str]) -> str:
    """The known name that is nearest; "" where none is near."""
    return next(iter(get_close_matches(name, sorted(known), n=1)), "")
