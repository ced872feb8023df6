"""Expiries by themselves: of what is not known, and of several rules at once."""

from datetime import date

import pytest

from reports.ages import Age
from reports.dates import NEVER
from reports.expiry import UNKNOWN, Events, Expiry, Span, expiry, longest
from reports.policy import load

EARLY, LATE = date(2024, 2, 29), date(2026, 6, 30)
POLICY = load("omnipoint").document


def until(first: date | None, last: date | None) -> Expiry:
    return Expiry("R", "event", UNKNOWN, 12, Span(first, last))


@pytest.mark.parametrize(
    ("spans", "first", "last"),
    [
        # near misses first: what is not known may last longer than all that is
        ([(EARLY, EARLY), (None, None)], EARLY, None),
        ([(None, None), (EARLY, EARLY)], EARLY, None),
        ([(None, None)], None, None),
        ([], None, None),
        ([(EARLY, LATE), (None, NEVER), (None, None)], EARLY, NEVER),
        ([(EARLY, LATE), (LATE, LATE)], LATE, LATE),
        ([(EARLY, EARLY), (EARLY, LATE)], EARLY, LATE),
    ],
)
def test_the_longest_of_several_is_known_where_no_other_may_last_longer(
    spans: list[tuple[date | None, date | None]], first: date | None, last: date | None
) -> None:
    assert longest([until(*span) for span in spans]) == Span(first, last)


@pytest.mark.parametrize(
    ("text", "received", "last", "expected"),
    [
        ("first_of [quote_request_received, last_interaction_on_request]", None, None, None),
        ("last_of [quote_request_received, last_interaction_on_request]", None, None, None),
        ("first_of [quote_request_received, last_interaction_on_request]", None, LATE, LATE),
        ("first_of [quote_request_received, last_interaction_on_request]", EARLY, LATE, EARLY),
        ("last_of [quote_request_received, last_interaction_on_request]", EARLY, LATE, LATE),
        ("quote_request_received + 12 months", None, LATE, None),
        ("quote_request_received + 12 months", EARLY, None, date(2025, 2, 28)),
    ],
)
def test_events_of_dates_that_are_not_known(
    text: str, received: date | None, last: date | None, expected: date | None
) -> None:
    events = Events({"asked": {"earliest": text, "latest": text}})
    assert events.span("asked", Age(received=received, last=last)) == Span(expected, expected)


def test_an_event_whose_readings_are_the_wrong_way_round_is_turned() -> None:
    events = Events({"asked": {"earliest": "last_interaction_on_request", "latest": "quote_request_received"}})
    assert events.span("asked", Age(received=EARLY, last=LATE)) == Span(EARLY, LATE)


def test_the_laws_period_is_told_in_months_and_counted_from_the_end_of_the_year() -> None:
    found = expiry("R_LAW", POLICY.retention_rules["R_LAW"], Events(POLICY.events), Age(last=date(2025, 6, 30)))
    assert (found.rule, found.event, found.months) == ("R_LAW", "fiscal_year_calendar_end", 84)
    assert found.from_ == Span(date(2025, 12, 31), date(2025, 12, 31))
    assert found.until == Span(date(2032, 12, 31), date(2032, 12, 31))
