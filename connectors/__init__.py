"""Where personal data lies: databases, files, call recordings. Imports nothing of the other packages."""

from connectors.base import Batch, Check, Connector, ConnectorError, Record, Relation, State, Unit, Unread

__all__ = ["Batch", "Check", "Connector", "ConnectorError", "Record", "Relation", "State", "Unit", "Unread"]
