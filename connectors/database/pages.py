"""One page of a table's rows, as the server gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from connectors.database.paging import Paging

PAGE_CHARACTERS = 8 << 20
PART_ROWS = 200
"""Rows taken from the server at once: a page of huge cells is cut between two parts."""
_LONG = frozenset({str, bytes})
_LONG_OR_NONE = _LONG | {type(None)}

Rows = list[Sequence[Any]]


def read_page(connection: sa.Connection, statement: sa.Select[Any], paging: Paging) -> Rows:
    """One page, cut after 8 Mi characters."""
    rows: Rows = []
    size, whole = 0, True
    streaming = connection.execution_options(stream_results=True, max_row_buffer=PART_ROWS)
    with connection.begin() as transaction:
        with streaming.execute(paging.page(statement)) as result:
            for part in result.partitions(PART_ROWS):
                rows.extend(part)
                size += characters(part)
                if size > PAGE_CHARACTERS:
                    whole = False
                    break
        transaction.rollback()  # a COMMIT would end the view, where one connection alone has it
    paging.advance(rows, whole=whole)
    return rows


def characters(rows: Sequence[Sequence[Any]]) -> int:
    """How long the texts and bytes of the rows are."""
    return sum(map(_characters, zip(*rows, strict=True)))


def _characters(column: Sequence[Any]) -> int:
    """The same of one column, whose cells mostly are of one type."""
    kinds = set(map(type, column))
    if kinds.isdisjoint(_LONG):
        return 0
    if kinds <= _LONG_OR_NONE:
        return sum(map(len, filter(None, column)))
    return sum(len(cell) for cell in column if type(cell) in _LONG)
