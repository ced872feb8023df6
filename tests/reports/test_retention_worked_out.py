"""Every verdict on a customer's e-mail address, against a reader of the policy who counts with another library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reports.ages import Age, Aged, AgedFacts
from reports.facts import Source
from reports.policy import load
from reports.retention import build

pytestmark = pytest.mark.slow

FOREVER = date.max
"""Of a customer who has not left."""
MONTHS = {"service_registration": 24, "service_provision": 24, "direct_marketing": 24, "security_misuse": 12}
"""After the customer relationship, as the policy's table says."""
POLICY = load("omnipoint")
DAYS = st.dates(date(2015, 1, 1), date(2028, 12, 31))
LEAP = date(2024, 2, 29)


def added(day: date | None, months: int) -> date | None:
    return day if day in (None, FOREVER) else day + relativedelta(months=months)


def readings(purpose: str, age: Age) -> tuple[date | None, date | None]:
    """The last day by a purpose if the policy is read strictly, and if generously; None: a date is missing."""
    if purpose == "quote_requests":
        days = [added(age.received, 6), added(age.last, 6)]
        return (min(days), max(days)) if None not in days else (days[0], days[1])
    if age.ended is None and not age.linked:
        return None, None
    strict = age.ended or FOREVER
    generous = age.ended_last or FOREVER
    if age.settled and generous != FOREVER:
        generous = max(generous, age.settled)
    ends = [added(min(strict, generous), MONTHS[purpose]), added(max(strict, generous), MONTHS[purpose])]
    if purpose == "direct_marketing" and age.objected:
        ends = [min(end, age.objected) for end in ends]
    return ends[0], ends[1]


def worked_out(purposes: list[str], age: Age, on: date) -> str:
    """What may be kept for one purpose may be kept (P3); what is not known is neither in time nor overdue (P9)."""
    strict, generous = zip(*(readings(purpose, age) for purpose in purposes), strict=True)
    if any(end is not None and end >= on for end in strict):
        return "in_time"
    if FOREVER in generous:
        return "may_be_overdue" if any(strict) else "unknown"
    if None in generous:
        return "unknown"
    if all(end < on for end in generous):
        return "overdue"
    return "may_be_overdue" if any(strict) else "unknown"


@st.composite
def ages(draw: st.DrawFn) -> Age:
    """A customer who stays, who left, or of two customers; with dates that may be missing."""
    ended = draw(st.none() | DAYS)
    last = draw(st.none() | DAYS.filter(lambda day: ended is None or day >= ended)) if ended else None
    dates = {name: draw(st.none() | DAYS) for name in ("settled", "received", "last", "objected")}
    return Age(linked=True, ended=ended, ended_last=last, **dates)


@settings(max_examples=400)
@given(st.sets(st.sampled_from(["quote_requests", *MONTHS]), min_size=1), ages(), DAYS)
@example({"service_provision"}, Age(True, LEAP, LEAP), date(2026, 2, 28))
@example({"service_provision"}, Age(True, LEAP, LEAP), date(2026, 3, 1))
@example({"quote_requests"}, Age(True, received=date(2025, 8, 31), last=date(2025, 8, 31)), date(2026, 2, 28))
@example({"quote_requests"}, Age(True, received=date(2025, 8, 31), last=date(2025, 8, 31)), date(2026, 3, 1))
def test_t59_the_verdict_is_what_a_reader_works_out(purposes: set[str], age: Age, on: date) -> None:
    asked = sorted(purposes)
    source = Source("crm", "database", "Kundtjänst", tuple(asked))
    facts = AgedFacts("crm", "kunder", "table", "epost", "EMAIL_ADDRESS", "", ages={age: 1})
    (item,) = build([Aged.of([facts])], [source], POLICY, on)
    assert item.verdict == worked_out(asked, age, on)


@pytest.mark.parametrize(
    ("year", "month", "on", "verdict"),
    [
        (2018, 12, date(2025, 12, 31), "in_time"),
        (2018, 12, date(2026, 1, 1), "overdue"),
        (2019, 1, date(2026, 12, 31), "in_time"),
        (2019, 1, date(2027, 1, 1), "overdue"),
    ],
)
def test_t59_seven_years_after_the_calendar_year(year: int, month: int, on: date, verdict: str) -> None:
    """Bookkeeping Act (1999:1078) ch. 7 s. 2: to the end of the seventh year after that in which the year ended."""
    day = date(year, month, 31)
    facts = AgedFacts(
        "crm", "fakturor", "table", "fakturanr", "INVOICE_NUMBER", "", ages={Age(received=day, last=day): 1}
    )
    source = replace(Source("crm", "database", "Ekonomi"), purposes=("legal_compliance",))
    assert {item.verdict for item in build([Aged.of([facts])], [source], POLICY, on)} == {verdict}
