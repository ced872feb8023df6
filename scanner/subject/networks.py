"""Lines of a log that tell of nobody but an IP address: whose they are where just one person has signed in from there.

Addresses are given to others in time: a line is taken for somebody's only of the days while that one came from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.linking.identity import View
from scanner.subject.bearers import Bearers
from scanner.subject.records import ENOUGH, Records

if TYPE_CHECKING:
    from scanner.subject.known import Known

_NEAR = 31
"""Days within which an address has not changed hands: an assumption; a fixed line has one for months, a mobile phone
shares one with many, of whom some sign in, too."""


class Networks:
    """Tells it; remembered for one search.

    Args:
        records: Of the search.
        bearers: Tells with how many people an address stands.
    """

    def __init__(self, records: Records, bearers: Bearers) -> None:
        self._records = records
        self._bearers = bearers

    def are_one(self, known: Known, token: bytes) -> bool:
        """Whether all who came from an address are the person, by any row with it, and all of these were looked at."""
        people = self._bearers.of(token)
        if len(people) != 1 or len(self._records.having(token)) > ENOUGH:
            return False
        one = people[0]
        if known.differs(one.strong) or known.is_named_otherwise(one.givens, one.names):
            return False
        return bool(one.strong or one.names & known.names or one.contacts & known.owned.keys())

    def was_ours(self, known: Known, token: bytes, view: View) -> bool:
        """Whether on a line's day the person came from an address before and after, or within a month of it."""
        day = self._records.tenures.day_of(view.id)
        came = [record for record, *_ in self._records.having(token)[:ENOUGH] if self._is_ours(known, record)]
        days = [one for record in came if (one := self._records.tenures.day_of(record)) is not None]
        return day is not None and bool(days) and min(days) - _NEAR <= day <= max(days) + _NEAR

    def _is_ours(self, known: Known, record: int) -> bool:
        people = self._records.identities(record) | self._records.people.above(record)
        return bool(people & known.people)
