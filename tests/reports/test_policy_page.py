"""The page on the policy file names every key, and its example is a policy by which data are judged."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel

from reports import policy_model
from reports.ages import Age, Aged, AgedFacts
from reports.facts import Source
from reports.policy import Policy, load
from reports.retention import build

PAGE = Path(__file__).parents[2] / "docs" / "policy.md"
PARTS = [part for part in vars(policy_model).values() if isinstance(part, type) and issubclass(part, BaseModel)]


@pytest.fixture
def example(tmp_path: Path) -> Policy:
    (text,) = re.findall(r'```yaml title="policy.yaml"\n(.*?)```', PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "policy.yaml").write_text(text, encoding="utf-8")
    return load(str(tmp_path / "policy.yaml"))


def test_every_key_is_on_the_page() -> None:
    named = set(re.findall(r"`([a-z_0-9]+)", PAGE.read_text(encoding="utf-8")))
    keys = {field.alias or name for part in PARTS for name, field in part.model_fields.items()}
    assert len(keys) > 60
    assert sorted(keys - named) == []


def test_the_example_places_what_is_found(example: Policy) -> None:
    assert example.category_of("PERSON", "", "namn", "kunder") == "name"
    assert example.category_of("EMAIL_ADDRESS", "", "epost", "kunder") == "contact"
    assert not example.covers("identity_number")
    assert example.category_of("SE_PERSONNUMMER", "personnummer", "pnr", "kunder") == "identity_number"


@pytest.mark.parametrize(("received", "verdict"), [(date(2025, 11, 1), "in_time"), (date(2025, 10, 31), "overdue")])
def test_the_example_says_how_long(example: Policy, received: date, verdict: str) -> None:
    source = Source("verkstad", "database", "Verkstaden", ("repair",))
    fact = AgedFacts("verkstad", "kunder", "table", "namn", "PERSON", "", ages={Age(True, received=received): 1})
    (item,) = build([Aged.of([fact])], [source], example, date(2026, 11, 1))
    assert item.verdict == verdict
