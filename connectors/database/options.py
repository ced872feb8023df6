"""What the options of a database may be."""

from __future__ import annotations

from connectors.database.dialect import Dialect

MOST_PAUSE = 100
"""Seconds of rest for a second of work."""


def mistake(rows: object, pause: object, freezing: Dialect | None) -> str:
    """What is wrong with the options of a source.

    Args:
        rows: A number from 1, or `all`.
        pause: Seconds.
        freezing: The dialect that a snapshot is asked of; None: none is.

    Returns:
        Words that follow the source's name; "" if nothing is wrong.
    """
    if rows != "all" and (type(rows) is not int or rows < 1):
        return "`rows` should be `all` or a number from 1"
    if isinstance(pause, bool) or not isinstance(pause, int | float) or not 0 <= pause <= MOST_PAUSE:
        return f"`pause` should be a number from 0 to {MOST_PAUSE}"
    if freezing and not freezing.has_snapshots:
        return "`snapshot` is possible with PostgreSQL, MariaDB and MySQL only"
    return ""
