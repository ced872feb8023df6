"""Where personal data lies: databases, files, call recordings. Imports nothing of the other packages."""

from connectors.base import (
    Batch,
    Check,
    Chunk,
    Connector,
    ConnectorError,
    Readers,
    Record,
    Relation,
    State,
    Unit,
    Unread,
)

__all__ = [
    "Batch", "Check", "Chunk", "Connector", "ConnectorError", "Readers", "Record", "Relation", "State", "Unit",
    "Unread",
]  # fmt: skip
