"""Every mistake in a policy file is named with its line; a new file is valid; the schema knows every key."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from reports.policy import PolicyError, load
from reports.policy_check import check, outdated, unconfirmed, unfound
from reports.policy_model import Document
from reports.policy_new import skeleton

TEXT = skeleton("acme", 'Acme "Larm" AB')


def changed(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "policy.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def line_of(path: Path, needle: str) -> int:
    return next(n for n, line in enumerate(path.read_text("utf-8").split("\n"), 1) if needle in line)


def test_a_new_policy_is_valid_and_another_companys(tmp_path: Path) -> None:
    path = changed(tmp_path)
    document, problems = check(str(path))
    assert problems == []
    assert document is not None
    assert document.head.company == 'Acme "Larm" AB'
    assert load(str(path)).company == 'Acme "Larm" AB'
    assert not re.search(r"\bC\d\d\b(?!,)", TEXT.replace("id: C01", ""))
    assert "Omnipoint" not in TEXT
    assert "datainspektionen" not in TEXT
    assert all(part not in TEXT for part in ("lines: [109", "missing_in_policy", "partly:"))
    assert list(document.categories) == list(load("omnipoint").categories)


MISTAKES = [
    (("home: [PERSON]", "hom: [PERSON]"), "hom: [PERSON]", "categories.name.detect.hom",
     "no such key; there are home, where_named, name_hints, not_hints, extensions, content"),
    (("    while: customer_relationship", "    whlie: customer_relationship"), "whlie:",
     "retention_rules.R_CUSTOMER.whlie", "there are text, line, while, after, months, resolves_to"),
    (("retention: R_CUSTOMER\n", "retention: R_X\n"), "retention: R_X", "purposes.service_provision.retention",
     "'R_X'"),
    (("categories: [name, postal_address", "categories: [nam, postal_address"), "[nam,",
     "purposes.service_provision.categories", "'nam'"),
    (("months: 12\n", "months: tolv\n"), "months: tolv", "retention_rules.R_CUSTOMER.months", "valid integer"),
    (("earliest: contract_end_date", "earliest: contract_ended"), "contract_ended",
     "events.customer_relationship_end.earliest", "'contract_ended' is no date; there are contact_removed"),
    (("'fastighet(sbeteckning)?'", "'fastighet('"), "'fastighet('", "categories.postal_address.detect.name_hints",
     "no regular expression"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "needle", "key", "what"), MISTAKES, ids=[one[2] for one in MISTAKES])
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, change: tuple[str, str], needle: str, key: str, what: str
) -> None:
    path = changed(tmp_path, change)
    document, (problem, *more) = check(str(path))
    assert document is None
    assert more == []
    assert problem.key.startswith(key)
    assert what in problem.what
    assert problem.line == line_of(path, needle)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    path = changed(tmp_path, ("home: [PERSON]", "hom: [PERSON]"), ("months: 12\n", "months: tolv\n"))
    _, problems = check(str(path))
    assert [one.key for one in problems] == ["retention_rules.R_CUSTOMER.months", "categories.name.detect.hom"]


def test_no_yaml_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"policy\.yaml: line \d+: "):
        check(str(changed(tmp_path, ("schema: 1", "schema: [1"))))


def test_what_awaits_the_company_is_listed() -> None:
    document, problems = check("omnipoint")
    assert problems == []
    assert document is not None
    keys = {one.key for one in unconfirmed(document)}
    assert {"events.customer_relationship_end", "retention_rules.R_THIRD_PARTY", "categories.identity_data"} <= keys
    assert {one.conflict for one in unconfirmed(document)} - {""} <= {one.id for one in document.conflicts}
    assert "policy.version" in outdated(document, date(2026, 11, 1))[0]


def test_an_entity_that_nothing_finds_is_named(tmp_path: Path) -> None:
    path = changed(tmp_path, ("home: [PHONE_NUMBER]", "home: [PHONE_NUMER, VIN:old]"))
    document, problems = check(str(path))
    assert document is not None
    assert problems == []
    misspelt, own = unfound(str(path), document, {"PHONE_NUMBER"})
    assert misspelt.line == own.line == line_of(path, "PHONE_NUMER")
    assert misspelt.key == "categories.phone.detect.home"
    assert misspelt.what == "no installed recognizer gives PHONE_NUMER; did you mean PHONE_NUMBER?"
    assert own.what == "no installed recognizer gives VIN"
    assert unfound(str(path), document, {"PHONE_NUMER", "VIN"}) == []


def test_only_what_is_empty_is_called_empty(tmp_path: Path) -> None:
    document, _ = check(str(changed(tmp_path)))
    assert document is not None
    assert outdated(document, date(2026, 11, 1)) == [
        "policy.valid_from is empty: a report cannot say which version it was made with"
    ]


def test_the_schema_knows_every_key_of_the_policy() -> None:
    schema = Document.model_json_schema(by_alias=True)
    assert set(schema["required"]) <= set(schema["properties"])
    assert {"policy", "events", "promises", "schema"} <= set(schema["properties"])
    assert "while" in json.dumps(schema)
