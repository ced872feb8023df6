"""A father and his son of one name, at one address: rows of each are told apart by how each is reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from scanner.linking.identity import ADDRESS, CONTACT, NAME, Persona, View
from scanner.linking.ownership import Place
from scanner.subject.outcome import Owned

if TYPE_CHECKING:
    from scanner.subject.bearers import Bearers
    from scanner.subject.known import Known
    from scanner.subject.records import Records


def is_namesakes(records: Records, known: Known, stands: tuple[View, Persona], matched: Mapping[bytes, Owned]) -> bool:
    """Whether a row of a name and an address alone is reached otherwise than the person's own of the same register.

    One who is there twice has the same telephone, or none.

    Args:
        records: Of the search.
        known: What is known of the person.
        stands: The row, and as whom the person would stand there.
        matched: The person's tokens that stand there.
    """
    view, persona = stands
    if persona.place is not Place.OWNER or {one.entity for one in matched.values()} - {NAME, ADDRESS}:
        return False
    own = {one.record for one in matched.values() if one.record is not None}
    twins = [row for row in map(records.view, own) if row.unit == view.unit and any(row.owned(*CONTACT))]
    contacts = {one.token for one in persona.of(*CONTACT)}
    return bool(twins) and bool(contacts) and contacts.isdisjoint(known.owned)


def is_near(judges: tuple[Records, Bearers], known: Known, stands: tuple[View, Persona]) -> bool:
    """Whether a name stands in a record of people in whose other records the person stands, and is not theirs.

    Father and son are each other's contacts: first in each list stands whoever's home it is, with an own telephone.

    Args:
        judges: Records of the search; what tells who has the contacts.
        known: What is known of the person.
        stands: The record, and as whom the person would stand there.
    """
    (records, bearers), (view, persona) = judges, stands
    if known.near.isdisjoint(records.identities(view.id)):
        return False
    others = (one.token for one in persona.of(*CONTACT) if one.token not in known.owned)
    theirs = (records.view(row) for token in others for row in bearers.rows(token))
    return not any(row.owner.names & persona.names and known.differs(records.identities(row.id)) for row in theirs)
