"""Writes one chunk of a large table, and settles the table when all its chunks are written.

Each chunk is replaced in one transaction, so an interrupted reading goes on with the chunks that are missing, and what
an earlier reading found in the others stays until they are read again.
"""

from __future__ import annotations

from sqlalchemy import Connection, Integer, case, cast, delete, func, insert, select, update

from connectors import Chunk, State, Unread
from scanner.engine.job import Job
from scanner.engine.page import Page
from scanner.engine.readings import read_by
from scanner.engine.rows import Part, Rows
from scanner.engine.unsettled import mark
from scanner.store import FAILED, READING, Store, schema
from scanner.store.bulk import insert_rows
from scanner.store.forgetting import forget_chunk, forget_records

_ASIDE = b"~"


class ChunkWriter:
    """Collects the pages of one chunk. Lives inside one transaction."""

    def __init__(self, store: Store, connection: Connection, job: Job, chunk: Chunk) -> None:
        self._store, self._connection = store, connection
        self._version = job.analyzer
        self._scan_id = job.scan_id
        self._rows = Rows(store, connection)
        unit = large_unit(store, connection, job)
        sealed = store.keys.seal(chunk.key)
        table = schema.chunk
        self._before = connection.execute(
            select(table.c.id, table.c.whole).where(table.c.unit_id == unit, table.c.key == sealed)
        ).one_or_none()
        if self._before:
            connection.execute(update(table).where(table.c.id == self._before.id).values(key=sealed + _ASIDE))
        row = {"unit_id": unit, "key": sealed, "version": chunk.version, "analyzer": job.analyzer}
        inserted = connection.execute(insert(table).values(**row, state=State.SCANNED, scan_id=job.scan_id))
        self._sealed = sealed
        self._part = Part(unit, int(inserted.inserted_primary_key[0]))  # type: ignore[index]

    def add(self, item: Page | Unread) -> None:
        """Enter a page, or that the chunk could not be read, or not whole."""
        if isinstance(item, Page):
            self._rows.add(self._part, item)
        else:
            self._part.fail(item)

    def finish(self) -> Part:
        """Write state and counts; what an earlier whole reading found is kept if this one failed."""
        part, table = self._part, schema.chunk
        self._rows.flush()
        failed = part.state in FAILED
        told: dict[str, object] = {"state": part.state, "reason": part.reason, "scan_id": self._scan_id}
        told |= {"version": ""} if failed else {}
        if part.lost and self._before and self._before.whole:
            forget_chunk(self._connection, part.chunk or 0)
            kept = update(table).where(table.c.id == self._before.id)
            self._connection.execute(kept.values(key=self._sealed, **told))
            return part
        if self._before:
            forget_chunk(self._connection, self._before.id)
        counts = {"records": part.tally.records, "amount": part.tally.values, "sampled": part.sampled}
        told |= {"analyzer": read_by(self._store, self._connection, self._version, part.formats)}
        self._connection.execute(
            update(table).where(table.c.id == part.chunk).values(**told, **counts, whole=not part.lost)
        )
        insert_rows(self._connection, schema.chunk_fact, ((part.chunk, *fact) for fact in part.facts()))
        return part


def large_unit(store: Store, connection: Connection, job: Job) -> int:
    """The number of a unit that is read in chunks; entered when first met, as being read."""
    table, sealed = schema.unit, store.keys.seal(job.unit.key)
    same = (table.c.source_id == job.source_id) & (table.c.key == sealed)
    found = connection.scalar(select(table.c.id).where(same))
    if found is None:
        row = {"source_id": job.source_id, "key": sealed, "place": sealed, "kind": job.unit.kind, "version": ""}
        row |= {"analyzer": "", "state": READING, "scan_id": job.scan_id, "task_id": job.task_id}
        found = connection.execute(insert(table).values(**row)).inserted_primary_key[0]  # type: ignore[index]
    return int(found)


