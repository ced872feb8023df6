"""The bundled policy says what the policy text says: every name, basis, category, reason and time, line by line."""

import hashlib
import re
from pathlib import Path

import pytest

from reports.policy import Policy, load, wording

POLICIES = Path(__file__).parents[2] / "reports" / "policies"
RAW = (POLICIES / "omnipoint.txt").read_bytes()
LINES = RAW.decode().split("\n")
PURPOSES = list(load("omnipoint").purposes)
# First line (from 1) of the bullets under each question of the table.
NAMES, BASES, CATEGORIES, REASONS, TIMES = 28, 36, 44, 52, 60


def line(number: int) -> str:
    return LINES[number - 1].strip().removeprefix("•").strip()


def test_the_text_is_the_one_the_policy_was_made_from(policy: Policy) -> None:
    assert hashlib.sha256(RAW).hexdigest() == policy.document.head.source.sha256
    assert len(LINES) == policy.document.head.source.lines


def test_policy_sha256_is_that_of_its_own_bytes(policy: Policy) -> None:
    assert policy.sha256 == hashlib.sha256((POLICIES / "omnipoint.yaml").read_bytes()).hexdigest()


def test_the_table_has_as_many_rows_as_there_are_purposes(policy: Policy) -> None:
    assert LINES[NAMES - 2 + len(PURPOSES) + 1].startswith("Vilken laglig grund")


@pytest.mark.parametrize(("row", "id"), list(enumerate(PURPOSES)))
def test_a_purpose_is_its_row_of_the_table(policy: Policy, row: int, id: str) -> None:
    purpose = policy.purposes[id]
    assert (purpose.line, purpose.text or purpose.sv) == (NAMES + row, line(NAMES + row))
    assert (purpose.legal_basis.line, purpose.legal_basis.sv) == (BASES + row, line(BASES + row))
    assert purpose.why == line(REASONS + row)
    assert policy.retention_rules[purpose.retention].text == line(TIMES + row)


@pytest.mark.parametrize(("row", "id"), list(enumerate(PURPOSES)))
def test_a_purpose_has_the_categories_of_its_row(policy: Policy, row: int, id: str) -> None:
    by_phrase = {phrase.lower(): id for id, part in policy.categories.items() for phrase in part.phrases}
    phrases = re.split(r", (?![^(]*\))", line(CATEGORIES + row))
    assert list(policy.purposes[id].categories) == list(dict.fromkeys(by_phrase[phrase.lower()] for phrase in phrases))


def test_no_phrase_names_two_categories(policy: Policy) -> None:
    phrases = [phrase.lower() for part in policy.categories.values() for phrase in part.phrases]
    assert len(phrases) == len(set(phrases))


def test_retention_texts_outside_the_table_are_quoted(policy: Policy) -> None:
    for rule in policy.retention_rules.values():
        assert rule.text is None or rule.text in LINES[(rule.line or 0) - 1]


def test_claims_are_quoted(policy: Policy) -> None:
    claims = [rule for rule in policy.third_party_rules.values() if rule.claim]
    assert claims
    for rule in claims:
        assert rule.claim in LINES[(rule.claim_line or 0) - 1]


def test_sources_of_data_are_quoted(policy: Policy) -> None:
    for source in policy.document.sources_of_data:
        assert source["text"].lower()[:24] in LINES[source["line"] - 1].lower()


def test_questions_are_numbered_without_gaps_and_referred_to_rightly(policy: Policy) -> None:
    ids = [conflict.id for conflict in policy.conflicts]
    assert ids == [f"C{n:02}" for n in range(1, len(ids) + 1)]
    assert set(re.findall(r"\bC\d\d\b", (POLICIES / "omnipoint.yaml").read_text("utf-8"))) == set(ids)


def test_the_wording_of_a_policy_is_the_text_that_its_lines_are_of(policy: Policy, tmp_path: Path) -> None:
    file = str(tmp_path / "p.yaml")
    assert wording("omnipoint", policy.document) == wording(file, policy.document) == LINES
    text = b"Rad ett\nRad tv\xc3\xa5\n"
    source = policy.document.head.source.model_copy(
        update={"file": "vår.txt", "sha256": hashlib.sha256(text).hexdigest()}
    )
    other = policy.document.model_copy(update={"head": policy.document.head.model_copy(update={"source": source})})
    assert wording(file, other) == []
    (tmp_path / "vår.txt").write_bytes(text)
    assert wording(file, other) == ["Rad ett", "Rad två", ""]
    (tmp_path / "vår.txt").write_bytes(text + b"!")
    assert wording(file, other) == []
