"""Columns of keys as the store knows them, and in which keys their values are found: by link tokens alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

from sqlalchemy import ColumnElement, Connection, Select, and_, distinct, exists, func, or_, select

from scanner.engine.agreements import all_of, at
from scanner.engine.enumeration import parts
from scanner.linking.handlers import Column
from scanner.linking.key_names import longest_first
from scanner.linking.key_values import BARE, is_bare
from scanner.linking.links import GENERIC, normal_name
from scanner.linking.party_roles import ROLE
from scanner.linking.path_keys import fields_of_paths
from scanner.linking.prefixes import prefix_of
from scanner.store import Store, schema

INCLUSION = 0.95
"""Share of a column's distinct values that must be found in the key it is said to refer to."""
MOST_PARENTS = 20
"""Columns that one is compared with: of more whose names meet the longest. A register is longer than its extracts."""
_MOST_PAIRS = 10_000
"""Pairs compared for one name. Where thousands of tables have it, each is compared with the longest few only."""
TABLES = ("table",)
JOINT = "+"
"""Between the names of columns that are a key together: `scanner.engine.joint_keys`."""
_MOST_OF_ALL = 0.75
"""Share of a column's values that several keys must hold together: a table of theirs may not be there."""
_DRAWN = 8
"""Values of a column that a key must hold before all are compared."""
_LOOKED_UP = 500
"""Values looked up at once."""


