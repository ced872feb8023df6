"""Tables of which there is one for each year: `FAKT2024`, `FAKT2025`; and columns that say of which year a row is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_NUMBERS = re.compile(r"[0-9]+")
_SUFFIX = re.compile(r"(?:19|20)?([0-9]{2})$")
_YEAR = re.compile(r"(^|_)(ar|artal|arg|argang|year|yr|ar_nr|fiscal_year|rakenskapsar|inkomstar)$")


def family_of(table: str) -> str:
    """What is alike in the names of tables that differ by a number; empty of a table without one in its name."""
    return _NUMBERS.sub("0", table) if _NUMBERS.search(table) else ""


def years(tables: Collection[str]) -> Mapping[str, Mapping[str, str]]:
    """Families of tables whose names end in a year, of two or four digits: each table with the last two of these."""
    found: dict[str, dict[str, str]] = {}
    for table in tables:
        if ends := _SUFFIX.search(table):
            found.setdefault(family_of(table), {})[table] = ends.group(1)
    return {family: some for family, some in found.items() if len(some) > 1}


def is_year(name: str) -> bool:
    """Whether a normalised name says that a column holds years."""
    return _YEAR.search(name) is not None
