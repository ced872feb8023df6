"""Numbers that stand below: a register of accounts, and in a table beside it the personnummer that each signed in with.

Or below those: a payment of an order. A row below may as well be about somebody else, a child or a guarantor. So it
tells only if it names whom the row above names; or, naming nobody, if its table is one of sign-ins by its name and has
one number for each row above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from scanner.linking.identity import CONTACT, PERSONNUMMER, View
from scanner.linking.ownership import Ownership, Place
from scanner.linking.unit_findings import UnitFindings

if TYPE_CHECKING:
    from scanner.subject.records import Records

_DRAWN, _LEAST = 200, 4
"""Rows of a table that are looked at to tell whether it has numbers, and how many must have one if they name nobody."""
_SOME = 200
"""Rows below a row that are looked at."""


class NumbersBelow:
    """Looks them up; remembered for one search.

    Args:
        records: Of the search.
        ownership: Tells whose what stands in a column is.
        findings: Tells what stands in which columns.
    """

    def __init__(self, records: Records, ownership: Ownership, findings: UnitFindings) -> None:
        self._records = records
        self._ownership, self._findings = ownership, findings
        self._tables: dict[int, bool] = {}
        self._numbered: dict[int, list[View]] = {}
        self._single: dict[int, bool] = {}

    def of(self, views: Iterable[View]) -> frozenset[bytes]:
        """The one personnummer that rows below tell to be of whom these rows name; nothing if they tell several."""
        found = {number for view in views if view.owner.names for number in self._told(view)}
        return frozenset(found) if len(found) == 1 else frozenset()

    def _told(self, view: View) -> set[bytes]:
        told = [row for row in self._numbered_below(view, view.unit) if self._is_same(row, view)]
        if not told:
            units = {unit for unit in self._records.units_below(view.unit) if self._leads_to_numbers(unit, view.unit)}
            rows = map(self._records.view, self._records.children_in(view, units, _SOME))
            below = (one for row in rows for one in self._numbered_below(row, view.unit))
            told = [one for one in below if one.owner.names & view.owner.names]
        return {one.identity for row in told for one in row.owned(PERSONNUMMER) if one.trusted}

    def _numbered_below(self, view: View, but: int) -> Iterator[View]:
        """Rows below a row, of tables that have numbers."""
        units = {unit for unit in self._records.units_below(view.unit) if unit not in (view.unit, but)}
        units = {unit for unit in units if self._has_numbers(unit)}
        yield from map(self._records.view, self._records.children_in(view, units, _SOME))

    def _leads_to_numbers(self, unit: int, but: int) -> bool:
        below = self._records.units_below(unit)
        return any(one not in (unit, but) and self._has_numbers(one) for one in below)

    def _is_same(self, row: View, above: View) -> bool:
        names = row.owner.names
        if names:
            return bool(names & above.owner.names)
        if not self._records.are_sign_ins(row.unit):
            return False
        return row.owner.reached_as(above.owner) or (not any(row.owned(*CONTACT)) and self._are_single(row.unit))

    def _has_numbers(self, unit: int) -> bool:
        """Whether a column of a table holds numbers of whom its rows are about: told by the table, not row by row.

        To tell whose a number is, row by row, other rows are looked at, and for these such tables.
        """
        if unit not in self._tables:
            places = [one for one in self._findings.places(unit) if self._ownership.entity(one[1]) == PERSONNUMMER]
            self._tables[unit] = any(self._ownership.place(unit, *place) is not Place.TEXT for place in places)
        return self._tables[unit]

    def _rows(self, unit: int) -> list[View]:
        """Of the first rows of a table those with a number of whom they are about."""
        if unit not in self._numbered:
            self._numbered[unit] = []  # also ends a circle
            rows = map(self._records.view, self._records.first(unit, _DRAWN))
            self._numbered[unit] = [row for row in rows if any(row.owned(PERSONNUMMER))]
        return self._numbered[unit]

    def _are_single(self, unit: int) -> bool:
        """Whether no row above has two of these numbers."""
        if unit not in self._single:
            self._single[unit] = False  # also ends a circle
            rows = self._rows(unit)
            above = [one for row in rows for one, _ in self._records.parents(row.id)]
            self._single[unit] = len(rows) >= _LEAST and len(above) == len(set(above))
        return self._single[unit]
