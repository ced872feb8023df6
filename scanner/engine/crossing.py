"""Keys whose names do not meet, and those from one source to another: an alarm log to the register, a file to a table.

Only to a table's own key, from a column that leads nowhere in its own source, by the names of both and inclusion of
values. Names that do not meet (`dev`, `serial_no`) are no hindrance where a single table holds all the values and these
are no running numbers, which would be found in any table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from sqlalchemy import delete, or_, select

from scanner.engine.agreements import Pair
from scanner.engine.key_columns import (
    INCLUSION,
    MOST_PARENTS,
    TABLES,
    Drawn,
    KeyColumns,
    matched,
    most_parents,
    only_holder,
    own_key,
    several_holders,
    whole,
)
from scanner.engine.running import Running
from scanner.linking.handlers import Column
from scanner.linking.key_names import KeyNames
from scanner.linking.key_values import is_bare
from scanner.linking.links import GENERIC, last_stem, normal_name
from scanner.linking.yearly import family_of
from scanner.store import schema

_FILES = ("file", "member")
"""Kinds of units whose records may be rows, beside tables."""
_ENOUGH = 5
"""Distinct values that are not all found in another column by chance."""
_FEWEST, _STEM = 2, 3
"""Values of which it may be told by a name's ending, too, and letters of that."""
_SHARE = 0.75
"""Of the values drawn, found in a key before all are compared."""
_LOOKED_AT = 500
"""Keys of a name that meets, of which it is looked at whether they hold the values drawn."""
_DRAWN = 200
"""Values of a column of which it is looked up to which tables they lead, one or another."""
_NUMBERS = re.compile(r"[0-9]+")


