"""The tables of the store: a map of where personal data lies, not a copy of it.

No column can hold a value: identifiers are 16-byte keyed tokens, and everything that may itself be a value (unit keys,
record locators, field names) is sealed. What is open is counts, states, dates and the names of entity types.
"""

from __future__ import annotations

from scanner.store.schema.base import BLOCK, VERSION, Id, metadata, record_numbers
from scanner.store.schema.derived import audit, field_name, meta, relation, role, snapshot, term, turn, worked_out
from scanner.store.schema.found import (
    READING_ORDER,
    TOKENS,
    Further,
    beginning,
    finding,
    is_token,
    is_token_of,
    link,
    lookup,
    moment,
    present,
    record,
)
from scanner.store.schema.ledger import (
    chunk,
    chunk_fact,
    field_fact,
    holder,
    paused,
    scan,
    scheduled,
    source,
    task,
    unit,
)

__all__ = [
    "BLOCK",
    "READING_ORDER",
    "TOKENS",
    "VERSION",
    "Further",
    "Id",
    "audit",
    "beginning",
    "chunk",
    "chunk_fact",
    "field_fact",
    "field_name",
    "finding",
    "holder",
    "is_token",
    "is_token_of",
    "link",
    "lookup",
    "meta",
    "metadata",
    "moment",
    "paused",
    "present",
    "record",
    "record_numbers",
    "relation",
    "role",
    "scan",
    "scheduled",
    "snapshot",
    "source",
    "task",
    "term",
    "turn",
    "unit",
    "worked_out",
]
