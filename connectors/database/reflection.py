"""Which tables there are, and what they look like."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from sys import intern
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.reflection import ObjectKind
from sqlalchemy.exc import NoSuchTableError, SAWarning, SQLAlchemyError

from connectors.database.dialect import Dialect
from connectors.database.errors import reason_of
from connectors.database.tables import Column, ForeignKey, Name, Sort, Table

PART = 200
"""Tables reflected at once."""
_KEYED = frozenset({"table", "partitioned"})

Found = tuple[Name, Table | str]
"""A table, or the code of why it cannot be reflected."""


def reflect(connection: sa.Connection, dialect: Dialect, names: Sequence[Name]) -> Iterator[Found]:
    """Reflect tables, in the order given."""
    by_schema: dict[tuple[str | None, str], list[Name]] = defaultdict(list)
    for name in names:
        by_schema[name.schema, name.kind].append(name)
    for group in by_schema.values():
        for start in range(0, len(group), PART):
            yield from _chunk(connection, dialect, group[start : start + PART])


def _chunk(connection: sa.Connection, dialect: Dialect, names: Sequence[Name]) -> Iterator[Found]:
    """Reflect tables of one schema; one that fails must not take the others with it."""
    try:
        tables = _reflected(connection, dialect, names)
    except SQLAlchemyError as error:
        connection.rollback()
        if len(names) == 1:
            yield names[0], "gone" if isinstance(error, NoSuchTableError) else reason_of(error)
            return
        for name in names:
            yield from _chunk(connection, dialect, [name])
        return
    yield from tables


def _reflected(connection: sa.Connection, dialect: Dialect, names: Sequence[Name]) -> list[Found]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # a type that it does not know: read as text
        columns, keys, references = _asked(sa.inspect(connection), names)
    tables, kinds = {}, _Kinds()
    for name in names:
        at = (name.schema, name.table)
        if at in columns:
            parts = _columns(columns[at], kinds), _key(keys.get(at)), _references(references.get(at) or [], name)
            tables[name.table] = Table(name, *parts)
    tables |= _with_unique_keys(connection, dialect, tables)
    return [
        (name, dialect.complete(connection, tables[name.table]) if name.table in tables else "gone") for name in names
    ]


def _with_unique_keys(connection: sa.Connection, dialect: Dialect, tables: Mapping[str, Table]) -> dict[str, Table]:
    """Tables without a primary key whose rows another key tells apart: the shortest whose order can be relied on."""
    lacking = {name: table for name, table in tables.items() if not table.row_key and table.name.kind in _KEYED}
    keys: dict[str, list[Table]] = defaultdict(list)
    if lacking:
        for name, columns in dialect.unique_keys(connection, [table.name for table in lacking.values()]):
            known = lacking.get(name)
            if known and {column.name for column in known.columns}.issuperset(columns):
                keys[name].append(replace(known, row_key=tuple(columns)))
    usable = {
        name: [one for one in found if all(map(dialect.ordered, one.key_columns))] for name, found in keys.items()
    }
    return {name: min(found, key=_length) for name, found in usable.items() if found}


def _length(table: Table) -> tuple[int, int, tuple[str, ...]]:
    """Numbers are shorter than texts."""
    return len(table.row_key), sum(column.sort is not Sort.INTEGER for column in table.key_columns), table.row_key


def _asked(inspector: sa.Inspector, names: Sequence[Name]) -> tuple[Any, Any, Any]:
    """Columns, primary keys and foreign keys by schema and name."""
    if len(names) == 1:  # to ask for several at once takes the list of all tables first
        schema, table = names[0].schema, names[0].table
        asked = (inspector.get_columns, inspector.get_pk_constraint, inspector.get_foreign_keys)
        columns, keys, references = ({(schema, table): one(table, schema)} for one in asked)
        return columns, keys, references
    options: dict[str, Any] = {
        "schema": names[0].schema,
        "filter_names": [name.table for name in names],
        "kind": ObjectKind.ANY,
    }
    return (
        inspector.get_multi_columns(**options),
        inspector.get_multi_pk_constraint(**options),
        inspector.get_multi_foreign_keys(**options),
    )


class _Kinds:
    """One type for all columns of the same; each is reflected as an object of its own, and 10,000 tables are kept."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def one(self, kind: Any) -> Any:
        """A type that is the same in all that was said of it; where that cannot be compared, itself."""
        try:
            return self._known.setdefault((type(kind), tuple(vars(kind).items())), kind)
        except TypeError:
            return kind


def _columns(reflected: Sequence[Any], kinds: _Kinds) -> tuple[Column, ...]:
    return tuple(Column(intern(item["name"]), kinds.one(item["type"]), bool(item["nullable"])) for item in reflected)


def _key(reflected: Any) -> tuple[str, ...]:
    return tuple(reflected["constrained_columns"]) if reflected else ()


def _references(reflected: Sequence[Any], name: Name) -> tuple[ForeignKey, ...]:
    found = [
        ForeignKey(
            tuple(item["constrained_columns"]),
            item["referred_schema"] or name.schema,
            item["referred_table"],
            tuple(item["referred_columns"]),
        )
        for item in reflected
    ]
    return tuple(sorted(found, key=lambda key: key.columns))
