"""What is kept beside findings: dictionaries, how tables hang together, what was counted, the audit chain."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, SmallInteger, String, Table

from scanner.store.schema.base import metadata

meta = Table(
    "meta", metadata, Column("name", String(40), primary_key=True), Column("value", String(200), nullable=False)
)
term = Table(  # dictionary of the open words: entities, kinds, evidence codes, date names, states
    "term", metadata, Column("id", Integer, primary_key=True), Column("text", String(300), nullable=False, unique=True)
)
field_name = Table(  # dictionary of field names; sealed, for a JSON key or a header can be a value
    "field_name",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", LargeBinary, nullable=False, unique=True),
)
relation = Table(
    "relation",
    metadata,
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("field_id", ForeignKey("field_name.id"), primary_key=True),
    Column("ref_unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("ref_field_id", ForeignKey("field_name.id"), primary_key=True),
    Column("declared", Boolean, nullable=False),
    Column("matched", BigInteger, nullable=False),  # distinct values found in the other column …
    Column("compared", BigInteger, nullable=False),  # … of so many
)
turn = Table(  # keys whose values stand in several rows of another table, each for a time: a card's, of who has it
    "turn",
    metadata,
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("field_id", ForeignKey("field_name.id"), primary_key=True),
    Column("ref_unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("ref_field_id", ForeignKey("field_name.id"), primary_key=True),
)
role = Table(  # whose a column's identifiers are, by agreement with what the parent row owns; `link`: a handler's key
    "role",
    metadata,
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("field_id", ForeignKey("field_name.id"), primary_key=True),
    Column("entity", SmallInteger, primary_key=True),
    Column("agreed", BigInteger, nullable=False),
    Column("compared", BigInteger, nullable=False),
)
snapshot = Table(  # how much was held when a scan ended that changed something: `scanner.reporting.snapshots`
    "snapshot",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scan_id", Integer, nullable=False),
    Column("at", String(32), nullable=False),
    Column("units", Integer, nullable=False),
    Column("fields", Integer, nullable=False),  # with findings
    Column("findings", BigInteger, nullable=False),
    Column("content", LargeBinary),  # sealed: counts by place; NULL where it is too old
)
worked_out = Table(  # what takes long to count, while it holds: `scanner.reporting.remembered`
    "worked_out",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("stamp", String(200), nullable=False),
    Column("content", LargeBinary, nullable=False),  # sealed
)
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("action", String(40), nullable=False),
    Column("case_number", String(200), nullable=False),
    Column("object", LargeBinary(16)),
    Column("previous", LargeBinary(32), nullable=False),
    Column("chain", LargeBinary(32), nullable=False),
)
