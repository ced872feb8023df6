"""Verdicts by rules P1 to P12, against dates worked out by hand and by another library."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.ages import Age, Aged, AgedFacts
from reports.expiry import DATES, Events, parts
from reports.facts import Source
from reports.policy import Policy, load
from reports.retention import Item, build, totals
from reports.review import Decision

ON = date(2026, 11, 1)
CRM = Source("crm", "database", "Kundtjänst", ("service_provision", "direct_marketing"))
POLICY = load("omnipoint")


def aged(age: Age, entity: str | None = "EMAIL_ADDRESS", unit: str = "kunder", field: str = "epost") -> AgedFacts:
    return AgedFacts("crm", unit, "table", field, entity, "", ages={age: 1})


def judged(fact: AgedFacts, *purposes: str, on: date = ON, policy: Policy = POLICY) -> Item:
    (item,) = build([Aged.of([fact])], [replace(CRM, purposes=purposes)], policy, on)
    return item


def left(day: date, **more: date) -> Age:
    return Age(linked=True, ended=day, ended_last=day, received=date(2011, 1, 1), last=day, **more)


CUSTOMER = Age(linked=True, received=date(2011, 1, 1), last=date(2025, 1, 1))
CASES = [
    # what is in time comes first
    ("a customer", CUSTOMER, "service_provision", "in_time"),
    ("left 23 months ago", left(date(2024, 12, 1)), "service_provision", "in_time"),
    ("left 24 months ago today: the last day", left(date(2024, 11, 1)), "service_provision", "in_time"),
    ("left a day earlier", left(date(2024, 10, 31)), "service_provision", "overdue"),
    ("left, last invoice later (C08)", left(date(2024, 10, 10), settled=date(2024, 11, 9)), "service_provision",
     "may_be_overdue"),
    ("left, last invoice long ago", left(date(2024, 10, 1), settled=date(2024, 10, 20)), "service_provision",
     "overdue"),
    ("nobody knows whose", Age(received=date(2010, 1, 1), last=date(2010, 1, 1)), "service_provision", "unknown"),
    ("no date at all", Age(), "quote_requests", "unknown"),
    ("security keeps 12 months", left(date(2025, 11, 1)), "security_misuse", "in_time"),
    ("security keeps no longer", left(date(2025, 10, 31)), "security_misuse", "overdue"),
    ("two customers, one stays", Age(True, date(2019, 1, 1), None, last=date(2019, 1, 1)), "service_provision",
     "may_be_overdue"),
    ("two customers, both gone", Age(True, date(2019, 1, 1), date(2020, 1, 1)), "service_provision", "overdue"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "age", "purpose", "verdict"), CASES, ids=[case[0] for case in CASES])
def test_customers_data(what: str, age: Age, purpose: str, verdict: str) -> None:
    """T59."""
    assert judged(aged(age), purpose).verdict == verdict


QUOTES = [
    (date(2026, 5, 1), date(2026, 5, 1), "in_time"),
    (date(2026, 4, 30), date(2026, 5, 1), "may_be_overdue"),
    (date(2026, 4, 30), date(2026, 4, 30), "overdue"),
    (date(2026, 8, 31), date(2026, 8, 31), "in_time"),
    (None, date(2026, 4, 30), "overdue"),
    (None, date(2026, 5, 1), "unknown"),
    (date(2026, 10, 30), date(2099, 1, 1), "in_time"),
]


@pytest.mark.parametrize(("received", "last", "verdict"), QUOTES)
def test_quotes_are_counted_from_the_request_or_the_last_contact(
    received: date | None, last: date, verdict: str
) -> None:
    item = judged(aged(Age(received=received, last=last), unit="offerter"), "quote_requests")
    assert (item.role, item.verdict, item.preliminary) == ("prospect", verdict, ("C07",))


@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize(("received", "verdict"), [(date(2026, 8, 1), "in_time"), (date(2026, 7, 31), "overdue")])
def test_a_recommended_person_is_kept_three_months_whatever_else_applies(
    received: date, verdict: str, linked: bool
) -> None:
    fact = aged(Age(linked, received=received, last=received), unit="rekommendationer", field="van_epost")
    item = judged(fact)
    assert (item.role, item.verdict, item.rules) == ("referred_person", verdict, ("R_REFERRAL_3M",))


@pytest.mark.parametrize(
    ("ended", "verdict"),
    [(None, "in_time"), (date(2026, 11, 1), "in_time"), (date(2026, 10, 31), "may_be_overdue"),
     (date(2024, 11, 1), "may_be_overdue"), (date(2024, 10, 31), "overdue")],
)  # fmt: skip
def test_contact_persons_are_between_the_strict_and_the_loose_reading(ended: date | None, verdict: str) -> None:
    item = judged(aged(Age(True, ended, ended), "PHONE_NUMBER", "larmkontakter", "tel"), "service_provision")
    assert (item.role, item.verdict) == ("alarm_contact", verdict)
    assert item.preliminary == ("C08", "C21")


@pytest.mark.parametrize(
    ("last", "verdict"),
    [(date(2019, 1, 1), "in_time"), (date(2018, 12, 31), "overdue"), (date(2019, 12, 31), "in_time")],
)
def test_accounting_records_are_kept_seven_years_after_the_calendar_year(last: date, verdict: str) -> None:
    item = judged(aged(Age(True, date(2010, 1, 1), date(2010, 1, 1), last=last), unit="fakturor"), "legal_compliance")
    assert item.verdict == verdict
    assert item.until == (date(last.year + 7, 12, 31),) * 2


def test_an_invoice_does_not_let_the_register_be_kept() -> None:
    gone = left(date(2024, 3, 31))
    assert judged(aged(gone, unit="fakturor"), "service_provision", "legal_compliance").verdict == "in_time"
    assert judged(aged(gone), "service_provision", "direct_marketing").verdict == "overdue"


def test_a_personnummer_in_an_invoice_is_no_accounting_record_until_confirmed() -> None:
    item = judged(aged(left(date(2024, 3, 31)), "SE_PERSONNUMMER", "fakturor", "pnr"), "legal_compliance")
    assert item.verdict == "no_purpose"


@pytest.mark.parametrize(
    ("fact", "purposes", "role"),
    [
        (aged(CUSTOMER, "LOCATION_COORDINATES", field="lat"), ("direct_marketing",), "customer"),
        (aged(Age(last=ON), unit="nyhetsbrev"), ("direct_marketing",), "marketing_lead"),
        (aged(CUSTOMER, unit="personal"), (), "employee"),
        (aged(CUSTOMER, "PERSON", "arenden", "handlaggare"), (), "employee"),
        (aged(CUSTOMER, "HEALTH_MENTION", field="anteckning"), (), "customer"),
    ],
)
def test_what_no_purpose_covers_has_no_period(fact: AgedFacts, purposes: tuple[str, ...], role: str) -> None:
    item = judged(fact, *purposes)
    assert (item.verdict, item.role, item.rules) == ("no_purpose", role, ())


def test_a_subscriber_who_became_a_customer_is_a_customer() -> None:
    assert judged(aged(CUSTOMER, unit="nyhetsbrev"), "direct_marketing").role == "customer"


def test_a_company_number_is_nobodys() -> None:
    assert build([Aged.of([aged(CUSTOMER, "SE_ORGANISATIONSNUMMER")])], [CRM], POLICY, ON) == []


def test_a_place_without_purposes_is_an_upper_bound() -> None:
    assert judged(aged(CUSTOMER)).bound
    assert not judged(aged(CUSTOMER), "service_provision").bound


def test_confirmed_readings_are_no_longer_preliminary() -> None:
    document = POLICY.document
    events = {id: {**event, "confirmed_by": "DSO, 2026-11-01"} for id, event in document.events.items()}
    confirmed = Policy(document.model_copy(update={"events": events}), "0" * 64)
    fact = aged(left(date(2020, 1, 1)))
    assert judged(fact, "service_provision").preliminary == ("C08",)
    assert judged(fact, "service_provision", policy=confirmed).preliminary == ()


def test_a_hold_stands_beside_the_verdict() -> None:
    hold = Decision(1, "hold", "crm", "kunder", "", "", "", "tvist 12", "anna", "2026-10-01T10:00:00Z")
    (item,) = build([Aged.of([aged(left(date(2020, 1, 1)))])], [CRM], POLICY, ON, decided=[hold])
    assert (item.verdict, item.held) == ("overdue", "tvist 12")


def test_what_was_dismissed_is_not_judged_and_what_was_moved_is_judged_as_what_it_is() -> None:
    fact, said = aged(left(date(2020, 1, 1))), ("crm", "kunder", "epost", "EMAIL_ADDRESS")
    gone = Decision(1, "dismiss", *said, "", "vår egen", "anna", "2026-10-01T10:00:00Z")
    assert build([Aged.of([fact])], [CRM], POLICY, ON, decided=[gone]) == []
    moved = replace(gone, kind="reclassify", category="employee_data")
    (item,) = build([Aged.of([fact])], [CRM], POLICY, ON, decided=[moved])
    assert (item.category, item.verdict) == ("employee_data", "no_purpose")
    again = replace(gone, id=2, kind="confirm")
    assert len(build([Aged.of([fact])], [CRM], POLICY, ON, decided=[gone, again])) == 1, "the last word counts"


OBJECTED = replace(CUSTOMER, objected=date(2026, 10, 31))
OBJECTIONS = [
    # (age, purposes, verdict, event): what is in time comes first
    (OBJECTED, ("direct_marketing", "service_provision"), "in_time", "customer_relationship_end"),
    (replace(OBJECTED, objected=ON), ("direct_marketing",), "in_time", "objection_to_direct_marketing"),
    (OBJECTED, ("direct_marketing",), "overdue", "objection_to_direct_marketing"),
    (left(date(2025, 1, 1), objected=date(2025, 6, 1)), ("direct_marketing",), "overdue",
     "objection_to_direct_marketing"),
    (left(date(2024, 1, 1), objected=date(2026, 9, 1)), ("direct_marketing",), "overdue",
     "customer_relationship_end"),
    (Age(objected=date(2026, 1, 1)), ("direct_marketing",), "overdue", "objection_to_direct_marketing"),
    (Age(objected=date(2027, 1, 1)), ("direct_marketing",), "unknown", "objection_to_direct_marketing"),
]  # fmt: skip


@pytest.mark.parametrize(("age", "purposes", "verdict", "event"), OBJECTIONS)
def test_an_objection_ends_the_purpose_it_is_about_and_no_other(
    age: Age, purposes: tuple[str, ...], verdict: str, event: str
) -> None:
    """P6."""
    item = judged(aged(age), *purposes)
    assert (item.verdict, item.event) == (verdict, event)


def test_data_of_one_verdict_are_one_item_with_first_and_last_dates() -> None:
    fact = replace(aged(CUSTOMER), ages={left(date(2020, 2, 29)): 3, left(date(2021, 8, 31)): 4, CUSTOMER: 5})
    items = build([Aged.of([fact])], [CRM], POLICY, ON)
    overdue = items[0]
    assert [(item.verdict, item.count) for item in items] == [("overdue", 7), ("in_time", 5)]
    assert overdue.events == (date(2020, 2, 29), date(2021, 8, 31))
    assert overdue.until == (date(2022, 2, 28), date(2023, 8, 31))
    assert totals(items) == {"overdue": 7, "may_be_overdue": 0, "unknown": 0, "no_purpose": 0, "in_time": 5}


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_the_verdict_is_that_of_another_library(ended: date, settled: date) -> None:
    """T59."""
    first = (pd.Timestamp(ended) + pd.DateOffset(months=24)).date()
    last = (pd.Timestamp(max(ended, settled)) + pd.DateOffset(months=24)).date()
    expected = "overdue" if last < ON else "in_time" if first >= ON else "may_be_overdue"
    assert judged(aged(left(ended, settled=settled)), "service_provision").verdict == expected


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 4000))
def test_time_only_makes_it_worse(ended: date, days: int) -> None:
    """T59."""
    order = ("in_time", "may_be_overdue", "overdue")
    fact = aged(left(ended, settled=ended + timedelta(days=40)))
    verdicts = [judged(fact, "service_provision", on=day).verdict for day in (ON, ON + timedelta(days=days))]
    assert order.index(verdicts[0]) <= order.index(verdicts[1])


def test_every_event_of_the_policy_is_made_of_known_dates() -> None:
    events = POLICY.document.events
    for event in events.values():
        for end in ("earliest", "latest"):
            assert all(name in DATES or name in events for name in parts(str(event.get(end, "record_created"))))
    for event in events:
        Events(events).span(event, CUSTOMER)


def test_a_company_without_a_year_of_its_own_ends_it_in_december() -> None:
    span = Events({"fiscal_year_end": {"compute": "fiscal_calendar_end"}}).span(
        "fiscal_year_end", Age(last=date(2025, 3, 4))
    )
    assert span.first == span.last == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("received", "seen", "span"),
    [
        (date(2025, 1, 1), date(2025, 2, 1), (date(2025, 1, 1), date(2025, 2, 1))),
        (date(2025, 2, 1), date(2025, 1, 1), (date(2025, 1, 1), date(2025, 2, 1))),
        (date(2025, 1, 1), date(2025, 1, 1), (date(2025, 1, 1), date(2025, 1, 1))),
        (None, date(2025, 1, 1), (None, date(2025, 1, 1))),
        (date(2025, 1, 1), None, (date(2025, 1, 1), None)),
        (None, None, (None, None)),
    ],
)
def test_the_earlier_reading_is_the_earlier_date_and_the_unknown_stays_in_its_place(
    received: date | None, seen: date | None, span: tuple[date | None, date | None]
) -> None:
    """P9: an unknown reading is never taken for a known one."""
    events = Events({"both": {"earliest": "record_created", "latest": "cookie_last_seen"}})
    found = events.span("both", Age(received=received, last=seen))
    assert (found.first, found.last) == span


def test_an_item_says_which_event_and_how_many_months_decided() -> None:
    item = judged(aged(left(date(2024, 10, 31))), "service_provision")
    assert (item.months, item.event) == (24, "customer_relationship_end")
    assert item.until[1] == date(2026, 10, 31)
