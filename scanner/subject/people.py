"""Whom rows are about where no number tells: by the names nearest above, or by the rows that join them with people.

A lease names nobody: rows of a table beside it join it with its tenants. A register of a club has names and no numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from scanner.linking.identity import NAME, STRONG, View
from scanner.linking.links import kinds_of
from scanner.linking.ownership import CUSTOMER_ID, Ownership, Place
from scanner.linking.person_keys import is_person
from scanner.linking.role_words import is_others

if TYPE_CHECKING:
    from scanner.linking.unit_days import UnitDays
    from scanner.subject.records import Records

_UP = 3
_SOME = 200
"""Rows below a row that are looked at to tell whose it is."""
_DRAWN = 50
"""Rows of a table that are looked at to tell how many people a row of it is about."""
_FEW = 2
_HOUSEHOLD = 8
_JOINED = 2
_SEVERAL = 4
"""Rows that one row joins another with: more make it one that many use."""


class People:
    """Tells people apart by numbers, else by names; remembered for one search.

    Args:
        records: Of the search.
        ownership: Tells which columns units have.
        times: Tells what the days in tables are.
    """

    def __init__(self, records: Records, ownership: Ownership, times: UnitDays) -> None:
        self._records = records
        self._ownership = ownership
        self.times = times
        self._named: dict[int, frozenset[bytes]] = {}
        self._below: dict[int, frozenset[bytes]] = {}
        self._few: dict[int, bool] = {}
        self._joining: dict[tuple[int, int], bool] = {}

    def above(self, number: int) -> frozenset[bytes]:
        """Numbers, else names, of the row itself or of the rows nearest above that have some."""
        return self._records.identities(number) or self._names(number)

    def _names(self, number: int) -> frozenset[bytes]:
        if number not in self._named:
            self._named[number] = frozenset()  # also ends a circle
            self._named[number] = _all(self._records.view(one).owner.names for one in self._nearest(number))
        return self._named[number]

    def _nearest(self, number: int) -> frozenset[int]:
        """The row itself if it names somebody, else the nearest rows above that do."""
        level, met = [number], {number}
        for _ in range(_UP + 1):
            found = frozenset(one for one in level if self._records.view(one).owner.names)
            if found:
                return found
            level = list(dict.fromkeys(up for one in level for up, _ in self._records.parents(one) if up not in met))
            met |= set(level)
        return frozenset()

    def named(self, number: int) -> frozenset[int]:
        """The rows that name whom a row is about: itself, else those above, else those joined with it; none of many."""
        rows = self._nearest(number) or frozenset[int]().union(*map(self._nearest, self._rows_below(number)))
        return rows if len(rows) <= _HOUSEHOLD else frozenset()

    def below(self, number: int) -> frozenset[bytes]:
        """All with whom rows that name nobody themselves join a row: a payment of somebody's invoice names who paid."""
        if number not in self._below:
            self._below[number] = _all(self.above(one) for one in self._rows_below(number) if not self._names_some(one))
        return self._below[number]

    def joined_with(self, number: int) -> frozenset[bytes]:
        """All with whom rows below a row join it that name nobody: by another of their keys."""
        rows = (one for one in self._rows_below(number) if not self._names_some(one))
        return _all(self.above(up) for one in rows for up in self._beside(one, number))

    def told_below(self, view: View) -> list[tuple[frozenset[bytes], bool]]:
        """Of each row that points to a row and is about somebody: about whom; and whether it but joins the two."""
        found = ((one, self.above(one) or self.below(one)) for one in self._rows_below(view.id))
        return [(people, self._joins(one)) for one, people in found if people]

    def join_unknown(self, view: View, below: View) -> bool:
        """Whether rows of a table join others that tell of nobody, each another one, with few: visits with articles.

        Args:
            view: One of those few.
            below: A row that joins it with another.
        """
        if (view.unit, below.unit) not in self._joining:
            drawn = self._records.first(view.unit, _DRAWN)
            self._joining[view.unit, below.unit] = any(self._joins_unknown(one, below) for one in drawn)
        return self._joining[view.unit, below.unit]

    def _joins_unknown(self, number: int, below: View) -> bool:
        kinds = {self._records.view(up).unit for up in self._beside(below.id, number)}
        under = dict.fromkeys(self._rows_below(number))
        rows = [one for one in under if self._records.view(one).unit == below.unit]
        joined = {up for one in rows for up in self._beside(one, number) if self._records.view(up).unit in kinds}
        told = sum(bool(self.above(one) or self.below(one)) for one in rows)
        return len(joined) > _SEVERAL and 4 * len(joined) >= 3 * len(rows) and 2 * told < len(rows)

    def _beside(self, number: int, but: int) -> list[int]:
        return [up for up, _ in self._records.parents(number) if up != but]

    def are_few(self, view: View) -> bool:
        """Whether rows of a table are each about one person, or two: a lease is; a course or an article is not."""
        if view.unit not in self._few:
            told = [len(people) for one in self._records.first(view.unit, _DRAWN) if (people := self.below(one))]
            self._few[view.unit] = sum(told) <= _FEW * len(told)
        return self._few[view.unit]

    def are_joined_by(self, view: View) -> bool:
        """Whether a row has nothing but keys that join other rows, days, and one column more: as what."""
        keys = [field for field, _ in self._records.links(view.id)]
        pointers = {field for field in keys if self._records.is_pointer(view.unit, field)}
        more = len(self._ownership.fields(view.unit)) - len(keys) - self.times.of(view.unit).columns
        told = {one.field for one in view.seen}
        return told <= pointers and len(pointers) >= _JOINED and more <= 1

    def are_parties(self, view: View) -> bool:
        """Whether a table is called by what people are to what it joins them with: the insured, not who has a key."""
        called = kinds_of(self._ownership.unit(view.unit).key)
        return any(map(is_person, called)) and not any(map(is_others, called))

    def _rows_below(self, number: int) -> list[int]:
        children = self._records.children(self._records.view(number))[:_SOME]
        return [record for record, _, in_role in children if not in_role]

    def _joins(self, number: int) -> bool:
        """Whether a row but joins people with others: it has nothing more, or is called by what they are to these."""
        view = self._records.view(number)
        bare = (self.are_joined_by(view) and not self.times.of(view.unit).short) or self.are_parties(view)
        return bare and not self._names_some(number) and bool(self.above(number))

    def _names_some(self, number: int) -> bool:
        """Whether a row names somebody, or has a number of somebody's that is no key of another row."""
        view = self._records.view(number)
        told = (one for one in view.seen if one.entity in (*STRONG, NAME) and one.place is not Place.TEXT)
        return any(one.entity != CUSTOMER_ID or not self._records.is_pointer(view.unit, one.field) for one in told)


def _all(some: Iterable[frozenset[bytes]]) -> frozenset[bytes]:
    return frozenset[bytes]().union(*some)
