"""The log of look-ups as the data protection officer reads it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from scanner import audit
from scanner.store import Store, schema


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the log."""

    id: int
    at: str
    actor: str
    action: str
    case: str


def rows(store: Store, most: int, before: int = 0) -> list[Entry]:
    """The newest rows first; with `before`, those that are older than that row."""
    table = schema.audit
    query = select(table.c.id, table.c.at, table.c.actor, table.c.action, table.c.case_number)
    query = query.order_by(table.c.id.desc()).limit(most)
    with store.reading() as connection:
        found = connection.execute(query.where(table.c.id < before) if before else query).all()
    return [Entry(*row) for row in found]


def is_whole(store: Store) -> bool:
    """Whether the log is as it was written."""
    return audit.verify(store).whole
