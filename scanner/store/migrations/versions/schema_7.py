"""Fields know whether their dates are digits only; of what was scanned before, none are."""

import sqlalchemy as sa
from alembic import op

revision = "7"
down_revision = "6"


def upgrade() -> None:
    """Add the columns."""
    for table in ("field_fact", "chunk_fact"):
        op.add_column(table, sa.Column("is_digits", sa.Boolean, nullable=False, server_default="0"))
