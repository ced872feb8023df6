"""Decisions about findings change the report, are listed in it, and stop counting when they should."""

from dataclasses import replace
from datetime import date

import pytest

from reports.facts import Estate
from reports.formats import DOCUMENT_FORMATS, render_document, render_inventory
from reports.inventory import Inventory, build
from reports.language import translator
from reports.policy import Policy
from reports.review import Decision, counting, held_by
from reports.review_report import document
from tests.reports.conftest import ESTATE

ON = date(2026, 11, 22)
PLAIN = Decision(
    1, "dismiss", "crm", "kunder", "epost", "EMAIL_ADDRESS", "", "test data", "anna", "2026-11-20T10:00:00"
)


def judged(policy: Policy, *decisions: Decision) -> Inventory:
    estate = Estate(ESTATE.sources, ESTATE.facts, ESTATE.coverage, ESTATE.scanned_at, counting(decisions, ON))
    return build(estate, policy)


def has(inventory: Inventory, unit: str, field: str, entity: str | None) -> bool:
    return any((row.unit, row.field, row.entity) == (unit, field, entity) for row in inventory.rows)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, "active"),
        ({"until": date(2026, 11, 22)}, "active"),
        ({"until": date(2026, 11, 21)}, "expired"),
        ({"undone_by": "bo"}, "undone"),
        ({"unit": "kund*"}, "waiting"),
        ({"field": ""}, "waiting"),
        ({"field": "", "token": b"x" * 16}, "active"),
        ({"unit": "kund*", "approved_by": "bo"}, "active"),
        ({"kind": "confirm", "field": ""}, "active"),
        ({"kind": "hold", "unit": "*"}, "active"),
    ],
)
def test_when_a_decision_counts(change: dict[str, object], state: str) -> None:
    assert replace(PLAIN, **change).state(ON) == state  # type: ignore[arg-type]


def test_what_was_dismissed_is_gone_with_its_gaps_and_listed(policy: Policy) -> None:
    code = replace(PLAIN, unit="larmkontakter", field="larmkod", entity="ALARM_CODE")
    before, after = judged(policy), judged(policy, code)
    assert has(before, "larmkontakter", "larmkod", "ALARM_CODE")
    assert not has(after, "larmkontakter", "larmkod", "ALARM_CODE")
    assert not [gap for gap in after.gaps if gap.field == "larmkod"]
    (gone,) = after.dismissed
    assert gone.review == "dismiss #1 anna 2026-11-20"
    for format in ("html", "xlsx", "pdf"):
        assert render_inventory(after, format) != render_inventory(before, format)
    assert "dismiss #1 anna 2026-11-20" in render_inventory(after, "html").decode()


def test_only_what_it_is_about_is_dismissed(policy: Policy) -> None:
    after = judged(policy, PLAIN)
    assert not has(after, "kunder", "epost", "EMAIL_ADDRESS")
    assert has(after, "kunder", "personnummer", "SE_PERSONNUMMER")
    assert has(after, "cookies", "epost", "EMAIL_ADDRESS")


def test_a_pattern_counts_once_approved(policy: Policy) -> None:
    wide = replace(PLAIN, unit="*", field="epost")
    assert has(judged(policy, wide), "cookies", "epost", "EMAIL_ADDRESS")
    assert not has(judged(policy, replace(wide, approved_by="bo")), "cookies", "epost", "EMAIL_ADDRESS")


def test_another_category_changes_purposes_and_gaps(policy: Policy) -> None:
    moved = replace(PLAIN, kind="reclassify", unit="cookies", field="epost", category="user_account")
    rows = [row for row in judged(policy, moved).rows if row.unit == "cookies" and row.entity]
    assert [row.category for row in rows] == ["user_account"]


def test_an_accepted_gap_is_back_when_its_time_is_up(policy: Policy) -> None:
    accepted = replace(PLAIN, kind="accept", unit="cookies", field="epost", entity="", category="broken_promise")
    kinds = {gap.kind for gap in judged(policy, replace(accepted, until=ON)).gaps if gap.unit == "cookies"}
    assert "broken_promise" not in kinds
    assert len(judged(policy, replace(accepted, until=ON)).accepted) == 1
    late = judged(policy, replace(accepted, until=date(2026, 1, 1)))
    assert "broken_promise" in {gap.kind for gap in late.gaps if gap.unit == "cookies"}


def test_the_last_decision_wins(policy: Policy) -> None:
    again = replace(PLAIN, id=2, kind="confirm")
    (row,) = [row for row in judged(policy, PLAIN, again).rows if (row.unit, row.field) == ("kunder", "epost")]
    assert row.review == "confirm #2 anna 2026-11-20"


def test_holds() -> None:
    hold = replace(PLAIN, kind="hold", unit="avtal/*", field="", reason="tvist 12")
    assert held_by([hold], "crm", "avtal/2024") == "tvist 12"
    assert held_by([hold], "crm", "kunder") == held_by([hold], "share", "avtal/2024") == ""


@pytest.mark.parametrize("format", DOCUMENT_FORMATS)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_list_in_every_format(policy: Policy, format: str, lang: str) -> None:
    made = [
        PLAIN,
        replace(PLAIN, id=2, kind="accept", category="unseen", until=ON),
        replace(PLAIN, id=3, token=b"x" * 16),
    ]
    data = render_document(document(made, policy, ON, translator(lang)), format, lang)
    assert data
    if format == "text":
        assert data.decode().count("anna") == 3
