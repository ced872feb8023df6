"""A month of deadlines: which answers are to be given on which day, and which days nobody works."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from scanner.cases.deadlines import add_months, day_off
from scanner.cases.model import Case, State
from scanner.errors import ConfigError

_ANSWERED = frozenset({State.DELIVERED, State.CLOSED})


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the sheet."""

    date: date
    off: str
    """Name of the public holiday or the day of the weekend; "" for a working day."""
    cases: Sequence[Case]
    """Those to be answered that day at the latest."""


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday; a day of another month is None."""

    number: int
    """ISO 8601, as Sweden counts."""
    days: Sequence[Day | None]


@dataclass(frozen=True, slots=True)
class Month:
    """A month's sheet."""

    first: date
    weeks: Sequence[Week]

    @property
    def before(self) -> date:
        """First day of the month before."""
        return add_months(self.first, -1)

    @property
    def after(self) -> date:
        """First day of the month after."""
        return add_months(self.first, 1)

    @property
    def days(self) -> list[Day]:
        """Its days."""
        return [day for week in self.weeks for day in week.days if day]


def first_day(text: str, today: date) -> date:
    """The first day of a month written YYYY-MM; of this month where nothing is written.

    Raises:
        ConfigError: it is no month.
    """
    try:
        return date.fromisoformat(f"{text}-01") if text else today.replace(day=1)
    except ValueError:
        raise ConfigError("month: expected YYYY-MM") from None


def sheet(first: date, cases: Iterable[Case]) -> Month:
    """The sheet of a month.

    Args:
        first: Its first day.
        cases: Any; those that are answered are left out.
    """
    due: defaultdict[date, list[Case]] = defaultdict(list)
    for case in cases:
        if case.state not in _ANSWERED:
            due[case.deadline.planned].append(case)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return Month(
        first, [Week(days[0].isocalendar().week, [_day(day, first, due[day]) for day in days]) for days in weeks]
    )


def _day(day: date, first: date, cases: Sequence[Case]) -> Day | None:
    return Day(day, day_off(day), cases) if day.month == first.month else None


def overdue(cases: Iterable[Case], today: date) -> list[Case]:
    """Those that should have been answered before today."""
    return [case for case in cases if case.state not in _ANSWERED and case.deadline.planned < today]
