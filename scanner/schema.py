"""The tables of the store: a map of where personal data lies, not a copy of it.

No column can hold a value: identifiers are 16-byte keyed tokens, and everything that may itself be a value (unit keys,
record locators, field names) is sealed. What is open is counts, states, dates and the names of entity types.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

VERSION = "1"
"""Of this schema. A store of another version is refused."""

metadata = MetaData()
Id = BigInteger().with_variant(Integer, "sqlite")

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
source = Table(
    "source",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
)
scan = Table(
    "scan",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", String(32), nullable=False),
    Column("finished", String(32)),
    Column("status", String(16), nullable=False),
)
unit = Table(
    "unit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", ForeignKey("source.id"), nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("place", LargeBinary, nullable=False),  # the inventory's grain: the table itself, or the folder of a file
    Column("parent_id", ForeignKey("unit.id"), index=True),  # of a member: the unit that holds it
    Column("kind", String(20), nullable=False),
    Column("extension", String(20), nullable=False, default=""),
    Column("version", String(200), nullable=False),
    Column("analyzer", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(200), nullable=False, default=""),
    Column("whole", Boolean, nullable=False, default=False),  # what is held stems from a whole reading, if not the last
    Column("size", BigInteger, nullable=False, default=0),
    Column("records", BigInteger, nullable=False, default=0),
    Column("amount", BigInteger, nullable=False, default=0),  # non-empty values looked at
    Column("sampled", Boolean, nullable=False, default=False),
    Column("scan_id", Integer, nullable=False),  # the scan that last met it
    UniqueConstraint("source_id", "key"),
)
field_fact = Table(
    "field_fact",
    metadata,
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("field_id", ForeignKey("field_name.id"), primary_key=True),
    Column("total", BigInteger, nullable=False),
    Column("is_key", Boolean, nullable=False),
    Column("is_text", Boolean, nullable=False),  # running text: what stands in it is mentioned, not owned
)
record = Table(
    "record",
    metadata,
    Column("id", Id, primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), nullable=False, index=True),
    Column("locator", LargeBinary),  # NULL: the unit is one record
)
finding = Table(
    "finding",
    metadata,
    Column("id", Id, primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), nullable=False, index=True),
    Column("record_id", ForeignKey("record.id"), nullable=False, index=True),
    Column("field_id", ForeignKey("field_name.id"), nullable=False),
    Column("entity", SmallInteger, nullable=False),
    Column("kind", SmallInteger, nullable=False),
    Column("why", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("test", Boolean, nullable=False),
)
token = Table(
    "token",
    metadata,
    Column("token", LargeBinary(16), primary_key=True),
    Column("finding_id", ForeignKey("finding.id"), primary_key=True),
    Column("form", SmallInteger, primary_key=True),  # scanner.finding.Form
    Index("token_finding", "finding_id"),
    sqlite_with_rowid=False,
)
link = Table(  # values of key columns, of rows without findings too: how rows are reached over keys
    "link",
    metadata,
    Column("token", LargeBinary(16), primary_key=True),
    Column("record_id", ForeignKey("record.id"), primary_key=True),
    Column("field_id", ForeignKey("field_name.id"), primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Index("link_record", "record_id"),
    Index("link_unit", "unit_id", "field_id"),
    sqlite_with_rowid=False,
)
moment = Table(  # dates that tell a record's age, as days since 1970-01-01
    "moment",
    metadata,
    Column("record_id", ForeignKey("record.id"), primary_key=True),
    Column("name", Integer, primary_key=True),
    Column("day", Integer, nullable=False),
    sqlite_with_rowid=False,
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
role = Table(  # whose a column's identifiers are, by agreement with what the parent row owns
    "role",
    metadata,
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("field_id", ForeignKey("field_name.id"), primary_key=True),
    Column("entity", SmallInteger, primary_key=True),
    Column("agreed", BigInteger, nullable=False),
    Column("compared", BigInteger, nullable=False),
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
