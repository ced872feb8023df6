"""Rows below a row of somebody's: which are about the person, how sure, and by which chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from scanner.linking.identity import View
from scanner.linking.links import normal_name
from scanner.linking.party_roles import OTHER
from scanner.linking.role_words import is_contact_person
from scanner.subject.climbing import is_anothers
from scanner.subject.confirmed import comes_along
from scanner.subject.known import Known
from scanner.subject.outcome import Chain, Found, Grade, Step
from scanner.subject.payers import is_paid_by_another
from scanner.subject.shared_rows import is_recommended, is_sharers

if TYPE_CHECKING:
    from scanner.subject.records import Records


def rows_below(
    records: Records, known: Known, found: Found, view: View, step: Callable[[int, bool, bool], Step]
) -> Iterator[Found]:
    """The hits of rows that point to a record of the person's.

    A bill that somebody else pays is about whom its order is of; so is what is below it, which teaches nothing further.

    Args:
        records: Of the search.
        known: What is known of the person.
        found: The record.
        view: The same.
        step: Of the record's table, whether the key to it is declared, and whether it lasts.
    """
    by_word = found.is_by_word and not found.concerns
    shared = not found.concerns or records.joint.is_held(view)
    chains: dict[tuple[bool, bool], Chain] = {}  # one for all rows: there may be very many
    may_pass_on = found.grade is Grade.CERTAIN and not records.lasting.is_of_one(view)
    for record, declared, in_role in records.ahead(records.children(view)):
        below = records.view(record)
        paid = _is_beside(records, known, found, (below, view))
        if not in_role and not paid and is_anothers(records, known, below, view):
            continue
        if not in_role and shared and _is_of_other(records, known, (below, view)):
            continue
        if by_word and not comes_along(records, known, below, view):
            continue
        part = records.joint.is_part_of_another(known, below, view)
        if part and (not found.concerns or records.role(below) != OTHER):
            continue
        in_role |= below.is_organisation and _asks_for(records, below, view)
        lasts = declared and not in_role and may_pass_on and not records.lasting.had_then(known, view, below)
        surest = Grade.POSSIBLE if in_role else Grade.CERTAIN if declared and not lasts else Grade.PROBABLE
        by = (declared, lasts)
        chain = chains.setdefault(by, chains.get(by) or (*found.chain, step(found.unit, *by)))
        own = not (
            part or in_role or paid or is_sharers(records, known, below) or is_recommended(records, known, below)
        )
        yield Found(record, below.unit, min(found.grade, surest), chain, own, about=paid and not in_role)


def _asks_for(records: Records, firm: View, view: View) -> bool:
    """Whether a firm's row points to a person's by a key that says whom to ask for there: `primary_contact_id`."""
    keys = records.own_keys(view)
    asking = (field for field, token in records.links(firm.id) if token in keys)
    return any(is_contact_person(normal_name(records.called(field))) for field in asking)


def _is_beside(records: Records, known: Known, found: Found, rows: tuple[View, View]) -> bool:
    """Whether a row is about the person and first another's: so is the one above; another pays, or holds it, too."""
    below, view = rows
    return not found.concerns or is_paid_by_another(records, known, below) or records.joint.leads_to(below, view)


def _is_of_other(records: Records, known: Known, rows: tuple[View, View]) -> bool:
    """Whether what several hold was another's on the day of the row, or the row is another's of them."""
    below, view = rows
    joint = records.joint
    return joint.is_of_other_times(known, below, view) or joint.is_the_others(known, below, view)
