"""The findings one by one, as scripts read them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from sqlalchemy import Column, select

from reports.dates import today
from reports.policy import Policy
from reports.review import Decision, about, counting, settled
from scanner.decisions import review
from scanner.finding import WHY
from scanner.store import Store, schema


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings are asked for; an empty string asks for all."""

    source: str = ""
    unit: str = ""
    """A glob: `kunder`, `*.log`."""
    entity: str = ""
    category: str = ""
    min_score: float = 0.5


def findings(store: Store, policy: Policy, wanted: Filter) -> Iterator[dict[str, Any]]:
    """All findings, by source, unit, record, field and start.

    Args:
        store: With what was found.
        policy: Gives each finding its category.
        wanted: Which of them.

    Yields:
        The keys of the JSON format; `masked` is None. What was dismissed is there too, and `review` says so.
    """
    decided = counting(review.decisions(store), today())
    rows = [row for row in _reviewed(_rows(store, policy, wanted), decided) if _is_wanted(row, wanted)]
    yield from sorted(rows, key=_order)


def unit_keys(store: Store, source: str = "") -> Iterator[str]:
    """The units that scans have listed, of one source or of all."""
    return _names(store, schema.unit.c.key, source)


def places(store: Store, source: str = "") -> Iterator[str]:
    """The tables and folders that scans have listed, of one source or of all."""
    return _names(store, schema.unit.c.place, source)


def _names(store: Store, column: Column[bytes], source: str) -> Iterator[str]:
    query = select(column).distinct().join(schema.source, schema.unit.c.source_id == schema.source.c.id)
    if source:
        query = query.where(schema.source.c.name == source)
    with store.reading() as connection:
        yield from map(store.keys.unseal, connection.scalars(query))


def _reviewed(rows: Iterator[dict[str, Any]], decided: Sequence[Decision]) -> Iterator[dict[str, Any]]:
    """Fill in `review`, and the category that somebody has moved a finding to."""
    of_place = cache(lambda *place: about(decided, *place))
    of_value = {one.token.hex(): one for one in decided if one.token is not None}
    for row in rows:
        mine = of_place(row["source"], row.pop("place"), row["field"], row["entity"])
        value = of_value.get(row["token"])
        category, said = settled([*mine, value] if value else mine, row["category"])
        yield row | {"category": category, "review": said}


def _rows(store: Store, policy: Policy, wanted: Filter) -> Iterator[dict[str, Any]]:
    source, unit, record, finding = schema.source, schema.unit, schema.record, schema.finding
    query = (
        select(source.c.name, unit.c.key, unit.c.place, record.c.locator, finding, unit.c.extension)
        .join(unit, unit.c.source_id == source.c.id)
        .join(finding, finding.c.unit_id == unit.c.id)
        .join(record, record.c.id == finding.c.record_id)
        .where(finding.c.score >= wanted.min_score)
    )
    unseal = store.keys.unseal
    with store.reading() as connection:
        for row in connection.execute(query):
            field = unseal(store.field_names.text(connection, row.field_id))
            entity = store.terms.text(connection, row.entity)
            kind = store.terms.text(connection, row.kind)
            key = unseal(row.key)
            yield {
                "source": row.name,
                "unit": key,
                "place": unseal(row.place),
                "record": None if row.locator is None else json.loads(unseal(row.locator)),
                "field": field,
                "entity": entity,
                "kind": kind,
                "test": bool(row.test),
                "category": policy.category_of(entity, kind, field, key, (row.extension,) if row.extension else ()),
                "score": round(row.score, 3),
                "start": row.start,
                "end": row.end,
                "token": row.token.hex(),
                "why": [code for code in store.terms.text(connection, row.why).split(WHY) if code],
                "masked": None,
            }


def _is_wanted(row: dict[str, Any], wanted: Filter) -> bool:
    return (
        wanted.source in ("", row["source"])
        and wanted.entity in ("", row["entity"])
        and wanted.category in ("", row["category"])
        and (not wanted.unit or fnmatchcase(row["unit"], wanted.unit))
    )


def _order(row: dict[str, Any]) -> tuple[Any, ...]:
    record = row["record"] or {}
    values = tuple((name, isinstance(value, str), value) for name, value in record.items())
    return row["source"], row["unit"], values, row["field"], row["start"], row["end"], row["entity"]
