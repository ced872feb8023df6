"""Where what is held and what the policy says part ways."""

from pathlib import Path

import pytest

from reports.facts import Estate, FieldFacts, Source
from reports.gaps import KINDS, SEVERITIES, Gap, find_gaps
from reports.inventory import Inventory, build
from reports.language import translator
from reports.policy import Policy, load
from reports.policy_new import skeleton
from reports.words import GAP_KINDS, SEVERITY, gap_action, gap_sentence


def gaps_of(policy: Policy, *facts: FieldFacts, purposes: tuple[str, ...] = ()) -> list[tuple[str, str, str | None]]:
    found = build(Estate([Source("s", "database", purposes=purposes)], facts, []), policy).gaps
    return [(gap.kind, gap.severity, gap.category) for gap in found]


def found(entity: str | None, unit: str = "t", field: str = "f", **more: object) -> FieldFacts:
    return FieldFacts("s", unit, "table", field, entity, values=1, total=2, **more)  # type: ignore[arg-type]


PNR = "personal_identity_number"
CASES = [
    # what is no gap comes first
    (found("EMAIL_ADDRESS"), (), []),
    (found("EMAIL_ADDRESS"), ("direct_marketing",), []),
    (found("SE_ORGANISATIONSNUMMER"), (), []),
    (found("COOKIE_ID"), ("direct_marketing",), []),
    (found("IP_ADDRESS", unit="cookies"), (), []),
    (found(None, field="losenord"), (), []),
    (found("SE_MYSTERY"), (), [("undeclared", "medium", None)]),
    (found("SE_LICENSE_PLATE"), (), [("undeclared", "high", "vehicle")]),
    (found("SE_PERSONNUMMER", kind="minor"), (), [("undeclared", "high", "child_data")]),
    (found(None, field="kreditbetyg"), (), [("undeclared", "high", "credit_data")]),
    (found("HEALTH_MENTION"), (), [("special_category", "critical", "special_category")]),
    (found("CRIME_MENTION"), (), [("special_category", "critical", "criminal_data")]),
    (found(None, field="sekretessmarkering"), (), [("protected_identity", "critical", "protected_identity")]),
    (found("IP_ADDRESS"), ("direct_marketing",), [("no_purpose", "medium", "ip_address")]),
    (found("IBAN_CODE"), ("quote_requests",), [("no_purpose", "high", "payment_info")]),
    (found("SECRET"), (), [("secret_in_clear", "critical", "user_account")]),
    (found("ALARM_CODE"), (), [("secret_in_clear", "critical", "alarm_cancel_codes")]),
    (found("EMAIL_ADDRESS", unit="cookies"), (), [("broken_promise", "high", "email")]),
    (found("PERSON", field="cookie"), (), [("broken_promise", "high", "name")]),
    (found("SE_PERSONNUMMER", field="pnr"), (), []),
    (found("SE_PERSONNUMMER", field="pnr"), ("direct_marketing", "service_provision"), []),
    (found("SE_PERSONNUMMER", field="pnr"), ("direct_marketing",), [("broken_promise", "high", PNR)]),
    (found("SE_PERSONNUMMER", unit="marknad/utskick", field="pnr"), (), [("broken_promise", "high", PNR)]),
    (found("SE_PERSONNUMMER", unit="drift", field="", extensions=("log",)), (), [("broken_promise", "high", PNR)]),
    (found("EMAIL_ADDRESS", unit="drift", field="", extensions=("log",)), (), []),
    (found("SE_PERSONNUMMER", field="path"), (), [("broken_promise", "medium", PNR)]),
    (found("PERSON", field="path"), (), []),
    (found("EMAIL_ADDRESS", readers="owner"), (), []),
    (found("EMAIL_ADDRESS", readers="group"), (), []),
    (found("EMAIL_ADDRESS", readers="everyone"), (), [("open_access", "medium", None)]),
    (found("IBAN_CODE", readers="everyone"), (), [("open_access", "high", None)]),
    (found("EMAIL_ADDRESS", readers="public"), (), [("open_access", "critical", None)]),
    (found(None, unit="larmlogg", field="zon"), ("direct_marketing",), [("no_purpose", "high", "usage_logs")]),
]


