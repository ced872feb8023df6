"""How days are written, beside `2024-01-31`: a column of nothing else is one of dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from enum import IntEnum
from functools import lru_cache

_HOUR = r"(?:[01]\d|2[0-3]):?[0-5]\d(?::?[0-5]\d)?"
_YEAR = r"((?:19|20)\d\d)"
_DIGITS = re.compile(rf"{_YEAR}(\d\d)(\d\d)(?:{_HOUR})?")
_APART = re.compile(rf"{_YEAR}(\d\d)(\d\d)[T ]{_HOUR}")
_SIGNS = re.compile(rf"{_YEAR}[/.](\d{{1,2}})[/.](\d{{1,2}})(?:,? {_HOUR})?")
_SIX = re.compile(r"(\d\d)(\d\d)(\d\d)")
SOME = 5
"""Different values of six digits that are all days by no chance: one number in thirty is, one time of day in ten."""
_EPOCH = re.compile(r"([1-9]\d{8,9})(?:\d{3})?(?:\.\d+)?")
_EPOCHS = range(631_152_000, 2_208_988_800)
"""Seconds since 1970-01-01 from 1990 to 2039."""
_TURNED = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2{_YEAR}(?:,? {_HOUR})?")
_TIMED = re.compile(rf"(?:19|20)\d\d-?\d\d-?\d\d[T ]?{_HOUR}[\d:.+\-Z ]*")
_CENTURY = 70
"""Years of two digits from this one on are of the twentieth century."""
NEVER = frozenset({"0", "00000000", "000000", "99999999", "999999", "99991231", "9999-12-31"})
"""What stands in a column of dates where there is none, or for one that never comes."""


class Form(IntEnum):
    """How a column writes its dates."""

    ISO = 0
    """`2024-01-31`, or what begins with it; also a column of the database's own dates, and one of no dates."""
    DIGITS = 1
    """`20240131`, `202401310815`."""
    OTHER = 2
    """`31/1/2024`, `240131`, `20240131 08:15`, `1706688900`: seconds, or thousandths, since 1970-01-01."""


Days = list[str | None]
"""Of each value `YYYY-MM-DD`, or None."""


def days_of(values: Sequence[str | None], *, least: int | None) -> tuple[Form, Days] | None:
    """The days of a column that holds nothing else and writes them otherwise than `2024-01-31`.

    Args:
        values: Of the column.
        least: From how many different values on six digits are days, and nine or more moments; None: never.

    Returns:
        How it writes them, and the days; None if it is no such column.
    """
    told = [value.strip() if is_told(value) else "" for value in values]  # type: ignore[union-attr]
    first = next(filter(None, told), "")
    form, way = next(((form, way) for form, way in _WAYS if way.fullmatch(first)), (None, _SIX))
    if form is None or (way in (_SIX, _EPOCH) and (least is None or len(set(filter(None, told))) < least)):
        return None
    days = _READ[way](told) if way in _READ else _straight(told, way)
    return None if days is None else (form, days)


def iso(year: str, month: str, day: str) -> str | None:
    """A day of the calendar as `YYYY-MM-DD`; None if there is none, or it stands for one that never comes."""
    return day_of(f"{year}-{month:0>2}-{day:0>2}")


@lru_cache(4096)
def day_of(text: str) -> str | None:
    """The same, of `2024-01-31`."""
    if text in NEVER:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def is_told(value: str | None) -> bool:
    """Whether a value tells anything."""
    return bool(value) and not value.isspace() and value not in NEVER  # type: ignore[union-attr]


def are_timed(values: Iterable[str | None]) -> bool:
    """Whether a column tells the time with every day: `2024-01-31 08:15`, `20240131T0815`."""
    return all(_TIMED.fullmatch(value.strip()) for value in values if is_told(value))  # type: ignore[union-attr]


_WAYS = (
    (Form.DIGITS, _DIGITS),
    (Form.OTHER, _APART),
    (Form.OTHER, _SIGNS),
    (Form.OTHER, _TURNED),
    (Form.OTHER, _SIX),
    (Form.OTHER, _EPOCH),
)


def _straight(told: Sequence[str], way: re.Pattern[str]) -> Days | None:
    """Days that begin with the year."""
    found: Days = []
    for text in told:
        match = way.fullmatch(text)
        year, month, day = match.groups() if match else ("", "", "")
        whole = f"{19 if int(year) >= _CENTURY else 20}{year}" if way is _SIX and year else year
        found.append(iso(whole, month, day) if match else None)
        if text and not found[-1]:
            return None
    return found


def _turned(told: Sequence[str]) -> Days | None:
    """Days that end with the year: `31/1/2024`, as in Sweden, and `1/31/2024` where some can be nothing else."""
    parts = [match.group(1, 3, 4) if (match := _TURNED.fullmatch(text)) else None for text in told]
    for order in (1, 0):  # where the month stands
        days = [iso(one[2], one[order], one[1 - order]) if one else None for one in parts]
        if all(day for day, text in zip(days, told, strict=True) if text):
            return days
    return None


def _counted(told: Sequence[str]) -> Days | None:
    """Days of which seconds since 1970-01-01 are told."""
    seconds = [int(match[1]) if (match := _EPOCH.fullmatch(text)) else 0 for text in told]
    if any(text and one not in _EPOCHS for text, one in zip(told, seconds, strict=True)):
        return None
    return [datetime.fromtimestamp(one, UTC).date().isoformat() if one else None for one in seconds]


_READ = {_TURNED: _turned, _EPOCH: _counted}
