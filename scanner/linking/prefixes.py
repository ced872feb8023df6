"""Letters that all columns of a table begin with, as in Movex (M3) and JD Edwards: `OKCUNO`, `OKCUNM` of `OCUSMA`."""

from __future__ import annotations

import re
from collections.abc import Collection

_PREFIXED = re.compile(r"[A-Z]{2}[A-Z0-9]{2,5}")
_LETTERS, _FEWEST = 2, 3
_KEY = re.compile(r"(NO|NR|ID|NB|IX|OCRN)$")
"""How the names of numbers end there: `CUNO`, `PONR`, `TXID`, `DLIX`."""


def prefix_of(names: Collection[str]) -> str:
    """The two letters that all columns of a table begin with; empty where they are called otherwise.

    Args:
        names: Of all columns of the table; of three at least, and one may be called otherwise, that was added.
    """
    prefixed = [name for name in names if _PREFIXED.fullmatch(name)]
    first = {name[:_LETTERS] for name in prefixed}
    if len(first) != 1 or len(prefixed) < max(_FEWEST, len(names) - 1):
        return ""
    return first.pop()


def prefixed_keys(names: Collection[str]) -> list[str]:
    """Those of the columns of such a table that are called as keys are."""
    return [name for name in names if _KEY.search(name)] if prefix_of(names) else []
