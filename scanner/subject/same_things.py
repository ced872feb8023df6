"""Rows of two systems that tell of one thing: each of the one has the number of one of the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.linking.identity import CONTACT, STRONG, View

if TYPE_CHECKING:
    from scanner.linking.ownership import Ownership
    from scanner.subject.keyed_rows import KeyedRows
    from scanner.subject.records import Records

_DRAWN, _LEAST = 200, 4
"""Rows of a table that are looked at to tell whether a column has a value but once, and how many must have one."""
_MOSTLY = 0.8
"""Share of them that do: another company's things may have the same numbers."""


class SameThings:
    """Finds them; remembered for one search.

    Args:
        records: Of the search.
        relations: The keys of all tables.
        ownership: Tells of which sources units are.
    """

    def __init__(self, records: Records, relations: KeyedRows, ownership: Ownership) -> None:
        self._records = records
        self._relations = relations
        self._ownership = ownership
        self._single: dict[tuple[int, int], bool] = {}

    def of(self, view: View) -> Iterator[int]:
        """The rows of other sources that tell of the same thing; of a row that is somebody's own none is looked for."""
        if _is_somebodys(view):
            return
        for field, token in self._records.links(view.id):
            column = (view.unit, field)
            up = [key[:2] for key in self._relations.up.get(column, ()) if self._is_single(*column)]
            down = [key[:2] for key in self._relations.down.get(column, ()) if self._is_single(*key[:2])]
            for unit, key in sorted({*up, *down}):
                rows = self._relations.one_at((token, unit, key))
                alone = len(rows) == 1 and len(self._relations.one_at((token, *column))) == 1
                if alone and self._is_elsewhere(unit, view) and not _is_somebodys(self._records.view(rows[0])):
                    yield from rows

    def _is_elsewhere(self, unit: int, view: View) -> bool:
        return self._ownership.unit(unit).source != self._ownership.unit(view.unit).source

    def _is_single(self, unit: int, field: int) -> bool:
        """Whether the rows of a table have each another value in a column, and do not but join two others."""
        if (unit, field) not in self._single:
            rows = list(map(self._records.view, self._records.first(unit, _DRAWN)))
            values = [token for row in rows for one, token in self._records.links(row.id) if one == field]
            apart = len(values) >= _LEAST and len(set(values)) >= _MOSTLY * len(values)
            self._single[unit, field] = apart and not self._records.people.are_joined_by(rows[0])
        return self._single[unit, field]


def _is_somebodys(view: View) -> bool:
    return bool(view.owner.names) or any(view.owned(*STRONG, *CONTACT))
