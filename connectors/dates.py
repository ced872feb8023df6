"""Which columns tell when something was: the age of records, and from when to when something was somebody's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

_NAMED = re.compile(
    r"dat(?!a)|skapad|created|tid(?!ig)|time|fr[åa]n|from|in_?flytt|ut_?flytt"
    r"|(?<![a-zåäö])(?:t_?o_?m|fr?_?o_?m|fr|till|to|since|valid|start|slut|end|inkom|dag|utl|inl|ater|atl)(?![a-zåäö])",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"f[öo]d(?:d|else)|birth|(?<![a-z])dob(?![a-z])|född", re.IGNORECASE)
_ISO = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?!\d)")
_WHOLE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ][\d:.+\-Z ]*)?")
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?\s*")
_ENOUGH = 8
"""Different numbers that are all days of the calendar by no chance, whatever their column is called."""
_SINCE, _UNTIL = "1990", "2040"
"""Years of such days: older ones may be when people were born."""
_NEVER = frozenset({"0", "00000000", "99999999", "99991231", "9999-12-31"})
"""What stands in a column of dates where there is none, or for one that never comes."""


def dates_of(columns: Mapping[str, Sequence[str | None]], *, any_name: bool = False) -> dict[str, list[str | None]]:
    """Pick the date columns of a batch: those named like a date and at least half filled with them; no dates of birth.

    `20240131` is a date in a column of nothing else, with the time, too: `202401310815`, `20240131081530`.

    Args:
        columns: Name -> values.
        any_name: Whatever a column is called, too, that holds nothing but dates, of those without signs some different.

    Returns:
        Name -> one `YYYY-MM-DD` or None a record.
    """
    found = {}
    for name, values in columns.items():
        if tells_birth(name):
            continue
        named = _NAMED.search(name) is not None
        if (named or any_name) and (days := _days(values, named=named)):
            found[name] = days
    return found


def are_digits(dates: Sequence[str | None]) -> bool:
    """Whether the dates of a column are written as `20240131` or `202401310815`."""
    first = next(filter(_is_told, dates), None)
    return first is not None and _compact(first) is not None


def tells_birth(name: str) -> bool:
    """Whether a column is named as one of dates of birth."""
    return _BIRTH.search(name) is not None


def _days(values: Sequence[str | None], *, named: bool) -> list[str | None] | None:
    """The dates of a column; None if it is no column of dates."""
    first = next(filter(_is_told, values), None)
    compact = first is not None and _compact(first) is not None
    if first is None or not (named or compact or iso_day(first)):
        return None
    told = sum(map(_is_told, values))
    if compact:
        days, least = [_compact(value) for value in values], told
        if not named and (len(set(days)) < _ENOUGH or any(day and not _SINCE <= day < _UNTIL for day in days)):
            return None
    elif named:
        days, least = [_beginning(value) for value in values], (told + 1) // 2
    else:
        days, least = [iso_day(value) for value in values], told
    found = sum(day is not None for day in days)
    return days if found and found >= least else None


def _is_told(value: str | None) -> bool:
    return bool(value) and not value.isspace() and value not in _NEVER  # type: ignore[union-attr]


def iso_day(text: str | None) -> str | None:
    """The date of a date, or date and time; None if it is none (`infinity`, `0000-00-00`, before Christ), or never."""
    match = _WHOLE.fullmatch(text) if text else None
    return _day(match[1]) if match else None


def _beginning(value: str | None) -> str | None:
    match = _ISO.match(value or "")
    return _day(match[1]) if match else None


def _compact(value: str | None) -> str | None:
    match = _COMPACT.fullmatch(value or "")
    return _day("-".join(match.groups())) if match else None


@lru_cache(4096)
def _day(text: str) -> str | None:
    if text in _NEVER:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None
