"""Rows of the inventory, and how sure their shares are."""

from dataclasses import replace

import pytest

from reports.facts import Estate, FieldFacts, Source
from reports.intervals import wilson
from reports.inventory import Inventory, Row, build
from reports.policy import Policy
from reports.views import matrix


def rows_at(inventory: Inventory, unit: str, field: str) -> list[Row]:
    return [row for row in inventory.rows if (row.unit, row.field) == (unit, field)]


def test_what_is_no_personal_data_is_left_out(inventory: Inventory) -> None:
    assert rows_at(inventory, "kunder", "orgnr") == []
    assert rows_at(inventory, "kunder", "skapad") == []


def test_kinds_of_one_entity_make_one_row(inventory: Inventory) -> None:
    (row,) = rows_at(inventory, "kunder", "personnummer")
    assert (row.values, row.distinct, row.persons) == (1204, 1202, 1188)
    assert row.share == 1.0
    assert row.confidence == pytest.approx(0.9797, abs=1e-4)


def test_a_finding_that_fits_nothing_is_a_row_without_category(inventory: Inventory) -> None:
    (row,) = rows_at(inventory, "kundlistor", "referens")
    assert (row.category, row.purposes, row.retention) == (None, (), ())


def test_a_field_placed_by_name_has_no_share(inventory: Inventory) -> None:
    (row,) = rows_at(inventory, "kunder", "sekretessmarkering")
    assert (row.entity, row.category, row.share, row.share_low) == (None, "protected_identity", None, None)


def test_a_note_is_a_note_and_what_is_in_it(inventory: Inventory) -> None:
    assert {row.category for row in rows_at(inventory, "kunder", "anteckning")} == {"name", "interaction_notes"}


def test_a_log_with_findings_is_still_a_log_and_said_once(inventory: Inventory) -> None:
    logs = [row for row in inventory.rows if row.category == "usage_logs"]
    assert [(row.unit, row.entity, row.values) for row in logs] == [("loggar", None, 3)]


def test_a_recording_is_not_said_twice(inventory: Inventory) -> None:
    assert sum(row.category == "call_recordings" for row in inventory.rows) == 1


def test_a_row_says_purposes_bases_and_times(inventory: Inventory) -> None:
    row = rows_at(inventory, "kunder", "namn")[0]
    assert row.owner == "Kundtjänst"
    assert row.purposes == ("service_provision", "direct_marketing")
    assert row.legal_bases == ("Fullgörande av ingångna avtal (art. 6(1)(b))", "Berättigat intresse (art. 6(1)(f))")
    assert row.retention == ("Så länge det finns en kundrelation med oss och 24 månader därefter",)


def test_names_of_places_are_masked_after_they_were_judged(estate: Estate, policy: Policy) -> None:
    masked = build(estate, policy, shown=lambda text: "•" * len(text))
    plain = build(estate, policy)
    assert [row.category for row in masked.rows] == [row.category for row in plain.rows]
    assert {char for row in masked.rows for char in row.unit + row.field} == {"•"}
    assert {char for gap in masked.gaps for char in gap.unit + gap.field} == {"•"}


def test_units_are_in_swedish_order(policy: Policy) -> None:
    units = ["öl", "ål", "zebra", "äpple", "Apa"]
    facts = [FieldFacts("s", unit, "file", "epost", "EMAIL_ADDRESS", values=1, total=1) for unit in units]
    inventory = build(Estate([Source("s", "files")], facts, []), policy)
    assert [row.unit for row in inventory.rows] == ["Apa", "zebra", "ål", "äpple", "öl"]


def test_a_fact_of_an_unknown_source_is_kept(policy: Policy) -> None:
    fact = FieldFacts("borta", "t", "table", "epost", "EMAIL_ADDRESS", values=1, total=1)
    assert len(build(Estate([], [fact], []), policy).rows) == 1


def test_more_hits_than_values_is_no_more_than_all(policy: Policy) -> None:
    fact = FieldFacts("s", "t", "table", "epost", "EMAIL_ADDRESS", values=9, total=4)
    (row,) = build(Estate([], [fact], []), policy).rows
    assert (row.share, row.share_high) == (1.0, 1.0)


def test_order_does_not_hang_on_the_order_of_facts(estate: Estate, policy: Policy) -> None:
    turned = replace(estate, facts=list(reversed(estate.facts)))
    places = [(row.source, row.unit, row.field, row.category, row.values) for row in build(turned, policy).rows]
    assert places == [(r.source, r.unit, r.field, r.category, r.values) for r in build(estate, policy).rows]


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17:857, table I (method 3)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
    ],
)
def test_wilson(hits: int, total: int, low: float, high: float) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("field", "entity", "persons", "expected"),
    [
        ("handlaggare", "PERSON", 284, 8),
        ("agent.id", "USERNAME", 284, 0),
        ("anteckning", "PERSON", 284, 284),
        ("namn", "PERSON", 0, 8),
    ],
)
def test_a_field_that_names_others_counts_these_and_not_whom_the_records_are_about(
    estate: Estate, policy: Policy, field: str, entity: str, persons: int, expected: int
) -> None:
    fact = FieldFacts("crm", "arenden", "table", field, entity, values=800, total=800, distinct=8, persons=persons)
    row = next(row for row in build(replace(estate, facts=[fact]), policy).rows if row.entity == entity)
    assert row.persons == expected


@pytest.mark.parametrize(("others", "persons"), [(2, 1), (30, 0)])
def test_where_it_is_hardly_known_whose_values_are_the_map_counts_values(
    estate: Estate, policy: Policy, others: int, persons: int
) -> None:
    known = FieldFacts("crm", "a", "table", "tel", "PHONE_NUMBER", values=1, total=1, distinct=1, persons=1)
    facts = [known, replace(known, unit="b", values=others, total=others, persons=0)]
    cells = {row.category: row.cells for row in matrix(build(replace(estate, facts=facts), policy)).rows}
    found = next(cell for cell in cells["phone"] if cell.state == "found")
    assert (found.persons, found.values) == (persons, 1 + others)


def test_the_map_adds_up_by_category_and_by_system(estate: Estate, policy: Policy) -> None:
    phone = FieldFacts("crm", "a", "table", "tel", "PHONE_NUMBER", values=20, total=20, distinct=9, persons=9)
    elsewhere = replace(phone, source=estate.sources[1].name, persons=4)
    mail = FieldFacts("crm", "a", "table", "epost", "EMAIL_ADDRESS", values=30, total=30, distinct=12, persons=12)
    laid = matrix(build(replace(estate, facts=[phone, elsewhere, mail]), policy))
    row = next(one for one in laid.rows if one.category == "phone")
    assert (row.total.persons, row.total.values, row.total.places) == (9, 40, 2)
    crm = laid.totals[list(laid.sources).index("crm")]
    assert (crm.persons, crm.values, crm.places) == (12, 50, 2)
    assert (laid.total.persons, laid.total.values, laid.total.places) == (12, 70, 3)
