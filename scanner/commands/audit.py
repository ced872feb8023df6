"""`insyn audit verify|unusual`: the log of look-ups, checked from its start to its end; what in it to ask about."""

from __future__ import annotations

from pathlib import Path

from scanner import audit
from scanner import config as configuration
from scanner.console import say, write
from scanner.errors import InsynError
from scanner.workflow import opened


def verify(path: Path, head: str) -> None:
    """Print the head of the log, and say that the log is whole.

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
    say("insyn: the log is whole; keep its head elsewhere, and give it with --head next time")


def list_unusual(path: Path, days: int) -> None:
    """Write what is unusual among the look-ups of the last days: kind, user, times, first, last, cases."""
    from recognizers import Analyzer
    from scanner.audit.unusual import unusual
    from scanner.users import Users

    with opened(configuration.load(path)) as store:
        names = [one.name for one in Users(store).all()]
        found = unusual(store, Analyzer(), names, days)
    if not found:
        say(f"insyn: nothing unusual in {days} days")
    lines = [
        "\t".join((one.kind, one.actor, str(one.count), one.first, one.last, " ".join(one.cases))) for one in found
    ]
    write("".join(f"{line}\n" for line in lines).encode(), None)
