"""Tables that each count their own rows: that the numbers of one stand in the key of the other says nothing."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from scanner.engine.agreements import Pair
from scanner.engine.running import Running
from scanner.linking.handlers import Column
from scanner.linking.links import called_just_as, is_same_key, last_stem, normal_name

_SHORTEST = 3
"""Letters of a key by which a table's name may end."""


def are_counted_apart(
    pair: Pair, connection: Connection, running: Running, own_of: Callable[[int], frozenset[str]]
) -> bool:
    """Whether two tables' own keys hold the same numbers by chance: `operator.oper_id`, `operator_action.action_id`.

    Not where one is called as the other's table, or both alike: `kundnr` of `kundreg` and of `kundinfo`. But `LoggID`
    is its own in `arendelogg` and in `webblogg`.

    Args:
        pair: A column that may refer to another.
        connection: Within whose transaction.
        running: Tells numbers that any table may count its rows by.
        own_of: The columns by which a table's rows are told apart, by the number of its unit.
    """
    child, parent = pair
    if called_just_as(child.name, parent.table) or any(own_of(one.unit) != {one.name} for one in pair):
        return False
    apart = not is_same_key(child.called, parent.called) or (_is_head(child) and _is_head(parent))
    return apart and running.stand_by_chance(connection, child, parent)


def _is_head(column: Column) -> bool:
    """Whether a key is called by what its table's rows are, which a Swedish compound says last."""
    stem = last_stem(column.name)
    return len(stem) >= _SHORTEST and normal_name(column.table).endswith(stem)
