"""Whole days in Sweden: months on, leap days, financial years, whatever the clock of the machine."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.dates import NEVER, add_months, fiscal_calendar_end, today

DAYS = st.dates(date(1950, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 3, 31), 24, date(2026, 3, 31)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)),
        (date(2024, 12, 1), 0, date(2024, 12, 1)),
        (NEVER, 24, NEVER),
        (date(9999, 6, 1), 24, NEVER),
    ],
)
def test_months_on(day: date, months: int, expected: date) -> None:
    """T57."""
    assert add_months(day, months) == expected


@given(DAYS, st.integers(0, 120))
def test_months_on_are_those_of_another_library(day: date, months: int) -> None:
    assert add_months(day, months) == (pd.Timestamp(day) + pd.DateOffset(months=months)).date()


@pytest.mark.parametrize(
    ("day", "last_month", "expected"),
    [
        (date(2024, 1, 1), 12, date(2024, 12, 31)),
        (date(2024, 12, 31), 12, date(2024, 12, 31)),
        (date(2024, 6, 30), 6, date(2024, 12, 31)),
        (date(2024, 7, 1), 6, date(2025, 12, 31)),
        (date(2024, 5, 1), 4, date(2025, 12, 31)),
    ],
)
def test_the_financial_year_ends_in_a_calendar_year(day: date, last_month: int, expected: date) -> None:
    assert fiscal_calendar_end(day, last_month) == expected


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        ("2026-10-24T21:59", "2026-10-24"),  # summer time still
        ("2026-10-24T22:00", "2026-10-25"),
        ("2026-10-25T22:30", "2026-10-25"),  # the day of 25 hours
        ("2026-10-25T23:30", "2026-10-26"),
        ("2026-03-28T22:59", "2026-03-28"),
        ("2026-03-28T23:00", "2026-03-29"),  # the day of 23 hours
        ("2026-03-29T21:59", "2026-03-29"),
    ],
)
def test_today_is_the_day_in_sweden(utc: str, expected: str) -> None:
    """T57."""
    at = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    for zone in (UTC, ZoneInfo("America/Los_Angeles"), ZoneInfo("Asia/Tokyo")):
        assert today(at.astimezone(zone)).isoformat() == expected
