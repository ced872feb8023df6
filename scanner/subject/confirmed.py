"""Records of which somebody has said that they are about the person: what they teach, and what comes along with them.

Whoever says so may be wrong, or mean one thing that two people share. What names another teaches nothing of the person;
what hangs below it comes along, but neither another's own row of a register with all that is that one's, nor a third's.
"""

from __future__ import annotations

from collections.abc import Iterable

from scanner.linking.identity import CONTACT, PERSONNUMMER, Seen, View
from scanner.linking.ownership import CUSTOMER_ID
from scanner.subject.bearers import Bearer, Bearers
from scanner.subject.grading import Known
from scanner.subject.records import Records
from scanner.subject.shared_rows import is_anothers_too


def is_own(records: Records, bearers: Bearers, known: Known, view: View, matched: Iterable[tuple[bytes, int]]) -> bool:
    """Whether a confirmed record is the person's own, and teaches how the person is called and reached.

    Args:
        records: Of the search.
        bearers: Of the search.
        known: What is known of the person.
        view: The record.
        matched: The person's tokens in it, and the fields in which they stand.

    Returns:
        False: the person does not stand as the owner; or somebody else is named, too, by number, by another whole name
            or by a contact of theirs.
    """
    if not any(view.persona(token, field) is view.owner for token, field in matched):
        return False
    if known.differs(records.identities(view.id)) or known.is_new(view.owner.names):
        return False
    if records.is_catalogue(view.unit) or is_anothers_too(records, known, view):
        return False
    contacts = (one.token for one in view.owned(*CONTACT) if one.token not in known.owned)
    return not any(_is_another(known, one) for token in contacts for one in bearers.of(token))


def _is_another(known: Known, one: Bearer) -> bool:
    return known.differs(one.strong) or known.is_new(one.names)


def is_anothers_own(records: Records, known: Known, view: View) -> bool:
    """Whether a record is somebody else's row of a register: what hangs below is all that is kept of that one."""
    numbers = _stated(records, view)
    people = frozenset[bytes]().union(*(records.person(one.entity, one.identity) for one in numbers))
    if not (known.differs(people) or (numbers and known.is_new(view.owner.names))):
        return False
    rows = (above for above, _ in records.parents(view.id) if view.id not in dict(records.parents(above)))
    told = {one.identity for above in rows for one in _stated(records, records.view(above))}
    if any(one.identity in told for one in numbers):
        return False  # an order in which the customer's number stands once more
    standing = (place for one in numbers for place in records.having(one.token))
    return all(record == view.id for record, unit, *_ in standing if unit == view.unit)


def _stated(records: Records, view: View) -> list[Seen]:
    """The numbers of whom a row is about that are no keys to other rows."""
    return [one for one in view.owned(PERSONNUMMER, CUSTOMER_ID) if not records.is_pointer(view.unit, one.field)]


def comes_along(records: Records, known: Known, view: View, above: View) -> bool:
    """Whether a row below a confirmed record that names another is followed: it is about the same people.

    Args:
        records: Of the search.
        known: What is known of the person.
        view: The row.
        above: The record to which it points.
    """
    people = records.identities(view.id)
    if known.differs(people) and people.isdisjoint(records.identities(above.id)):
        return False
    return not is_anothers_own(records, known, view)
