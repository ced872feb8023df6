"""Running numbers: those that any table counts its rows by, so that to find one in a key says nothing by itself.

To find many of them in one key says a lot where that one leaves numbers out: 40 of every third number.
"""

from __future__ import annotations

from functools import cached_property

from sqlalchemy import Connection, select

from scanner.engine.agreements import all_of
from scanner.engine.key_columns import draw
from scanner.linking.handlers import Column
from scanner.linking.links import LINK
from scanner.store import Store, schema

_BELOW = 20_000
"""Numbers below may be any table's, counted from one."""
_DRAWN = 8
_CHANCE = 1e-9
"""Of as many numbers of the same span, that all stand in a key."""


class Running:
    """Tells them by their tokens.

    Args:
        store: Makes these.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def _numbers(self) -> dict[bytes, int]:
        return {self._store.keys.token(LINK, str(number)): number for number in range(_BELOW)}

    @cached_property
    def tokens(self) -> frozenset[bytes]:
        """Of the numbers from 0."""
        return frozenset(self._numbers)

    def stand_by_chance(self, connection: Connection, child: Column, key: Column) -> bool:
        """Whether numbers that all stand in a key may do so by chance: it has most numbers between, or they are few."""
        ours, theirs = (self._in(connection, one) for one in (child, key))
        if not ours:
            return False
        first, last = min(ours), max(ours)
        dense = sum(first <= number <= last for number in theirs) / (last - first + 1)
        return dense ** len(ours) > _CHANCE

    def _in(self, connection: Connection, column: Column) -> set[int]:
        link = schema.link
        tokens = connection.scalars(select(link.c.token).where(all_of(link, column)).distinct())
        return {number for token in tokens if (number := self._numbers.get(token)) is not None}

    def hold(self, connection: Connection, column: Column) -> bool:
        """Whether some of a column's values are such numbers."""
        return not self.tokens.isdisjoint(draw(connection, column, _DRAWN))
