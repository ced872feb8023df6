"""Lists a source: what is new or changed becomes a task, the rest is marked as met. Nothing is read yet."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeVar

import numpy as np
from sqlalchemy import Connection, func, select, update

from connectors import Readers, State, Unit, Unread
from scanner.engine.job import Job, Outcome
from scanner.engine.readings import Readings
from scanner.engine.results import SourceResult
from scanner.engine.standing import standings
from scanner.engine.tasks import Tasks
from scanner.engine.unsettled import mark
from scanner.engine.writing import enter
from scanner.store import FAILED, Store, schema
from scanner.store.forgetting import forget

_WHOLE = (State.SCANNED, State.SKIPPED)
PART = 500
"""Units that are looked up and entered at once."""
T = TypeVar("T")


@dataclass(slots=True)
class Listed:
    """What a listing has met."""

    tasks: array[int] = field(default_factory=lambda: array("q"))
    tables: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    """Folders that cannot be opened: what lies in them is not gone."""
    total: int = 0
    size: int = 0

    def has(self, task: int) -> bool:
        """Whether a task is of a unit that was listed here, after the listing: another scanner enters its own, too."""
        at = bisect_left(self.tasks, task)
        return at < len(self.tasks) and self.tasks[at] == task


class Enumeration:
    """One listing of one source."""

    def __init__(self, store: Store, tasks: Tasks, template: Job, readings: Readings, *, full: bool) -> None:
        self._store = store
        self._tasks = tasks
        self._template = template
        self._readings = readings
        self._full = full

    def run(self, items: Iterable[Unit | Unread], result: SourceResult) -> Listed:
        """List a source.

        Args:
            items: As its connector lists them.
            result: Takes in what is not going to be read.

        Raises:
            ConnectorError: the source cannot be listed; nothing may be forgotten.
        """
        listed = Listed()
        for part in parts(items, PART):
            self._note(part, listed)
            units = [item for item in part if isinstance(item, Unit)]
            unread = [item for item in part if isinstance(item, Unread)]
            with self._store.transaction() as connection:
                same = {} if self._full else self._same(connection, units)
                self._met(connection, list(same.values()))
                if same:
                    self._unchanged(connection, list(same.values()), result)
                changed = [unit for unit in units if unit.key not in same]
                listed.tasks.extend(self._tasks.enter(connection, changed))
                for one in unread:
                    result.add(self._unread(connection, one))
        listed.tasks = array("q", np.sort(np.asarray(listed.tasks, np.int64)).tobytes())
        return listed

    @staticmethod
    def _note(part: Sequence[Unit | Unread], listed: Listed) -> None:
        listed.total += len(part)
        for item in part:
            if isinstance(item, Unread):
                listed.closed += [item.unit] if item.unit.endswith("/") else []
            elif item.kind == "table":
                listed.tables.append(item.key)
            else:
                listed.size += item.size

    def _same(self, connection: Connection, units: Sequence[Unit]) -> dict[str, int]:
        """Units that are not to be read again; who may read them now is noted."""
        known = standings(self._store, connection, (self._template.source_id, self._readings), units)
        same = {unit.key: known[unit.key] for unit in units if unit.key in known and known[unit.key].why is None}
        for unit in units:
            if unit.key in same and same[unit.key].readers != unit.readers:
                self._opened_to(connection, same[unit.key].id, unit.readers)
        return {key: one.id for key, one in same.items()}

    @staticmethod
    def _opened_to(connection: Connection, number: int, readers: Readers) -> None:
        """Others may read the unit, and what is in it, than when it was read; its content is the same."""
        table = schema.unit
        connection.execute(
            update(table).where((table.c.id == number) | (table.c.parent_id == number)).values(readers=readers)
        )

    def _unchanged(self, connection: Connection, numbers: Sequence[int], result: SourceResult) -> None:
        """Count units and their members: what could not be read whole then is told by its state again, every time."""
        table = schema.unit
        these = table.c.id.in_(numbers) | table.c.parent_id.in_(numbers)
        whole = connection.scalar(select(func.count()).where(these, table.c.state.in_(_WHOLE)))
        result.units[State.UNCHANGED] += whole or 0
        rest = select(table.c.key, table.c.state, table.c.reason).where(these, table.c.state.not_in(_WHOLE))
        for row in connection.execute(rest.order_by(table.c.id)):
            result.units[row.state] += 1
            result.unread.append(Unread(self._store.keys.unseal(row.key), State(row.state), row.reason))

    def _met(self, connection: Connection, numbers: Sequence[int]) -> None:
        table, scan = schema.unit, self._template.scan_id
        older = (table.c.id.in_(numbers)) & (table.c.scan_id < scan)
        connection.execute(update(table).where(older).values(scan_id=scan))

    def _unread(self, connection: Connection, unread: Unread) -> Outcome:
        if unread.state not in FAILED:  # what failed keeps what was known
            mark(connection, self._template)
        unit = Unit(unread.unit, "", "unread")
        return enter(self._store, connection, [(replace(self._template, unit=unit), [unread])])[0]


def forget_gone(store: Store, job: Job, closed: Sequence[str]) -> None:
    """Forget what the source of a job no longer has. Only to be called when all of it could be listed.

    What lies in a folder that cannot be opened any more, or what another scanner has met meanwhile, stays.
    """
    table = schema.unit
    gone = select(table.c.id, table.c.key).where(
        table.c.source_id == job.source_id, table.c.parent_id.is_(None), table.c.scan_id < job.scan_id
    )
    inside = tuple(closed)
    with store.reading() as connection:
        rows = connection.execute(gone).all()
    numbers = [row.id for row in rows if not inside or not store.keys.unseal(row.key).startswith(inside)]
    for part in parts(numbers, PART):
        with store.transaction() as connection:
            mark(connection, job)
            forget(connection, connection.scalars(gone.where(table.c.id.in_(part))).all())


def read_by_others(store: Store, source_id: int, missing: Sequence[int]) -> SourceResult:
    """What another scanner has read of what was listed here.

    Args:
        store: With its findings.
        source_id: The source.
        missing: Tasks that were entered, but not done here.
    """
    table, result = schema.unit, SourceResult("")
    query = select(table).where(table.c.source_id == source_id, table.c.task_id > 0)
    wanted = set(missing)
    with store.reading() as connection:
        found = func.count()
        for row in connection.execute(query):
            if row.task_id in wanted:
                result.units[row.state] += 1
                result.records += row.records
                result.values += row.amount
                result.findings += connection.scalar(select(found).where(schema.finding.c.unit_id == row.id)) or 0
                if row.state not in _WHOLE:
                    result.unread.append(Unread(store.keys.unseal(row.key), State(row.state), row.reason))
    return result


def parts(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut a stream in lists of so many."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part
