"""SQLite: tokens wait for their run in the findings themselves, not in a table of their own."""

import sqlalchemy as sa
from alembic import op

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Empty the table into the look-up, note how far that reaches, and let it go."""
    fresh = sa.inspect(op.get_bind()).has_table("fresh")
    if op.get_bind().dialect.name == "sqlite" and fresh:
        op.execute(
            "INSERT OR IGNORE INTO lookup (token, finding_id) SELECT token, finding_id FROM fresh ORDER BY token"
        )
        op.execute("INSERT INTO meta (name, value) SELECT 'lookup', coalesce(max(id), 0) FROM finding")
    if fresh:
        op.drop_table("fresh")
