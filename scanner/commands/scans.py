"""`insyn scans`: the scans that were made, or one of them: what became of each source, and what was not read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scanner import config as configuration
from scanner.console import one_of, write
from scanner.errors import ConfigError
from scanner.reporting import ledger
from scanner.reporting.past import Past, past, shifts
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
        if not number:
            scans = ledger.scans(store, LISTED)
            found: Any = [asdict(one) | {"seconds": one.seconds} for one in scans]
            text = "".join(f"{one.number:>6}  {one.started}  {_took(one.seconds):>8}  {one.status}\n" for one in scans)
        else:
            known = past(store, number, _ALL)
            if known is None:
                raise ConfigError(f"scans: there is no scan {number}; `insyn scans` lists them")
            changed = shifts(store, number)
            found = asdict(known) | {"shifts": changed and [asdict(one) for one in changed]}
            text = "\n".join(_told(known)) + "\n"
    write((json.dumps(found, ensure_ascii=False, indent=2) + "\n" if format == "json" else text).encode(), output)


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
