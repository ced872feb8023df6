"""Keys from one file of a share to another: a list of calls, and the index of their recordings.

By names that are the same in one folder; else only by what no table counts its rows by, codes and long numbers, and
where one file alone holds all that a column has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from sqlalchemy import Connection

from scanner.engine.agreements import Pair
from scanner.engine.crossing import shape
from scanner.engine.key_columns import INCLUSION, Drawn, matched, only_holder
from scanner.engine.running import Running
from scanner.linking.handlers import Column, People
from scanner.linking.key_values import is_bare
from scanner.linking.links import GENERIC, called_just_as, normal_name

_WORD = re.compile(r"[^\W\d_]+")
"""The first word of a file's name."""
_ENOUGH = 5
"""Distinct values that are not all found in another column by chance."""
_FEWEST = 2
"""Of a column that is called just as the key."""
_MOST = 2_000
"""Columns of files that are looked at."""


class FileKeys:
    """Finds them.

    Args:
        connection: Within whose transaction.
        running: Tells numbers that any table counts its rows by.
        people: Tells which files' rows tell of somebody: what tells of nobody refers to these.
        denied: Whether it is said that a column does not refer to another.
    """

    def __init__(
        self, connection: Connection, running: Running, people: People, denied: Callable[[Pair], bool]
    ) -> None:
        self._connection = connection
        self._running = running
        self._people = people
        self._denied = denied

    def pairs(self, columns: Sequence[Column]) -> Iterator[tuple[Pair, int]]:
        """Columns, each with the column of another file that it refers to, and how many of its values stand there.

        Args:
            columns: Of files' keys, that lead nowhere yet.
        """
        if len(columns) > _MOST:
            return  # a share of very many lists: what is alike in them is told by their tables
        named = dict(self._named(columns))
        yield from ((pair, held) for pair, held in named.items() if not _is_turned(pair, named))
        told = {child for child, _ in named}
        columns = [one for one in columns if one not in told]
        free = [one for one in columns if not self._running.hold(self._connection, one)]
        keys = [one for one in free if one.rows == one.distinct]
        many = [one for one in free if one.distinct >= _ENOUGH]
        if not keys:
            return
        drawn = Drawn(self._connection, many, keys)
        met: set[tuple[tuple[str, str], tuple[str, str]]] = set()
        for child in many:
            parent = only_holder(self._connection, child, self._others(child, drawn.holders(child)), INCLUSION)
            if parent:
                met.add((shape(child), shape(parent)))
                yield from self._turned(child, parent)
        for child in (one for one in free if one.distinct < _ENOUGH):
            likely = [key for key in keys if (shape(child), shape(key)) in met and key.unit != child.unit]
            held = [key for key in likely if matched(self._connection, child, key) == child.distinct]
            if len(held) == 1:
                yield from self._turned(child, held[0])

    def _named(self, columns: Sequence[Column]) -> Iterator[tuple[Pair, int]]:
        """Columns called just as the key of other files beside theirs, that hold its values: exports of one program.

        There may be one file a year: lines of invoices refer to `fakturor_2023.csv` and to `fakturor_2024.csv`, and
        those of before to `fakturor_aldre.csv`.
        """
        beside: dict[tuple[str, str], list[Column]] = {}
        for one in columns:
            if one.rows == one.distinct and _name(one) not in GENERIC and not is_bare(one.name):
                beside.setdefault((_folder(one), _name(one)), []).append(one)
        for child in columns:
            keys = beside.get((_folder(child), _name(child)), []) if child.distinct >= _FEWEST else []
            yield from self._held(child, keys, _called) or self._held(child, keys, _first_word)

    def _held(self, child: Column, keys: Sequence[Column], called: Callable[[Column], str]) -> list[tuple[Pair, int]]:
        """The keys of the files called alike that hold a column's values: the first that do, no file called as its."""
        families: dict[str, list[Column]] = {}
        for key in keys:
            families.setdefault(called(key), []).append(key)
        others = (some for family, some in families.items() if family != called(child))
        return next(filter(None, (self._together(child, some) for some in others)), [])

    def _together(self, child: Column, keys: Sequence[Column]) -> list[tuple[Pair, int]]:
        """The keys that hold a column's values together, if they hold all."""
        likely = self._others(child, keys)
        if not likely or matched(self._connection, child, *likely) < INCLUSION * child.distinct:
            return []
        counts = ((key, matched(self._connection, child, key)) for key in likely)
        return [((child, key), count) for key, count in counts if count]

    def _others(self, child: Column, keys: Sequence[Column]) -> list[Column]:
        return [key for key in keys if key.unit != child.unit and not self._denied((child, key))]

    def _turned(self, child: Column, parent: Column) -> Iterator[tuple[Pair, int]]:
        """From the file that tells of nobody to the one that tells of somebody, if each value stands once in both.

        Not from `id` of `invoices.csv` to `invoice` of the one charge that each of them has.
        """
        held, named = matched(self._connection, child, parent), called_just_as(child.name, _stem(parent))
        once = child.rows == child.distinct and not named
        alone = once and self._people.tells(child.unit) and not self._people.tells(parent.unit)
        yield ((parent, child) if alone else (child, parent)), held


def _is_turned(pair: Pair, found: Collection[Pair]) -> bool:
    """Whether it is the other that points to this one, which is called after its file: `ordernr` of `order.csv`."""
    child, parent = pair
    return (parent, child) in found and called_just_as(child.name, _stem(child))


def _stem(column: Column) -> str:
    return column.table.rpartition("/")[2].partition(".")[0]


def _folder(column: Column) -> str:
    return column.table.rpartition("/")[0]


def _called(column: Column) -> str:
    return shape(column)[0]


def _first_word(column: Column) -> str:
    word = _WORD.match(_stem(column).casefold())
    return f"{_folder(column)}/{word.group()}" if word else _called(column)


def _name(column: Column) -> str:
    return normal_name(column.name)
