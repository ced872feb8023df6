"""To whom a row's goods go, where that is somebody else than whom it is about: a gift, sent to a friend.

Mostly both are one, so that no measure of a column tells them apart: the names in the row do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scanner.linking.identity import Persona, Seen
from scanner.linking.ownership import Place

_TO = re.compile(
    r"(^|[_.])(ship(ping|ped)?(_to)?|deliver(y|_to)?|leverans|lev|levereras_till|mottagar(e|en|ens)?|recipient|consignee)(?=[_.]|$)"
)


def with_receivers(seen: Sequence[Seen]) -> tuple[Seen, ...]:
    """Place what is of a delivery in a row: as somebody else's where another name stands there than in the rest.

    Args:
        seen: All findings of the row.
    """
    owned = [one for one in seen if one.place is Place.OWNER]
    there = Persona(Place.OWNER, tuple(one for one in owned if _TO.search(one.group)))
    here = Persona(Place.OWNER, tuple(one for one in owned if not _TO.search(one.group)))
    if not (there.names and here.names and _is_other(there, here)):
        return tuple(seen)
    return tuple(replace(one, place=Place.OTHER) if one in there.seen else one for one in seen)


def _is_other(there: Persona, here: Persona) -> bool:
    """Whether it is another person: neither the whole name nor how the given one sounds is here."""
    return not (there.names & here.names or there.givens & here.givens)
