"""Items of the retention report: in which order they come, what is summed, what a place without purposes means."""

from dataclasses import replace
from datetime import date

import pytest

from reports.ages import Age, Aged
from reports.expiry import Span
from reports.facts import Source
from reports.retention import build
from reports.verdicts import VERDICTS
from tests.reports.test_retention import CRM, CUSTOMER, ON, POLICY, aged, judged, left


@pytest.mark.parametrize(
    ("first", "last", "known"),
    [(ON, ON, True), (None, ON, False), (ON, None, False), (None, None, False)],
)
def test_a_span_is_known_if_both_ends_are(first: date | None, last: date | None, known: bool) -> None:
    assert Span(first, last).known is known


def test_the_same_data_of_two_sources_stay_apart_and_come_by_owner_place_gravity_and_field() -> None:
    shop = Source("shop", "database", "Butik", ("service_provision",))
    facts = [
        replace(aged(CUSTOMER, unit=unit, field=field, entity=entity), source=source)
        for source in ("shop", "crm")
        for unit in ("order", "kunder")
        for field, entity in (("telefon", "PHONE_NUMBER"), ("epost", "EMAIL_ADDRESS"), ("epost", "USERNAME"))
    ]
    facts.append(aged(left(date(2020, 1, 1)), field="telefon", entity="PHONE_NUMBER"))
    items = build([Aged.of(reversed(facts))], [CRM, shop], POLICY, ON)
    told = [(item.owner, item.unit, item.verdict, item.field, item.entity) for item in items]
    assert told == sorted(told, key=lambda one: (one[0], one[1], VERDICTS.index(one[2]), one[3]))
    assert len(told) == 13
    assert {item.count for item in items} == {1}
    assert told[3][:3] == ("Butik", "order", "in_time")
    assert told[6] == ("Kundtjänst", "kunder", "overdue", "telefon", "PHONE_NUMBER")


def test_facts_of_one_kind_are_summed_and_the_unknown_date_is_left_out() -> None:
    one, other = aged(left(date(2020, 2, 29))), aged(left(date(2019, 2, 28)))
    (item,) = build([Aged.of([one, other, one])], [CRM], POLICY, ON)
    assert (item.count, item.events) == (3, (date(2019, 2, 28), date(2020, 2, 29)))
    assert item.until == (date(2021, 2, 28), date(2022, 2, 28))


def test_of_what_is_summed_the_first_and_the_last_of_all_dates_are_told() -> None:
    inner = Age(linked=True, ended=date(2019, 1, 1), ended_last=date(2020, 1, 1), last=date(2019, 1, 1))
    outer = replace(inner, ended=date(2018, 1, 1), ended_last=date(2021, 1, 1))
    for order in ((inner, outer), (outer, inner)):
        (item,) = build([Aged.of([aged(age) for age in order])], [CRM], POLICY, ON)
        assert (item.count, item.verdict) == (2, "overdue")
        assert item.events == (date(2018, 1, 1), date(2021, 1, 1))
        assert item.until == (date(2020, 1, 1), date(2023, 1, 1))


def test_a_source_that_is_not_configured_has_no_purposes_of_its_own() -> None:
    (item,) = build([Aged.of([replace(aged(CUSTOMER), source="gammal")])], [CRM], POLICY, ON)
    assert (item.source, item.owner, item.bound, item.held) == ("gammal", "", True, "")
    assert not judged(aged(CUSTOMER), "service_provision").bound
