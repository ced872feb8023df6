"""Records know the chunk of a large table that they were read in, units the task of their last reading.

Stores that call themselves schema 2 were made with and without this: what is there stays.
"""

import sqlalchemy as sa
from alembic import op

from scanner.store.schema import Id

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Add the columns, and the index by which a chunk's records are found."""
    there = sa.inspect(op.get_bind())
    if "task_id" not in {column["name"] for column in there.get_columns("unit")}:
        op.add_column("unit", sa.Column("task_id", Id, nullable=False, server_default="0"))
    if "chunk_id" not in {column["name"] for column in there.get_columns("record")}:
        op.add_column("record", sa.Column("chunk_id", sa.Integer))
    indexes = {index["name"] for index in there.get_indexes("record")}
    if "ix_record_unit_id" in indexes:
        op.drop_index("ix_record_unit_id", "record")
    if "record_unit" not in indexes:
        op.create_index("record_unit", "record", ["unit_id", "chunk_id"])
