"""Rows in which the person stands, but that are as much somebody else's: what hangs below them is the other's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.linking.identity import PERSONNUMMER, STRONG, View
from scanner.linking.ownership import CUSTOMER_ID

if TYPE_CHECKING:
    from scanner.subject.known import Known
    from scanner.subject.records import Records

_LOOKED_AT = 50
"""Records of a number."""


def is_anothers_too(records: Records, known: Known, view: View) -> bool:
    """Whether a row is about the person and about somebody else, too.

    Of somebody who has a number together with the person (a household's card, a firm's); or below somebody else's row,
    where it tells no number of the person's (a parcel to a friend).
    """
    sharers = is_sharers(records, known, view) or is_recommended(records, known, view)
    return sharers or _is_below_anothers(known, view)


def is_sharers(records: Records, known: Known, view: View) -> bool:
    """The person has a row of the own in the same table, with one number and another name."""
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


def _is_below_anothers(known: Known, view: View) -> bool:
    ours = any(one.identity in known.numbers or one.token in known.owned for one in view.owned(*STRONG))
    return not ours and known.leads_elsewhere(view)


def is_recommended(records: Records, known: Known, view: View) -> bool:
    """Whether a row is somebody else's whom the person recommended: what hangs below is that one's alone."""
    named = [one for one in (view.owner, *view.others) if one.names] if records.are_leads(view.unit) else []
    return bool(named) and all(known.is_named_otherwise(one.givens, one.names) for one in named)
