"""What goes from hand to hand: to which row of who has it, or where it is, a row about it leads is told by the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from scanner.linking.identity import View
from scanner.linking.times import closed
from scanner.subject import record_queries as queries
from scanner.subject.keyed_rows import Key, KeyedRows

if TYPE_CHECKING:
    from scanner.subject.records import Records

_AT_ONCE = 500


class Handed:
    """Leads from row to row; remembered for one search.

    Args:
        connection: To the store; the keys are read once.
        records: Of the search.
        rows: Gives the rows in whose column a value stands.
    """

    def __init__(self, connection: Connection, records: Records, rows: KeyedRows) -> None:
        self._records = records
        self._rows = rows
        self._spans: dict[Key, Sequence[tuple[int, int, int]]] = {}
        self._up: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._down: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for unit, field, ref_unit, ref_field in connection.execute(queries.TURNS):
            self._up.setdefault((unit, field), []).append((ref_unit, ref_field))
            self._down.setdefault((ref_unit, ref_field), []).append((unit, field))
        self._pointing = {unit for unit, _ in self._up}
        self._pointed = {unit for unit, _ in self._down}

    def above(self, view: View) -> Iterator[int]:
        """The rows of who had on its day what a row is about."""
        for field, token in self._records.links(view.id) if view.unit in self._pointing else ():
            for unit, ref in self._up.get((view.unit, field), ()):
                yield from (span[0] for span in self._lasting((token, unit, ref)) if self._is_within(view.id, span))

    def below(self, view: View) -> Iterator[int]:
        """The rows about what somebody had by a row, of days on which that was so."""
        for field, token in self._records.links(view.id) if view.unit in self._pointed else ():
            spans = [span for span in self._lasting((token, view.unit, field)) if span[0] == view.id]
            for unit, its_field in self._down.get((view.unit, field), ()) if spans else ():
                rows = self._rows.all_at((token, unit, its_field))
                yield from (row for row in self._dated(rows) if self._is_within(row, spans[0]))

    def _dated(self, rows: Sequence[int]) -> Iterator[int]:
        for at in range(0, len(rows), _AT_ONCE):
            self._records.read_days(rows[at : at + _AT_ONCE])
            yield from rows[at : at + _AT_ONCE]

    def _is_within(self, row: int, span: tuple[int, int, int]) -> bool:
        day = self._records.tenures.day_of(row)
        return day is not None and span[1] <= day <= span[2]

    def _lasting(self, key: Key) -> Sequence[tuple[int, int, int]]:
        """The rows in whose column a value stands that say from when to when: each with its first and last day."""
        if key not in self._spans:
            times, found = self._records.people.times.of(key[1]).times, []
            for row in self._rows.all_at(key) if times else ():
                span = times.span(self._records.days(row)) if times else None
                found += [(row, span)] if span else []
            spans = closed([span for _, span in found])
            self._spans[key] = [(row, *span) for (row, _), span in zip(found, spans, strict=True)]
        return self._spans[key]
