"""`insyn scans`: the scans that were made, or one of them: what became of each source, and what was not read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

from scanner import config as configuration
from scanner.console import one_of, write
from scanner.errors import ConfigError
from scanner.reporting import ledger
from scanner.reporting.past import Past, past, shifts
from scanner.store import Store
from scanner.subject.shown import Shown
from scanner.workflow import opened

LISTED = 50
_ALL = 10_000_000


def run(path: Path, number: int, format: str, output: Path | None) -> None:
    """List the last scans, or tell of one of them.

    Raises:
        ConfigError: there is no scan of that number.
    """
    one_of("--format", format, ("text", "json"))
    with opened(configuration.load(path)) as store:
        found, lines = _one(store, number) if number else _all(store)
    text = json.dumps(found, ensure_ascii=False, indent=2) if format == "json" else "\n".join(lines)
    write(f"{text}\n".encode(), output)


def _all(store: Store) -> tuple[object, Iterable[str]]:
    scans = ledger.scans(store, LISTED)
    lines = [f"{one.number:>6}  {one.started}  {_took(one.seconds):>8}  {one.status}" for one in scans]
    return [asdict(one) | {"seconds": one.seconds} for one in scans], lines


def _one(store: Store, number: int) -> tuple[object, Iterable[str]]:
    known = past(store, number, _ALL)
    if known is None:
        raise ConfigError(f"scans: there is no scan {number}; `insyn scans` lists them")
    known = _masked(store, known)
    changed = shifts(store, number)
    told = None if changed is None else [asdict(one) for one in changed]
    return asdict(known) | {"shifts": told}, _told(known)


def _masked(store: Store, known: Past) -> Past:
    """With names of units fit to be shown."""
    if not known.unread:
        return known
    from recognizers import Analyzer

    shown = Shown(store, Analyzer())
    return replace(known, unread=[(source, replace(one, unit=shown(one.unit))) for source, one in known.unread])


def _took(seconds: int | None) -> str:
    return "" if seconds is None else f"{seconds} s"


def _told(known: Past) -> Iterator[str]:
    scan = known.scan
    until = f"to {scan.finished} ({_took(scan.seconds)})" if scan.finished else "not ended"
    yield f"scan {scan.number}: {scan.status}; {scan.started} {until}"
    for part in known.parts:
        states = ", ".join(f"{count} {state}" for state, count in part.units.items())
        yield f"{part.source}: {part.error or states or 'no units'}; {part.findings} findings, {part.seconds} s"
        yield f"  insyn {part.program}, reading {part.reading}"
    for source, unit in known.unread:
        yield f"{source}: {unit.unit}: {unit.state} ({unit.reason})"
    if known.later:
        yield f"{known.later} more were not read whole, and have been met again since or are gone"
