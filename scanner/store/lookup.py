"""Where a token stands.

PostgreSQL has an index for each token column. In SQLite every row of such an index, at a random place of a large tree,
costs a page to read and a page to write; there tokens go to `lookup` in sorted runs, and until then they are found by
going through the findings that are newer than the last run.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    ScalarSelect,
    Select,
    cast,
    func,
    insert,
    or_,
    select,
    union_all,
    update,
)

from scanner.store import schema
from scanner.store.bulk import insert_rows

SMALLEST_RUN = 250_000
"""Findings whose tokens are moved at once."""
LARGEST_RUN = 1_000_000
"""More are not sorted at once: that takes memory."""
_SHARE = 8
_PART = 100_000
_DELETE = "DELETE FROM lookup WHERE token = ? AND finding_id = ?"
_MARK = "lookup"


def settled() -> ScalarSelect[int]:
    """The number of the last finding whose tokens are in `lookup`."""
    mark = select(cast(schema.meta.c.value, Integer)).where(schema.meta.c.name == _MARK)
    return select(func.coalesce(mark.scalar_subquery(), 0)).scalar_subquery()


def having(connection: Connection, tokens: Collection[bytes | BindParameter[bytes]]) -> ColumnElement[bool]:
    """The condition that a finding has one of these tokens, in whichever form.

    Args:
        connection: Tells how its database looks tokens up.
        tokens: A few.
    """
    standing = or_(*(column.in_(tokens) for column in schema.TOKENS))
    if connection.dialect.name != "sqlite":
        return standing
    moved = select(schema.lookup.c.finding_id).where(schema.lookup.c.token.in_(tokens))
    newer = select(schema.finding.c.id).where(schema.finding.c.id > settled(), standing)
    return schema.finding.c.id.in_(union_all(moved, newer))


def settle(connection: Connection) -> None:
    """Move the tokens of new findings to their place in the look-up table. In a transaction that writes."""
    if connection.dialect.name != "sqlite":
        return
    finding = schema.finding
    highest = connection.scalar(select(func.max(finding.c.id))) or 0
    pairs = (
        select(column.label("token"), finding.c.id).where(finding.c.id > settled(), column.is_not(None))
        for column in schema.TOKENS
    )
    rows = union_all(*pairs).order_by("token")
    moved = insert(schema.lookup).prefix_with("OR IGNORE").from_select(["token", "finding_id"], rows)
    if connection.execute(moved).rowcount:
        _mark(connection, highest)


def _mark(connection: Connection, finding: int) -> None:
    row = {"name": _MARK, "value": str(finding)}
    if not connection.execute(update(schema.meta).where(schema.meta.c.name == _MARK).values(row)).rowcount:
        insert_rows(connection, schema.meta, [tuple(row.values())])


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
