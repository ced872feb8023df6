"""Units and tasks know who may read them; what was scanned before is told at the next listing.

PostgreSQL no longer looks up, row by row, what findings, links and dates belong to.
"""

import sqlalchemy as sa
from alembic import op

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Add the columns: nobody has said yet. The index of keys tells tables apart, too."""
    for table in ("unit", "task"):
        op.add_column(table, sa.Column("readers", sa.SmallInteger, nullable=False, server_default="0"))
    if op.get_bind().dialect.name == "postgresql":
        for table in ("finding", "link", "moment"):
            for key in sa.inspect(op.get_bind()).get_foreign_keys(table):
                op.drop_constraint(key["name"] or "", table, type_="foreignkey")
    op.drop_index("link_token", "link")
    op.create_index("link_token", "link", ["token", "unit_id", "field_id"])
