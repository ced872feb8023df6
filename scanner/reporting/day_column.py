"""A column of dates within SQL: what it is compared with hangs on how the dates are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast

_FIRST = date(1900, 1, 1)
"""What sorts before it is no day: an empty text, zeros."""
_DIGITS = 14
"""The longest: `20240131081530`."""


@dataclass(frozen=True, slots=True)
class DayColumn:
    """One.

    Attributes:
        column: The column; dates, times, or texts or numbers that begin with `2024-01-31` or `20240131`.
        digits: Whether it holds the latter.
    """

    column: ColumnElement[Any]
    digits: bool

    def after(self, day: date) -> ColumnElement[bool]:
        """It tells a later day."""
        return self._text >= self._next(day)

    def not_after(self, day: date) -> ColumnElement[bool]:
        """It tells that day or one before."""
        return self.told() & (self._text < self._next(day))

    def told(self) -> ColumnElement[bool]:
        """It tells a day."""
        return self._text >= self._written(_FIRST)

    def missing(self) -> ColumnElement[bool]:
        """It tells none."""
        return self.column.is_(None) | (self._text < self._written(_FIRST))

    @property
    def _text(self) -> ColumnElement[Any]:
        return cast(self.column, String(_DIGITS)) if self.digits else self.column

    def _next(self, day: date) -> str:
        return self._written(day + timedelta(days=1))

    def _written(self, day: date) -> str:
        """A day as a text that compares with dates, times and ISO texts alike, or with digits."""
        return f"{day:%Y%m%d}" if self.digits else day.isoformat()
