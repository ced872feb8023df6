"""Keys of people among what people sign in with: a number, a signature, where others give their e-mail address."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection

from scanner.engine.agreements import Pair
from scanner.engine.key_columns import Drawn, matched, several_holders
from scanner.linking.handlers import Column, People
from scanner.linking.links import is_account

_ENOUGH = 5
"""Distinct values that are not all found in keys by chance."""
_DRAWN = 200
"""Values of a column that are looked up in all keys at once."""


class AccountKeys:
    """Finds them by values: each in the key of one table of people, customers or staff, and most in any.

    Args:
        connection: Within whose transaction.
        people: Tells of which tables the rows name people.
    """

    def __init__(self, connection: Connection, people: People) -> None:
        self._connection = connection
        self._people = people

    def pairs(self, columns: Sequence[Column], bound: Collection[Column]) -> Iterator[tuple[Pair, int]]:
        """Columns of what is signed in with, each with the keys of people that hold some; how many of its values.

        Args:
            columns: All columns of keys of a source.
            bound: Those that lead somewhere already.
        """
        named = [one for one in columns if one not in bound and one.distinct >= _ENOUGH and is_account(one.name)]
        unique = [one for one in columns if one.rows == one.distinct and one not in named] if named else []
        keys = [one for one in unique if self._people.named_in(one.unit)]
        drawn = Drawn(self._connection, named, keys, _DRAWN)
        for child in named if keys else ():
            likely = list(self._fullest(child, drawn.any_holders(child)))
            for key, held in several_holders(self._connection, child, likely):
                yield (child, key), held

    def _fullest(self, child: Column, keys: Sequence[Column]) -> Iterator[Column]:
        """Of the keys of each table the one that holds most of a column's values."""
        for unit in {key.unit: None for key in keys}:
            yield max((key for key in keys if key.unit == unit), key=lambda key: matched(self._connection, child, key))
