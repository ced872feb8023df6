"""`insyn schedule`: runs scans at the configured times, one at a time, and tells who wants to know how they ended."""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scanner import config as configuration
from scanner import upkeep
from scanner.audit import actor
from scanner.cases.due import delete_due
from scanner.config import Config
from scanner.console import one_of, say, write
from scanner.errors import LockedError
from scanner.schedule.notify import Event, tell
from scanner.schedule.planned import pause, paused, plan, resume
from scanner.schedule.printed import PRINTERS
from scanner.schedule.runs import Planner, last_runs, note_run
from scanner.workflow import opened

_STEP = 30.0
"""Seconds between two looks at the clock: one that is set anew must not be slept over."""
_WELL = (0, 3)


def show(path: Path, what: str) -> None:
    """Write what another scheduler needs."""
    one_of("--print", what, tuple(PRINTERS))
    config = configuration.load(path)
    Planner(config)  # refuses what is wrong
    write(PRINTERS[what](config).encode(), None)


def planned(path: Path) -> None:
    """Write which source is scanned when."""
    config = configuration.load(path)
    with opened(config, create=True) as store:
        for one in plan(config, store):
            when = one.due.isoformat(" ", "minutes") if one.due else f"paused by {one.paused_by}"
            write(f"{one.source}\t{one.expression}\t{when}\n".encode(), None)


def change(path: Path, pausing: Sequence[str], resuming: Sequence[str]) -> None:
    """Pause the schedules of sources, or go on with them."""
    config = configuration.load(path)
    with opened(config, create=True) as store:
        for name in pausing:
            pause(config, store, name, actor())
        for name in resuming:
            resume(config, store, name, actor())


def run(path: Path, *, once: bool, log_format: str) -> None:
    """Run until it is stopped; or what is due now, and end.

    Raises:
        LockedError: another schedule of this configuration runs, or (`once`) a scan is going on.
    """
    one_of("--log-format", log_format, ("text", "json"))
    config = configuration.load(path)
    planner = Planner(config)
    known: list[str] = []
    with _only_one(path):
        while True:
            known = _tidy(config, log_format, known)
            due = _due(config, planner)
            now = datetime.now(UTC)
            ready = [(at, name) for at, name in due if planner.opens(max(at, now)) <= now]
            if ready:
                _run(config, planner, sorted(ready), log_format=log_format, once=once)
            if once:
                return
            time.sleep(_STEP)


def _tidy(config: Config, log_format: str, known: Sequence[str]) -> list[str]:
    """Packages go on their day, also where nobody runs `insyn case tidy`; what could not is said when it is news."""
    with opened(config, create=True) as store:
        tidied = delete_due(config, store, actor())
    if gone := len(tidied.deleted):
        _note(log_format, f"insyn: {gone} packages deleted: their day has come", event="tidied", packages=gone)
    for line in tidied.left:
        if line not in known:
            _note(log_format, f"insyn: {line}", event="not tidied", error=line)
    return tidied.left


def _note(log_format: str, line: str, **told: object) -> None:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    say(json.dumps({"at": at, **told}) if log_format == "json" else line)


@contextmanager
def _only_one(path: Path) -> Iterator[None]:
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise LockedError(f"another `insyn schedule` of {path.name} runs") from None
        yield


def _due(config: Config, planner: Planner) -> list[tuple[datetime, str]]:
    now = datetime.now(UTC)
    with opened(config, create=True) as store:
        last = last_runs(store)
        for name in planner.sources:
            if name not in last:  # from now on
                note_run(store, name, now)
        waiting = [name for name in planner.sources if name not in paused(store)]
    return [(planner.next(name, last.get(name, now), now), name) for name in waiting]


def _run(
    config: Config, planner: Planner, ready: Sequence[tuple[datetime, str]], *, log_format: str, once: bool
) -> None:
    with opened(config) as store:
        try:
            upkeep.alone(store)
        except LockedError:
            if once:
                raise
            return  # its turn comes when the other is done
        for _, name in ready:
            note_run(store, name, datetime.now(UTC))
    time.sleep(planner.put_off())
    names = [name for _, name in ready]
    before = gaps(config)
    told, code = _scan(config, names)
    for source in told.get("sources", ()):
        _log(log_format, source)
    if code not in _WELL:
        summary = "; ".join(f"{one['source']}: {one['error']}" for one in told.get("sources", ()) if one.get("error"))
        _tell(config, Event("failure", names, summary or f"the scan ended with {code}"), log_format)
    new = gaps(config) - before
    if new:
        kinds = Counter(kind for kind, _ in new)
        _tell(config, Event("gaps", names, f"{len(new)} new gaps", dict(kinds)), log_format)


def _scan(config: Config, names: Sequence[str]) -> tuple[dict[str, Any], int]:
    """A scan in a process of its own: whatever happens to it, the schedule goes on."""
    command = [sys.executable, "-m", "scanner", "scan", *names, "-c", str(config.path), "--format", "json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)  # noqa: S603  ourselves
    try:
        return json.loads(done.stdout or b"{}"), done.returncode
    except json.JSONDecodeError:
        return {}, done.returncode or 1


def gaps(config: Config) -> set[tuple[str, tuple[str | None, ...]]]:
    """The gaps there are now: kind, and what tells one from another whatever its counts."""
    from scanner.commands.inventory import build_inventory

    return {
        (gap.kind, (gap.source, gap.unit, gap.field, gap.entity, gap.category, gap.claim))
        for gap in build_inventory(config).gaps
    }


def _log(log_format: str, source: dict[str, Any]) -> None:
    """One line a source: counts, no names of units, no value."""
    counts = {key: source[key] for key in ("source", "units", "records", "bytes", "findings", "seconds")}
    counts["unread"] = len(source["unread"])
    if log_format == "json":
        say(json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), "event": "scanned", **counts}))
    else:
        states = ", ".join(f"{count} {state}" for state, count in counts["units"].items())
        say(f"{counts['source']}: {states}; {counts['findings']} findings, {counts['seconds']:.1f} s")


def _tell(config: Config, event: Event, log_format: str) -> None:
    line = json.dumps({"event": event.kind, "sources": list(event.sources), "summary": event.summary})
    say(line if log_format == "json" else f"insyn: {event.kind}: {event.summary}")
    for fault in tell(config.notify, event):
        say(f"insyn: {fault}")
