"""Which sources changed since it was worked out how their tables hang together, and by which scanner.

A scanner marks a source before it changes what the store knows of it, and takes its mark away in the transaction that
settles the relations, or when nothing that it read has keys of rows: a damaged archive is tried again every time. A
mark that a killed scanner left makes the next scan settle them, even if nothing is read.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select

from scanner.engine.job import Job
from scanner.store import Store, schema

_NAME = "unsettled:"


def _name(job: Job) -> str:
    return f"{_NAME}{job.source_id}:{job.scan_id}:{job.holder_id}"


def mark(connection: Connection, job: Job) -> bool:
    """Mark a job's source as changed by its scanner, in a transaction that writes; False if its scanner had done so."""
    name = _name(job)
    if connection.scalar(select(schema.meta.c.name).where(schema.meta.c.name == name)) is not None:
        return False
    connection.execute(insert(schema.meta).values(name=name, value=""))
    return True


def unmark(connection: Connection, job: Job) -> None:
    """Take away the mark of a job's scanner: it has changed nothing that tables hang together by."""
    connection.execute(delete(schema.meta).where(schema.meta.c.name == _name(job)))


def is_unsettled(store: Store, job: Job) -> bool:
    """Whether any scanner has changed a job's source since its relations were worked out."""
    with store.reading() as connection:
        return bool(_marks(connection, job.source_id))


def clear(connection: Connection, job: Job, alive: Collection[int]) -> None:
    """Take away the marks of a job's scanner, and of those that are gone; one that still reads settles by itself.

    Args:
        connection: Of the transaction that settles.
        job: Of the scanner that settles.
        alive: Numbers of the scanners at work.
    """
    gone = [
        name
        for name in _marks(connection, job.source_id)
        if name == _name(job) or int(name.rpartition(":")[2]) not in alive
    ]
    connection.execute(delete(schema.meta).where(schema.meta.c.name.in_(gone)))


def _marks(connection: Connection, source_id: int) -> list[str]:
    ours = schema.meta.c.name.startswith(f"{_NAME}{source_id}:", autoescape=True)
    return list(connection.scalars(select(schema.meta.c.name).where(ours)))
