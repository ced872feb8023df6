"""Every report that is a document, in every format, is as kept, and the same input gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from reports import (
    article30,
    article30_report,
    catalogue,
    elusion,
    incident,
    objects,
    retention,
    retention_report,
    review_report,
)
from reports.ages import Age, Aged, AgedFacts
from reports.catalogue import Place
from reports.document import Document
from reports.facts import Coverage, Estate
from reports.formats import DOCUMENT_FORMATS, render_document, render_inventory
from reports.inventory import Inventory, build
from reports.language import Language, translator
from reports.policy import Policy, load
from reports.retention import Retention
from reports.review import Decision
from reports.trend import Point, between
from reports.trend_report import document as trend_document
from tests.reports.conftest import FACTS, SOURCES
from tests.reports.keeping import READERS, golden, without_style

ON = date(2026, 11, 22)
POLICY = Policy(load("omnipoint").document, "0" * 64)
COVERAGE = [Coverage(one.name, "scanned", 5) for one in SOURCES if one.type != "declared"]


def held(count: int, at: str) -> Inventory:
    return build(Estate(SOURCES, FACTS[:count], COVERAGE, at), POLICY)


NOW = held(len(FACTS), "2026-11-22T10:00:00Z")


def aged() -> Retention:
    ages = {Age(True, date(2024, 2, 29), date(2024, 2, 29), last=date(2024, 2, 29)): 3, Age(): 2}
    facts = [AgedFacts("crm", "kunder", "table", "epost", "EMAIL_ADDRESS", "", ages=ages)]
    items = retention.build([Aged.of(facts)], SOURCES, POLICY, ON)
    return Retention(ON, "2026-11-22T10:00:00Z", POLICY, SOURCES, items, COVERAGE)


def changed(lang: Language) -> Document:
    before = held(6, "2026-11-01T10:00:00Z")
    points = [Point(before.generated, 5, 900), Point(NOW.generated, 9, 1400)]
    return trend_document(between(before, NOW, lambda source, _unit: source == "share", points), NOW, lang)


def decided(lang: Language) -> Document:
    made = Decision(1, "dismiss", "crm", "kunder", "epost", "", "", "gäller ingen", "anna", "2026-11-01T10:00:00Z")
    wide = replace(made, id=2, field="*", until=date(2027, 1, 1))
    return review_report.document([made, wide], POLICY, ON, lang)


DOCUMENTS: dict[str, Callable[[Language], Document]] = {
    "retention": lambda lang: retention_report.document(aged(), lang),
    "article30": lambda lang: article30_report.document(article30.build(NOW, lang), NOW, lang),
    "trend": changed,
    "review": decided,
    "incident": lambda lang: incident.document(incident.affected(NOW, "crm", ""), NOW, "crm", lang),
    "sample": lambda lang: elusion.document(elusion.draw(FACTS, 3, 1), 40, POLICY, lang, missed=1),
}


@pytest.mark.parametrize("format", DOCUMENT_FORMATS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_as_kept(name: str, format: str) -> None:
    one, two = (render_document(DOCUMENTS[name](translator("sv")), format, "sv") for _ in range(2))
    assert one == two
    readers = READERS | {"html": without_style}
    golden(f"{name}.{format}", readers[format](one) if format in readers else one)


SYSTEMS = {source.name: Place("postgres://db.example.se:5432", "postgres", "kunder.") for source in SOURCES}
FOR_MACHINES: dict[str, Callable[[], object]] = {
    "retention.json": lambda: retention_report.objects(aged()),
    "article30.json": lambda: article30_report.objects(article30.build(NOW, translator("sv")), NOW),
    "article30.jsonld": lambda: article30_report.linked_data(article30.build(NOW, translator("sv")), NOW),
    "openlineage.json": lambda: list(catalogue.open_lineage(NOW, SYSTEMS, "urn:insyn:0")),
    "datahub.json": lambda: catalogue.datahub(NOW, SYSTEMS, env="PROD", lang="sv"),
}


@pytest.mark.parametrize("name", FOR_MACHINES)
def test_what_other_programs_read_is_as_kept(name: str) -> None:
    one, two = (objects.document(FOR_MACHINES[name]()) for _ in range(2))
    assert one == two
    golden(name, one)


def test_the_trend_in_json_is_as_kept() -> None:
    before = held(6, "2026-11-01T10:00:00Z")
    found = between(before, NOW, lambda source, _unit: source == "share")
    told = json.loads(render_inventory(replace(NOW, trend=found), "json"))["trend"]
    assert {one["state"] for one in told["changes"]} == {"new", "not_comparable"}
    golden("trend.json", json.dumps(told, ensure_ascii=False, indent=1).encode())
