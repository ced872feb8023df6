"""Places whose overdue data somebody says are erased: the next scan of the source tells whether they are gone."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from reports.dates import today
from reports.review import ACTIVE, HANDLE, Decision
from scanner.decisions import review
from scanner.store import Store, schema
from scanner.store.scan_schema import scan_source


@dataclass(frozen=True, slots=True)
class Handled:
    """A place that was taken care of."""

    said: Decision
    """Who said it, when, and what was done."""
    scan: int
    """The first scan of its source that began afterwards; 0: there was none yet."""


def handled(store: Store) -> list[Handled]:
    """What was said and not taken back, the latest first; of a place only what was said last."""
    said = [one for one in review.decisions(store) if one.kind == HANDLE and one.state(today()) == ACTIVE]
    last = {(one.source, one.unit): one for one in said}
    return [Handled(one, _next(store, one)) for one in sorted(last.values(), key=lambda one: -one.id)]


def _next(store: Store, said: Decision) -> int:
    scan, source = schema.scan, schema.source
    query = (
        select(func.min(scan.c.id))
        .join(scan_source, scan_source.c.scan_id == scan.c.id)
        .join(source, source.c.id == scan_source.c.source_id)
        .where(source.c.name == said.source, scan.c.started > said.at, scan_source.c.error == "")
    )
    with store.reading() as connection:
        return connection.scalar(query) or 0
