"""Rows above and below a row of somebody's own: whether they are theirs; and whom a key that was asked for means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import Enum

from scanner.linking.identity import ADDRESS, CONTACT, NAME, PERSONNUMMER, STRONG, Seen, View
from scanner.linking.ownership import CUSTOMER_ID
from scanner.linking.party_roles import HOLDER, JOINT_HOLDER, OTHER
from scanner.subject.known import Known
from scanner.subject.records import Records

_MANY = 4
"""People from which on a row is everybody's."""
_NAMING = (*STRONG, NAME, *CONTACT)


class Belonging(Enum):
    """Whose a row above is."""

    OWN = "own"
    HOUSEHOLD = "household"
    JOINT = "joint"
    """It is another's, and the person's as well: a contract of two."""
    THING = "thing"
    """What is below it is the person's; it is told of itself in a register of things, whoever has it."""


def belonging(records: Records, known: Known, view: View, below: View) -> Belonging | None:
    """Whose a row is to which a row of the person's own points.

    Args:
        records: Of the search.
        known: What is known of the person.
        view: The row above.
        below: The person's own.

    Returns:
        None: it is somebody else's, or of too many people to be about any of them, or holds nothing personal.
    """
    owner, role = view.owner, records.role(below) if records.people.are_joined_by(below) else ""
    if role == OTHER or records.are_asked(below.unit):
        return None
    if any(view.owned(PERSONNUMMER, *CONTACT)):
        role = ""  # of what somebody holds it tells, not of another who holds it, too
    if known.differs(records.identities(view.id)) or is_otherwise(records, known, view):
        return _of_anothers(records, view, below, role)
    if not owner.names and (known.leads_elsewhere(view) or is_reached_otherwise(known, view, below)):
        if role or (records.joint.are_holders(below.unit) and is_joined(records, view, below)):
            return Belonging.JOINT
        return None  # an order of somebody else's, for whoever got the parcel
    if records.firms.has(view) or records.firms.own(view):
        named = any(persona.names & known.names for persona in (owner, *view.others))
        return Belonging.HOUSEHOLD if named else None
    if any(owner.of(*STRONG)) or owner.names:
        return Belonging.OWN
    return _of_nobody_named(records, known, view, below, role)


def is_otherwise(records: Records, known: Known, view: View) -> bool:
    """Whether a row names somebody else; of one given name, who is reached otherwise: no name of before a marriage."""
    owner = view.owner
    if known.is_named_otherwise(owner.givens, owner.names):
        return True
    contacts = [one.token for one in view.owned(*CONTACT)]
    reached = not contacts or any(token in known.owned for token in contacts)
    return known.is_new(owner.names) and not reached and records.identities(view.id).isdisjoint(known.numbers)


def _of_anothers(records: Records, view: View, below: View, role: str) -> Belonging | None:
    """Whose a row is that names somebody else."""
    if records.tenures.is_over(below):
        return None  # it was the person's, and is another's now
    if role in (HOLDER, JOINT_HOLDER):
        return Belonging.JOINT
    if not is_joined(records, view, below):
        return None
    return Belonging.JOINT if records.joint.are_holders(below.unit) else Belonging.HOUSEHOLD


def _of_nobody_named(records: Records, known: Known, view: View, below: View, role: str) -> Belonging | None:
    """Whose a row is that names nobody: a thing, a contract, by what else is told of it below."""
    records.identities(below.id)
    if records.is_catalogue(view.unit) or below.id in records.told.by_day:
        return None  # what many choose from; a meter, for what was read of it while somebody had the flat
    if role == JOINT_HOLDER and not records.tenures.is_over(below):
        return Belonging.JOINT  # whatever rows of whoever is named first tell of its days
    if records.tenures.went_on(known, view):
        lived = any(view.owned(ADDRESS)) and records.tenures.had_by(known, view)
        return Belonging.HOUSEHOLD if lived else None
    if records.people.join_unknown(view, below) or records.tenures.is_nobodys(view):
        return None
    told = records.people.told_below(view)
    people = frozenset[bytes]().union(*(some for some, _ in told))
    if len(people) <= 1 or all(some & known.people for some, _ in told):
        own = Belonging.THING if is_lent(records, view, below) else Belonging.OWN
        return own if records.people.are_few(view) else None
    if len(people) > _MANY:
        return None
    # A contract of several: by rows that but join it with them. Whoever answers for it is named beside it.
    if any(joins and some & known.people for some, joins in told) and records.people.are_few(view):
        return Belonging.OWN
    return Belonging.HOUSEHOLD if view.seen else None


def is_lent(records: Records, view: View, below: View) -> bool:
    """Whether a row is a thing that somebody has from a day on, by the row below: a flat, a router, the key to a door.

    Of a contract it is told from when on it runs itself.
    """
    times = records.tenures
    return not view.seen and times.are_told_in(below.unit) and not times.are_told_in(view.unit)


def is_reached_otherwise(known: Known, view: View, below: View) -> bool:
    """Whether a row that names nobody has another contact than the one below, which tells no more: a gift's return."""
    if any(below.owned(*STRONG, NAME)):
        return False
    theirs = [one for one in view.owned(*CONTACT) if one.entity in {seen.entity for seen in below.owned(*CONTACT)}]
    return bool(theirs) and not any(one.token in known.owned for one in theirs)


