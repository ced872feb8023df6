"""When an answer is due: one month from receipt, extendable by two (Art. 12(3) GDPR), and what the calendar does to it.

A month ends on the day of the same number, or on the month's last day where there is none (31 August -> 30 September).
Where that day is no working day the period runs to the next one (Regulation 1182/71, Art. 3(4)); whoever plans by the
working day before is in time under every reading, so both are given. Swedish public holidays: lag (1989:253); Saturdays
and the three eves count as Sundays under lag (1930:173).
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

FIRST_MONTHS, MORE_MONTHS = 1, 2
_FIXED = {
    (1, 1): "nyårsdagen", (1, 6): "trettondedag jul", (5, 1): "första maj", (6, 6): "nationaldagen",
    (12, 24): "julafton", (12, 25): "juldagen", (12, 26): "annandag jul", (12, 31): "nyårsafton",
}  # fmt: skip
_FROM_EASTER = {-2: "långfredagen", 0: "påskdagen", 1: "annandag påsk", 39: "Kristi himmelsfärdsdag", 49: "pingstdagen"}
_WEEKEND = {5: "lördag", 6: "söndag"}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due day and what to plan by."""

    due: date
    """As the months are counted."""
    planned: date
    """The due day, or the last working day before it: in time under every reading."""
    latest: date
    """The due day, or the next working day where it is none."""
    because: str = ""
    """What the due day is if it is no working day: `midsommarafton`."""

    def days_left(self, today: date) -> int:
        """Days until the planned day; negative when it has passed."""
        return (self.planned - today).days


def add_months(day: date, months: int) -> date:
    """The day of the same number so many months on, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def deadline(received: date, *, extended: bool = False) -> Deadline:
    """When a request that came on a day is to be answered.

    Args:
        received: The day on which it came in, by whatever channel.
        extended: By two months; of the two ways to count them the earlier day is taken.
    """
    due = add_months(received, FIRST_MONTHS)
    if extended:
        due = min(add_months(received, FIRST_MONTHS + MORE_MONTHS), add_months(due, MORE_MONTHS))
    return Deadline(due, _working(due, -1), _working(due, 1), day_off(due))


def day_off(day: date) -> str:
    """Name of the public holiday, the eve or the day of the weekend; "" for a working day."""
    return holidays(day.year).get(day) or _WEEKEND.get(day.weekday(), "")


@lru_cache
def holidays(year: int) -> Mapping[date, str]:
    """The Swedish public holidays and the eves that count as one."""
    found = {date(year, month, day): name for (month, day), name in _FIXED.items()}
    sunday = easter(year)
    found |= {sunday + timedelta(days=days): name for days, name in _FROM_EASTER.items()}
    midsummer = _saturday(date(year, 6, 20))
    found[midsummer - timedelta(days=1)], found[midsummer] = "midsommarafton", "midsommardagen"
    found[_saturday(date(year, 10, 31))] = "alla helgons dag"
    return found


def _saturday(first: date) -> date:
    return first + timedelta(days=(5 - first.weekday()) % 7)


def _working(day: date, step: int) -> date:
    while day_off(day):
        day += timedelta(days=step)
    return day
