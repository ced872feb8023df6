"""Rows whose columns hold now the person's whom a key points to, now somebody else's: told by the name, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from scanner.linking.identity import CONTACT, NAME, Persona, Seen, View
from scanner.linking.ownership import CUSTOMER_ID, Ownership, Place
from scanner.store import Store

if TYPE_CHECKING:
    from scanner.subject.records import Records

_LOOKED_AT = 200
"""Records in which a telephone stands that are looked at."""


class RowByRow:
    """Places what stands in such rows.

    Args:
        store: Of the search.
        connection: Of the search.
        ownership: Tells which columns are so.
        records: Of the search; asked for the rows that keys point to.
    """

    def __init__(self, store: Store, connection: Connection, ownership: Ownership, records: Records) -> None:
        self._store = store
        self._connection = connection
        self._ownership = ownership
        self._records = records

    def is_mixed(self, unit: int, row: Sequence[object]) -> bool:
        """Whether a finding, as the store gives it, is a name in a column of both."""
        field, entity = row[0], row[1]
        name = self._ownership.entity(entity)  # type: ignore[arg-type]
        return name == NAME and self._ownership.is_mixed(unit, field, entity)  # type: ignore[arg-type]

    def beside_others(self, view: View) -> View:
        """Where just others are named, a contact is theirs that is not in all rows that of whom the key points to."""
        names = [one.place for one in view.seen if one.entity == NAME and one.place is not Place.TEXT]
        owned = [one for one in view.seen if one.entity in CONTACT and one.place is Place.OWNER]
        if not owned or not names or any(place is not Place.OTHER for place in names):
            return view
        if not self._records.parents(view.id):
            return view  # a firm's own row, with whom to ask for
        return replace(
            view, seen=tuple(self._placed(view.unit, one, own=False) if one in owned else one for one in view.seen)
        )

    def placed(self, view: View) -> tuple[Seen, ...]:
        """What stands in a row, placed by its name, against that of the row which a key points to."""
        here = Persona(Place.OWNER, tuple(one for one in view.seen if one.place is not Place.TEXT))
        above = [parent for parent, _ in self._records.parents(view.id)]
        if not here.names:
            return view.seen
        rows = dict.fromkeys(row for parent in above for row in self._named(parent))
        named = list(map(self._records.view, rows))
        if not named and not any(map(self._records.identities, above)):
            return view.seen
        own = self._is_same(here, view.unit, named)
        return tuple(self._placed(view.unit, one, own=own) for one in view.seen)

    def _named(self, number: int) -> Iterator[int]:
        """The rows that name whom a row is about; of a thing that changed hands, of all who have had it."""
        had = self._records.tenures.of(self._records.view(number))
        yield from (row for one in had for row in self._records.people.named(one.row))
        yield from self._records.people.named(number)

    def _is_same(self, here: Persona, unit: int, named: Sequence[View]) -> bool:
        """The same name; or one that sounds alike, and something by which that person is reached."""
        if any(here.names & row.owner.names for row in named):
            return True
        alike = [row for row in named if here.givens & row.owner.givens]
        return any(here.reached_as(row.owner) for row in alike) or self._is_reached_as(here, unit, alike)

    def _is_reached_as(self, here: Persona, unit: int, people: Sequence[View]) -> bool:
        """Whether a telephone or e-mail address stands in another table as that of one of these people, too."""
        numbers = frozenset[bytes]().union(*(self._records.identities(view.id) for view in people))
        contacts = here.of(*CONTACT) if numbers else ()
        standing = (one for seen in contacts for one in self._records.having(seen.token)[:_LOOKED_AT])
        owned = (record for record, other, field, _ in standing if other != unit and self._is_owned(other, field))
        return any(self._records.identities(record) & numbers for record in owned)

    def _is_owned(self, unit: int, field: int) -> bool:
        terms = (self._store.terms.find(self._connection, entity) for entity in CONTACT)
        return any(self._ownership.place(unit, field, term) is Place.OWNER for term in terms if term is not None)

    def _placed(self, unit: int, one: Seen, *, own: bool) -> Seen:
        key = (unit, one.field, self._store.terms.number(self._connection, one.entity))
        if one.place is Place.TEXT or one.entity == CUSTOMER_ID:
            return one
        if own:
            return replace(one, place=Place.OWNER) if self._ownership.is_mixed(*key) else one
        return one if self._ownership.is_solid(*key) else replace(one, place=Place.OTHER)
