"""Fields and folders whose content is itself personal data, whatever else was found in it.

A telephone number in a note is a telephone number and the note is a note: both categories are held there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reports.facts import FieldFacts
from reports.policy import Policy


def content_facts(facts: Iterable[FieldFacts], policy: Policy) -> list[FieldFacts]:
    """Say of fields with findings, or else of their folder or table, that they are content by their name or kind.

    Returns:
        Facts without an entity, one a field or place, for `facts` that do not say it themselves.
    """
    facts = list(facts)
    said = {(fact.source, fact.unit, _of_place(fact, policy)) for fact in facts if fact.entity is None}
    added: dict[tuple[str, str, str], FieldFacts] = {}
    for fact in facts:
        if fact.entity is None:
            continue
        if policy.is_content(policy.named(fact.field)):
            added.setdefault((fact.source, fact.unit, fact.field), _bare(fact, fact.field, fact.total))
            continue
        category = _of_place(replace(fact, field=""), policy)
        if policy.is_content(category) and (fact.source, fact.unit, category) not in said:
            added.setdefault((fact.source, fact.unit, ""), _bare(fact, "", fact.units))
    return list(added.values())


def _of_place(fact: FieldFacts, policy: Policy) -> str | None:
    return policy.category_of(None, "", fact.field, fact.unit, fact.extensions)


def _bare(fact: FieldFacts, field: str, values: int) -> FieldFacts:
    return replace(fact, field=field, entity=None, kind="", values=values, distinct=0, persons=0, confidence=0.0)
