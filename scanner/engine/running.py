"""Running numbers: those that any table counts its rows by, so that to find one in a key says nothing by itself.

To find many of them in one key says a lot where that one leaves numbers out: 40 of every third number.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Connection, distinct, func, select

from scanner.engine.agreements import at
from scanner.engine.key_columns import draw
from scanner.keys import Keys
from scanner.linking.handlers import Column
from scanner.linking.links import LINK
from scanner.store import Store, schema

_BELOW = 20_000
"""Numbers below may be any table's, counted from one."""
_DRAWN = 8
_SOME = 400
"""Numbers of a column, and of those between them, that are looked at."""
_CHANCE = 1e-9
"""Of as many numbers of the same span, that all stand in a key."""


@lru_cache(maxsize=1)
def _counted(keys: Keys) -> tuple[bytes, ...]:
    """The tokens of the numbers from 0, in turn: made once for all sources and all that ask."""
    token = keys.maker(LINK)
    return tuple(token(str(number)) for number in range(_BELOW))


@lru_cache(maxsize=1)
def _numbered(keys: Keys) -> dict[bytes, int]:
    return {token: number for number, token in enumerate(_counted(keys))}


@lru_cache(maxsize=1)
def _tokens(keys: Keys) -> frozenset[bytes]:
    return frozenset(_counted(keys))


class Running:
    """Tells them by their tokens.

    Args:
        store: Makes these.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def tokens(self) -> frozenset[bytes]:
        """Of the numbers from 0."""
        return _tokens(self._store.keys)

    def stand_by_chance(self, connection: Connection, child: Column, key: Column) -> bool:
        """Whether numbers that all stand in a key may do so by chance: it has most numbers between, or they are few."""
        numbers = _numbered(self._store.keys)
        ours = [one for token in draw(connection, child, _SOME) if (one := numbers.get(token)) is not None]
        if not ours:
            return False
        first, last = min(ours), max(ours)
        between = range(first, last + 1, max(1, (last - first) // _SOME))
        dense = self._held(connection, key, between) / len(between)
        return dense ** len(ours) > _CHANCE

    def _held(self, connection: Connection, key: Column, numbers: Sequence[int]) -> int:
        """How many of some numbers stand in a key."""
        link = schema.link
        counted = _counted(self._store.keys)
        tokens = [counted[number] for number in numbers]
        query = select(func.count(distinct(link.c.token))).where(
            schema.is_token_of(link.c.token, tokens), *at(link, key)
        )
        return connection.scalar(query) or 0

    def hold(self, connection: Connection, column: Column) -> bool:
        """Whether some of a column's values are such numbers."""
        return not self.tokens.isdisjoint(draw(connection, column, _DRAWN))
