"""The first schema that can be brought up to date."""

revision = "2"
down_revision = None


def upgrade() -> None:
    """There is nothing before it."""
