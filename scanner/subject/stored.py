"""Records as the store has them: read many at a time where many are asked for, forgotten when there are too many."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection

from scanner.subject import record_queries as queries

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T", bound=tuple[Any, ...])
Finding = tuple[Any, ...]
"""Field, entity, reasons, token, variant, further, score."""
Kept = tuple[int, bytes | None, list[Finding]]
"""Unit, locator, and findings of a record."""
Link = tuple[int, bytes]
"""Field, and the token of the key that stands in it."""
_AT_ONCE = 500
_MOST = 5_000


class Remembered(OrderedDict[K, V]):
    """Remembers the last of what it was told: a person may have hundreds of thousands of records."""

    def __setitem__(self, key: K, value: V) -> None:
        """Remember a value; the oldest is forgotten when there are too many."""
        super().__setitem__(key, value)
        if len(self) > _MOST:
            self.popitem(last=False)


class Stored:
    """Reads records.

    Args:
        connection: To the store.
        is_key: Whether a column of a unit counts as one of keys.
        is_role: Whether a column tells what people are to what a row joins them with.
    """

    def __init__(
        self, connection: Connection, is_key: Callable[[int, int], bool], is_role: Callable[[int], bool]
    ) -> None:
        self._connection = connection
        self._is_key, self._is_role = is_key, is_role
        self._kept: Remembered[int, Kept] = Remembered()
        self._links: Remembered[int, tuple[list[Link], list[bytes]]] = Remembered()
        """Keys, and what people are to what a record joins them with."""
        self._days: Remembered[int, Mapping[int, int]] = Remembered()
        self._of_units: Remembered[int, Sequence[int]] = Remembered()

    def record(self, number: int) -> Kept:
        """Where a record lies, and what was found in it."""
        if number not in self._kept:
            unit, locator = self._connection.execute(queries.WHERE, {"record": number}).one()
            seen = self._connection.execute(queries.SEEN, {"record": number}).all()
            self._kept[number] = unit, locator, list(map(tuple, seen))
        return self._kept[number]

    def links(self, number: int) -> list[Link]:
        """The keys that stand in a record."""
        return self._parted(number)[0]

    def roles(self, number: int) -> list[bytes]:
        """The tokens of what a record says that its person is to what it joins the person with."""
        return self._parted(number)[1]

    def _parted(self, number: int) -> tuple[list[Link], list[bytes]]:
        if number not in self._links:
            rows = self._connection.execute(queries.LINKS, {"record": number}).all()
            self._remember(number, [tuple(row) for row in rows])
        return self._links[number]

    def _remember(self, number: int, rows: Iterable[tuple[int, int, bytes]]) -> None:
        """Part what stands in a record by its unit and field: keys, and what people are there."""
        keys, roles = [], []
        for unit, field, token in rows:
            if self._is_key(unit, field):
                keys.append((field, token))
            elif self._is_role(field):
                roles.append(token)
        self._links[number] = keys, roles

    def first(self, unit: int, count: int) -> Sequence[int]:
        """The first records of a unit, read: whoever asks for them looks at each."""
        found = self._connection.scalars(queries.FIRST, {"unit": unit, "count": count}).all()
        for _ in self.ahead([(number,) for number in found]):
            pass
        return found

    def all_of(self, unit: int) -> Sequence[int]:
        """All records of a unit: a file's are asked for again by each of the person's rows that leads to it."""
        if unit not in self._of_units:
            self._of_units[unit] = self._connection.scalars(queries.ALL, {"unit": unit}).all()
        return self._of_units[unit]

    def latest_day(self, number: int) -> int | None:
        """The latest date that a record carries, as days since 1970-01-01."""
        return max(self.days(number).values(), default=None)

    def days(self, number: int) -> Mapping[int, int]:
        """The dates that a record carries: number of their name -> days since 1970-01-01."""
        if number not in self._days:
            rows = self._connection.execute(queries.DAYS, {"record": number}).all()
            self._days[number] = dict(map(tuple, rows))
        return self._days[number]

    def read_days(self, numbers: Sequence[int]) -> None:
        """Read the dates of many records before they are asked for."""
        new = [number for number in numbers if number not in self._days]
        for at in range(0, len(new), _AT_ONCE):
            some = new[at : at + _AT_ONCE]
            found: dict[int, dict[int, int]] = {number: {} for number in some}
            for number, name, day in self._connection.execute(queries.ALL_DAYS, {"records": some}):
                found[number][name] = day
            for number, days in found.items():
                self._days[number] = days

    def ahead(self, rows: Iterable[T]) -> Iterator[T]:
        """Give what begins with the number of a record, with the next records read before they are asked for."""
        rest = iter(rows)
        while some := list(islice(rest, _AT_ONCE)):
            new = [number for number in dict.fromkeys(row[0] for row in some) if number not in self._kept]
            if len(new) > 1:
                self._read(new)
            yield from some

    def _read(self, numbers: Sequence[int]) -> None:
        asked = {"records": numbers}
        seen: dict[int, list[Finding]] = {}
        links: dict[int, list[tuple[int, int, bytes]]] = {}
        for number, *row in self._connection.execute(queries.ALL_SEEN, asked):
            seen.setdefault(number, []).append(tuple(row))
        for number, unit, field, token in self._connection.execute(queries.ALL_LINKS, asked):
            links.setdefault(number, []).append((unit, field, token))
        for number, unit, locator in self._connection.execute(queries.ALL_WHERE, asked):
            self._kept[number] = unit, locator, seen.get(number, [])
            self._remember(number, links.get(number, ()))
        self.read_days(numbers)
