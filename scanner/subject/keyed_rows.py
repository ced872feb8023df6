"""Which rows a key's value leads to: the keys of all tables, and the rows in whose columns a value stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet

from sqlalchemy import Connection

from scanner.subject import record_queries as queries

Key = tuple[bytes, int, int]
"""Value, unit and field."""
Link = tuple[int, int, bytes]
"""Unit, field, and the value that stands there."""


class KeyedRows:
    """The keys of all tables, in memory: few; a join over them would go through all rows that have a value.

    Args:
        connection: To the store; the keys are read once.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._met: dict[Key, tuple[int, ...]] = {}
        self.up: dict[tuple[int, int], list[tuple[int, int, bool]]] = {}
        self.down: dict[tuple[int, int], list[tuple[int, int, bool]]] = {}
        self.below: dict[int, set[int]] = {}
        """The tables whose keys point to a table."""
        for unit, field, ref_unit, ref_field, declared in connection.execute(queries.RELATIONS):
            self.up.setdefault((unit, field), []).append((ref_unit, ref_field, declared))
            self.down.setdefault((ref_unit, ref_field), []).append((unit, field, declared))
            self.below.setdefault(ref_unit, set()).add(unit)
        self.pointing = frozenset(unit for unit, _ in self.up)
        self.pointed = frozenset(unit for unit, _ in self.down)

    def one_at(self, key: Key) -> tuple[int, ...]:
        """The rows in whose key a value stands: few, and asked for again by each row that points there."""
        if key not in self._met:
            self._met[key] = tuple(self.all_at(key))
        return self._met[key]

    def all_at(self, key: Key) -> list[int]:
        """The rows in whose column a value stands, in reading order."""
        values = dict(zip(queries.KEY, key, strict=True))
        return list(self._connection.scalars(queries.AT, values))

    def first_below(
        self, links: Iterable[Link], units: AbstractSet[int], most: int, is_role: Callable[[int, int], bool]
    ) -> Iterator[int]:
        """The first rows in each key of some tables that points to a row: a thing that lasts may have very many.

        Args:
            links: What stands in the row's columns.
            units: The tables.
            most: Rows of each key.
            is_role: Whether a key, by unit and field, points to somebody in a role: such are left out.
        """
        for unit, field, token in links:
            for below, its_field, _ in self.down.get((unit, field), ()):
                if below in units and not is_role(below, its_field):
                    values = dict(zip(queries.KEY, (token, below, its_field), strict=True))
                    yield from self._connection.scalars(queries.FIRST_AT, values | {"count": most}).all()
