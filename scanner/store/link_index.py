"""The index by which keys are found, while very many of them are entered.

In SQLite each row of it goes to a random page of a tree that soon is larger than what is held of it: among a million
links one takes four times as long as among the first thousands, and longer than all else that is entered with it. So a
store without any link is filled without the index, which is made in one sorted pass when the source has been read, when
very many are there, or when the store is opened again: what needs it finds the same without it, only more slowly.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from scanner.store import schema

MOST = 2_000_000
"""Records that are entered without the index: whoever looks for a person meanwhile goes through all their links."""
_INDEX = next(index for index in schema.link.indexes if index.name == "link_token")


def put_off(connection: Connection) -> None:
    """Do without the index for now if the store holds no link. In a transaction that writes."""
    if connection.dialect.name == "sqlite" and connection.scalar(select(schema.link.c.record_id).limit(1)) is None:
        _INDEX.drop(connection, checkfirst=True)


def is_overdue(connection: Connection) -> bool:
    """Whether so much was entered without the index that it is to be made."""
    return (connection.scalar(select(func.max(schema.record.c.id))) or 0) > MOST


def make(connection: Connection) -> None:
    """Make the index if it is not there. In a transaction that writes."""
    if connection.dialect.name == "sqlite":
        _INDEX.create(connection, checkfirst=True)
