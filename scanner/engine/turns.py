"""Keys of what goes from hand to hand: a card's number stands in several rows of another table, each for a time.

So stands a panel in the rows that tell at which site it is, and a tag in those of who has it. Which row is meant, the
day tells. Only by a name that meets, of a table whose rows say from when to when, from one whose rows have days.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from sqlalchemy import delete, exists, insert, or_, select

from scanner.engine.agreements import Pair
from scanner.engine.key_columns import JOINT, TABLES, KeyColumns, matched
from scanner.engine.running import Running
from scanner.linking.handlers import Column
from scanner.linking.key_names import KeyNames
from scanner.linking.links import GENERIC, is_same_key, key_stem, normal_name
from scanner.linking.unit_days import UnitDays
from scanner.store import schema

_MOST = 0.5
"""Share of a column's values that a key holds: cards of before, and of others."""
_ENOUGH = 5
_STEM = 4
"""Letters that two names have in common, beside what says that they are of keys."""
_KINDS = (*TABLES, "file", "member")


class Turns:
    """Finds them, of one source and those to and from it.

    Args:
        known: The columns of keys, after the source has been scanned, and its other keys are settled.
        source_id: The source.
        days: Tells the dates of tables.
        denies: Whether the configuration says that a column does not refer to another.
    """

    def __init__(self, known: KeyColumns, source_id: int, days: UnitDays, denies: Callable[[Pair], bool]) -> None:
        self._known, self._denies = known, denies
        self._store, self._connection = known.store, known.connection
        self._days = days
        self._own = select(schema.unit.c.id).where(schema.unit.c.source_id == source_id)

    def settle(self) -> None:
        """Enter them anew; of another source's none stays whose column is led by a key to this one now."""
        turn, relation = schema.turn.c, schema.relation.c
        led = exists().where(relation.unit_id == turn.unit_id, relation.field_id == turn.field_id)
        ours = (one.in_(self._own) for one in (turn.unit_id, turn.ref_unit_id))
        self._connection.execute(delete(schema.turn).where(or_(led, *ours)))
        for child, parent in self._pairs():
            ends = {"unit_id": child.unit, "field_id": child.field}
            self._connection.execute(
                insert(schema.turn).values(**ends, ref_unit_id=parent.unit, ref_field_id=parent.field)
            )

    def _pairs(self) -> Iterator[Pair]:
        everywhere = self._known.of(schema.unit.c.id.is_not(None), _KINDS)
        leading = self._leading()
        free = [one for one in everywhere if (one.unit, one.field) not in leading and one.distinct >= _ENOUGH]
        keys = [one for one in free if one.rows > one.distinct and self._lasts(one)]
        own = set(self._connection.scalars(self._own)) if keys else set()
        named = [key for key in keys if normal_name(key.name) not in GENERIC]
        running, names = Running(self._store), KeyNames(named)
        stems: dict[str, list[Column]] = {}
        for one in named:
            stems.setdefault(key_stem(normal_name(one.name)), []).append(one)
        for child in free if keys else ():
            stem = key_stem(normal_name(child.name))
            alike = stems.get(stem, []) if len(stem) >= _STEM else []  # `serial` and `SerialNumber`
            likely = dict.fromkeys((*names.met(child.name), *alike))
            met = (one for one in likely if one.unit != child.unit and {one.unit, child.unit} & own)
            free_to = [one for one in met if not self._denies((child, one))]
            if (key := self._held(child, free_to, running)) and self._days.of(child.unit).columns:
                yield child, key

    def _held(self, child: Column, keys: Sequence[Column], running: Running) -> Column | None:
        """The first that holds most of a column's values, which are no running numbers unless it is called the same."""
        likely = (key for key in keys if matched(self._connection, child, key) >= _MOST * child.distinct)
        alike = (
            key for key in likely if is_same_key(child.name, key.name) or not running.hold(self._connection, child)
        )
        return next(alike, None)

    def _leading(self) -> Collection[tuple[int, int]]:
        """Columns that are keys to other rows, or parts of such keys."""
        relation = schema.relation.c
        pointing = self._connection.execute(select(relation.unit_id, relation.field_id).distinct()).all()
        parts = {field: list(self._parts(field)) for field in {field for _, field in pointing}}
        return {(unit, part) for unit, field in pointing for part in parts[field]}

    def _parts(self, field: int) -> Iterator[int]:
        yield field
        names = self._store.keys.unseal(self._store.field_names.text(self._connection, field)).split(JOINT)
        for name in names if len(names) > 1 else ():
            if (number := self._store.field_names.find(self._connection, self._store.keys.seal(name))) is not None:
                yield number

    def _lasts(self, key: Column) -> bool:
        """Whether the rows of a table say from when to when they hold; of a column that holds no days itself."""
        return self._days.of(key.unit).times is not None and not self._days.are_in(key)
