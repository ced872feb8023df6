"""`insyn audit verify`: the log of look-ups, checked from its start to its end."""

from __future__ import annotations

from pathlib import Path

from scanner import audit
from scanner import config as configuration
from scanner.console import write
from scanner.errors import InsynError
from scanner.workflow import opened


def verify(path: Path, head: str) -> None:
    """Print the head of the log.

    Raises:
        InsynError: the log is not as it was written.
    """
    with opened(configuration.load(path)) as store:
        verdict = audit.verify(store, head)
    if verdict.broken is not None:
        raise InsynError(f"the log is broken: row {verdict.broken} was changed or moved, or the one before it removed")
    if verdict.cut:
        raise InsynError("the log is cut: rows are missing at its end")
    write(f"{verdict.head}\n".encode(), None)
