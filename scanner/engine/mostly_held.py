"""Columns of files of which a key of another source holds most values: a camera sees the cars of strangers, too.

A line of a log names what it is about and knows nothing of any table: `plate=ABC123`. Only values that are no running
numbers, and many of them, in the one table's own key that holds any number of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection, select

from scanner.engine.agreements import Pair
from scanner.engine.crossing import Crossing
from scanner.engine.key_columns import TABLES, Drawn, matched
from scanner.engine.running import Running
from scanner.linking.handlers import Column
from scanner.store import Store, schema

_FILES = ("file", "member")
_ENOUGH = 10
"""Distinct values that are not mostly found in a key by chance."""
_MOST = 0.75
"""Share of them that the key holds."""
_HARDLY = 0.1
"""Share of them that another table's key holds by chance."""
_DRAWN = 50


class MostlyHeld:
    """Finds them, of one source and those to and from it.

    Args:
        store: After the source has been scanned, and its other keys are settled.
        connection: Within whose transaction.
        crossing: Gives the columns of the source, and of all others.
        judges: Whether it is said that a column does not refer to another; whether one holds days.
    """

    def __init__(
        self,
        store: Store,
        connection: Connection,
        crossing: Crossing,
        judges: tuple[Callable[[Pair], bool], Callable[[Column], bool]],
    ) -> None:
        self._connection = connection
        self._crossing = crossing
        self._running = Running(store)
        self._denied, self._are_days = judges

    def pairs(self) -> Iterator[tuple[Pair, int]]:
        """Columns, each with the key that it refers to; how many of its values are found there."""
        yield from self._between(ours=True)
        yield from self._between(ours=False)

    def _between(self, *, ours: bool) -> Iterator[tuple[Pair, int]]:
        """From files of this source, or of all others, to tables of those, or of this."""
        bound = self._bound()
        unique = (one for one in self._crossing.columns(TABLES, ours=not ours) if one.rows == one.distinct)
        keys = [one for one in unique if (one.unit, one.field) not in bound]
        read = self._crossing.columns((*TABLES, *_FILES), ours=ours) if keys else []
        files = self._files() if read else set()
        children = [
            one for one in read if one.unit in files and one.distinct >= _ENOUGH and (one.unit, one.field) not in bound
        ]
        drawn = Drawn(self._connection, children, keys, _DRAWN)
        for child in children:
            told = not self._are_days(child) and self._running.tokens.isdisjoint(drawn.values[child])
            key = self._held(child, drawn.any_holders(child)) if told else None
            if key:
                yield key

    def _held(self, child: Column, keys: Sequence[Column]) -> tuple[Pair, int] | None:
        """The key of the one table that holds any number of a column's values, if that is most of them."""
        held = [(matched(self._connection, child, key), key) for key in keys]
        some = [(count, key) for count, key in held if count > _HARDLY * child.distinct]
        if len({key.unit for _, key in some}) != 1:
            return None
        count, key = max(some, key=lambda one: (one[0], one[1].name))
        likely = count >= max(_ENOUGH, _MOST * child.distinct) and not self._denied((child, key))
        return ((child, key), count) if likely else None

    def _bound(self) -> set[tuple[int, int]]:
        relation = schema.relation.c
        pointing = self._connection.execute(select(relation.unit_id, relation.field_id))
        return {(unit, field) for unit, field in pointing}

    def _files(self) -> set[int]:
        unit = schema.unit.c
        return set(self._connection.scalars(select(unit.id).where(unit.kind.in_(_FILES))))
