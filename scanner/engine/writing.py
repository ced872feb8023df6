"""Enters what jobs found: a large unit in a transaction of its own, small ones several in one, each with its state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from connectors import State, Unread
from scanner.engine.chunk_writer import ChunkWriter
from scanner.engine.job import Job, Outcome
from scanner.engine.page import Page
from scanner.engine.rows import Part, Rows
from scanner.engine.tasks import is_held, strike
from scanner.engine.writer import UnitWriter, known_units
from scanner.store import Store

Items = Iterable[Page | Unread]


def write(store: Store, job: Job, items: Items) -> Outcome:
    """Enter what a job found, in one transaction with its state.

    Raises:
        InsynError: the store refuses.
    """
    if job.chunk is None:
        return write_all(store, [(job, items)])[0]
    with store.transaction() as connection:
        if not is_held(connection, job):
            return Outcome(lost=True)
        writer = ChunkWriter(store, connection, job, job.chunk)
        for item in items:
            writer.add(item)
        return told({job.unit.key: writer.finish()})


def write_all(store: Store, done: Sequence[tuple[Job, Items]]) -> list[Outcome]:
    """Enter what jobs of one scanner and source found, none of a chunk, in one transaction with their states.

    A job whose task another scanner has taken over writes nothing.

    Raises:
        InsynError: the store refuses; nothing is written.
    """
    with store.transaction() as connection:
        met = strike(connection, [job for job, _ in done])
        held = [(replace(job, scan_id=met[job.task_id]), items) for job, items in done if job.task_id in met]
        outcomes = iter(enter(store, connection, held) if held else ())
        return [next(outcomes) if job.task_id in met else Outcome(lost=True) for job, _ in done]


def enter(store: Store, connection: Connection, done: Sequence[tuple[Job, Items]]) -> list[Outcome]:
    """Enter units of one source, inside a transaction that writes.

    A scan that began earlier may have entered a task anew for what a later one has read: the later one has met the unit
    all the same, and would forget what seems to be of an earlier scan.
    """
    known = known_units(store, connection, done[0][0].source_id, [job.unit for job, _ in done])
    rows = Rows(store, connection)
    outcomes = []
    for job, items in done:
        before = known.get(job.unit.key)
        met = replace(job, scan_id=max(job.scan_id, before.scan_id)) if before else job
        writer = UnitWriter(rows, met, before.id if before else None)
        for item in items:
            writer.add(item)
        apart = writer.is_apart()
        outcomes.append(replace(told(writer.finish()), apart=apart))
    rows.flush()
    return outcomes


def told(parts: dict[str, Part]) -> Outcome:
    """The outcome of what was written."""
    outcome = Outcome()
    for key, part in parts.items():
        outcome.states[part.state] += 1
        outcome.records += part.tally.records
        outcome.values += part.tally.values
        outcome.findings += part.tally.findings
        if part.state not in (State.SCANNED, State.SKIPPED):
            outcome.unread.append((key, part.state, part.reason))
    return outcome
