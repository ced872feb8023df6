"""Customer numbers that several companies of one system give out, or gave: each is another customer's in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from scanner.linking.identity import PERSONNUMMER, View
from scanner.linking.ownership import CUSTOMER_ID
from scanner.subject.outcome import Owned

if TYPE_CHECKING:
    from scanner.subject.known import Known
    from scanner.subject.records import Records

_LOOKED_AT = 200


class CompaniesNumbers:
    """Tells them; remembered for one search.

    Args:
        records: Of the search.
    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self._known: dict[bytes, bool] = {}

    def are_all_of(self, known: Known, view: View, matched: Mapping[bytes, Owned]) -> bool:
        """Whether identifiers of the person that stand in a record tell by nothing more than such numbers who it is."""
        numbers = [token for token, one in matched.items() if one.entity == CUSTOMER_ID]
        if not 0 < len(numbers) == len(matched):
            return False
        return all(map(self.has, numbers)) or any(self._is_of_others(known, view, one) for one in numbers)

    def _is_of_others(self, known: Known, view: View, token: bytes) -> bool:
        """Whether a number leads, as a key of another series, to somebody else or a firm: of a bought company."""
        customers = self._records.customers
        meant = map(self._records.view, customers.meant(view, token))
        others = (one for one in meant if not any(own.token == token for own in one.owned(CUSTOMER_ID)))
        return any(known.differs(self._records.identities(one.id)) or customers.is_firms(one) for one in others)

    def has(self, token: bytes) -> bool:
        """Whether a number is that of different people in rows of one register, which more than it tells apart.

        A couple that has a number together has it in rows that nothing more tells apart than whose they are.
        """
        if token not in self._known:
            people: dict[int, set[frozenset[bytes]]] = {}
            for record, unit, field, entity in self._records.having(token)[:_LOOKED_AT]:
                view = self._records.view(record)
                key = self._records.told_apart_by(view)
                numbers = frozenset(one.identity for one in view.owned(PERSONNUMMER))
                if entity == CUSTOMER_ID and numbers and len(key) > 1 and self._records.called(field) in key:
                    people.setdefault(unit, set()).add(numbers)
            self._known[token] = any(len(some) > 1 for some in people.values())
        return self._known[token]