class Crossing:
    """Finds the keys between a source and all others.

    Args:
        known: The columns of keys, after the source has been scanned.
        source_id: The source.
        judges: Whether it is said that a column does not refer to another; whether one holds days.
    """

    def __init__(
        self,
        known: KeyColumns,
        source_id: int,
        judges: tuple[Callable[[Pair], bool], Callable[[Column], bool]],
    ) -> None:
        self._known = known
        self._store, self._connection = known.store, known.connection
        self._source_id = source_id
        self._running = Running(known.store)
        self._said, self._are_days = judges
        self._told: set[tuple[int, int]] = set()
        self._own: dict[int, frozenset[str]] = {}
        """Of units, what their rows are told apart by."""

    def _denied(self, pair: Pair) -> bool:
        """Whether it is said that a column does not refer to another; of numbers without letters, their column's."""
        child, parent = pair
        here, there = (whole(self._store, self._connection, column) for column in pair)
        return (is_bare(child.name) and is_bare(parent.name)) or self._said((here, there))

    def free_of_files(self) -> list[Column]:
        """The columns of this source's files that lead nowhere yet, and hold no days."""
        bound = self._bound()
        columns = self.columns(_FILES, ours=True)
        return [one for one in columns if (one.unit, one.field) not in bound and not self._are_days(one)]

    def forget(self) -> None:
        """Forget what led from other sources to this one."""
        relation, unit = schema.relation.c, schema.unit.c
        own = select(unit.id).where(unit.source_id == self._source_id)
        others = select(unit.id).where(unit.source_id != self._source_id)
        self._connection.execute(
            delete(schema.relation).where(
                or_(
                    relation.ref_unit_id.in_(own) & relation.unit_id.in_(others),
                    relation.ref_unit_id.in_(others) & relation.unit_id.in_(own),
                )
            )
        )

    def columns(self, kinds: tuple[str, ...], *, ours: bool, bare: bool = False) -> list[Column]:
        """The columns of this source, or of all others; `bare`: also their numbers without letters."""
        source = schema.unit.c.source_id
        return self._known.of(source == self._source_id if ours else source != self._source_id, kinds, bare=bare)

    def pairs(self, told: Collection[Column] = ()) -> Iterator[tuple[Pair, int]]:
        """Columns, each with the key that it refers to; how many of its values are found there.

        Args:
            told: Columns of which others say row by row to what they refer.
        """
        self._told = {(column.unit, column.field) for column in told}
        within = self._between(here=True, there=True)
        yield from (one for one in within if self._is_pointer(*one[0]))
        across = [*self._between(here=True, there=False), *self._between(here=False, there=True)]
        both = {(parent, child) for (child, parent), _ in across}
        yield from (one for one in across if one[0] not in both or not self._is_turned(*one[0]))

    def _is_turned(self, child: Column, parent: Column) -> bool:
        """Whether a table's own key seems to point to what points to it: each visit has just one bill, so far."""
        ours = own_key(self._store, self._connection, child.unit) == {child.name}
        return ours and own_key(self._store, self._connection, parent.unit) != {parent.name}

    def _is_pointer(self, child: Column, parent: Column) -> bool:
        """Whether a column may point to another of its source: as a table's own key only to one, and by no chance."""
        if own_key(self._store, self._connection, child.unit) != {child.name}:
            return True
        is_other = own_key(self._store, self._connection, parent.unit) == {parent.name}
        return is_other and not self._running.stand_by_chance(self._connection, child, parent)

    def _between(self, *, here: bool, there: bool) -> Iterator[tuple[Pair, int]]:
        """Keys from this source (`here`), or from all others, to this one (`there`), or to all others."""
        bare = here != there
        unique = [one for one in self.columns(TABLES, ours=there, bare=bare) if one.rows == one.distinct]
        bound = self._bound()
        read = self.columns((*TABLES, *_FILES), ours=here, bare=bare)
        free = [one for one in read if (one.unit, one.field) not in bound and not self._are_days(one)]
        alike: dict[tuple[str, str], Column] = {}
        if keys := [one for one in unique if one.distinct >= _ENOUGH]:
            yield from self._of_many([one for one in free if one.distinct >= _ENOUGH], keys, bound, alike)
        few = [one for one in free if one.distinct < _ENOUGH]
        ends: dict[str, list[Column]] = {}
        for key in unique if few else ():
            ends.setdefault(last_stem(key.name), []).append(key)
        yield from self._few(few, alike, ends)

    def _of_many(
        self,
        children: Sequence[Column],
        keys: Sequence[Column],
        bound: set[tuple[int, int]],
        alike: dict[tuple[str, str], Column],
    ) -> Iterator[tuple[Pair, int]]:
        """Columns of enough values to tell by; `alike` is told where each shape of name and file leads."""
        own = [key for key in keys if (key.unit, key.field) not in bound]
        drawn = Drawn(self._connection, children, keys)
        names = KeyNames(key for key in keys if normal_name(key.name) not in GENERIC)
        count = Counter(child.name for child in children)
        for child in children:
            met = drawn.among(child, names.met(child.called)[:_LOOKED_AT], _SHARE)
            likely = (one for one in met if not self._denied((child, one)))
            meeting = list(islice(likely, most_parents(count[child.name])))
            parent, told = self._nearest(child, meeting, own), self._running.tokens.isdisjoint(drawn.values[child])
            if not meeting and (told or not drawn.is_anywhere(child)):
                parent = self._only(child, drawn.holders(child, _SHARE), bound)
                chance = parent and not told and self._running.stand_by_chance(self._connection, child, parent)
                parent = None if chance else parent
            together = [] if parent else self._of_family(child, names.met(child.called)[:_LOOKED_AT])
            yield from (((child, key), held) for key, held in together)
            if parent:
                alike[shape(child)] = parent
                yield (child, parent), matched(self._connection, child, parent)
            elif not together and drawn.any_holders(child):
                named = own if told else [key for key in own if key.name == child.name and not _is_any(key)]
                yield from self._several(child, named)

    def _few(
        self,
        columns: Iterable[Column],
        alike: Mapping[tuple[str, str], Column],
        ends: Mapping[str, Sequence[Column]],
    ) -> Iterator[tuple[Pair, int]]:
        """Columns of too few values to tell by, where in another day's file of the same name they refer to a key.

        And those whose name ends as that of the one table's key that holds all: plates of the few cars on loan.
        """
        for child in columns:
            parent = alike.get(shape(child)) or self._small(child, ends.get(last_stem(child.name), ()))
            if parent and parent.unit != child.unit and not self._denied((child, parent)):
                held = matched(self._connection, child, parent)
                if held == child.distinct:
                    yield (child, parent), held

    def _small(self, child: Column, keys: Sequence[Column]) -> Column | None:
        """The only key of the same ending that holds all of a few values, which are no running numbers."""
        if child.distinct < _FEWEST or len(last_stem(child.name)) < _STEM or len(keys) > MOST_PARENTS:
            return None
        if self._running.hold(self._connection, child):
            return None
        likely = (one for one in keys if one.unit != child.unit and one.distinct >= child.distinct)
        held = [one for one in likely if matched(self._connection, child, one) == child.distinct]
        return held[0] if len(held) == 1 else None

    def _bound(self) -> set[tuple[int, int]]:
        """Columns that lead somewhere already."""
        relation = schema.relation.c
        pointing = self._connection.execute(select(relation.unit_id, relation.field_id))
        return self._told | {(unit, field) for unit, field in pointing}

    def _nearest(self, child: Column, meeting: Sequence[Column], own: Sequence[Column]) -> Column | None:
        """The longest key of a name that meets the column's and holds its values; rather one that leads to no other."""
        held = [one for one in meeting if self._holds(one, child)]
        free = next((one for one in held if one in own), None)
        return free or next(iter([*self._beyond(child, held[:1], own), *held]), None)

    def _beyond(self, child: Column, parents: Sequence[Column], own: Sequence[Column]) -> Iterator[Column]:
        """The tables' own keys to which keys lead that hold a column's values, whatever those are called."""
        for parent in parents:
            free = (key for key in own if key != child)
            yield from (key for key in free if self._points(parent, key) and self._holds(key, child))

    def _holds(self, key: Column, child: Column) -> bool:
        return matched(self._connection, child, key) >= INCLUSION * child.distinct

    def _only(self, child: Column, held: Sequence[Column], bound: set[tuple[int, int]]) -> Column | None:
        """The one key that holds the column's values, whatever it is called; a table's own, no pointer to another's.

        Of two that point to each other, the same numbers of the same, the longer.
        """
        likely = [one for one in held if not self._denied((child, one))]
        own = [one for one in likely if (one.unit, one.field) not in bound]
        if not own and len(likely) == 2 and self._are_one(*likely):
            likely = [max(likely, key=lambda one: one.distinct)]
        return only_holder(self._connection, child, own or likely, INCLUSION)

    def _are_one(self, here: Column, there: Column) -> bool:
        """Whether two keys point to each other."""
        pointing = (self._points(*pair) for pair in ((here, there), (there, here)))
        return all(pointing)

    def _points(self, child: Column, parent: Column) -> bool:
        relation = schema.relation.c
        columns = (relation.unit_id, relation.field_id, relation.ref_unit_id, relation.ref_field_id)
        ours = (child.unit, child.field, parent.unit, parent.field)
        same = (column == number for column, number in zip(columns, ours, strict=True))
        return self._connection.scalar(select(relation.unit_id).where(*same).limit(1)) is not None

    def _of_family(self, child: Column, keys: Sequence[Column]) -> list[tuple[Column, int]]:
        """The keys of tables of which there is one a year that hold a column's values together: `FAKT2024` …"""
        families: dict[str, list[Column]] = {}
        for key in keys:
            if key.unit != child.unit and (family := family_of(key.table)) and not self._denied((child, key)):
                families.setdefault(family, []).append(key)
        found = (several_holders(self._connection, child, some) for some in families.values() if len(some) > 1)
        return next(filter(None, found), [])

    def _several(self, child: Column, keys: Sequence[Column]) -> Iterator[tuple[Pair, int]]:
        """The tables' own keys that hold the column's values together: each row is about a row of another kind."""
        held = Drawn(self._connection, [child], keys, _DRAWN).any_holders(child) if keys else []
        own: list[Column] = []
        alike: list[Column] = []
        for one in (one for one in held if not self._denied((child, one))):
            if self._is_own(one):
                own.append(one)
            elif one.name == child.name:
                alike.append(one)
            if len(own) > MOST_PARENTS:  # more tell nothing
                return
        # Else also by those called alike: what points as it does may by chance have each value once.
        for likely in (own, [*own, *alike] if len(own) + len(alike) <= MOST_PARENTS else []):
            if found := several_holders(self._connection, child, likely):
                yield from (((child, key), count) for key, count in found)
                return

    def _is_own(self, key: Column) -> bool:
        if key.unit not in self._own:
            self._own[key.unit] = own_key(self._store, self._connection, key.unit)
        return self._own[key.unit] in ({key.name}, frozenset())


def shape(column: Column) -> tuple[str, str]:
    """A column's name, and its table's or file's without the day or the number that tells it from others alike."""
    return _NUMBERS.sub("0", column.table), column.name


def _is_any(key: Column) -> bool:
    """Whether a key is called as any may be: running numbers of two systems' `id` are the same by chance."""
    return normal_name(key.name) in GENERIC
