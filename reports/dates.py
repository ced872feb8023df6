"""Dates as the law and the policy count them. Only whole days in Sweden: no clock, no daylight saving time."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

NEVER = date.max
"""The expiry of what may be kept on: the customer relationship has not ended."""
_SWEDEN = ZoneInfo("Europe/Stockholm")


def today(at: datetime | None = None) -> date:
    """The date in Sweden at a moment (with its zone), or now, wherever the machine stands."""
    return (at.astimezone(_SWEDEN) if at else datetime.now(_SWEDEN)).date()


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last day of that month where it has no such day (Reg. 1182/71 Art. 3(2)(c)).

    31 August + 6 months = 28 February (29 in a leap year). `NEVER` stays `NEVER`.
    """
    if day == NEVER:
        return NEVER
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    if year > date.max.year:
        return NEVER
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def fiscal_calendar_end(day: date, last_month: int) -> date:
    """End of the calendar year in which the financial year that a day falls in is closed (bokföringslagen 7 kap. 2 §).

    Args:
        day: Of the accounting record.
        last_month: In which the financial year ends, 1 to 12.
    """
    if day == NEVER:
        return NEVER
    return date(day.year + (day.month > last_month), 12, 31)
