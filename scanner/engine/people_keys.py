"""Keys of people that are called by what somebody is to the row (`betalare`), in whatever table the people stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection

from scanner.engine.agreements import Pair
from scanner.engine.key_columns import INCLUSION, Drawn, matched, only_holder
from scanner.linking.handlers import Column, People
from scanner.linking.links import GENERIC, called_just_as, is_key_name, normal_name
from scanner.linking.person_keys import is_kin, is_person

_ENOUGH = 5
"""Distinct values that are not all found in another column by chance."""

_OFTEN = 4
"""Rows for each value of a column that may as well tell who of the staff has an account: `owner_id`."""


class PeopleKeys:
    """Finds them by values.

    Args:
        connection: Within whose transaction.
        people: Tells of which tables the rows name people.
    """

    def __init__(self, connection: Connection, people: People) -> None:
        self._connection = connection
        self._people = people

    def pairs(self, columns: Sequence[Column], known: Mapping[Pair, bool]) -> Iterator[Pair]:
        """Columns so called, with the one table of people whose key they hold.

        Args:
            columns: All columns of keys of a source.
            known: Pairs whose names meet: where rows are counted from one in every table, a column's values stand in
                several keys, and the one to which others refer by name is meant.
        """
        bound = {child for child, _ in known}
        keys = [one for one in columns if one.rows == one.distinct and _is_key(one) and self._people.named_in(one.unit)]
        named = [one for one in columns if one not in bound and one.distinct >= _ENOUGH and self._is_called_so(one)]
        drawn = Drawn(self._connection, named, keys)
        for child in named if keys else ():
            held = drawn.holders(child)
            parent = only_holder(self._connection, child, held, 1.0)
            if parent is None and child.rows < _OFTEN * child.distinct:
                parent = only_holder(self._connection, child, self._referred(held, known), 1.0)
            if parent:
                yield child, parent

    def _is_called_so(self, column: Column) -> bool:
        name = normal_name(column.name)
        return is_person(name) or (is_kin(name) and not self._people.named_in(column.unit))

    def _referred(self, keys: Sequence[Column], known: Mapping[Pair, bool]) -> list[Column]:
        """Those of some keys to which columns refer by name, and that hold what these do; themselves no pointers."""
        pointers = {child for child, parent in known if called_just_as(child.name, parent.table)}
        own = [key for key in keys if key not in pointers]
        return [key for key in own if any(parent == key and self._holds(child, key) for child, parent in known)]

    def _holds(self, child: Column, key: Column) -> bool:
        return matched(self._connection, child, key) >= INCLUSION * child.distinct


def _is_key(column: Column) -> bool:
    name = normal_name(column.name)
    return name in GENERIC or is_key_name(name)
