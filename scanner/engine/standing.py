"""How units stand to what the store knows of them: which are read again, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, select

from connectors import Unit
from scanner.engine.readings import Readings
from scanner.store import FAILED, READING, Store, schema


class Why(StrEnum):
    """Why a unit is read."""

    NEW = "new"
    CHANGED = "changed"
    STALE = "stale"
    """It was read by other recognizers or readers, or with other options."""
    FAILED = "failed before"
    """It, or something in it, could not be read whole."""
    UNFINISHED = "unfinished"
    """A scan was interrupted before it was written."""
    UNVERSIONED = "no version"
    """The source does not tell whether it has changed: its parts are compared, or all of it is read."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit that the store knows."""

    id: int
    readers: int
    why: Why | None
    """None: it was read whole, in this version and with this analyzer, and is not to be read again."""


def standings(
    store: Store, connection: Connection, source: tuple[int, Readings], units: Sequence[Unit]
) -> dict[str, Standing]:
    """Look units up.

    Args:
        store: What is known.
        connection: To it.
        source: Its number, and by what its units would be read now.
        units: As they are listed now.

    Returns:
        Key -> standing, of those that are known.
    """
    number, readings = source
    table, member, task = schema.unit, schema.unit.alias(), schema.task
    sealed = {store.keys.seal(unit.key): unit for unit in units}
    failed = select(member.c.id).where(member.c.parent_id == table.c.id, member.c.state.in_(FAILED))
    waiting = select(task.c.id).where(task.c.source_id == table.c.source_id, task.c.key == table.c.key)
    query = select(table, failed.exists().label("failed"), waiting.exists().label("waiting")).where(
        table.c.source_id == number, table.c.key.in_(list(sealed)), table.c.parent_id.is_(None)
    )
    rows = connection.execute(query).all()
    found = {}
    for row in rows:
        unit, same = sealed[row.key], readings.are_of(connection, row.analyzer)
        found[unit.key] = Standing(row.id, row.readers, _why(row, unit, stale=not same))
    return found


def _why(row: Row[Any], unit: Unit, *, stale: bool) -> Why | None:
    if row.waiting or row.state == READING:
        return Why.UNFINISHED
    if row.failed or row.state in FAILED:
        return Why.FAILED
    if row.version != unit.version:
        return Why.CHANGED
    if stale:
        return Why.STALE
    return None if unit.version else Why.UNVERSIONED
