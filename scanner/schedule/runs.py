"""When which source is scanned next: cron expressions, a window, a little chance, missed runs made up for once."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import delete, insert, select

from scanner.config import Config
from scanner.errors import ConfigError
from scanner.schedule.model import Schedule
from scanner.store import Store, schema


class Planner:
    """Plans the runs of one configuration."""

    def __init__(self, config: Config) -> None:
        """Take the configuration.

        Raises:
            ConfigError: an expression or the time zone is wrong, no source has one, or the extra is missing.
        """
        self._schedule: Schedule = config.schedule
        where = config.path.name
        try:
            self._zone = ZoneInfo(self._schedule.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            raise ConfigError(f"{where}: schedule.timezone: there is no {self._schedule.timezone}") from None
        self._triggers = {
            name: _trigger(f"{where}: sources.{name}.schedule", source.schedule, self._zone)
            for name, source in config.sources.items()
            if source.schedule
        }
        if not self._triggers:
            raise ConfigError(f'{where}: no source has a schedule; write such as schedule: "0 2 * * *" under one')

    @property
    def sources(self) -> list[str]:
        """Sources that have a schedule."""
        return list(self._triggers)

    def next(self, source: str, last: datetime | None, now: datetime) -> datetime:
        """When a source is to be scanned next.

        Args:
            source: Its name.
            last: The time that its last run was due; None: it has never run.
            now: The time.

        Returns:
            A time in the past if a run was missed and is to be made up for.
        """
        after = last + timedelta(seconds=1) if last and self._schedule.catch_up else now
        due: datetime = self._triggers[source].get_next_fire_time(None, after.astimezone(self._zone))
        return due

    def opens(self, at: datetime) -> datetime:
        """The first time from `at` on at which a scan may begin."""
        if not self._schedule.window:
            return at
        opening, closing = (time.fromisoformat(part) for part in self._schedule.window.split("-"))
        local = at.astimezone(self._zone)
        clock = local.time()
        inside = opening <= clock < closing if opening <= closing else clock >= opening or clock < closing
        if inside:
            return at
        day = local.date() + timedelta(days=clock >= opening)
        return datetime.combine(day, opening, self._zone)

    def local(self, at: datetime) -> datetime:
        """A time by the clock of the schedule's own zone."""
        return at.astimezone(self._zone)

    def put_off(self) -> float:
        """Seconds to wait, by chance."""
        return random.uniform(0, self._schedule.jitter)  # noqa: S311  no secret hangs on it


def _trigger(where: str, expression: str, zone: ZoneInfo) -> Any:
    try:
        from apscheduler.triggers.cron import CronTrigger
    except ModuleNotFoundError:
        raise ConfigError("schedule: needs APScheduler; pip install 'insyn[schedule]'") from None
    try:
        return CronTrigger.from_crontab(expression, timezone=zone)
    except ValueError:
        raise ConfigError(f'{where}: {expression} is no cron expression; expected such as "0 2 * * 1-5"') from None


def last_runs(store: Store) -> Mapping[str, datetime]:
    """When the last run of each source was due."""
    with store.reading() as connection:
        rows = connection.execute(select(schema.scheduled.c.source, schema.scheduled.c.due)).all()
    return {row.source: datetime.fromisoformat(row.due) for row in rows}


def note_run(store: Store, source: str, due: datetime) -> None:
    """Note that a run is made, before it begins: one that fails is not made over and over."""
    table = schema.scheduled
    with store.transaction() as connection:
        connection.execute(delete(table).where(table.c.source == source))
        connection.execute(insert(table).values(source=source, due=due.astimezone(UTC).isoformat(timespec="seconds")))
