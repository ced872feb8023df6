"""Whose a customer number is that stands beside no personnummer: one of the same name and telephone elsewhere has one.

A firm's systems each have a register of their own: who is a number in one is a name with a personnummer in another, or
on a form that was filled in once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from scanner.linking.identity import ADDRESS, CONTACT, PERSONNUMMER, Seen, View
from scanner.linking.ownership import CUSTOMER_ID
from scanner.subject.told_beside import told_beside

if TYPE_CHECKING:
    from scanner.subject.records import Records

_LOOKED_AT = 200
"""Records in which a telephone stands that are looked at."""


class NumbersAlike:
    """Looks them up.

    Args:
        records: Of the search.
    """

    def __init__(self, records: Records) -> None:
        self._records = records

    def of(self, views: Iterable[View]) -> frozenset[bytes]:
        """The one personnummer with which the names and contacts of some rows stand elsewhere; nothing of several.

        A contact tells nothing if a register has two with it and the name: father and son, one without a number there.
        """
        found = set[bytes]()
        for view in views:
            for contact in view.owned(*CONTACT) if view.owner.names else ():
                alike, forms = self._standing(contact.token, view)
                if _are_single([view, *alike]):
                    found.update(number for row in alike for number in _numbers(row))
                    found.update(number for form in forms for number in form.told)
        return frozenset(found) if len(found) == 1 else frozenset()

    def _standing(self, token: bytes, view: View) -> tuple[list[View], list[View]]:
        """Rows of which a contact and a name are, and documents that tell both beside their one personnummer."""
        names = view.owner.names
        records = dict.fromkeys(record for record, *_ in self._records.having(token)[:_LOOKED_AT])
        rows = list(map(self._records.view, records))
        alike = [row for row in rows if _has(row.owned(*CONTACT), token) and _are_called_alike(view, row)]
        return alike, [row for row in rows if row.told and self._tells(row, token, names)]

    def _tells(self, document: View, token: bytes, names: frozenset[bytes]) -> bool:
        beside = list(told_beside(self._records, document))
        return _has(beside, token) and any(one.parts in names for one in beside)


def _has(some: Iterable[Seen], token: bytes) -> bool:
    return any(one.token == token for one in some)


def _are_called_alike(here: View, there: View) -> bool:
    """Whether two rows name the same, or at the same address somebody whose given name sounds so: misspelt."""
    if here.owner.names & there.owner.names:
        return True
    homes = ({one.token for one in row.owned(ADDRESS)} for row in (here, there))
    return bool(here.owner.givens & there.owner.givens) and not set.isdisjoint(*homes)


def _numbers(row: View) -> frozenset[bytes]:
    return frozenset(one.identity for one in row.owned(PERSONNUMMER) if one.trusted)


def _are_single(rows: Sequence[View]) -> bool:
    """Whether no register has two of them, as far as numbers, else the count of rows in the first one's, tell."""
    people: dict[int, set[frozenset[bytes]]] = {}
    counts: dict[int, set[int]] = {}
    for row in rows:
        customers = frozenset(one.token for one in row.owned(CUSTOMER_ID))
        people.setdefault(row.unit, set()).add(_numbers(row) or customers)
        counts.setdefault(row.unit, set()).add(row.id)
    numbered = {unit for unit, some in people.items() if any(some)}
    first = rows[0].unit
    return all(len(people[unit]) == 1 for unit in numbered) and (first in numbered or len(counts[first]) == 1)
