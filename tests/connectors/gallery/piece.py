"""One file of the gallery."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.base import State

NAME, NUMBER, ADDRESS = "Märta Åkesson-Öberg", "070-1740605", "Storgatan 5, 211 42 Malmö"

Planted = tuple[str, str, str]
"""What was planted, the record it is in (as text; "" = the one record of the unit), and the field."""


@dataclass(frozen=True)
class Piece:
    """A file, what was planted in it and where, or the state that it ends in."""

    name: str
    data: bytes
    planted: tuple[Planted, ...] = ()
    member: str = ""
    """Of an archive, a mail or a document: what is planted is in this member, `!/fil.txt`."""
    state: State | None = None
    """None: it is read whole."""
    reason: str = ""
    about: str = ""
    """The member that the state is of."""
    id: str = "T52"
    """Of the test in the list of faults."""
