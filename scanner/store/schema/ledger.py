"""The ledger: sources, scans, what was enumerated and in which state it is, what is to be read and by whom."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from scanner.store.schema.base import Id, metadata

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
    Column("task_id", Id, nullable=False, default=0),  # the task of its last reading
    Column("readers", SmallInteger, nullable=False, default=0),  # who may read it: `connectors.Readers`
    UniqueConstraint("source_id", "key"),
)
chunk = Table(  # a piece of a large table, read and written by itself: where an interrupted reading goes on
    "chunk",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Column("key", LargeBinary, nullable=False),  # sealed: it holds values of primary keys
    Column("version", String(200), nullable=False),
    Column("analyzer", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(200), nullable=False, default=""),
    Column("whole", Boolean, nullable=False, default=False),
    Column("records", BigInteger, nullable=False, default=0),
    Column("amount", BigInteger, nullable=False, default=0),
    Column("sampled", Boolean, nullable=False, default=False),
    Column("scan_id", Integer, nullable=False),
    UniqueConstraint("unit_id", "key"),
)
chunk_fact = Table(
    "chunk_fact",
    metadata,
    Column("chunk_id", ForeignKey("chunk.id"), primary_key=True),
    Column("field_id", ForeignKey("field_name.id"), primary_key=True),
    Column("total", BigInteger, nullable=False),
    Column("is_key", Boolean, nullable=False),
    Column("is_text", Boolean, nullable=False),
    Column("day_form", SmallInteger, nullable=False, server_default="0"),
)
holder = Table(  # scanners at work: each holds the tasks that it has taken
    "holder",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("host", String(200), nullable=False),  # name, boot and process namespace: where a process number means one
    Column("pid", Integer, nullable=False),
    Column("started", String(40), nullable=False),  # of the process, since boot: a number may be given again
    Column("beat", BigInteger, nullable=False),  # grows while it lives; no clock of one host is held against another's
)
task = Table(  # units that are to be read; one that is read is no task any more
    "task",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source_id", ForeignKey("source.id"), nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("version", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("readers", SmallInteger, nullable=False, default=0),
    Column("scan_id", Integer, nullable=False),
    Column("holder_id", Integer),
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
    Column("day_form", SmallInteger, nullable=False, server_default="0"),  # `connectors.day_forms.Form` of its dates
)
scheduled = Table(  # when the last run of a source was due
    "scheduled",
    metadata,
    Column("source", String(200), primary_key=True),
    Column("due", String(32), nullable=False),
)
paused = Table(  # sources whose schedule starts nothing until somebody resumes it
    "paused",
    metadata,
    Column("source", String(200), primary_key=True),
    Column("at", String(32), nullable=False),
    Column("by", String(200), nullable=False),
)
