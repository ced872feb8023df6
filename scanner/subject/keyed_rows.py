"""Which rows a key's value leads to: the keys of all tables, and the rows in whose columns a value stands."""

from __future__ import annotations

from sqlalchemy import Connection

from scanner.subject import record_queries as queries

Key = tuple[bytes, int, int]
"""Value, unit and field."""


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
