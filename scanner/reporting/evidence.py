"""Why a field is said to hold something: the codes behind its findings, and a few of them read again and masked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select

from connectors import Connector, ConnectorError
from recognizers import Analyzer
from reports.inventory import Row
from scanner.config import Config
from scanner.errors import InsynError
from scanner.finding import WHY
from scanner.sources import connector
from scanner.store import Store, schema


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a row of the inventory."""

    codes: Mapping[str, int]
    """Evidence code -> findings that rest on it, the commonest first."""
    scores: Sequence[int]
    """Findings by score: from 0.0, from 0.1 … from 0.9."""


@dataclass(frozen=True, slots=True)
class Example:
    """A finding read again from its source."""

    masked: str | None
    """None: it is gone, or the source cannot be reached."""
    score: float


def evidence(store: Store, row: Row) -> Evidence:
    """Count the codes and scores behind a row, whose names are as the source has them."""
    codes: Counter[str] = Counter()
    scores = [0] * 10
    finding = schema.finding
    tenth = func.round(finding.c.score * 10 - 0.5)
    wanted = _findings(store, row)
    query = wanted.with_only_columns(finding.c.why, tenth.label("tenth"), func.count().label("n"))
    with store.reading() as connection:
        for why, at, count in connection.execute(query.group_by(finding.c.why, tenth)):
            scores[max(0, min(9, int(at)))] += count
            text = store.terms.text(connection, why)
            codes.update({code: count for code in text.split(WHY) if code})
    return Evidence(dict(codes.most_common()), scores)


def examples(store: Store, config: Config, analyzer: Analyzer, row: Row, count: int = 5) -> list[Example]:
    """Read a few findings again and mask them. To be logged before it is called.

    Args:
        store: With the findings.
        config: Says where the source is.
        analyzer: Knows how an entity is masked.
        row: A row of the inventory, with names as the source has them.
        count: How many.
    """
    finding, unit, record = schema.finding, schema.unit, schema.record
    query = (
        _findings(store, row)
        .join(record, record.c.id == finding.c.record_id)
        .with_only_columns(unit.c.key, record.c.locator, finding.c.start, finding.c.end, finding.c.score)
        .order_by(
            (finding.c.record_id * 7919) % 1009, *schema.READING_ORDER
        )  # from all over, and the same ones each time
        .limit(count)
    )
    with store.reading() as connection:
        chosen = connection.execute(query).all()
    try:
        with connector(config, row.source) as source:
            return [_read(store, source, analyzer, row, one) for one in chosen]
    except (ConnectorError, InsynError):
        return [Example(None, one.score) for one in chosen]


def _findings(store: Store, row: Row) -> Select[tuple[object, ...]]:
    finding, unit, source = schema.finding, schema.unit, schema.source
    with store.reading() as connection:
        entity = store.terms.find(connection, row.entity) if row.entity else None
        field = store.field_names.find(connection, store.keys.seal(row.field))
    return (
        select(finding.c.record_id)
        .join(unit, unit.c.id == finding.c.unit_id)
        .join(source, source.c.id == unit.c.source_id)
        .where(
            and_(
                source.c.name == row.source,
                unit.c.place == store.keys.seal(row.unit),
                finding.c.field_id == field,
                finding.c.entity == entity,
            )
        )
    )


def _read(store: Store, source: Connector, analyzer: Analyzer, row: Row, one: Any) -> Example:
    locator = None if one.locator is None else json.loads(store.keys.unseal(one.locator))
    found = source.fetch(store.keys.unseal(one.key), [locator])
    fields: dict[str, str | None] = next((values for _, values in found), {})
    text = (fields.get(row.field) or "")[one.start : one.end]
    return Example(analyzer.mask(row.entity or "", text) if text else None, one.score)