def announce(store: Store, connection: Connection, unit: int, chunk: Chunk) -> int:
    """The number of a chunk, which is entered if it is new: a worker that is given the number finds the key by it."""
    table, sealed = schema.chunk, store.keys.seal(chunk.key)
    found = connection.scalar(select(table.c.id).where(table.c.unit_id == unit, table.c.key == sealed))
    if found is None:
        row = {"unit_id": unit, "key": sealed, "version": "", "analyzer": "", "state": READING, "scan_id": 0}
        found = connection.execute(insert(table).values(**row)).inserted_primary_key[0]  # type: ignore[index]
    return int(found)


def settle_unit(connection: Connection, unit: int, job: Job, met: int) -> tuple[State, str]:
    """Make a large unit whole again when its chunks are written: counts, facts and state are those of its chunks.

    Args:
        connection: Of the transaction that ends the unit's task.
        unit: Its number.
        job: Of any of its chunks; chunks that its scan has not met are forgotten.
        met: The last scan that has met the unit.

    Returns:
        The unit's state and the first reason for it.
    """
    chunk, record = schema.chunk, schema.record
    ours = chunk.c.unit_id == unit
    for number in connection.scalars(select(chunk.c.id).where(ours, chunk.c.scan_id < job.scan_id)).all():
        mark(connection, job)
        forget_chunk(connection, number)
    forget_records(connection, (record.c.unit_id == unit) & record.c.chunk_id.is_(None))
    _settle_facts(connection, unit)
    state, reason = _overall(connection, unit)
    told = {"state": state, "reason": reason, "size": job.unit.size, "readers": job.unit.readers, "version": ""}
    last = case((schema.unit.c.scan_id > met, schema.unit.c.scan_id), else_=met)
    told |= {"analyzer": job.analyzer, "scan_id": last, "task_id": job.task_id, **_counts(connection, unit)}
    connection.execute(update(schema.unit).where(schema.unit.c.id == unit).values(**told))
    return state, reason


def _counts(connection: Connection, unit: int) -> dict[str, int | bool]:
    """What the chunks of a unit hold together, by columns of the unit."""
    chunk = schema.chunk
    counts = select(
        func.coalesce(func.sum(chunk.c.records), 0),
        func.coalesce(func.sum(chunk.c.amount), 0),
        func.coalesce(func.max(cast(chunk.c.sampled, Integer)), 0),
        func.coalesce(func.min(cast(chunk.c.whole, Integer)), 1),
    )
    records, amount, sampled, whole = connection.execute(counts.where(chunk.c.unit_id == unit)).one()
    return {"records": records, "amount": amount, "sampled": bool(sampled), "whole": bool(whole)}


def _settle_facts(connection: Connection, unit: int) -> None:
    fact, part, chunk = schema.field_fact, schema.chunk_fact, schema.chunk
    connection.execute(delete(fact).where(fact.c.unit_id == unit))
    query = (
        select(
            part.c.field_id,
            func.sum(part.c.total),
            func.max(cast(part.c.is_key, Integer)),
            func.max(cast(part.c.is_text, Integer)),
            func.max(part.c.day_form),
        )
        .join(chunk, chunk.c.id == part.c.chunk_id)
        .where(chunk.c.unit_id == unit)
        .group_by(part.c.field_id)
    )
    rows = [
        (unit, field, int(total), bool(key), bool(text), form)
        for field, total, key, text, form in connection.execute(query)
    ]
    insert_rows(connection, fact, rows)


def _overall(connection: Connection, unit: int) -> tuple[State, str]:
    """The state of the whole from those of its chunks: partial, if some could be read and some not."""
    chunk = schema.chunk
    query = select(chunk.c.state, chunk.c.reason).where(chunk.c.unit_id == unit).order_by(chunk.c.id)
    states = [(State(row.state), row.reason) for row in connection.execute(query)]
    failed = [(state, reason) for state, reason in states if state in FAILED]
    if not failed:
        return State.SCANNED, ""
    state, reason = failed[0]
    return (state, reason) if len(failed) == len(states) else (State.PARTIAL, reason)
