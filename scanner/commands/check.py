"""`insyn check`: every source: reachable? readable? least privilege? how much is there, and how long will it take?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from connectors import Check, ConnectorError
from reports.escape import visible
from reports.language import translator
from reports.policy import Policy
from reports.unread import reason_name
from scanner import config as configuration
from scanner.config import Config
from scanner.console import counted, one_of, write
from scanner.errors import ConfigError, InsynError
from scanner.fitting import named_tables, unknown_purposes, unknown_tables, unplanned
from scanner.keys import read_key
from scanner.sources import connector
from scanner.workflow import policy

BYTES_A_SECOND = 500_000
SECONDS_A_FILE = 0.01
"""What a scan gets through on one core: rough, from the demo estate. Of a recording only the tags are read."""
_SHOWN = 20
_LEFT_OUT = re.compile(r"^([^:]+(?::\w+)?): (\d+) skipped$")


def run(path: Path, format: str, output: Path | None) -> None:
    """Check key, policy and every source; ends 1 if a source cannot be reached, 2 if what is said of one is wrong."""
    one_of("--format", format, ("text", "json"))
    config = configuration.load(path)
    read_key(config.key)
    promised = policy(config)
    rows = [_source(config, name) | {"wrong": _wrong(config, name, promised)} for name in config.sources]
    text = json.dumps(rows, ensure_ascii=False, indent=2) + "\n" if format == "json" else "".join(map(_lines, rows))
    write(text.encode("utf-8", "backslashreplace"), output)
    if any(row["error"] for row in rows):
        raise typer.Exit(1)
    if any(row["wrong"] for row in rows):
        raise typer.Exit(ConfigError.exit_code)


def _shown(name: str) -> str:
    from recognizers import Analyzer  # is loaded only where it has something to mask

    return Analyzer().masked(name, "path") if name else name


def _wrong(config: Config, name: str, promised: Policy) -> list[str]:
    """What the configuration says of a source that can never hold, wherever the source is."""
    return [*unknown_purposes(config.sources[name], promised.purposes), *unplanned(config, name)]


def _source(config: Config, name: str) -> dict[str, Any]:
    kind, named = config.sources[name].type, named_tables(config, name)
    strange: list[str] = []
    try:
        with connector(config, name) as source:
            found, error = source.check(), ""
            strange = unknown_tables(named, source.names(), _shown) if named else []
    except (ConnectorError, InsynError) as problem:
        found, error = Check(0, 0), str(problem)
    warnings = [*found.warnings, *strange, *([] if error else _missing(kind, found, config.sources[name].owner))]
    return {
        "source": name,
        "type": kind,
        "units": found.units,
        "bytes": found.size,
        "records": found.records,
        "seconds": _seconds(kind, found),
        "unreadable": list(found.unreadable),
        "notes": [*found.notes, *_relations(config, name)],
        "warnings": warnings,
        "error": error,
    }


def _relations(config: Config, name: str) -> Iterator[str]:
    """How many keys of a source's columns the configuration says, and denies."""
    given = config.sources[name].relations
    denied = sum(one.deny for one in given)
    if given:
        yield f"relations: {len(given) - denied} declared, {denied} denied"


def _missing(kind: str, found: Check, owner: str) -> Iterator[str]:
    """What a source that can be listed lacks still."""
    if not found.units and kind != "declared":
        yield "0 units: is the path or address right, and may this account see what is there?"
    if not owner:
        yield "no owner is named"


def _seconds(kind: str, found: Check) -> int:
    """How long a first scan takes, roughly."""
    read = 0 if kind == "recordings" else found.size / BYTES_A_SECOND
    return round(read + (0 if kind == "database" else found.units * SECONDS_A_FILE))


def _lines(row: dict[str, Any]) -> str:
    head = f"{row['source']} ({row['type']}): "
    wrong = [f"  wrong: {what}" for what in row["wrong"]]
    if row["error"]:
        return "".join(f"{visible(line)}\n" for line in (f"{head}cannot be read: {row['error']}", *wrong))
    rows = f", about {row['records']:,} rows" if row["records"] else ""
    units = counted(row["units"], "unit")
    told = f", {size(row['bytes'])}" if row["bytes"] else ""  # not every source tells sizes
    lines = [f"{head}ok, {units}{rows}{told}; a first scan takes {duration(row['seconds'])}"]
    lines += [f"  {_LEFT_OUT.sub(_left_out, note)}" for note in row["notes"]]
    lines += [f"  will not be read: {what}" for what in row["unreadable"][:_SHOWN]]
    if len(row["unreadable"]) > _SHOWN:
        lines.append(f"  … and {len(row['unreadable']) - _SHOWN} more; --format json lists all")
    lines += [f"  warning: {_worded(warning)}" for warning in row["warnings"]]
    return "".join(f"{visible(line)}\n" for line in [*lines, *wrong])


def _worded(warning: str) -> str:
    """A warning whose end is a code of what could not be read, with words for it."""
    what, colon, reason = warning.rpartition(": ")
    return f"{what}{colon}{reason_name(reason, translator('en'))}"


def _left_out(found: re.Match[str]) -> str:
    return f"{found[2]} left out: {reason_name(found[1], translator('en'))}"


def size(count: float) -> str:
    """A number of bytes as people say it: `1.5 MB`."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} bytes" if unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"


def duration(seconds: float) -> str:
    """A time as people say it: `a moment`, `about 40 minutes`, `about 3 hours`."""
    if seconds < 60:
        return "a moment"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"about {minutes} minute{'s' if minutes > 1 else ''}"
    hours = round(minutes / 60)
    return f"about {hours} hours" if hours < 48 else f"about {round(hours / 24)} days"
