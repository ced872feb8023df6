"""Columns that point to another row of their own table: the case that a case goes on from, the message it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection

from scanner.engine.agreements import Pair
from scanner.engine.key_columns import INCLUSION, matched
from scanner.linking.handlers import Column, People
from scanner.linking.links import GENERIC, is_key_name, normal_name

_BEFORE = re.compile(
    r"(^|_)(parent|root|thread|reply|in_reply|answer|original|previous|prev|main|master|related|linked|continues|follows"
    r"|huvud|moder|foralder|for|foregaende|tidigare|ursprung(s|lig)?|svar(pa|_pa)?|trad|kopplad|relaterad|hor_till)"
)
"""What the row is called to which others point."""


class OwnRows:
    """Finds them by names and values.

    Args:
        connection: Within whose transaction.
        people: Tells of which tables the rows are people: whom somebody recommended is not of that one.
    """

    def __init__(self, connection: Connection, people: People) -> None:
        self._connection = connection
        self._people = people

    def pairs(self, columns: Sequence[Column], known: Mapping[Pair, bool]) -> Iterator[Pair]:
        """Columns that are called so, with the key of their own table, if that holds all their values.

        Args:
            columns: All columns of keys of a source.
            known: Pairs of columns that are told already.
        """
        bound = {child for child, _ in known}
        keys: dict[int, list[Column]] = {}
        for column in columns:
            if column.rows == column.distinct and is_key_name(normal_name(column.name)):
                keys.setdefault(column.unit, []).append(column)
        for child in columns:
            likely = (key for key in keys.get(child.unit, ()) if child not in bound and _is_called_so(child, key))
            for key in likely:
                if self._holds(child, key) and not self._people.are_rows(child.unit, key.rows):
                    yield child, key

    def _holds(self, child: Column, key: Column) -> bool:
        return key.rows > child.rows and matched(self._connection, child, key) >= INCLUSION * child.distinct


def _is_called_so(child: Column, key: Column) -> bool:
    """Whether a column is called after the key, with a word before it: `FORARNR` for `ARNR`, `parent_id` for `id`."""
    name, own = normal_name(child.name), normal_name(key.name)
    stem = name.removesuffix(own).rstrip("_")
    if child == key or _BEFORE.match(stem or name) is None:
        return False
    return name != own and (name.endswith(own) or own in GENERIC)
