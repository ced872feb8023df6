"""Where a token stands.

PostgreSQL has an index of the beginnings of each token column. In SQLite every row of an index of tokens, at a random
place of a large tree, costs a page to read and a page to write; there tokens go to `lookup` in sorted runs, and until
then they are found by going through the findings that are newer than the last run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    ScalarSelect,
    Select,
    cast,
    exists,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    union,
    union_all,
    update,
    values,
)

from scanner.store import schema
from scanner.store.bulk import insert_rows

SMALLEST_RUN = 250_000
"""Findings whose tokens are moved at once."""
LARGEST_RUN = 1_000_000
"""More are not sorted at once: that takes memory."""
_SHARE = 8
_AT_ONCE = 300
"""Tokens that one statement asks for."""
_PART = 100_000
_DELETE = "DELETE FROM lookup WHERE token = ? AND record_id = ?"
_MARK = "lookup"


def settled() -> ScalarSelect[int]:
    """The number of the last record whose tokens are in `lookup`."""
    mark = select(cast(schema.meta.c.value, Integer)).where(schema.meta.c.name == _MARK)
    return select(func.coalesce(mark.scalar_subquery(), 0)).scalar_subquery()


def having(connection: Connection, tokens: Collection[bytes | BindParameter[bytes]]) -> ColumnElement[bool]:
    """The condition that a finding has one of these tokens, in whichever form.

    Args:
        connection: Tells how its database looks tokens up.
        tokens: A few.
    """
    if connection.dialect.name != "sqlite":
        return or_(*(_begins(column, tokens) & column.in_(tokens) for column in schema.TOKENS))
    standing = or_(*(column.in_(tokens) for column in schema.TOKENS))
    moved = select(schema.lookup.c.record_id).where(schema.lookup.c.token.in_(tokens))
    newer = select(schema.finding.c.record_id).where(schema.finding.c.record_id > settled(), standing)
    return schema.finding.c.record_id.in_(union_all(moved, newer)) & standing


def _begins(column: Column[Any], tokens: Collection[bytes | BindParameter[bytes]]) -> ColumnElement[bool]:
    """What PostgreSQL looks up: the beginning of a token, if there is one."""
    beginnings = [schema.beginning(_bound(token)) for token in tokens]
    return schema.beginning(column).in_(beginnings) & schema.present(column)


def _bound(token: bytes | BindParameter[bytes]) -> ColumnElement[bytes]:
    return literal(token, LargeBinary) if isinstance(token, bytes) else token


def standing(connection: Connection, tokens: Collection[bytes]) -> set[bytes]:
    """Which of some tokens stand anywhere, in whichever form."""
    found, asked = set[bytes](), list(dict.fromkeys(tokens))
    for at in range(0, len(asked), _AT_ONCE):
        found |= _standing(connection, asked[at : at + _AT_ONCE])
    return found


def _standing(connection: Connection, tokens: Collection[bytes]) -> set[bytes]:
    asked = values(Column("token", LargeBinary), name="asked").data([(token,) for token in tokens]).cte()
    finding, moved = schema.finding.c, schema.lookup.c.token
    if connection.dialect.name != "sqlite":
        ways = (
            (schema.beginning(one) == schema.beginning(asked.c.token)) & schema.present(one) & (one == asked.c.token)
            for one in schema.TOKENS
        )
        there = exists(select(finding.record_id).where(or_(*ways)))
        return set(connection.scalars(select(asked.c.token).where(there)))
    found = set(connection.scalars(select(asked.c.token).where(exists(select(moved).where(moved == asked.c.token)))))
    newer = select(*schema.TOKENS).where(
        finding.record_id > settled(), or_(*(one.in_(tokens) for one in schema.TOKENS))
    )
    return found.union(*map(set, connection.execute(newer))) & set(tokens)


def settle(connection: Connection) -> None:
    """Move the tokens of new findings to their place in the look-up table. In a transaction that writes."""
    if connection.dialect.name != "sqlite":
        return
    finding = schema.finding
    highest = connection.scalar(select(func.max(finding.c.record_id))) or 0
    rows = union_all(*_pairs(finding.c.record_id > settled())).order_by("token")
    moved = insert(schema.lookup).prefix_with("OR IGNORE").from_select(["token", "record_id"], rows)
    if connection.execute(moved).rowcount:
        _mark(connection, highest)


def _pairs(which: ColumnElement[bool]) -> Iterator[Select[Any]]:
    """The tokens of some findings, each with the record in which it stands."""
    for column in schema.TOKENS:
        yield select(column.label("token"), schema.finding.c.record_id).where(which, schema.present(column))


def _mark(connection: Connection, record: int) -> None:
    row = {"name": _MARK, "value": str(record)}
    if not connection.execute(update(schema.meta).where(schema.meta.c.name == _MARK).values(row)).rowcount:
        insert_rows(connection, schema.meta, [tuple(row.values())])


def run_length(connection: Connection) -> int:
    """How many new findings are worth a move: the more there are, the more a move costs."""
    if connection.dialect.name != "sqlite":
        return LARGEST_RUN
    rows = connection.scalar(select(func.max(literal_column("rowid"))).select_from(schema.finding)) or 0
    return min(max(SMALLEST_RUN, rows // _SHARE), LARGEST_RUN)


def remove(connection: Connection, records: Select[Any]) -> None:
    """Let go of the tokens of records that are about to be deleted.

    Args:
        connection: Of a transaction that writes.
        records: Selects their numbers.
    """
    if connection.dialect.name != "sqlite":
        return
    pairs = _pairs(schema.finding.c.record_id.in_(records))
    for rows in connection.execute(union(*pairs)).partitions(_PART):
        # Row by row: of a pair IN (SELECT …) SQLite makes a pass over the whole table.
        connection.exec_driver_sql(_DELETE, sorted(map(tuple, rows)))