def is_alone(records: Records, known: Known, view: View) -> bool:
    """Whether nothing else says whom a row is about: a ticket knows whoever called by a contact, or in its text."""
    if any(view.owned(*STRONG, *CONTACT, NAME)):
        return False
    above = (records.people.above(one) or records.people.below(one) for one, _ in records.parents(view.id))
    return all(people <= known.people for people in above)


def is_joined(records: Records, view: View, below: View) -> bool:
    """Whether a row of nothing but keys joins its person with somebody else's row: who is insured with the policy.

    The row above names nobody itself, and its like are of few: whoever takes a course has no part in the teacher's.
    """
    people = records.people
    named = [one for one in view.owned(*_NAMING) if not _is_holders_key(records, view, below, one)]
    if named or not (people.are_joined_by(below) and people.are_parties(below)):
        return False
    return not people.are_joined_by(view) and people.are_few(view)


def _is_holders_key(records: Records, view: View, below: View, one: Seen) -> bool:
    """Whether it is but the key to one of several to whom a row belongs, by the rows below it: `contract_party`."""
    is_key = one.entity == CUSTOMER_ID and records.is_pointer(view.unit, one.field)
    return is_key and records.joint.are_holders(below.unit)


def is_anothers(records: Records, known: Known, view: View, above: View) -> bool:
    """Whether a row is somebody else's that points to a row of the person's own, or of a time when that was not theirs.

    By its own number; by the day on which another had what it hangs on; and below a row that names nobody (a lease, a
    flat), or joins several people (somebody and a relative), by what another of its keys points to.
    """
    if known.differs(frozenset(one.identity for one in view.owned(PERSONNUMMER) if one.trusted)):
        return True
    customers = (records.person(CUSTOMER_ID, one.token) for one in view.owned(CUSTOMER_ID))
    if known.differs(frozenset[bytes]().union(*customers)):
        return True
    if records.tenures.is_of_other_times(known, above, view):
        return True
    people = records.identities(view.id)
    if view.id in records.told.by_day and known.differs(people):
        return True
    if is_registered_to_another(records, known, view, above):
        return True
    joins = len(records.identities(above.id)) > 1 and not any(above.owned(*STRONG))
    if (records.identities(above.id) and not joins) or above.owner.names:
        return False
    if known.differs(people):
        return True
    beside = (records.view(record).owner for record, _ in records.parents(view.id) if record != above.id)
    named = [owner for owner in beside if owner.names]
    return bool(named) and all(known.is_named_otherwise(owner.givens, owner.names) for owner in named)


def is_registered_to_another(records: Records, known: Known, view: View, above: View) -> bool:
    """Whether a row leads, by the register to which a thing of the person's leads, to somebody else.

    The subscription of who lived there before is that one's, though the home is another's in the register today.
    """
    registers = {records.view(one).unit for one, _ in records.parents(above.id)}
    beside = (records.view(one) for one, _ in records.parents(view.id) if one != above.id)
    people = (records.told.own(one) for one in beside if one.unit in registers)
    return known.differs(frozenset[bytes]().union(*people))


def stands_second(known: Known, view: View) -> bool:
    """Whether a row of the person's is first another's: its customer number is of both, its personnummer is not."""
    owner = view.owner
    if not known.is_named_otherwise(owner.givens, owner.names):
        return False
    return any(persona.names & known.names for persona in view.others)


def is_of_another(records: Records, known: Known, view: View) -> bool:
    """Whether what a row of the person's holds is another's: it names somebody else, or so does whom its key means.

    A list of whom to call is about the customer, and its numbers are the neighbour's.
    """
    if view.owner.names:
        return known.is_named_otherwise(view.owner.givens, view.owner.names) or _is_relative(records, known, view)
    above = [records.view(record).owner for record, _ in records.parents(view.id)]
    if any(owner.names & known.names for owner in above):
        return False
    named = [persona for persona in (*above, *view.others) if persona.names]
    return bool(named) and all(known.is_named_otherwise(persona.givens, persona.names) for persona in named)


def _is_relative(records: Records, known: Known, view: View) -> bool:
    """Whether a row about a thing of the person's says of another name that it is whom to call: Jan-Erik is no Jan.

    Below a thing of another's the person may be the relative, under the name of before a marriage.
    """
    if records.role(view) != OTHER or not known.is_new(view.owner.names):
        return False
    return any(records.identities(record) & known.numbers for record, _ in records.parents(view.id))


def keyed(records: Records, rows: Sequence[tuple[int, int, int]]) -> set[int]:
    """The rows that a key which was asked for means, if it means one person's.

    Args:
        records: Of the search.
        rows: Where the key stands: record, unit, field.

    Returns:
        Rows that name people and whose own key it is, if they are one person's; else rows of which it is the own key
        and that are one person's; else the one row to which others point by it; nothing if it may mean several people.
    """
    times = Counter((unit, field) for _, unit, field in rows)
    own = {record for record, unit, field in rows if times[unit, field] == 1}
    people = {record for record in own if any(records.view(record).owned(*_NAMING))}
    pointed = {record for record, unit, field in rows if record in own and records.is_pointed_at(unit, field)}
    if people & pointed:  # whom somebody was referred by stands as a key in that one's row, too
        people -= {record for record, unit, field in rows if records.is_pointer(unit, field)} - pointed
    for some in (people, own, pointed):
        numbered = {record for record in some if records.identities(record)}
        if len({records.identities(record) for record in numbered}) > 1:
            return set()
        if numbered or len(some) == 1:
            return numbered or some
    return set()
