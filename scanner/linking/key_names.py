"""Which keys a column may refer to by its name, of however many tables: what `names_meet` says of each, by an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scanner.linking.handlers import Column
from scanner.linking.links import (
    GENERIC,
    called_after,
    called_after_which,
    first_of,
    is_key_name,
    is_same_key,
    normal_name,
    roles_of,
    table_names,
    tables_in_role,
)


class KeyNames:
    """Keys by what a column that refers to them may be called.

    Args:
        keys: Columns that hold keys.
    """

    def __init__(self, keys: Iterable[Column]) -> None:
        self._own: dict[str, list[Column]] = {}
        tables: dict[str, list[Column]] = {}
        for key in keys:
            own = normal_name(key.called)
            self._own.setdefault(own, []).append(key)
            if own in GENERIC or is_key_name(own):
                for name in table_names(key.table):
                    tables.setdefault(name, []).append(key)
        self._tables = tables
        self._sorted = sorted(tables)
        self._met: dict[str, list[Column]] = {}

    def met(self, name: str) -> list[Column]:
        """The keys that a column of a name may refer to, the longest first: a register is longer than its extracts."""
        if name not in self._met:
            names = dict.fromkeys((own := normal_name(name), first_of(own)))
            met = dict.fromkeys(key for one in names for key in self._meeting(one))
            self._met[name] = sorted(met, key=longest_first)
        return self._met[name]

    def _meeting(self, name: str) -> Iterator[Column]:
        if name not in GENERIC:
            yield from self._own.get(name, ())
        for own in roles_of(name):
            yield from self._own.get(own, ())
        for table in (*called_after_which(name, self._sorted), *tables_in_role(name)):
            yield from self._tables.get(table, ())


def names_meet(child: str, table: str, column: str) -> bool:
    """Whether a name says that a column refers to a column of a table: `kund` and `referrer_kund_nr` to `kunder.nr`."""
    name, own = normal_name(child), normal_name(column)
    if is_same_key(name, own):
        return True
    in_role = not table_names(table).isdisjoint(tables_in_role(name))
    return (own in GENERIC or is_key_name(own)) and (in_role or called_after(name, table))


def longest_first(key: Column) -> tuple[int, str, str]:
    """Sorts keys."""
    return -key.distinct, key.table, key.name
