"""Tables of which there is one for each year, or month: `FAKT2024`, `FAKT2025`. A key refers to a row of one of them.

Where their numbers go on from one to the next, all together hold what a column refers to. Where each counts its rows
anew, a number says nothing without the year, which another column may tell (`scanner.engine.typed_keys`).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from scanner.engine.agreements import Pair
from scanner.engine.key_columns import several_holders
from scanner.engine.running import Running
from scanner.linking.handlers import Column
from scanner.linking.links import normal_name
from scanner.linking.yearly import family_of

Found = tuple[Pair, bool, int]
"""A pair of columns, whether it is declared, and how many values of the first stand in the second."""


class Families:
    """Tells of which of such tables the rows are that a column refers to.

    Args:
        connection: Within whose transaction.
        running: Tells numbers that any table counts its rows by.
    """

    def __init__(self, connection: Connection, running: Running) -> None:
        self._connection = connection
        self._running = running
        self._apart: set[tuple[Column, str]] = set()
        """Columns, and families in each of whose tables the numbers begin anew."""

    def settled(self, found: Sequence[Found]) -> tuple[list[Found], list[Found]]:
        """What a column refers to in a family: in all of it together, or in none.

        Args:
            found: Columns with the keys whose names meet theirs.

        Returns:
            Those that are of no family, and those of families.
        """
        groups: dict[tuple[Column, str], list[Found]] = {}
        rest, told = [], []
        for one in found:
            (child, parent), is_declared, _ = one
            family = "" if is_declared else _of_column(parent)
            if family:
                groups.setdefault((child, family), []).append(one)
            else:
                rest.append(one)
        for (child, family), some in groups.items():
            is_own = family == _of_column(child)
            if len(some) == 1 and not is_own:
                rest += some
            elif self._running.hold(self._connection, child):
                together = [] if is_own else self._together(child, some)
                told += together
                self._apart |= set() if together else {(child, family)}
            else:
                together = self._together(child, some)
                told += together
                rest += [] if together else some
        return rest, told

    def denies(self, pair: Pair) -> bool:
        """Whether a column refers to no table of a family, though one holds all its numbers: so do the others."""
        child, parent = pair
        return (child, _of_column(parent)) in self._apart

    def _together(self, child: Column, some: Sequence[Found]) -> list[Found]:
        """Each of a family that holds some of a column's values, if each value stands in one of them only."""
        keys = several_holders(self._connection, child, [parent for (_, parent), *_ in some])
        return [((child, parent), False, held) for parent, held in keys]


def _of_column(column: Column) -> str:
    """The family of a column: of its table, and how it is called."""
    family = family_of(column.table)
    return f"{family} {normal_name(column.name)}" if family else ""
