"""Which columns tell the age of a record: named like a date, filled with ISO dates, and no date of birth."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

_NAMED = re.compile(r"datum|date|skapad|created|tid|time", re.IGNORECASE)
_BIRTH = re.compile(r"f[öo]d(?:d|else)|birth|(?<![a-z])dob(?![a-z])|född", re.IGNORECASE)
_ISO = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?!\d)")


def dates_of(columns: Mapping[str, Sequence[str | None]]) -> dict[str, list[str | None]]:
    """Pick the date columns of a batch.

    Returns:
        Name -> one `YYYY-MM-DD` or None a record, for columns of which at least half of the filled values are dates.
    """
    found = {}
    for name, values in columns.items():
        if not _NAMED.search(name) or _BIRTH.search(name):
            continue
        dates = [_iso(value) for value in values]
        filled = sum(1 for value in values if value and not value.isspace())
        if filled and 2 * sum(1 for day in dates if day) >= filled:
            found[name] = dates
    return found


def _iso(value: str | None) -> str | None:
    match = _ISO.match(value or "")
    return _day(match[1]) if match else None


@lru_cache(4096)
def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None