def most_parents(children: int) -> int:
    """With how many keys each column of a name is compared, where so many columns have it."""
    return max(2, min(MOST_PARENTS, _MOST_PAIRS // children))


class KeyColumns:
    """The columns of keys, counted once: that is a pass over all links of their units.

    Args:
        store: Opens their names.
        connection: Within whose transaction.
    """

    def __init__(self, store: Store, connection: Connection) -> None:
        self.store, self.connection = store, connection
        self._known: dict[int, list[Column]] = {}
        """By unit."""

    def of(self, where: ColumnElement[bool], kinds: Sequence[str], *, bare: bool = False) -> list[Column]:
        """Those of some units, in order of these.

        Args:
            where: Of the units' sources.
            kinds: Of the units.
            bare: Also their numbers without the letters before them, by which another system knows them.
        """
        unit = schema.unit
        ours = select(unit.c.id, unit.c.key).where(where, unit.c.kind.in_(kinds))
        tables = {row.id: row.key for row in self.connection.execute(ours)}
        if not tables.keys() <= self._known.keys():
            self._known |= {number: [] for number in tables}
            for column in self._counted(ours, tables):
                self._known[column.unit].append(column)
        found = [column for number in sorted(tables) for column in self._known[number]]
        return found if bare else [column for column in found if not is_bare(column.name)]

    def _counted(self, ours: Select[tuple[int, bytes]], tables: Mapping[int, bytes]) -> Iterator[Column]:
        store, unit, link = self.store, schema.unit, schema.link
        paths = fields_of_paths(store, self.connection)
        # By one pass over the links: joined to units, SQLite goes through all links once for each of them.
        query = (
            select(link.c.unit_id, link.c.field_id, func.count(), func.count(distinct(link.c.token)))
            .where(
                link.c.unit_id.in_(ours.with_only_columns(unit.c.id)),
                link.c.field_id.not_in(paths),
            )
            .group_by(link.c.unit_id, link.c.field_id)
            .order_by(link.c.unit_id, link.c.field_id)
        )
        prefixes = self._prefixes(ours)
        for number, field, rows, values in self.connection.execute(query).all():
            name = store.keys.unseal(store.field_names.text(self.connection, field))
            if JOINT not in name and not name.endswith(ROLE):
                bare = name.removeprefix(prefixes[number]) if prefixes.get(number) else ""
                yield Column(number, field, store.keys.unseal(tables[number]), name, rows, values, bare)

    def _prefixes(self, ours: Select[tuple[int, bytes]]) -> Mapping[int, str]:
        """Letters that all columns of a table begin with; files have none."""
        fact, unit, names = schema.field_fact.c, schema.unit.c, dict[int, list[str]]()
        tables = ours.with_only_columns(unit.id).where(unit.kind.in_(TABLES))
        known = cache(lambda field: self.store.keys.unseal(self.store.field_names.text(self.connection, field)))
        columns = select(fact.unit_id, fact.field_id).where(fact.unit_id.in_(tables))
        for number, field in self.connection.execute(columns):
            names.setdefault(number, []).append(known(field))
        return {number: prefix_of(some) for number, some in names.items()}


def whole(store: Store, connection: Connection, column: Column) -> Column:
    """A column as it stands in its table, with the letters before its numbers."""
    if not is_bare(column.name):
        return column
    name = column.name.removesuffix(BARE)
    return replace(column, field=store.field_names.number(connection, store.keys.seal(name)), name=name)


def own_key(store: Store, connection: Connection, unit: int) -> frozenset[str]:
    """Names of the columns by which a table's rows are told apart: its declared key; none where rows are counted."""
    record = schema.record.c
    sealed = connection.scalar(select(record.locator).where(record.unit_id == unit).order_by(record.id).limit(1))
    return frozenset(json.loads(store.keys.unseal(sealed))) if sealed else frozenset()


class Drawn:
    """Some values of columns, and the keys that hold them.

    Each value is looked up once, in all keys together: to compare each column with each key would take their product.

    Args:
        connection: Within whose transaction.
        children: The columns.
        keys: Columns that may hold all values of one of them.
        most: How many values of each.
    """

    def __init__(
        self, connection: Connection, children: Sequence[Column], keys: Sequence[Column], most: int = _DRAWN
    ) -> None:
        self.values = {child: draw(connection, child, most) for child in children if keys}
        """The first by token, which has nothing to do with what they are."""
        self._keys = keys
        self._number = {(key.unit, key.field): number for number, key in enumerate(keys)}
        self._held: dict[bytes, set[int]] = {}
        for part in parts(dict.fromkeys(chain.from_iterable(self.values.values())), _LOOKED_UP):
            link = schema.link
            where = (
                select(link.c.token, link.c.unit_id, link.c.field_id)
                .where(schema.is_token_of(link.c.token, part))
                .distinct()
            )
            for token, unit, field in connection.execute(where):
                if (number := self._number.get((unit, field))) is not None:
                    self._held.setdefault(token, set()).add(number)

    def holders(self, child: Column, share: float = 1.0) -> list[Column]:
        """The keys that hold a share of a column's drawn values, the longest first."""
        tokens = self.values[child]
        times = Counter(chain.from_iterable(self._held.get(token, ()) for token in tokens))
        most = (self._keys[number] for number, count in times.items() if count >= share * len(tokens))
        return sorted((key for key in most if _may_hold(key, child)), key=longest_first)

    def is_anywhere(self, child: Column) -> bool:
        """Whether each of a column's drawn values stands in so many keys that no single one can be told."""
        return min((len(self._held.get(token, ())) for token in self.values[child]), default=0) > MOST_PARENTS

    def any_holders(self, child: Column) -> list[Column]:
        """The keys of other tables that hold any of a column's drawn values."""
        numbers = set[int]().union(*(self._held.get(token, ()) for token in self.values[child]))
        return sorted((key for at in numbers if (key := self._keys[at]).unit != child.unit), key=longest_first)

    def among(self, child: Column, some: Sequence[Column], share: float = 1.0) -> Iterator[Column]:
        """Those of some keys that hold a share of a column's drawn values, in their order."""
        held: list[Collection[int]] = [self._held.get(token, ()) for token in self.values[child]]
        for key in some:
            number = self._number[key.unit, key.field]
            if _may_hold(key, child) and sum(number in one for one in held) >= share * len(held):
                yield key


def _may_hold(key: Column, child: Column) -> bool:
    return key.unit != child.unit and key.distinct >= child.distinct


def draw(connection: Connection, column: Column, most: int) -> list[bytes]:
    """Some values of a column, the same ones each time."""
    link = schema.link
    query = select(link.c.token).where(all_of(link, column)).distinct().order_by(link.c.token).limit(most)
    return list(connection.scalars(query))


def only_holder(connection: Connection, child: Column, likely: Sequence[Column], inclusion: float) -> Column | None:
    """The key that holds a share of all values of a column, unless another table's does, too."""
    held: list[Column] = []
    for key in likely[:MOST_PARENTS]:
        if matched(connection, child, key) >= inclusion * child.distinct:
            held.append(key)
        if len({one.unit for one in held}) > 1:
            return None
    return min(held, key=lambda key: normal_name(key.name) in GENERIC, default=None)


def several_holders(connection: Connection, child: Column, likely: Sequence[Column]) -> list[tuple[Column, int]]:
    """The keys that hold a column's values together, each value in one only, and how many each: rows of several kinds.

    Args:
        connection: Within whose transaction.
        child: The column: `objectid` of notes on customers, cases and contracts.
        likely: Tables' own keys that hold some of its values.
    """
    counts = [(key, count) for key in likely if (count := matched(connection, child, key))]
    together, least = sum(count for _, count in counts), _MOST_OF_ALL if len(counts) > 1 else INCLUSION
    if together < least * child.distinct or together > matched(connection, child, *(key for key, _ in counts)):
        return []
    return counts


def matched(connection: Connection, child: Column, *parents: Column) -> int:
    """How many distinct values of a column stand in another, or in any of several."""
    here, there = schema.link.alias(), schema.link.alias()
    held = or_(*(and_(*at(there, parent)) for parent in parents))
    found = exists().where(schema.is_token(there.c.token, here.c.token), held)
    return connection.scalar(select(func.count(distinct(here.c.token))).where(all_of(here, child), found)) or 0


def in_both(connection: Connection, child: tuple[int, int], parent: tuple[int, int]) -> tuple[int, int]:
    """How many distinct values of a column stand in another, and of how many; columns by number of unit and name."""
    here, there = (Column(*one, "", "", 0, 0) for one in (child, parent))
    link = schema.link
    total = connection.scalar(select(func.count(distinct(link.c.token))).where(all_of(link, here)))
    return matched(connection, here, there), total or 0
