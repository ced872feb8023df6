"""The record of processing: a row a purpose and system, every cell with its origin, nothing made up."""

import json
from dataclasses import replace

import pytest

from reports import objects
from reports.article30 import COLUMNS, ORIGINS, build
from reports.article30_report import document, linked_data
from reports.article30_report import objects as plain
from reports.article30_stated import Statement, completed, digest, missing
from reports.facts import Estate
from reports.formats import DOCUMENT_FORMATS, render_document
from reports.inventory import Inventory
from reports.inventory import build as inventory_of
from reports.language import translator
from reports.policy import Policy
from tests.reports.conftest import ESTATE

SV = translator("sv")


@pytest.fixture
def declared(policy: Policy) -> Inventory:
    sources = [
        replace(one, categories=("alarm_contacts", "images_video"), purposes=("service_provision",))
        if one.type == "declared"
        else one
        for one in ESTATE.sources
    ]
    return inventory_of(Estate(sources, ESTATE.facts, ESTATE.coverage, ESTATE.scanned_at), policy)


def test_a_row_for_each_purpose_that_a_system_serves(declared: Inventory) -> None:
    rows = {(row.source, row.purpose): row for row in build(declared, SV)}
    assert {purpose for source, purpose in rows if source == "crm"} == {
        "service_provision", "direct_marketing", "quote_requests",
    }  # fmt: skip
    assert ("samtal", "direct_marketing") in rows
    assert rows["larmcentral", "service_provision"].categories == ("alarm_contacts", "images_video")
    assert rows["share", "service_provision"].bound
    assert not rows["crm", "service_provision"].bound


def test_every_cell_says_where_it_comes_from(declared: Inventory) -> None:
    for row in build(declared, SV):
        assert list(row.entries) == list(COLUMNS)
        for name, entry in row.entries.items():
            assert entry.origin in ORIGINS
            assert (entry.text == "") == (entry.origin == "missing"), (row.source, name)
        assert row.entries["security"].origin == "missing"
        assert row.entries["third_countries"].origin == "missing"  # the policy names no country (C29)


def test_what_was_found_is_told_apart_from_what_is_said(declared: Inventory) -> None:
    rows = {(row.source, row.purpose): row.entries for row in build(declared, SV, {"crm": {"overdue": 12}})}
    crm, centre = rows["crm", "service_provision"], rows["larmcentral", "service_provision"]
    assert crm["categories"].origin == "scan"
    assert centre["categories"].origin == "declared"
    assert "12 uppgifter förfallna" in crm["adherence"].text
    assert centre["adherence"].origin == "missing"
    assert "Känsliga personuppgifter" in rows["share", "service_provision"]["special"].text


def test_words_are_the_policys(declared: Inventory) -> None:
    policy = declared.policy
    for row in build(declared, SV):
        purpose = policy.purposes[row.purpose]
        assert row.entries["purpose"].text == purpose.sv
        assert purpose.legal_basis.sv in row.entries["legal_basis"].text
        assert (policy.retention_rules[purpose.retention].text or "") in row.entries["retention"].text


def test_linked_data_are_terms_of_the_vocabulary(declared: Inventory) -> None:
    graph = json.loads(objects.document(linked_data(build(declared, SV), declared)))
    assert set(graph["@context"]) == {"dpv", "pd", "eu-gdpr", "dct"}
    controller, *processes = graph["@graph"]
    assert controller["@type"] == "dpv:DataController"
    assert len({one["@id"] for one in processes}) == len(processes) == len(build(declared, SV))
    for one in processes:
        assert all(term["@id"].startswith("dpv:") for term in one["dpv:hasPurpose"])
        assert all(term["@id"].startswith("pd:") for term in one["dpv:hasPersonalData"])


@pytest.mark.parametrize("format", DOCUMENT_FORMATS)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_format_is_the_same_twice(declared: Inventory, format: str, lang: str) -> None:
    language = translator(lang)
    one, two = (
        render_document(document(build(declared, language), declared, language), format, lang, tables=("record",))
        for _ in range(2)
    )
    assert one == two
    assert len(one) > 500


def test_json_has_text_and_origin(declared: Inventory) -> None:
    told = json.loads(objects.document(plain(build(declared, SV), declared)))
    assert set(told["processings"][0]["entries"]["owner"]) == {"text", "origin"}


def test_the_map_shows_what_is_said_to_be_there(declared: Inventory) -> None:
    assert not [gap for gap in declared.gaps if gap.kind == "unseen" and gap.category == "images_video"]


def said(source: str, purpose: str, column: str, text: str, digest: str = "") -> Statement:
    return Statement(source, purpose, column, text, "anna", "2026-11-28T10:00:00Z", digest)


def test_what_is_stated_fills_what_is_missing_and_the_narrowest_counts(declared: Inventory) -> None:
    statements = [
        said("", "", "security", "Behörigheter"),
        said("crm", "", "security", "Kryptering"),
        said("crm", "direct_marketing", "security", "Spärrlista"),
        said("share", "", "security", "Lås"),
        said("share", "", "security", ""),  # taken back
        said("crm", "", "owner", "Någon annan"),  # the configuration has said it
    ]
    rows = {(row.source, row.purpose): row for row in completed(build(declared, SV), statements, declared.policy, SV)}
    security = {key: row.entries["security"].text for key, row in rows.items()}
    assert security["crm", "direct_marketing"] == "Spärrlista"
    assert security["crm", "service_provision"] == "Kryptering"
    assert security["share", "service_provision"] == security["samtal", "direct_marketing"] == "Behörigheter"
    crm = rows["crm", "service_provision"]
    assert crm.entries["security"].origin == "stated"
    assert crm.entries["owner"].text == "Kundtjänst"
    assert "security" not in missing(crm)
    assert "third_countries" in missing(crm)


def test_an_approval_is_of_the_processing_as_it_stood(declared: Inventory) -> None:
    policy = declared.policy
    first = said("", "", "security", "Behörigheter")
    (row, *others) = completed(build(declared, SV), [first], policy, SV)
    approval = said(row.source, row.purpose, "reviewed", "", digest(row, policy))
    reviewed = [one.entries["reviewed"].text for one in completed(build(declared, SV), [first, approval], policy, SV)]
    assert reviewed == ["2026-11-28, anna", *("" for _ in others)]
    english = completed(build(declared, translator("en")), [first, approval], policy, translator("en"))
    assert english[0].entries["reviewed"].text == "2026-11-28, anna"
    later = [first, approval, said("", "", "security", "Inga")]
    assert "ändrad sedan dess" in completed(build(declared, SV), later, policy, SV)[0].entries["reviewed"].text
    more = completed([replace(row, special=("health",))], [approval], policy, SV)
    assert "ändrad sedan dess" in more[0].entries["reviewed"].text
