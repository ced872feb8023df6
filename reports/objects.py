"""JSON and JSON lines, with the keys that scripts rely on, in their order. Text is verbatim."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from reports import trend_report
from reports.facts import Coverage, Hit, Identifier, SubjectAnswer
from reports.gaps import Gap
from reports.inventory import Inventory, Row
from reports.language import Language
from reports.policy import Policy
from reports.words import gap_sentence


def document(value: object) -> bytes:
    """One JSON document, indented."""
    return _bytes(json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n")


def lines(values: Iterable[Mapping[str, Any]]) -> bytes:
    """One JSON object a line."""
    return _bytes("".join(json.dumps(value, ensure_ascii=False, default=_plain) + "\n" for value in values))


def inventory(inventory: Inventory, lang: Language) -> dict[str, Any]:
    """The inventory; `message` of a gap is in the language."""
    policy = inventory.policy
    return {
        "generated": inventory.generated,
        "policy": {"id": policy.id, "sha256": policy.sha256},
        "rows": [row(item) for item in inventory.rows],
        "gaps": [gap(item, policy, lang) for item in inventory.gaps],
        "coverage": [_coverage(item) for item in inventory.coverage],
        "trend": inventory.trend and trend_report.objects(inventory.trend),
    }


def row(row: Row) -> dict[str, Any]:
    """A row of the inventory."""
    keys = {key: value for key, value in asdict(row).items() if key not in ("tags", "extensions")}
    return keys | {"readers": row.readers or None}


def subject(answer: SubjectAnswer) -> dict[str, Any]:
    """What is held about one person. `values` is there only for hits that were read again on request."""
    return {
        "case": answer.case,
        "asked": [{"entity": item.entity, "masked": item.masked} for item in answer.asked],
        "identifiers": [_identifier(item) for item in answer.identifiers],
        "hits": [_hit(hit) for hit in answer.hits],
        "coverage": [_coverage(item) for item in answer.coverage],
    }


def gap(gap: Gap, policy: Policy, lang: Language) -> dict[str, Any]:
    """A gap; `message` is in the language."""
    keys = ("kind", "source", "unit", "field", "entity", "category", "count", "persons", "severity")
    more = ("owner", "claim", "law", "conflict", "share", "confidence")
    return (
        {key: getattr(gap, key) for key in keys}
        | {"message": gap_sentence(gap, policy, lang)}
        | {key: getattr(gap, key) for key in more}
    )


def _identifier(item: Identifier) -> dict[str, Any]:
    return {"entity": item.entity, "masked": item.masked, "via": item.via, "grade": item.grade}


def _hit(hit: Hit) -> dict[str, Any]:
    shown = {
        "source": hit.source,
        "unit": hit.unit,
        "record": hit.record,
        "grade": hit.grade,
        "why": hit.why,
        "fields": [{"field": f.field, "entity": f.entity, "category": f.category} for f in hit.fields],
        "other_people": hit.other_people,
    }
    shown |= {"now": hit.now} if hit.now else {}
    return shown if hit.values is None else shown | {"values": hit.values}


def _coverage(item: Coverage) -> dict[str, Any]:
    return {"source": item.source, "state": item.state, "count": item.count, "reasons": dict(item.reasons)}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"JSON cannot hold a {type(value).__name__}")


def _bytes(text: str) -> bytes:
    """UTF-8. A byte of a file name that is no UTF-8 becomes `\\udc..`, which is JSON's own escape."""
    return text.encode("utf-8", "backslashreplace")
