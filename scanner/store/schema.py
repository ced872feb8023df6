"""The tables of the store: a map of where personal data lies, not a copy of it.

No column can hold a value: identifiers are 16-byte keyed tokens, and everything that may itself be a value (unit keys,
record locators, field names) is sealed. What is open is counts, states, dates and the names of entity types.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Sequence,
    SmallInteger,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    case,
    event,
    func,
    text,
)
from sqlalchemy.sql.elements import ColumnElement, Grouping

VERSION = "6"
"""Of this schema. An older store is brought up to date by `insyn store upgrade`: `scanner.store.migrations`."""

metadata = MetaData()
Id = BigInteger().with_variant(Integer, "sqlite")
BLOCK = 10_000
"""Numbers that a writer takes at once where several write (PostgreSQL)."""
record_numbers = Sequence("record_numbers", metadata=metadata, increment=BLOCK)


def _of(column: str, target: str) -> ForeignKeyConstraint:
    """What a column of a long table belongs to, as `insyn store check` asks.

    PostgreSQL is not told: to look each row up would cost it more than to insert it. All rows of a record are written
    and deleted in one transaction with it, and for the record PostgreSQL watches over its unit.
    """
    return ForeignKeyConstraint([column], [target]).ddl_if(dialect="sqlite")


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
)
record = Table(
    "record",
    metadata,
    Column("id", Id, primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Column("chunk_id", ForeignKey("chunk.id")),  # NULL: the unit is read as a whole
    Column("locator", LargeBinary),  # NULL: the unit is one record
    Index("record_unit", "unit_id", "chunk_id"),
)


class Further(TypeDecorator[bytes]):
    """A token that a finding may lack, kept as no bytes: for one NULL the head of PostgreSQL's row grows by eight."""

    impl = LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Any) -> bytes:
        del dialect
        return value or b""

    def process_result_value(self, value: Any, dialect: Any) -> bytes | None:
        del dialect
        return value or None


finding = Table(  # the widest table: small columns, in the order in which PostgreSQL wastes no byte between them
    "finding",
    metadata,
    Column("record_id", Id, nullable=False, index=True),
    Column("unit_id", Integer, nullable=False, index=True),
    Column("field_id", Integer, nullable=False),
    Column("why", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("score", REAL, nullable=False),
    Column("entity", SmallInteger, nullable=False),
    Column("kind", SmallInteger, nullable=False),
    Column("test", Boolean, nullable=False),
    Column("token", LargeBinary(16), nullable=False),  # of the canonical value
    Column("variant", Further, nullable=False),  # of a form that is looked up, and of a further one: finding.Tokens
    Column("further", Further, nullable=False),
    _of("record_id", "record.id"),
    _of("unit_id", "unit.id"),
    _of("field_id", "field_name.id"),
)
READING_ORDER = (finding.c.record_id, finding.c.field_id, finding.c.start, finding.c.end, finding.c.entity)
"""Of findings: they have no number of their own."""
TOKENS = (finding.c.token, finding.c.variant, finding.c.further)
"""The tokens of a finding."""


def present(token: ColumnElement[Any]) -> ColumnElement[bool]:
    """The condition that a finding has one of its further tokens."""
    return func.length(token) > text("0")


def beginning(token: ColumnElement[Any]) -> ColumnElement[int]:
    """The first twenty bits of a token, for PostgreSQL; NULL of no token.

    An index of whole tokens takes 27 bytes a token. Of so few bits one entry lists many rows, at 6 bytes each, and what
    is fetched in vain is little: of 20 million rows, 19 have the same beginning.
    """
    first, second, third = (func.get_byte(token, text(at), type_=Integer) for at in "012")
    number = first * text("4096") + second * text("16") + third.op("/")(text("16"))
    return Grouping(case((present(token), number)))


for _column in TOKENS:  # SQLite has `lookup` instead
    Index(f"finding_{_column.name}", beginning(_column)).ddl_if(dialect="postgresql")


@event.listens_for(finding, "before_create")
def _leave_out_absent(table: Table, connection: Connection, **_: object) -> None:
    """Index no absent token. Said to PostgreSQL only: to name its dialect above would import it, 0.3 seconds."""
    for column in TOKENS if connection.dialect.name == "postgresql" else ():
        index = next(one for one in table.indexes if one.name == f"finding_{column.name}")
        index.dialect_options["postgresql"]["where"] = present(column)


lookup = Table(  # SQLite: where a token stands. Filled in sorted runs: one by one each would cost a page of its own
    "lookup",
    metadata,
    Column("token", LargeBinary(16), primary_key=True),
    Column("record_id", Id, primary_key=True),
    sqlite_with_rowid=False,
)
link = Table(  # values of key columns, of rows without findings too: how rows are reached over keys
    "link",
    metadata,
    Column("record_id", Id, nullable=False),
    Column("field_id", Integer, nullable=False),
    Column("token", LargeBinary(16), nullable=False),
    Column("unit_id", Integer, nullable=False),
    # SQLite keeps its rows in this order; PostgreSQL would keep every token once more for it.
    PrimaryKeyConstraint("record_id", "field_id", "token").ddl_if(dialect="sqlite"),
    _of("record_id", "record.id"),
    _of("field_id", "field_name.id"),
    _of("unit_id", "unit.id"),
    Index("link_token", "token", "unit_id", "field_id"),  # of a key in a table, however many rows elsewhere have it
    Index("link_record", "record_id").ddl_if(dialect="postgresql"),
    sqlite_with_rowid=False,
)
moment = Table(  # dates that tell a record's age, as days since 1970-01-01
    "moment",
    metadata,
    Column("record_id", Id, primary_key=True),
    Column("name", Integer, primary_key=True),
    Column("day", Integer, nullable=False),
    _of("record_id", "record.id"),
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
role = Table(  # whose a column's identifiers are, by agreement with what the parent row owns; `link`: a handler's key
    "role",
    metadata,
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("field_id", ForeignKey("field_name.id"), primary_key=True),
    Column("entity", SmallInteger, primary_key=True),
    Column("agreed", BigInteger, nullable=False),
    Column("compared", BigInteger, nullable=False),
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
