"""What hangs below a thing that changes hands, of the days on which the person had it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.linking.identity import NAME, PERSONNUMMER, View

if TYPE_CHECKING:
    from scanner.subject.known import Known
    from scanner.subject.records import Records

_DEPTH = 2
"""Steps down from the thing."""


def had_rows(records: Records, known: Known, thing: View) -> Iterator[int]:
    """The rows below a thing that are of days on which the person had it, also below rows of other days or none.

    Args:
        records: Of the search.
        known: What is known of the person.
        thing: A flat, a meter, a card.
    """
    if records.tenures.had_by(known, thing) and records.tenures.restricts(thing):
        yield from _rows(records, known, thing, (thing, None, 0))


def _rows(records: Records, known: Known, thing: View, under: tuple[View, int | None, int]) -> Iterator[int]:
    above, day_above, depth = under
    tenures, people = records.tenures, known.people
    for record, _, in_role in tenures.dated(records.children(above)):
        row = records.view(record)
        if in_role or _is_anothers(records, known, row, above):
            continue
        own_day = tenures.day(row)
        day = day_above if own_day is None else own_day
        had = day is not None and (tenures.had_on(people, thing, day) or tenures.had_meanwhile(people, thing, row))
        if had and (depth == 0 or not tenures.restricts(above) or tenures.had_on(people, above, day or 0)):
            yield record  # a camera that is in the flat now was in another when it saw something
        if depth < _DEPTH:
            yield from _rows(records, known, thing, (row, day, depth + 1))


def _is_anothers(records: Records, known: Known, row: View, above: View) -> bool:
    """Whether a row says itself, or by another of its keys, that it is somebody else's."""
    if any(row.owned(PERSONNUMMER, NAME)) and not row.owner.names & known.names:
        return True
    beside = (records.identities(one) for one, _ in records.parents(row.id) if one != above.id)
    return known.differs(records.told.own(row) or frozenset[bytes]().union(*beside))
