"""Records know the chunk of a large table that they were read in, units the task of their last reading."""

import sqlalchemy as sa
from alembic import op

from scanner.schema import Id

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Add the columns, and the index by which a chunk's records are found."""
    op.add_column("unit", sa.Column("task_id", Id, nullable=False, server_default="0"))
    op.add_column("record", sa.Column("chunk_id", sa.Integer))
    op.drop_index("ix_record_unit_id", "record")
    op.create_index("record_unit", "record", ["unit_id", "chunk_id"])
