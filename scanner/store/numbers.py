"""Numbers for new records, in growing order, many at once."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, Table, func, select

from scanner.store import schema
from scanner.store.lookup import settled


class Numbers:
    """Numbers of one table.

    In SQLite only one writes, and takes what follows the highest number. In PostgreSQL each writer takes a block that
    is nobody else's; what is left of it stays with the writer for the next unit.
    """

    def __init__(self, table: Table, sequence: sa.Sequence) -> None:
        self._sequence = sequence
        self._free: list[range] = []
        # A number whose record is gone is not given again: its tokens would pass for moved.
        self._highest = select(select(func.max(table.c.id)).scalar_subquery(), settled())

    def begin(self, connection: Connection) -> None:
        """A new transaction: others may have written since the last."""
        if connection.dialect.name == "sqlite":
            known = connection.execute(self._highest).one()
            self._free = [range(max(number or 0 for number in known) + 1, 1 << 62)]

    def take(self, connection: Connection, count: int) -> Sequence[int]:
        """Take numbers, in growing order.

        Args:
            connection: Of the transaction that was begun.
            count: How many.
        """
        short = count - sum(map(len, self._free))
        if short > 0:
            self._free += self._blocks(connection, -(-short // schema.BLOCK))
        first = self._free[0]
        if len(first) > count:
            self._free[0] = first[count:]
            return first[:count]
        return self._gathered(count)

    def _gathered(self, count: int) -> list[int]:
        taken: list[int] = []
        while len(taken) < count:
            block = self._free.pop(0)
            wanted = count - len(taken)
            taken += block[:wanted]
            if len(block) > wanted:
                self._free.insert(0, block[wanted:])
        return taken

    def _blocks(self, connection: Connection, count: int) -> list[range]:
        query = select(self._sequence.next_value()).select_from(func.generate_series(1, count))
        return [range(start, start + schema.BLOCK) for start in sorted(connection.scalars(query))]
