"""File names, numbers, times, columns: the small parts that joining stands on. Near-misses come first."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from connectors.recordings import columns, names, times
from connectors.recordings.numbers import normalize

ZONE = ZoneInfo("Europe/Stockholm")
MORNING = datetime(2026, 3, 12, 9, 15, 2, tzinfo=UTC)
TO_THE_MINUTE = datetime(2026, 3, 12, 9, 15, tzinfo=UTC)
MIDNIGHT = datetime(2026, 3, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("anonymous", ""),
        ("", ""),
        ("1234", ""),  # an extension
        ("20260312", ""),  # a date
        ("00", ""),
        ("4.67018E+10", ""),  # what a spreadsheet made of it
        ("46000000000", ""),
        ("+4670174060511111", ""),
        ("070-174 06 05", "46701740605"),
        ("0701740605", "46701740605"),
        ("701740605", "46701740605"),
        ("+46701740605", "46701740605"),
        ("+46 (0)70-174 06 05", "46701740605"),
        ("+460701740605", "46701740605"),
        ("0046701740605", "46701740605"),
        ("46701740605", "46701740605"),
        ("46701740605.0", "46701740605"),
        ("０７０－１７４０６０５", "46701740605"),
        ("tel:+46-70-1740605;ext=3", "46701740605"),
        ("sip:0701740605@192.0.2.7", "46701740605"),
        ('"Anna Ek" <sip:+46701740605@example.com>', "46701740605"),
        ("08-465 004 00", "46846500400"),
        ("0980/319200", "46980319200"),
    ],
)
def test_numbers_have_one_form(text: str, number: str) -> None:
    assert normalize(text) == number


@pytest.mark.parametrize(
    ("text", "at", "precision"),
    [
        ("", None, 0),
        ("0701740605", None, 0),
        ("2026-02-30 10:15", None, 0),
        ("0001-01-01T00:00:00Z", None, 0),
        ("9999-12-31 23:59:59", None, 0),
        ("2026-03-12T10:15:02+99:00", None, 0),
        ("2026-03-12 25:15", None, 0),
        ("20260312", MIDNIGHT, times.DAY),
        ("12.03.2026", MIDNIGHT, times.DAY),
        ("2026-03-12 10:15", TO_THE_MINUTE, 60),
        ("20260312 1015", TO_THE_MINUTE, 60),
        ("12/3/2026 10:15:02", MORNING, 1),  # day first
        ("2026-03-12 10.15.02", MORNING, 1),
        ("2026-03-12T10:15:02.120", MORNING, 1),
        ("2026-03-12T09:15:02Z", MORNING, 1),
        ("2026-03-12T11:15:02+02:00", MORNING, 1),
        ("20260312101502", MORNING, 1),
        ("1773306902", MORNING, 1),
        ("1773306902120", MORNING, 1),
    ],
)
def test_times(text: str, at: datetime | None, precision: int) -> None:
    found = times.parse(text, ZONE)
    assert (found and found.at, found.precision if found else 0) == (at, precision)


def test_the_day_of_a_time_is_the_day_where_the_call_was() -> None:
    late = times.parse("2026-03-12T23:30:00Z", ZONE)
    assert late and late.day == "2026-03-13"


def test_a_time_to_the_minute_is_as_near_as_its_minute_allows() -> None:
    minute, second, later = (times.parse(f"2026-03-12 10:{clock}", ZONE) for clock in ("15", "15:59", "16:09"))
    assert minute and second and later
    assert (minute.gap(second), second.gap(minute), minute.gap(later), second.gap(later)) == (0, 0, 10, 10)


@pytest.mark.parametrize(
    ("name", "numbers", "at"),
    [
        ("REC-8842.wav", [], None),
        ("20260312101502.wav", [], MORNING),  # the digits of a time are no number
        ("20260231_101502.wav", [], None),  # no such day
        ("202603121015.wav", [], TO_THE_MINUTE),
        ("4120260312101502.wav", [], None),
        ("20011231-9805_REC.wav", [], None),  # the shape of a personnummer, not a day
        ("0701740605.wav", ["46701740605"], None),  # 07:01 on a day? a number
        ("0701740605_2026-03-12.wav", ["46701740605"], MIDNIGHT),
        ("20260312_101502_0701740605_agent12.wav", ["46701740605"], MORNING),
        ("in-2026-03-12T10.15.02-+46701740605.mp3", ["46701740605"], MORNING),
        ("in-2026-03-12T10.15.02+46701740605.mp3", ["46701740605"], MORNING),  # no time zone of +46:70
        ("20260312T091502Z_+46701740605.wav", ["46701740605"], MORNING),
        ("samtal_46701740605_202603121015.wav", ["46701740605"], TO_THE_MINUTE),
        ("20260312-1015-0701740605.wav", ["46701740605"], TO_THE_MINUTE),
        ("101502_20260312_070-1740605.wav", ["46701740605"], MORNING),
        ("12-03-2026_10-15-02_0046701740605.ogg", ["46701740605"], MORNING),
        ("0846500400-0701740605-20260312-101502-1773306902.4242.wav", ["46701740605", "46846500400"], MORNING),
        ("2026/03/12/101502_0701740605.wav", ["46701740605"], MORNING),
        ("2026-03-12/0701740605/101502.wav", ["46701740605"], MIDNIGHT),
        ("0701740605/REC-1.wav", ["46701740605"], None),
    ],
)
def test_what_file_names_say(name: str, numbers: list[str], at: datetime | None) -> None:
    found = names.clues(name, ZONE)
    assert (sorted(found.numbers), found.started and found.started.at) == (numbers, at)


@pytest.mark.parametrize(
    ("name", "call_id", "could_be"),
    [
        ("20260312_101502_0701740605.wav", "20260312", False),
        ("20260312_101502_0701740605.wav", "0701740605", False),
        ("20260312_agent12.wav", "12", False),
        ("REC-8842.wav", "884", False),
        ("REC-8842.wav", "8842", True),
        ("REC-8842.wav", "rec-8842", True),
        ("in-20260312-101502-1773306902.4242.wav", "1773306902.4242", True),
        ("12.wav", "12", True),
        ("call_3f2a77c0-1d2e-4b5a-8c9d-001122334455.wav", "3f2a77c0-1d2e-4b5a-8c9d-001122334455", True),
    ],
)
def test_which_part_of_a_name_could_be_a_call_id(name: str, call_id: str, could_be: bool) -> None:
    assert (call_id in names.clues(name, ZONE).ids) is could_be


@pytest.mark.parametrize(
    ("column", "meaning"),
    [
        ("Kundnummer", ""),
        ("agent", ""),
        ("längd", ""),
        ("A-nummer", "number"),
        ("B_NUMMER", "number"),
        ("Uppringt nummer", "number"),
        ("från", "number"),
        ("Fra\u030an", "number"),
        ("call.from", "number"),
        ("dnis", "number"),
        ("Starttid", "started"),
        ("Datum", "date"),
        ("tid", "clock"),
        ("Samtals-ID", "id"),
        ("id", "row"),
        ("kund.id", "row"),
        ("samtal.@id", "id"),
        ("calls[0].call.id", "id"),
        ("Fil", "file"),
        ("recordingFile", "file"),
    ],
)
def test_column_meanings(column: str, meaning: str) -> None:
    assert columns.meaning(column) == meaning


@pytest.mark.parametrize(
    "fields",
    [
        {"start": "2026-03-12 10:15:02"},
        {"datum": "2026-03-12", "tid": "10:15:02"},
        {"Datum": "20260312", "Starttid": "10.15.02"},
        {"date": "2026-03-12", "starttid": "2026-03-12 10:15:02"},
        {"date": "12/3/2026", "time": "101502"},
    ],
)
def test_date_and_clock_in_one_column_or_two(fields: dict[str, str | None]) -> None:
    started = columns.clues(fields, ZONE).started
    assert started and (started.at, started.precision) == (MORNING, 1)


def test_clues_do_not_show_numbers() -> None:
    assert "1740605" not in repr(columns.clues({"caller": "0701740605"}, ZONE))
