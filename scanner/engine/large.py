"""Large tables, read in chunks: which of them have changed, and which tables are done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Row, select, update

from connectors import Chunk, State, Unit
from scanner.engine.chunk_writer import large_unit, settle_unit
from scanner.engine.job import Job, Outcome
from scanner.engine.readings import Readings
from scanner.engine.tasks import strike
from scanner.store import FAILED, Store, schema


@dataclass(slots=True)
class _Large:
    job: Job
    unit: int
    open: int = 0
    """Chunks that are being read."""
    read: int = 0
    listed: bool = False


class LargeUnits:
    """The large units of a source that are being read."""

    def __init__(
        self,
        store: Store,
        template: Job,
        readings: Readings,
        chunks: Callable[[Unit], Iterator[Chunk]],
        *,
        full: bool,
    ) -> None:
        self._store = store
        self._template = template
        self._readings = readings
        self._chunks = chunks
        self._full = full
        self._large: dict[int, _Large] = {}

    @staticmethod
    def may_be(unit: Unit) -> bool:
        """Whether a unit may have chunks with versions of their own."""
        return not unit.version and unit.kind == "table"

    def jobs(self, job: Job) -> Iterator[Job]:
        """Jobs for the chunks of a unit that are new or changed; one for the unit, if it is not divided.

        Raises:
            ConnectorError: the unit cannot be listed.
        """
        large: _Large | None = None
        known: dict[bytes, Row[tuple[object, ...]]] = {}
        for chunk in self._chunks(job.unit):
            if not chunk.key:
                yield job
                return
            if large is None:
                with self._store.transaction() as connection:
                    large = _Large(job, large_unit(self._store, connection, job))
                self._large[job.task_id] = large
                known = self._known(large.unit)
            before = known.get(self._store.keys.seal(chunk.key))
            if before is not None and self._is_same(chunk, before):
                self._met(before.id)
                continue
            large.open += 1
            large.read += 1
            yield replace(job, chunk=chunk)
        if large is None:
            yield job
        else:
            large.listed = True

    def _known(self, unit: int) -> dict[bytes, Row[tuple[object, ...]]]:
        """The chunks that are not stale."""
        with self._store.reading() as connection:
            rows = connection.execute(select(schema.chunk).where(schema.chunk.c.unit_id == unit)).all()
            return {row.key: row for row in rows if self._readings.are_of(connection, row.analyzer)}

    def _is_same(self, chunk: Chunk, before: Row[tuple[object, ...]]) -> bool:
        return bool(chunk.version) and before.version == chunk.version and before.state not in FAILED and not self._full

    def _met(self, number: int) -> None:
        table = schema.chunk
        with self._store.transaction() as connection:
            connection.execute(update(table).where(table.c.id == number).values(scan_id=self._template.scan_id))

    def done(self, job: Job) -> None:
        """Note that a chunk is done."""
        if job.task_id in self._large:
            self._large[job.task_id].open -= 1

    def settled(self) -> Iterator[tuple[int, Outcome]]:
        """End the tables whose chunks are all done: task and outcome. Their counts were told chunk by chunk."""
        for task_id, large in list(self._large.items()):
            if large.listed and not large.open:
                del self._large[task_id]
                yield task_id, self._settle(large)

    def _settle(self, large: _Large) -> Outcome:
        with self._store.transaction() as connection:
            met = strike(connection, [large.job]).get(large.job.task_id)
            if met is None:
                return Outcome(lost=True)
            state, reason = settle_unit(connection, large.unit, large.job, met)
        if state in FAILED:
            return Outcome(Counter({state: 1}), unread=[(large.job.unit.key, state, reason)])
        return Outcome(Counter({State.SCANNED if large.read else State.UNCHANGED: 1}))
