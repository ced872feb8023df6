"""Running numbers: those that any table counts its rows by, so that to find one in a key says nothing."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy import Connection

from scanner.engine.key_columns import draw
from scanner.linking.handlers import Column
from scanner.linking.links import LINK
from scanner.store import Store

_BELOW = 20_000
"""Numbers below may be any table's, counted from one."""
_DRAWN = 8


class Running:
    """Tells them by their tokens.

    Args:
        store: Makes these.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def tokens(self) -> frozenset[bytes]:
        """Of the numbers from 0."""
        return frozenset(self._store.keys.token(LINK, str(number)) for number in range(_BELOW))

    def hold(self, connection: Connection, column: Column) -> bool:
        """Whether some of a column's values are such numbers."""
        return not self.tokens.isdisjoint(draw(connection, column, _DRAWN))