@pytest.mark.parametrize(("fact", "purposes", "gaps"), CASES)
def test_gaps(policy: Policy, fact: FieldFacts, purposes: tuple[str, ...], gaps: list[object]) -> None:
    assert gaps_of(policy, fact, purposes=purposes) == gaps


def test_the_estate_has_every_kind_the_gravest_first(inventory: Inventory) -> None:
    assert {gap.kind for gap in inventory.gaps} == set(KINDS)
    order = [SEVERITIES.index(gap.severity) for gap in inventory.gaps]
    assert order == sorted(order)


def test_unseen_are_the_categories_of_the_policy_that_nothing_was_found_of(inventory: Inventory) -> None:
    unseen = {gap.category for gap in inventory.gaps if gap.kind == "unseen"}
    assert unseen == {
        "housing_life_situation", "user_account", "payment_info", "contract_info", "location_gps",
    }  # fmt: skip


def test_nothing_is_unseen_before_the_first_scan(policy: Policy) -> None:
    assert build(Estate([], [], []), policy).gaps == []


def test_nothing_found_leaves_all_unseen(policy: Policy) -> None:
    gaps = build(Estate([], [], [], scanned_at="2026-11-22"), policy).gaps
    named = {id for id, category in policy.categories.items() if category.phrases}
    assert {gap.category for gap in gaps} == named


def test_a_gap_says_where_and_how_much(inventory: Inventory) -> None:
    gap = next(gap for gap in inventory.gaps if gap.kind == "secret_in_clear")
    place = ("crm", "larmkontakter", "larmkod", "ALARM_CODE", "alarm_cancel_codes")
    evidence = {"owner": "Kundtjänst", "share": 0.9771, "confidence": 0.7, "conflict": "C40"}
    assert gap == Gap("secret_in_clear", "critical", *place, 640, 310, **evidence)


def test_every_gap_makes_a_sentence_in_both_languages(inventory: Inventory, policy: Policy) -> None:
    for gap in inventory.gaps:
        swedish, english = (gap_sentence(gap, policy, translator(lang)) for lang in ("sv", "en"))
        assert swedish != english
        assert "%(" not in swedish + english


def test_a_table_without_a_purpose_is_one_gap_and_not_one_a_field(policy: Policy) -> None:
    fields = [found(None, unit="larmlogg", field=name) for name in ("zon", "tid", "handelse")]
    gaps = build(Estate([Source("s", "database", purposes=("direct_marketing",))], fields, []), policy).gaps
    assert {gap.field for gap in gaps} <= {"", "handelse"}


def test_a_promise_of_law_names_the_law(policy: Policy) -> None:
    fact = found("SE_PERSONNUMMER", unit="marknad", field="pnr")
    (gap,) = build(Estate([Source("s", "files", owner="IT")], [fact], []), policy).gaps
    assert (gap.owner, gap.conflict) == ("IT", "C10")
    assert "dataskyddslagen (2018:218) 3 kap. 10 §" in gap_sentence(gap, policy, translator("sv"))
    assert gap_action(gap, translator("sv")) != gap_action(gap, translator("en"))


def test_every_kind_and_severity_has_a_word() -> None:
    assert set(GAP_KINDS) == set(KINDS)
    assert set(SEVERITY) == set(SEVERITIES)


def test_a_per_cent_sign_in_a_name_is_only_a_name(policy: Policy) -> None:
    gap = Gap("undeclared", "medium", "s", "100%s", "", "SE_MYSTERY")
    assert "100%s" in gap_sentence(gap, policy, translator("sv"))


def test_what_another_companys_policy_does_not_name_is_not_said_to_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(skeleton("acme", "Acme AB"), encoding="utf-8")
    gaps = find_gaps([], load(str(path)))
    assert {gap.category for gap in gaps} == {"name", "postal_address", "email", "phone"}


@pytest.mark.parametrize("company", ["omnipoint", "acme"])
def test_a_code_in_the_clear_points_to_a_question_of_its_own_policy_only(company: str, tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(skeleton("acme", "Acme AB"), encoding="utf-8")
    policy = load(str(path) if company == "acme" else company)
    found_in = Estate([Source("s", "database")], [found("ALARM_CODE")], [])
    (clear,) = [gap for gap in build(found_in, policy).gaps if gap.kind == "secret_in_clear"]
    assert clear.conflict == ("C40" if company == "omnipoint" else "")
