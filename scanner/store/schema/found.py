"""What was found: records and the findings in them, with their tokens; values of key columns; dates."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    REAL,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    TypeDecorator,
    case,
    event,
    func,
    literal,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement, Grouping
from sqlalchemy.sql.functions import FunctionElement

from scanner.store.schema.base import Id, belongs, metadata

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
    belongs("record_id", "record.id"),
    belongs("unit_id", "unit.id"),
    belongs("field_id", "field_name.id"),
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


class _Begins(FunctionElement[bool]):
    """That a link's token begins as one of others does, as PostgreSQL's index has it; SQLite needs it not."""

    type = Boolean()
    inherit_cache = True


@compiles(_Begins)
def _always(element: _Begins, compiler: SQLCompiler, **_: Any) -> str:
    del element, compiler
    return "1"


@compiles(_Begins, "postgresql")
def _alike(element: _Begins, compiler: SQLCompiler, **options: Any) -> str:
    ours, *others = map(beginning, element.clauses)
    return compiler.process(ours.in_(others), **options)


def is_token(link_token: ColumnElement[bytes], other: ColumnElement[bytes]) -> ColumnElement[bool]:
    """The condition that a link has a token, said so that the index of links is used."""
    return _Begins(link_token, other) & (link_token == other)


def is_token_of(link_token: ColumnElement[bytes], tokens: Collection[bytes]) -> ColumnElement[bool]:
    """The condition that a link has one of a few tokens, said so that the index of links is used."""
    some = (literal(token, LargeBinary) for token in tokens)
    return _Begins(link_token, *some) & link_token.in_(tokens)


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
    belongs("record_id", "record.id"),
    belongs("field_id", "field_name.id"),
    belongs("unit_id", "unit.id"),
    # Of a key in a table, however many rows elsewhere have it; PostgreSQL has `link_beginning`.
    Index("link_token", "token", "unit_id", "field_id").ddl_if(dialect="sqlite"),
    Index("link_record", "record_id").ddl_if(dialect="postgresql"),
    sqlite_with_rowid=False,
)
Index("link_beginning", beginning(link.c.token), link.c.unit_id, link.c.field_id).ddl_if(dialect="postgresql")
moment = Table(  # dates that tell a record's age, as days since 1970-01-01
    "moment",
    metadata,
    Column("record_id", Id, primary_key=True),
    Column("name", Integer, primary_key=True),
    Column("day", Integer, nullable=False),
    belongs("record_id", "record.id"),
    sqlite_with_rowid=False,
)
