"""Rows that name by number who pays: they are about whom the row above them is of all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.linking.identity import NAME, STRONG, View
from scanner.linking.links import normal_name
from scanner.linking.role_words import is_payers

if TYPE_CHECKING:
    from scanner.subject.known import Known
    from scanner.subject.records import Records


def is_paid_by_another(records: Records, known: Known, view: View) -> bool:
    """Whether a row names nobody but, by number and in a column called so, somebody else who pays.

    Args:
        records: Of the search.
        known: What is known of the person.
        view: A row below one of the person's own: the bill of an order.
    """
    numbers = list(view.owned(*STRONG))
    if (
        not numbers
        or any(view.owned(NAME))
        or not all(is_payers(normal_name(records.called(one.field))) for one in numbers)
    ):
        return False
    return known.differs(frozenset[bytes]().union(*(records.person(one.entity, one.identity) for one in numbers)))
