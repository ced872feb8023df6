"""Records of which somebody has said that they are about the person: what they teach, and what comes along with them.

Whoever says so may be wrong, or mean one thing that two people share. What names another teaches nothing of the person;
what hangs below it comes along, but neither another's own row of a register with all that is that one's, nor a third's.
Nor does anything come along with a record of another's in which the person is but mentioned, or stands in a role.
"""

from __future__ import annotations

from collections.abc import Iterable

from scanner.linking.identity import CONTACT, PERSONNUMMER, Seen, View
from scanner.linking.ownership import CUSTOMER_ID
from scanner.subject.bearers import Bearer, Bearers
from scanner.subject.known import Known
from scanner.subject.records import Records
from scanner.subject.shared_rows import is_anothers_too


def meant(
    records: Records, bearers: Bearers, known: Known, view: View, matched: Iterable[tuple[bytes, int]]
) -> tuple[bool, bool]:
    """What it means that a record is the person's.

    Args:
        records: Of the search.
        bearers: Of the search.
        known: What is known of the person.
        view: The record.
        matched: The person's tokens in it, and the fields in which they stand.

    Returns:
        Whether it is the person's own, and teaches how the person is called and reached; and whether it is about the
        person, with what hangs below it.
    """
    if is_anothers_own(records, known, view):
        return False, False
    first = any(view.persona(token, field) is view.owner for token, field in matched)
    another = _names_another(records, bearers, known, view)
    return first and not another, first or not another


def _names_another(records: Records, bearers: Bearers, known: Known, view: View) -> bool:
    """Whether somebody else is named: by number, by another whole name, by a contact of theirs.

    Of whom nothing is known yet, the own row of a register tells who that is; what but points to somebody's, or a file
    about a customer, does not.
    """
    people = records.identities(view.id)
    if known.differs(people) or known.is_new(view.owner.names):
        return True
    if people and not known.people and not (people <= _told(records, view) and _has_more(records, view)):
        return True
    if records.is_catalogue(view.unit) or is_anothers_too(records, known, view):
        return True
    contacts = (one.token for one in view.owned(*CONTACT) if one.token not in known.owned)
    return any(_is_another(known, one) for token in contacts for one in bearers.of(token))


def _has_more(records: Records, view: View) -> bool:
    return len(list(records.first(view.unit, 2))) > 1


def _is_another(known: Known, one: Bearer) -> bool:
    return known.differs(one.strong) or known.is_new(one.names)


def is_anothers_own(records: Records, known: Known, view: View) -> bool:
    """Whether a record is somebody else's row of a register: what hangs below is all that is kept of that one."""
    if not (known.differs(_told(records, view)) or (_stated(records, view) and known.is_new(view.owner.names))):
        return False
    return _is_own_row(records, view)


def _is_own_row(records: Records, view: View) -> bool:
    """Whether a number that is no key to another row stands in a row, and in no other of its table, nor above it."""
    numbers = _stated(records, view)
    rows = (above for above, _ in records.parents(view.id) if view.id not in dict(records.parents(above)))
    above = {one.identity for row in rows for one in _stated(records, records.view(row))}
    if not numbers or any(one.identity in above for one in numbers):
        return False  # an order in which the customer's number stands once more
    standing = (place for one in numbers for place in records.having(one.token))
    return all(record == view.id for record, unit, *_ in standing if unit == view.unit)


def _stated(records: Records, view: View) -> list[Seen]:
    """The numbers of whom a row is about that are no keys to other rows."""
    return [one for one in view.owned(PERSONNUMMER, CUSTOMER_ID) if not records.is_pointer(view.unit, one.field)]


def _told(records: Records, view: View) -> frozenset[bytes]:
    """Whom they point to."""
    return frozenset[bytes]().union(*(records.person(one.entity, one.identity) for one in _stated(records, view)))


def comes_along(records: Records, known: Known, view: View, above: View) -> bool:
    """Whether a row below a confirmed record that is not the person's own is followed: it is about the same people.

    Args:
        records: Of the search.
        known: What is known of the person.
        view: The row.
        above: The record to which it points.
    """
    people = records.identities(view.id)
    if known.differs(people) and people.isdisjoint(records.identities(above.id)):
        return False
    if not known.people:
        return not _is_own_row(records, view)
    return not is_anothers_own(records, known, view)
