"""What has changed since an earlier inventory; what was not read is not said to be gone."""

import json
from dataclasses import replace

import pytest

from reports.facts import Coverage, Estate
from reports.formats import DOCUMENT_FORMATS, render_document, render_inventory
from reports.inventory import Inventory, build
from reports.language import translator
from reports.policy import Policy
from reports.trend import since_file
from reports.trend_report import document
from tests.reports.conftest import FACTS, SOURCES

WHOLE = [Coverage(source.name, "scanned", 5) for source in SOURCES if source.type != "declared"]


def made(
    policy: Policy, *facts: object, coverage: list[Coverage] = WHOLE, at: str = "2026-11-22T10:00:00Z"
) -> Inventory:
    return build(Estate(SOURCES, facts or FACTS, coverage, at), policy)  # type: ignore[arg-type]


def earlier(inventory: Inventory) -> dict[str, object]:
    return dict(json.loads(render_inventory(inventory, "json")))


def states(before: Inventory, after: Inventory, source: str, unit: str) -> dict[str, str]:
    found = since_file(earlier(before), after).changes
    return {one.field: one.state for one in found if (one.source, one.unit) == (source, unit)}


def test_the_same_is_as_before(policy: Policy) -> None:
    found = since_file(earlier(made(policy)), made(policy))
    assert found.changes == []
    assert {state for state, count in found.totals.items() if count} == {"same"}


def test_new_gone_and_changed(policy: Policy) -> None:
    fewer = [fact for fact in FACTS if fact.unit != "cookies"]
    grown = [replace(fact, values=fact.values + 1) if fact.field == "epost" else fact for fact in FACTS]
    assert states(made(policy, *fewer), made(policy), "crm", "cookies")["epost"] == "new"
    assert states(made(policy), made(policy, *fewer), "crm", "cookies")["epost"] == "gone"
    assert states(made(policy), made(policy, *grown), "crm", "cookies")["epost"] == "changed"


@pytest.mark.parametrize("state", ["unreadable", "partial", "never_scanned", "changed"])
def test_what_was_not_read_is_not_said_to_be_gone(policy: Policy, state: str) -> None:
    broken = [replace(one, state=state) if one.source == "crm" else one for one in WHOLE]
    fewer = [fact for fact in FACTS if fact.unit != "cookies"]
    assert states(made(policy), made(policy, *fewer, coverage=broken), "crm", "cookies")["epost"] == "not_comparable"
    assert states(made(policy, *fewer, coverage=broken), made(policy), "crm", "cookies")["epost"] == "not_comparable"


@pytest.mark.parametrize("format", DOCUMENT_FORMATS)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_format(policy: Policy, format: str, lang: str) -> None:
    fewer = made(policy, *FACTS[:6], at="2026-11-01T10:00:00Z")
    one, two = (
        render_document(document(since_file(earlier(fewer), now), now, translator(lang)), format, lang)
        for now in (made(policy), made(policy))
    )
    assert one == two
    if format == "text":
        assert "2026-11-01" in one.decode()
