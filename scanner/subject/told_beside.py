"""What stands next to a personnummer in a document: name, address and telephone of whom a contract is with."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

from scanner.linking.identity import ADDRESS, CONTACT, NAME, PERSONNUMMER, Seen, View
from scanner.linking.ownership import Spot

if TYPE_CHECKING:
    from scanner.subject.records import Records

_NEAR = 40
"""Signs between two data of one line of a contract, or of two lines of a form: a label."""
_JUST, _NEXT = 2, range(4)
"""Signs between a name and its number, a comma or a bracket and a blank; and between a number and a name beside it."""


def told_beside(records: Records, view: View) -> Iterator[Seen]:
    """The name next to the number that a document names, and the address next to either, and how to reach them.

    Args:
        records: Of the search.
        view: The document; the number may stand in it several times.
    """
    spots = sorted(records.spots(view.id), key=lambda one: (one.field, one.start))
    for number in (one for one in spots if one.entity == PERSONNUMMER):
        name = _nearest(spots, number, NAME, view)
        if name is None:
            continue
        yield name[1]
        address = _nearest(spots, number, ADDRESS, view) or _nearest(spots, name[0], ADDRESS, view)
        if address is not None:
            yield address[1]
        for entity in CONTACT:
            contact = _nearest(spots, number, entity, view) or _nearest(spots, name[0], entity, view)
            if contact is not None and _named_nearest(spots, contact[0]) == name[0]:
                yield contact[1]


def named_before(records: Records, view: View, numbers: Container[bytes]) -> Iterator[Seen]:
    """The names just before numbers of the person's, where a text tells of several: `Eva Ek, 640224-9905`.

    Not in lists whose numbers stand first, nor where a name follows, too.

    Args:
        records: Of the search.
        view: The document, or the row with a text.
        numbers: Whom the person's numbers point to.
    """
    ours = {one.token for one in view.seen if one.entity == PERSONNUMMER and one.trusted and one.identity in numbers}
    spots = records.spots(view.id) if ours else ()
    ends = {(one.field, one.end): one for one in spots if one.entity == NAME}
    starts = {(one.field, one.start) for one in spots if one.entity == NAME}
    told = {(one.field, one.end) for one in spots if one.entity == PERSONNUMMER}
    for number in (one for one in spots if one.entity == PERSONNUMMER and ours & one.tokens):
        name = ends.get((number.field, number.start - _JUST))
        if name is None or any((name.field, name.start - gap) in told for gap in _NEXT):
            continue
        if not any((number.field, number.end + gap) in starts for gap in _NEXT):
            yield from (one for one in view.seen if one.entity == NAME and one.parts and one.token in name.tokens)


def _named_nearest(spots: Sequence[Spot], to: Spot) -> Spot | None:
    """Whose name stands nearest: behind that of somebody else a telephone is the other's."""
    return min((one for one in spots if one.entity == NAME), key=lambda one: _gap(one, to), default=None)


def _nearest(spots: Sequence[Spot], to: Spot, entity: str, view: View) -> tuple[Spot, Seen] | None:
    """The one of a kind that is nearest on the same side of everything else of its kind; nothing if two are as near."""
    near = sorted((gap, at) for at, one in enumerate(spots) if one.entity == entity and (gap := _gap(one, to)) <= _NEAR)
    if not near or (len(near) > 1 and near[1][0] <= _NEAR):
        return None
    spot = spots[near[0][1]]
    seen = next((one for one in view.seen if one.entity == entity and one.token in spot.tokens), None)
    return None if seen is None or (entity == NAME and seen.parts is None) else (spot, seen)


def _gap(one: Spot, other: Spot) -> int:
    """Signs between two data of a text."""
    return max(one.start - other.end, other.start - one.end) if one.field == other.field else _NEAR + 1
