"""A column of dates within SQL: what it is compared with hangs on how the dates are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast

_DIGITS = 14
"""The longest: `20240131081530`."""


@dataclass(frozen=True, slots=True)
class DayColumn:
    """One.

    Attributes:
        column: The column; dates, times, or texts or numbers that begin with `2024-01-31` or `20240131`.
        digits: Whether it holds the latter; one of zeros only tells no date.
    """

    column: ColumnElement[Any]
    digits: bool

    def after(self, day: date) -> ColumnElement[bool]:
        """It tells a later day."""
        return self._text >= self._next(day)

    def not_after(self, day: date) -> ColumnElement[bool]:
        """It tells that day or one before."""
        earlier = self._text < self._next(day)
        return (self._text >= "1") & earlier if self.digits else earlier

    def told(self) -> ColumnElement[bool]:
        """It tells a day."""
        return self._text >= "1" if self.digits else self.column.is_not(None)

    def missing(self) -> ColumnElement[bool]:
        """It tells none."""
        return (self.column.is_(None) | (self._text < "1")) if self.digits else self.column.is_(None)

    @property
    def _text(self) -> ColumnElement[Any]:
        return cast(self.column, String(_DIGITS)) if self.digits else self.column

    def _next(self, day: date) -> str:
        """The next day, as a text that compares with dates, times and ISO texts alike, or with digits."""
        after = day + timedelta(days=1)
        return f"{after:%Y%m%d}" if self.digits else after.isoformat()
