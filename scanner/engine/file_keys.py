"""Keys from one file of a share to another: a list of calls, and the index of their recordings.

Only by what no table counts its rows by, codes and long numbers, and where one file alone holds all that a column has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection

from scanner.engine.agreements import Pair
from scanner.engine.crossing import shape
from scanner.engine.key_columns import INCLUSION, Drawn, matched, only_holder
from scanner.engine.running import Running
from scanner.linking.handlers import Column, People

_ENOUGH = 5
"""Distinct values that are not all found in another column by chance."""
_MOST = 2_000
"""Columns of files that are looked at."""


class FileKeys:
    """Finds them.

    Args:
        connection: Within whose transaction.
        running: Tells numbers that any table counts its rows by.
        people: Tells which files' rows tell of somebody: what tells of nobody refers to these.
        denied: Whether it is said that a column does not refer to another.
    """

    def __init__(
        self, connection: Connection, running: Running, people: People, denied: Callable[[Pair], bool]
    ) -> None:
        self._connection = connection
        self._running = running
        self._people = people
        self._denied = denied

    def pairs(self, columns: Sequence[Column]) -> Iterator[tuple[Pair, int]]:
        """Columns, each with the column of another file that it refers to, and how many of its values stand there.

        Args:
            columns: Of files' keys, that lead nowhere yet.
        """
        if len(columns) > _MOST:
            return  # a share of very many lists: what is alike in them is told by their tables
        free = [one for one in columns if not self._running.hold(self._connection, one)]
        keys = [one for one in free if one.rows == one.distinct]
        many = [one for one in free if one.distinct >= _ENOUGH]
        if not keys:
            return
        drawn = Drawn(self._connection, many, keys)
        met: set[tuple[tuple[str, str], tuple[str, str]]] = set()
        for child in many:
            parent = only_holder(self._connection, child, self._others(child, drawn.holders(child)), INCLUSION)
            if parent:
                met.add((shape(child), shape(parent)))
                yield from self._turned(child, parent)
        for child in (one for one in free if one.distinct < _ENOUGH):
            likely = [key for key in keys if (shape(child), shape(key)) in met and key.unit != child.unit]
            held = [key for key in likely if matched(self._connection, child, key) == child.distinct]
            if len(held) == 1:
                yield from self._turned(child, held[0])

    def _others(self, child: Column, keys: Sequence[Column]) -> list[Column]:
        return [key for key in keys if key.unit != child.unit and not self._denied((child, key))]

    def _turned(self, child: Column, parent: Column) -> Iterator[tuple[Pair, int]]:
        """From the file that tells of nobody to the one that tells of somebody, if each value stands once in both."""
        held = matched(self._connection, child, parent)
        alone = child.rows == child.distinct and self._people.tells(child.unit) and not self._people.tells(parent.unit)
        yield ((parent, child) if alone else (child, parent)), held
