"""What is scanned when, and what is paused: for the command line and the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from scanner import audit
from scanner.config import Config
from scanner.errors import ConfigError
from scanner.schedule.runs import Planner, last_runs, note_run
from scanner.store import Store, now, schema


@dataclass(frozen=True, slots=True)
class Planned:
    """The next scan of a source."""

    source: str
    expression: str
    due: datetime | None
    """In the schedule's own time; None: paused."""
    paused_by: str = ""


def plan(config: Config, store: Store) -> list[Planned]:
    """The next scan of each source that has a schedule; nothing if none has.

    Raises:
        ConfigError: an expression is wrong, or the extra is missing.
    """
    if not any(source.schedule for source in config.sources.values()):
        return []
    planner, last, stopped, at = Planner(config), last_runs(store), paused(store), datetime.now(UTC)
    found = []
    for name in planner.sources:
        expression, by = config.sources[name].schedule, stopped.get(name, "")
        due = None if by else planner.local(planner.opens(max(at, planner.next(name, last.get(name, at), at))))
        found.append(Planned(name, expression, due, by))
    return found


def paused(store: Store) -> Mapping[str, str]:
    """Source -> who has paused its schedule."""
    with store.reading() as connection:
        return {row.source: row.by for row in connection.execute(select(schema.paused))}


def pause(config: Config, store: Store, source: str, by: str) -> None:
    """Start no scan of a source by its schedule until it is resumed. Logged.

    Raises:
        ConfigError: the source has no schedule.
    """
    _check(config, source)
    if source in paused(store):
        return
    audit.record(store, "schedule pause", source, by=by)
    with store.transaction() as connection:
        connection.execute(insert(schema.paused).values(source=source, at=now(), by=by))


def resume(config: Config, store: Store, source: str, by: str) -> None:
    """Go on with the schedule of a source from now on: what was left out is not made up for. Logged.

    Raises:
        ConfigError: the source has no schedule.
    """
    _check(config, source)
    if source not in paused(store):
        return
    audit.record(store, "schedule resume", source, by=by)
    note_run(store, source, datetime.now(UTC))
    with store.transaction() as connection:
        connection.execute(delete(schema.paused).where(schema.paused.c.source == source))


def _check(config: Config, source: str) -> None:
    if source not in config.sources or not config.sources[source].schedule:
        names = ", ".join(name for name, one in config.sources.items() if one.schedule) or "none"
        raise ConfigError(f"schedule: {source} has no schedule; there are: {names}")
