"""A customer number that two people have: a household's card, a firm's number in each of its people's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.linking.identity import PERSONNUMMER, View
from scanner.linking.ownership import CUSTOMER_ID

if TYPE_CHECKING:
    from scanner.subject.grading import Known
    from scanner.subject.records import Records

_LOOKED_AT = 50
"""Records of a number."""


def is_sharers(records: Records, known: Known, view: View) -> bool:
    """Whether a row is of somebody else who has a number of the person's, who has a row of the own in the same table.

    What bears the number is of both, so the row is about the person, too; what hangs below it is the other's.
    """
    owner = view.owner
    if not known.is_named_otherwise(owner.givens, owner.names):
        return False
    if any(one.identity in known.numbers for one in view.owned(PERSONNUMMER)):
        return False
    numbers = [one.token for one in view.owned(CUSTOMER_ID) if one.token in known.owned]
    beside = (
        record for number in numbers for record, unit, *_ in records.having(number)[:_LOOKED_AT] if unit == view.unit
    )
    return any(records.view(record).owner.names & known.names for record in beside)
