"""A month of deadlines: the right day, the days that nobody works, and nothing that is answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scanner.cases import Register
from scanner.cases.calendar import first_day, overdue, sheet
from scanner.cases.model import NewCase, Outcome
from scanner.errors import ConfigError
from scanner.keys import Keys
from scanner.store import Store

TODAY = date(2026, 12, 1)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    store = Store.open(f"sqlite:///{tmp_path}/insyn.db", Keys(b"k" * 32))
    yield Register(store, "anna")
    store.close()


def test_answers_are_on_the_last_working_day_and_holidays_have_names(register: Register) -> None:
    for received in (date(2026, 11, 24), date(2026, 12, 1)):
        register.open(NewCase(received))
    withdrawn = register.open(NewCase(date(2026, 11, 10))).number
    register.close(withdrawn, Outcome.WITHDRAWN)
    month = sheet(date(2026, 12, 1), register.listed(closed=True))
    assert [week.number for week in month.weeks] == [49, 50, 51, 52, 53]
    assert [day.date.day for day in month.days] == list(range(1, 32))
    found = {day.date.day: [case.number for case in day.cases] for day in month.days if day.cases}
    assert found == {23: ["2026-0001"], 30: ["2026-0002"]}  # Christmas Eve and New Year's Day are no working days
    assert {day.date.day: day.off for day in month.days}[24] == "julafton"
    assert (month.before, month.after) == (date(2026, 11, 1), date(2027, 1, 1))


def test_what_should_have_been_answered_is_told(register: Register) -> None:
    late = register.open(NewCase(date(2026, 10, 20))).number
    register.open(NewCase(date(2026, 11, 2)))
    assert [case.number for case in overdue(register.listed(), TODAY)] == [late]


def test_a_month_is_written_as_one() -> None:
    assert first_day("", TODAY) == date(2026, 12, 1)
    assert first_day("2027-02", TODAY) == date(2027, 2, 1)
    for wrong in ("2027-13", "2027-2", "x", "900118-9811"):
        with pytest.raises(ConfigError, match="YYYY-MM") as told:
            first_day(wrong, TODAY)
        assert "9811" not in str(told.value)
