"""Whose a telephone or a plate was on a day: where rows say from when to when people have it, as it was given anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from scanner.linking.identity import View
from scanner.linking.ownership import Place
from scanner.linking.times import closed
from scanner.subject.bearers import Bearers
from scanner.subject.records import ENOUGH, Records
from scanner.subject.tenure import Tenure

if TYPE_CHECKING:
    from scanner.subject.known import Known


class HeldNumbers:
    """Tells it; remembered for one search.

    Args:
        records: Of the search.
        bearers: Tells who has a telephone by any row.
    """

    def __init__(self, records: Records, bearers: Bearers) -> None:
        self._records = records
        self._bearers = bearers
        self._known: dict[bytes, Sequence[Tenure]] = {}

    def was_ours(self, known: Known, token: bytes, view: View) -> bool:
        """Whether on the day of a row the person had what stands in it, nobody else, and of all it is told when.

        Args:
            known: What is known of the person.
            token: The telephone or plate.
            view: The row.
        """
        had = self._had(token)
        day = self._records.tenures.day_of(view.id) if had else None
        if day is None:
            return False
        then = [one.people for one in had if one.covers(day)]
        told = frozenset[bytes]().union(*(one.people for one in had))
        numbered = (one.strong for one in self._bearers.of(token) if one.strong)
        return bool(then) and all(some & known.people for some in then) and all(some & told for some in numbered)

    def was_anothers(self, known: Known, token: bytes, view: View) -> bool:
        """Whether on the day of a row somebody else had what stands in it, by the days that rows tell.

        Not of what alone is known of the person so far: a telephone that was asked for.
        """
        had = self._had(token) if known.people else ()
        day = self._records.tenures.day_of(view.id) if had else None
        then = [one.people for one in had if day is not None and one.covers(day)]
        return bool(then) and not any(some & known.people for some in then)

    def _had(self, token: bytes) -> Sequence[Tenure]:
        """Who had it, from when to when."""
        if token not in self._known:
            found = list(self._told(token))
            spans = closed([(one.first, one.last) for one in found])
            self._known[token] = [Tenure(one.people, *span) for one, span in zip(found, spans, strict=True)]
        return self._known[token]

    def _told(self, token: bytes) -> Iterator[Tenure]:
        for record, unit, field, _ in self._records.having(token)[:ENOUGH]:
            times = self._records.people.times.of(unit).times
            span = times.span(self._records.days(record)) if times else None
            persona = self._records.view(record).persona(token, field) if span else None
            if span and persona and persona.place is Place.OWNER and (people := self._records.people.above(record)):
                yield Tenure(people, *span)
