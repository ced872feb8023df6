"""Where a token stands.

PostgreSQL has an index for each token column. In SQLite every row of such an index, at a random place of a large tree,
costs a page to read and a page to write; there new tokens are collected in `fresh`, and go to `lookup` in sorted runs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, or_, select, union_all

from scanner import schema
from scanner.bulk import insert_rows

SMALLEST_RUN = 500_000
"""Findings whose tokens are moved at once."""
LARGEST_RUN = 1_000_000
"""More are not sorted at once: that takes memory."""
_SHARE = 8
_PART = 100_000
_DELETE = "DELETE FROM lookup WHERE token = ? AND finding_id = ?"


def having(connection: Connection, tokens: Collection[bytes]) -> ColumnElement[bool]:
    """The condition that a finding has one of these tokens, in whichever form.

    Args:
        connection: Tells how its database looks tokens up.
        tokens: A few.
    """
    if connection.dialect.name != "sqlite":
        return or_(*(column.in_(tokens) for column in schema.TOKENS))
    places = (select(table.c.finding_id).where(table.c.token.in_(tokens)) for table in (schema.lookup, schema.fresh))
    return schema.finding.c.id.in_(union_all(*places))


def enter(connection: Connection, tokens: Iterable[tuple[int, bytes]]) -> None:
    """Make tokens (finding, token) of new findings findable."""
    if connection.dialect.name == "sqlite":
        insert_rows(connection, schema.fresh, sorted(set(tokens)))


def settle(connection: Connection) -> None:
    """Move what is fresh to its place in the look-up table. In a transaction that writes."""
    if connection.dialect.name == "sqlite":
        rows = select(schema.fresh.c.token, schema.fresh.c.finding_id).order_by(schema.fresh.c.token)
        connection.execute(insert(schema.lookup).from_select(["token", "finding_id"], rows))
        connection.execute(delete(schema.fresh))


def run_length(connection: Connection) -> int:
    """How many new findings are worth a move: the more there are, the more a move costs."""
    highest = connection.scalar(select(func.max(schema.finding.c.id))) or 0
    return min(max(SMALLEST_RUN, highest // _SHARE), LARGEST_RUN)


def remove(connection: Connection, findings: Select[Any]) -> None:
    """Let go of the tokens of findings that are about to be deleted.

    Args:
        connection: Of a transaction that writes.
        findings: Selects their numbers.
    """
    if connection.dialect.name != "sqlite":
        return
    finding = schema.finding
    pairs = (
        select(column, finding.c.id).where(finding.c.id.in_(findings), column.is_not(None)) for column in schema.TOKENS
    )
    for rows in connection.execute(union_all(*pairs)).partitions(_PART):
        # Row by row: of a pair IN (SELECT …) SQLite makes a pass over the whole table.
        connection.exec_driver_sql(_DELETE, sorted(map(tuple, rows)))
    connection.execute(delete(schema.fresh).where(schema.fresh.c.finding_id.in_(findings)))
