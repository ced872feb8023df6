"""The first hour of a breach: the gravest first, each as sensitive as the policy or the law says."""

import pytest

from reports.facts import Estate, FieldFacts, Source
from reports.incident import document
from reports.inventory import build
from reports.language import translator
from reports.policy import load

KINDS = (
    ("EMAIL_ADDRESS", "vanlig"), ("SE_LICENSE_PLATE", "Hög"), ("SE_PERSONNUMMER", "Hög"), ("HEALTH_MENTION", "Kritisk"),
    ("CRIME_MENTION", "Kritisk"), ("ALARM_CODE", "Kritisk"),
)  # fmt: skip


def shown(*entities: str) -> list[str]:
    facts = [FieldFacts("crm", "kunder", "table", entity.lower(), entity, values=9, total=9) for entity in entities]
    inventory = build(Estate([Source("crm", "database")], facts, [], "2026-11-22"), load("omnipoint"))
    table = document(inventory.rows, inventory, "crm · kunder", translator("sv")).tables[0]
    return [row[1].text for row in table.rows]  # type: ignore[union-attr]


@pytest.mark.parametrize(("entity", "word"), KINDS)
def test_how_sensitive_it_is(entity: str, word: str) -> None:
    assert shown(entity) == [word]


def test_the_gravest_come_first() -> None:
    words = shown(*(entity for entity, _ in KINDS))
    assert words == sorted(words, key=["Kritisk", "Hög", "vanlig"].index)
    assert len(set(words)) == 3
