"""To whom a message is that goes to a telephone of several: its text calls one of them by the given name."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from scanner.linking.identity import NAME, Persona, View
from scanner.linking.ownership import Place
from scanner.subject.bearers import Bearer, Bearers

if TYPE_CHECKING:
    from scanner.subject.known import Known
    from scanner.subject.records import Records

_MANY = 4
"""People from which on a telephone is everybody's."""
_LOOKED_AT = 50
"""Records of somebody's number that are looked at for the name."""


class Addressed:
    """Tells it.

    Args:
        records: Of the search.
        bearers: Tells who shares a telephone.
    """

    def __init__(self, records: Records, bearers: Bearers) -> None:
        self._records = records
        self._bearers = bearers

    def is_to(self, known: Known, view: View, persona: Persona, contacts: Collection[bytes]) -> bool:
        """Whether a row is to the person, and not to anybody else who has the telephone to which it goes.

        Args:
            known: What is known of the person.
            view: The row.
            persona: Whose the telephone is in it: nobody is named beside it.
            contacts: The person's telephones and addresses that stand there.
        """
        called = {one.further for one in view.seen if one.entity == NAME and one.place is Place.TEXT and one.further}
        if persona.called or len(called) != 1 or not called <= known.givens:
            return False
        shared = [bearers for contact in contacts if len(bearers := self._bearers.of(contact)) <= _MANY]
        others = (one for bearers in shared for one in bearers if not one.strong & known.numbers)
        return bool(shared) and not any(self._has_name(one, called) for one in others)

    def _has_name(self, bearer: Bearer, called: Collection[bytes]) -> bool:
        rows = (record for number in bearer.strong for record, *_ in self._records.having(number)[:_LOOKED_AT])
        givens = bearer.givens.union(*(self._records.view(row).owner.givens for row in rows))
        return not givens or not givens.isdisjoint(called)
