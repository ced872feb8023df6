"""The ledger of what is to be read: units are entered as tasks first, taken by scanners, and struck out when written.

A task is taken in one statement and struck out in the transaction that writes what was found, so two scanners never do
the same, and one that lost its task meanwhile writes nothing. There is no cursor: what is left is what there is to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, delete, func, or_, select, update

from connectors import Readers, Unit
from scanner.engine.holders import Watch
from scanner.engine.job import Job
from scanner.store import Store, schema

_STRIKE = (
    delete(schema.task)
    .where(schema.task.c.id.in_(bindparam("numbers", expanding=True)), schema.task.c.holder_id == bindparam("holder"))
    .returning(schema.task.c.id, schema.task.c.scan_id)
)
"""Made once: to make a statement takes several times as long as to run it."""


class Tasks:
    """The tasks of one source, as one scanner sees them."""

    def __init__(self, store: Store, source_id: int, holder_id: int, scan_id: int, watch: Watch | None = None) -> None:
        self._store = store
        self._source_id = source_id
        self._holder_id = holder_id
        self._scan_id = scan_id
        self._watch = watch or Watch(store)

    def enter(self, connection: Connection, units: Sequence[Unit]) -> list[int]:
        """Enter units to be read; one that waits already is brought up to date. Returns the numbers of the tasks."""
        if not units:
            return []
        dialect = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")  # each takes long to import
        rows = [
            {
                "source_id": self._source_id,
                "key": self._store.keys.seal(unit.key),
                "version": unit.version,
                "kind": unit.kind,
                "size": unit.size,
                "readers": unit.readers,
                "scan_id": self._scan_id,
            }
            for unit in units
        ]
        statement = dialect.insert(schema.task).values(rows)
        new = statement.excluded
        changes = {name: new[name] for name in ("version", "kind", "size", "readers")}
        newest = case((new.scan_id > schema.task.c.scan_id, new.scan_id), else_=schema.task.c.scan_id)
        changes["scan_id"] = newest  # a scan that began later may have met it before
        statement = statement.on_conflict_do_update(index_elements=["source_id", "key"], set_=changes)
        return list(connection.scalars(statement.returning(schema.task.c.id)))

    def drop_old(self, connection: Connection) -> None:
        """Strike out tasks of units that the source does not have any more."""
        task = schema.task
        old = (task.c.source_id == self._source_id) & (task.c.scan_id < self._scan_id)
        connection.execute(delete(task).where(old, self._free()))

    def take(self, limit: int) -> list[tuple[int, Unit]]:
        """Take tasks that nobody holds, in the order in which they were entered."""
        task = schema.task
        free = select(task.c.id).where(task.c.source_id == self._source_id, self._free()).order_by(task.c.id)
        with self._store.transaction() as connection:
            wanted = list(connection.scalars(free.limit(limit).with_for_update(skip_locked=True)))
            taken = update(task).where(task.c.id.in_(wanted)).values(holder_id=self._holder_id)
            rows = connection.execute(taken.returning(task)).all() if wanted else []
        return sorted(((row.id, unit_of(self._store, row)) for row in rows), key=lambda one: one[0])

    def _free(self) -> Any:
        holder = schema.task.c.holder_id
        known = select(schema.holder.c.id)
        dead = [number for number in self._watch.dead() if number != self._holder_id]
        return or_(holder.is_(None), holder.in_(dead), holder.not_in(known))

    def others(self) -> int:
        """How many tasks of the source this scanner does not hold: others hold them, or are just taking them."""
        task = schema.task
        theirs = task.c.holder_id.is_distinct_from(self._holder_id)
        query = select(func.count()).where(task.c.source_id == self._source_id, theirs)
        with self._store.reading() as connection:
            return connection.scalar(query) or 0


def unit_of(store: Store, row: Row[Any]) -> Unit:
    """The unit of a row of tasks."""
    return Unit(store.keys.unseal(row.key), row.version, row.kind, row.size, Readers(row.readers))


def is_held(connection: Connection, job: Job) -> bool:
    """Whether a job's task is still its scanner's. True is true until the end of the transaction."""
    task = schema.task
    query = select(task.c.id).where(task.c.id == job.task_id, task.c.holder_id == job.holder_id)
    return connection.scalar(query.with_for_update(read=True)) is not None


def strike(connection: Connection, jobs: Sequence[Job]) -> dict[int, int]:
    """Strike out the tasks of one scanner's jobs.

    Returns:
        Task -> the last scan that has met its unit; nothing of one that another scanner has taken over.
    """
    numbers = [job.task_id for job in jobs]
    rows = connection.execute(_STRIKE, {"numbers": numbers, "holder": jobs[0].holder_id})
    return {row.id: row.scan_id for row in rows}
