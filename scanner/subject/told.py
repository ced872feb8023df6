"""Whom a record is about: by its own numbers, by those of rows above it, or by who had on its day what it hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scanner.linking.identity import CONTACT, PERSONNUMMER, View
from scanner.linking.ownership import CUSTOMER_ID
from scanner.subject.numbers_elsewhere import NumbersElsewhere
from scanner.subject.stored import Remembered

if TYPE_CHECKING:
    from scanner.subject.records import Records

_UP = 3


class Told:
    """Tells it; remembered for one search.

    Args:
        records: Of the search.
        elsewhere: Tells numbers that stand below rows, or with a name and a day of birth.
    """

    def __init__(self, records: Records, elsewhere: NumbersElsewhere) -> None:
        self._records = records
        self._elsewhere = elsewhere
        self._known: Remembered[int, frozenset[bytes]] = Remembered()
        self.by_day: set[int] = set()
        """Records of which it was told by their day."""

    def identities(self, number: int) -> frozenset[bytes]:
        """The people whom a record is about: tokens of personnummer, or of customer numbers where there are none.

        Told by the record itself, else by the rows nearest above it that tell; only then by who is named in its text.
        """
        if number not in self._known:
            level, met, found, told = [number], {number}, frozenset[bytes](), frozenset[bytes]()
            for _ in range(_UP + 1):
                found = self._told_by(level, number)
                told = told or frozenset[bytes]().union(*(self._records.view(one).told for one in level))
                if found:
                    break
                level = list(dict.fromkeys(up for one in level for up in self._records.next(one) if up not in met))
                met |= set(level)
            self._known[number] = found or told
        return self._known[number]

    def _told_by(self, level: Sequence[int], number: int) -> frozenset[bytes]:
        """The people whom rows above a record tell; else those who had a thing above it, on its day."""
        view, tenures = self._records.view, self._records.tenures
        day = None if number in level else tenures.day(view(number))
        things = {row for row in level if day is not None and tenures.restricts(view(row))}
        others = [view(row) for row in level if row not in things]
        # A row of a party is of that one alone, though beside it stands what several hold.
        told = frozenset[bytes]().union(*map(self._direct, others)) or frozenset[bytes]().union(*map(self.own, others))
        had = frozenset[bytes]().union(*(tenures.people_on(view(row), day or 0) for row in things))
        if had and not told:
            self.by_day.add(number)
        return told or had

    def own(self, view: View) -> frozenset[bytes]:
        """The people whom a record itself is about: by numbers, by rows below that tell, or that say who has it."""
        return self._direct(view) or self._records.joint.holders(view.id)

    def _direct(self, view: View) -> frozenset[bytes]:
        numbers = self._own_numbers(view)
        if numbers:
            return numbers
        customers = [self._records.person(one.entity, one.token) for one in view.owned(CUSTOMER_ID)]
        return frozenset[bytes]().union(*customers) or self._elsewhere.of([view])

    @staticmethod
    def _own_numbers(view: View) -> frozenset[bytes]:
        """A number with a wrong check digit is somebody's where a person is described, elsewhere a meter's."""
        described = bool(view.owner.names) or any(view.owned(CUSTOMER_ID, *CONTACT))
        return frozenset(one.identity for one in view.owned(PERSONNUMMER) if one.trusted or described)
