"""Tables as the rest of the package sees them: names, sorts of columns, keys; and which of them the options choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from connectors.base import Readers

HEAD = 1 << 20
TAIL = 64 << 10
"""Characters kept of the start and the end of a cell that is longer than both."""


class Sort(StrEnum):
    """What a column holds, as far as its text form is concerned."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    BINARY = "binary"
    JSON = "json"
    OTHER = "other"


_SORTS: tuple[tuple[type[Any], Sort], ...] = (
    (sa.Boolean, Sort.BOOLEAN),
    (sa.Integer, Sort.INTEGER),
    (sa.Numeric, Sort.NUMBER),
    (sa.Float, Sort.NUMBER),
    (sa.DateTime, Sort.DATETIME),
    (sa.Date, Sort.DATE),
    (sa.Time, Sort.TIME),
    (sa.LargeBinary, Sort.BINARY),
    (sa.types._Binary, Sort.BINARY),
    (sa.JSON, Sort.JSON),
    (sa.ARRAY, Sort.JSON),
    (sa.String, Sort.TEXT),
)


def sort_of(kind: Any) -> Sort:
    """Sort of a reflected SQLAlchemy type; one that it does not know is `OTHER`."""
    return next((sort for known, sort in _SORTS if isinstance(kind, known)), Sort.OTHER)


@dataclass(frozen=True, slots=True)
class Column:
    """A column as reflected."""

    name: str
    type: Any
    """The SQLAlchemy type, for the dialect to look at."""
    nullable: bool = True

    @property
    def sort(self) -> Sort:
        """What it holds."""
        return sort_of(self.type)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A declared reference."""

    columns: tuple[str, ...]
    ref_schema: str | None
    ref_table: str
    ref_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A table's name, and what the listing tells of it."""

    schema: str | None
    table: str
    kind: str = "table"
    """`table`, `partitioned`, `view`, `foreign`."""
    refused: str = ""
    """Why it cannot be read, as a code; "" = it can, as far as is known."""
    readers: Readers = Readers.UNKNOWN
    """Who else may read it, where the listing tells."""

    @property
    def key(self) -> str:
        """`schema.table`; a schema whose own name has a dot or a quote is quoted, so that no two tables share a key."""
        return table_key(self.schema, self.table)

    def matches(self, globs: Sequence[str]) -> bool:
        """Whether one of the globs names it: with a dot the key, without one the table in any schema."""
        return any(fnmatchcase(self.key, glob) or ("." not in glob and fnmatchcase(self.table, glob)) for glob in globs)


@dataclass(frozen=True)
class Table:
    """A table as reflected."""

    name: Name
    columns: tuple[Column, ...]
    row_key: tuple[str, ...] = ()
    """The columns that tell rows apart: of the primary key, else of a unique key without NULLs."""
    foreign_keys: tuple[ForeignKey, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    """What the dialect wants to remember: `rowid`, the name under which SQLite gives the row's number."""

    @property
    def key_columns(self) -> tuple[Column, ...]:
        """The columns of the key, in its order."""
        by_name = {column.name: column for column in self.columns}
        return tuple(by_name[name] for name in self.row_key)

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of all columns that are part of the rows' or a foreign key, in the table's order."""
        named = set(self.row_key).union(*(key.columns for key in self.foreign_keys))
        return tuple(column.name for column in self.columns if column.name in named)

    @cached_property
    def source(self) -> Any:
        """The table for statements, under the name `t`: in PostgreSQL a bare name in ORDER BY may mean a selected text.

        Its columns have no type: the driver's own values are wanted, not SQLAlchemy's.
        """
        columns: list[sa.ColumnClause[Any]] = [sa.column(column.name) for column in self.columns]
        return sa.table(self.name.table, *columns, schema=self.name.schema).alias("t")

    def cell(self, column: Column) -> sa.ColumnElement[Any]:
        """A column of `source`."""
        cell: sa.ColumnElement[Any] = self.source.c[column.name]
        return cell


def table_key(schema: str | None, table: str) -> str:
    """Key of the unit that a table is."""
    if schema is None:
        return table
    if "." in schema or '"' in schema:
        schema = '"' + schema.replace('"', '""') + '"'
    return f"{schema}.{table}"
