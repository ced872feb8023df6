"""Deletes units, or records of one, and all that was found in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, or_, select

from scanner.store import lookup, schema


def forget(connection: Connection, units: Sequence[int], *, members: bool = True) -> None:
    """Delete units (and their members) and all that was found in them."""
    for number in units:
        if members:
            inside = select(schema.unit.c.id).where(schema.unit.c.parent_id == number)
            forget(connection, list(connection.scalars(inside)), members=False)
        # Whoever enters records of it is waited for, and nobody begins to: their rows would be missed below.
        connection.execute(select(schema.unit.c.id).where(schema.unit.c.id == number).with_for_update())
        forget_records(connection, schema.record.c.unit_id == number)
        _forget_chunks(connection, select(schema.chunk.c.id).where(schema.chunk.c.unit_id == number))
        for table in (schema.field_fact, schema.role):
            connection.execute(delete(table).where(table.c.unit_id == number))
        for table in (schema.relation, schema.turn):
            connection.execute(delete(table).where(or_(table.c.unit_id == number, table.c.ref_unit_id == number)))
        connection.execute(delete(schema.unit).where(schema.unit.c.id == number))


def forget_records(connection: Connection, which: ColumnElement[bool]) -> None:
    """Delete records and all that was found in them; the facts of their fields stay.

    Args:
        connection: Of a transaction that writes.
        which: A condition on the table of records.
    """
    records = select(schema.record.c.id).where(which)
    lookup.remove(connection, records)
    for table in (schema.link, schema.moment, schema.finding):
        connection.execute(delete(table).where(table.c.record_id.in_(records)))
    connection.execute(delete(schema.record).where(which))


def forget_chunk(connection: Connection, number: int) -> None:
    """Delete a chunk and all that was found in it."""
    table = schema.chunk
    unit = connection.scalar(select(table.c.unit_id).where(table.c.id == number))
    forget_records(connection, (schema.record.c.unit_id == unit) & (schema.record.c.chunk_id == number))
    _forget_chunks(connection, select(table.c.id).where(table.c.id == number))


def _forget_chunks(connection: Connection, chunks: Select[Any]) -> None:
    numbers = list(connection.scalars(chunks))
    for table, column in ((schema.chunk_fact, schema.chunk_fact.c.chunk_id), (schema.chunk, schema.chunk.c.id)):
        connection.execute(delete(table).where(column.in_(numbers)))
