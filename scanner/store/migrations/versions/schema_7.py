"""Fields know how their dates are written; of what was scanned before, as ISO has it."""

import sqlalchemy as sa
from alembic import op

revision = "7"
down_revision = "6"


def upgrade() -> None:
    """Add the columns."""
    for table in ("field_fact", "chunk_fact"):
        op.add_column(table, sa.Column("day_form", sa.SmallInteger, nullable=False, server_default="0"))
