"""What all tables share: their metadata, the kind of their numbers, what a long table belongs to."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKeyConstraint, Integer, MetaData, Sequence

VERSION = "8"
"""Of this schema. An older store is brought up to date by `insyn store upgrade`: `scanner.store.migrations`."""

metadata = MetaData()
Id = BigInteger().with_variant(Integer, "sqlite")
BLOCK = 10_000
"""Numbers that a writer takes at once where several write (PostgreSQL)."""
record_numbers = Sequence("record_numbers", metadata=metadata, increment=BLOCK)


def belongs(column: str, target: str) -> ForeignKeyConstraint:
    """What a column of a long table belongs to, as `insyn store check` asks.

    PostgreSQL is not told: to look each row up would cost it more than to insert it. All rows of a record are written
    and deleted in one transaction with it, and for the record PostgreSQL watches over its unit.
    """
    return ForeignKeyConstraint([column], [target]).ddl_if(dialect="sqlite")
