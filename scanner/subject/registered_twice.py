"""One person under two numbers in one register, the second without a personnummer: who called again, or moved back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scanner.linking.identity import ADDRESS, BORN, CONTACT, PERSONNUMMER, PHONE, Persona, Seen, View
from scanner.linking.ownership import Place

if TYPE_CHECKING:
    from scanner.subject.bearers import Bearers
    from scanner.subject.known import Known
    from scanner.subject.records import Records


def is_twice(judges: tuple[Records, Bearers], known: Known, view: View, persona: Persona) -> bool:
    """Whether a row of another number has the person's whole name, address and telephone or e-mail, and no others.

    A son of the father's name has an own telephone beside that of their home, or is told from him by number.

    Args:
        judges: Records of the search; what tells who has the contacts.
        known: What is known of the person.
        view: A row in which another customer number stands.
        persona: As whom the person would stand there.
    """
    records, bearers = judges
    if persona.place is not Place.OWNER or any(view.owned(PERSONNUMMER, BORN)) or not persona.names & known.names:
        return False
    contacts, where = list(persona.of(*CONTACT)), list(persona.of(ADDRESS))
    if not contacts or not where or not all(one.token in known.owned for one in (*contacts, *where)):
        return False
    if {one.entity for one in contacts} == {PHONE} and not _are_all(records, known, view, contacts):
        return False
    theirs = records.identities(view.id)
    others = (bearer for one in contacts for bearer in bearers.of(one.token) if bearer.names & persona.names)
    return all(bearer.strong <= known.numbers | theirs for bearer in others)


def _are_all(records: Records, known: Known, view: View, phones: Sequence[Seen]) -> bool:
    """Whether two telephones are the person's, or the only one that the person's own row of the register has."""
    owned = (known.owned[one.token].record for one in phones)
    rows = [row for record in owned if record is not None and (row := records.view(record)).unit == view.unit]
    tokens = {one.token for one in phones}
    return len(tokens) > 1 or any({one.token for one in row.owned(*CONTACT)} == tokens for row in rows)
