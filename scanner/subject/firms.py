"""Rows of firms, whose orders and telephones are nobody's who works there: by what they hold, or by who points there.

A register of people in which only some rows have a key to rows that name nobody, and have telephones of their own, is
one of private persons and of contacts at firms: a household, and a contract, everybody has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.linking.identity import ADDRESS, CONTACT, PERSONNUMMER, View
from scanner.linking.links import normal_name
from scanner.linking.ownership import CUSTOMER_ID, Ownership
from scanner.linking.role_words import REACHED, is_contact_person
from scanner.linking.unit_findings import UnitFindings
from scanner.subject.keyed_rows import Key, KeyedRows

if TYPE_CHECKING:
    from scanner.subject.records import Records

_DRAWN, _LEAST = 50, 5
"""Rows of a table that are looked at to tell whether it is one of people, and how many must name somebody."""
_DEPTH = 3
"""Steps up the keys to the firm."""
_SOME = 0.7
"""Share of people who have a key to a firm at most."""


class Firms:
    """Tells of rows; remembered for one search.

    Args:
        records: Of the search.
        relations: The keys of all tables.
        findings: Tells how many rows of a table have a key.
        ownership: Tells what tables are called.
    """

    def __init__(self, records: Records, relations: KeyedRows, findings: UnitFindings, ownership: Ownership) -> None:
        self._records = records
        self._ownership = ownership
        self._relations = relations
        self._findings = findings
        self._tables: dict[int, bool] = {}
        self._customers: dict[int, bool] = {}

    def has(self, view: View) -> bool:
        """Whether a row is a firm's."""
        if view.is_organisation:
            return True
        if view.owner.names or any(view.owned(PERSONNUMMER)):
            return False
        if any(view.owned(*CONTACT)):
            numbered = any(view.owned(CUSTOMER_ID))
            return self._has_contacts(view) if numbered else self._is_table_of_firms(view.unit)
        return any(view.owned(ADDRESS)) and any(view.owned(CUSTOMER_ID)) and self._are_customers(view.unit)

    def owns(self, view: View) -> bool:
        """Whether a row is a firm's, by itself or by its keys."""
        return self.has(view) or self.own(view)

    def own(self, view: View, depth: int = _DEPTH) -> bool:
        """Whether a row is a firm's by its keys: its shop, an alarm there, a bill that names whoever ordered.

        Not a row of people there, each with a telephone or e-mail address.
        """
        if any(view.owned(PERSONNUMMER)) or (view.owner.names and any(view.owned(*CONTACT))):
            return False
        above = [self._records.view(record) for record, _ in self._records.parents(view.id)] if depth else []
        return any(self.has(row) or self.own(row, depth - 1) for row in above)

    def are_pointed_at(self, view: View, field: int) -> bool:
        """Whether a key in a field of a row is a firm's: its number is not of who can be asked for there."""
        keys = [(token, *key[:2]) for one, token in self._records.links(view.id) if one == field
                for key in self._relations.up.get((view.unit, field), ())]  # fmt: skip
        return any(self.has(self._records.view(row)) for key in keys for row in self._relations.one_at(key))

    def leads_to(self, key: Key) -> bool:
        """Whether a key in a column that refers to it is a firm's: rows with it are the firm's, not each other's."""
        token, unit, field = key
        beside = self._relations.up.get((unit, field), ()) if (unit, field) in self._relations.down else ()
        above = (row for ref, its, _ in beside for row in self._relations.one_at((token, ref, its)))
        return any(self.has(self._records.view(row)) for row in above)

    def _has_contacts(self, view: View) -> bool:
        """Whether a table of customers' contact persons names somebody for a customer of whom no name is known."""
        units = {unit for unit in self._records.units_below(view.unit) if self._are_contacts(unit)}
        rows = map(self._records.view, self._records.children_in(view, units, _LEAST))
        return any(persona.names for row in rows for persona in (row.owner, *row.others))

    def _are_contacts(self, unit: int) -> bool:
        called = normal_name(self._ownership.unit(unit).key.rpartition(".")[2])
        return is_contact_person(called) or REACHED.search(called) is not None

    def _are_customers(self, unit: int) -> bool:
        """Whether rows of a table name people, each by an own number: one with nothing but an address is a firm's."""
        if unit not in self._customers:
            number = (one.field for row in self._drawn(unit) for one in row.owned(CUSTOMER_ID))
            own = any(not self._records.is_pointer(unit, field) for field in number)
            self._customers[unit] = own and self._are_people(unit)
        return self._customers[unit]

    def _is_table_of_firms(self, unit: int) -> bool:
        if unit not in self._tables:
            self._tables[unit] = False  # also ends a circle
            below = ((child, field) for (child, field), refs in self._relations.up.items() if _refers(refs, unit))
            people = [(child, field) for child, field in below if child != unit and self._are_people(child)]
            self._tables[unit] = any(self._findings.filled(child, field) <= _SOME for child, field in people)
        return self._tables[unit]

    def _are_people(self, unit: int) -> bool:
        rows = self._drawn(unit)
        named = sum(bool(row.owner.names) for row in rows)
        return named >= max(_LEAST, len(rows) / 2)

    def _drawn(self, unit: int) -> list[View]:
        return [self._records.view(record) for record in self._records.first(unit, _DRAWN)]


def _refers(refs: list[tuple[int, int, bool]], unit: int) -> bool:
    return any(ref == unit for ref, *_ in refs)
