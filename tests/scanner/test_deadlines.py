"""Deadlines: months' ends, holidays, the extension; independent of clock and zone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scanner import config as configuration
from scanner import workflow
from scanner.cases import Register
from scanner.cases.deadlines import add_months, day_off, deadline, holidays
from scanner.cli import app
from scanner.keys import new_key

_CONFIG = "sources:\n  larmcentral: {type: declared, owner: Larmcentralen AB}\n"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    yield
    time.tzset()


@pytest.mark.parametrize(
    ("received", "due", "planned", "latest", "because"),
    [
        ("2026-08-31", "2026-09-30", "2026-09-30", "2026-09-30", ""),
        ("2026-01-31", "2026-02-28", "2026-02-27", "2026-03-02", "lördag"),
        ("2028-01-30", "2028-02-29", "2028-02-29", "2028-02-29", ""),
        ("2026-11-30", "2026-12-30", "2026-12-30", "2026-12-30", ""),
        ("2026-05-19", "2026-06-19", "2026-06-18", "2026-06-22", "midsommarafton"),
        ("2026-11-24", "2026-12-24", "2026-12-23", "2026-12-28", "julafton"),
        ("2026-03-03", "2026-04-03", "2026-04-02", "2026-04-07", "långfredagen"),
        ("2026-09-25", "2026-10-25", "2026-10-23", "2026-10-26", "söndag"),
        ("2026-12-01", "2027-01-01", "2026-12-30", "2027-01-04", "nyårsdagen"),
    ],
)
def test_one_month_from_receipt(received: str, due: str, planned: str, latest: str, because: str) -> None:
    """T58."""
    found = deadline(date.fromisoformat(received))
    assert (str(found.due), str(found.planned), str(found.latest), found.because) == (due, planned, latest, because)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-01-31", "2026-04-28"),
        ("2026-11-30", "2027-02-28"),
        ("2026-08-31", "2026-11-30"),
        ("2026-03-10", "2026-06-10"),
    ],
)
def test_the_extension_takes_the_earlier_of_two_ways_to_count(received: str, due: str) -> None:
    """T58."""
    assert str(deadline(date.fromisoformat(received), extended=True).due) == due


def test_holidays_of_a_year() -> None:
    """T58."""
    named = {name: str(day) for day, name in holidays(2026).items()}
    assert named["Kristi himmelsfärdsdag"] == "2026-05-14"
    assert named["midsommardagen"] == "2026-06-20"
    assert named["alla helgons dag"] == "2026-10-31"
    assert day_off(date(2026, 11, 27)) == ""


def test_days_left_and_months_backwards_over_new_year() -> None:
    assert deadline(date(2026, 11, 2)).days_left(date(2026, 12, 1)) == 1
    assert deadline(date(2026, 11, 2)).days_left(date(2026, 12, 4)) == -2
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Tokyo"])
@pytest.mark.parametrize(
    ("utc", "received", "due"),
    [
        ("2026-10-24T22:30", "2026-10-25", "2026-11-25"),  # half past midnight, before the day of 25 hours
        ("2026-10-25T22:59", "2026-10-25", "2026-11-25"),
        ("2026-10-25T23:00", "2026-10-26", "2026-11-26"),
        ("2028-02-28T23:30", "2028-02-29", "2028-03-29"),
        ("2026-12-31T23:15", "2027-01-01", "2027-02-01"),
    ],
)
def test_t57_a_request_is_received_on_the_day_that_it_is_in_sweden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, utc: str, received: str, due: str
) -> None:
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return moment.astimezone(tz)

    monkeypatch.setattr("reports.dates.datetime", Clock)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    (tmp_path / "insyn.yaml").write_text(_CONFIG, encoding="utf-8")
    new_key(tmp_path / "insyn.key")
    config = configuration.load(tmp_path / "insyn.yaml")
    with workflow.opened(config, create=True):
        pass
    run = CliRunner().invoke(app, ["case", "new", "anna@example.se", "--number", "1", "-c", str(config.path)])
    assert run.exit_code == 0, run.stderr
    with workflow.opened(config) as store:
        case = Register(store, "test").get("1")
    assert (str(case.received), str(case.deadline.due)) == (received, due)
