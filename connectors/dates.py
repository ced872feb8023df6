"""Which columns tell when something was: the age of records, and from when to when something was somebody's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from connectors.day_forms import SOME, Days, Form, are_timed, day_of, days_of, is_told

_NAMED = re.compile(
    r"dat(?!a)|skapad|created|logged|added|tid(?!ig)|time|stamp|fr[åa]n|from|in_?flytt|ut_?flytt|[a-zåäö]dt(?![a-zåäö])"
    r"|(?<![a-zåäö])(?:[a-zåäö]{0,2}da|ts|t_?o_?m|fr?_?o_?m|fr|till|to|since|valid|start|slut|end|inkom|dag|utl|inl|ater|atl|at|on|dt)(?![a-zåäö])",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?:da?te?|datum|dag|day|dat_?(?:fr|from|fr[åa]n|fom|ti|till|to|tom|in|ut|start|slut))(?![a-zåäö])", re.IGNORECASE
)
"""How columns are called whose six digits are days, not times or amounts."""
_BIRTH = re.compile(r"f[öo]d(?:d|else)|birth|(?<![a-z])dob(?![a-z])|född", re.IGNORECASE)
_ISO = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?!\d)")
_WHOLE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ][\d:.+\-Z ]*)?")
_ENOUGH = 8
"""Different days that stand in a column by no chance, whatever it is called."""
_SINCE, _UNTIL = "1990", "2040"
"""Years of such days: older ones may be when people were born."""


def dates_of(columns: Mapping[str, Sequence[str | None]], *, any_name: bool = False) -> dict[str, Days]:
    """Pick the date columns of a batch: those named like a date and at least half filled with them; no dates of birth.

    In a column of nothing else `20240131`, `202401310815` and `31/1/2024` are dates, too; so is `240131` in one that is
    called `BEGDT`, `datum` or the like. So are days with their time, if some are different, whatever it is called.

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
        if days := _named(name, values) if named else _unnamed(values, timed=not any_name):
            found[name] = days
    return found


def form_of(name: str, dates: Sequence[str | None]) -> Form:
    """How a column of dates writes them.

    Args:
        name: Its name.
        dates: Its values.
    """
    read = days_of(dates, least=_least(name))
    return read[0] if read else Form.ISO


def _least(name: str) -> int | None:
    """From how many different values on bare numbers are days in a column so called."""
    if _SHORT.search(name):
        return 1
    return SOME if _NAMED.search(name) else None


def tells_birth(name: str) -> bool:
    """Whether a column is named as one of dates of birth."""
    return _BIRTH.search(name) is not None


def _named(name: str, values: Sequence[str | None]) -> Days | None:
    """The dates of a column that is called so; None if it is no column of dates."""
    if read := days_of(values, least=_least(name)):
        return read[1] if any(read[1]) else None
    days = [_beginning(value) for value in values]
    found = sum(day is not None for day in days)
    return days if found and 2 * found >= sum(map(is_told, values)) else None


def _unnamed(values: Sequence[str | None], *, timed: bool) -> Days | None:
    """The same of a column of any name: it holds nothing but dates; `timed`: each with its time."""
    first = next(filter(is_told, values), None)
    if first is None or not first[:1].strip().isdigit():
        return None
    read = days_of(values, least=None)
    days = read[1] if read else [iso_day(value) for value in values]
    if not any(days) or any(day is None and is_told(value) for day, value in zip(days, values, strict=True)):
        return None
    if not read and not timed:
        return days
    if len(set(days)) < _ENOUGH or any(day and not _SINCE <= day < _UNTIL for day in days):
        return None
    return None if timed and not are_timed(values) else days


def iso_day(text: str | None) -> str | None:
    """The date of a date, or date and time; None if it is none (`infinity`, `0000-00-00`, before Christ), or never."""
    match = _WHOLE.fullmatch(text) if text else None
    return day_of(match[1]) if match else None


def _beginning(value: str | None) -> str | None:
    match = _ISO.match(value or "")
    return day_of(match[1]) if match else None
