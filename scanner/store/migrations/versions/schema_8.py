"""PostgreSQL finds keys by the beginnings of their tokens; in SQLite nothing changes."""

from alembic import op

from scanner.store.schema import beginning, link

revision = "8"
down_revision = "7"


def upgrade() -> None:
    """Make the index anew."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("link_token", "link")
        op.create_index("link_beginning", "link", [beginning(link.c.token), "unit_id", "field_id"])
