"""`insyn check`: every source: reachable? readable? least privilege? how much is there?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer

from connectors import ConnectorError
from scanner import config as configuration
from scanner.config import Config
from scanner.console import one_of, write
from scanner.errors import InsynError
from scanner.keys import read_key
from scanner.sources import connector
from scanner.workflow import policy


def run(path: Path, format: str, output: Path | None) -> None:
    """Check key, policy and every source; ends 1 if a source cannot be reached."""
    one_of("--format", format, ("text", "json"))
    config = configuration.load(path)
    read_key(config.key)
    policy(config)
    rows = [_source(config, name) for name in config.sources]
    text = json.dumps(rows, ensure_ascii=False, indent=2) + "\n" if format == "json" else "".join(map(_lines, rows))
    write(text.encode(), output)
    if any(row["error"] for row in rows):
        raise typer.Exit(1)


def _source(config: Config, name: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "source": name,
        "type": config.sources[name].type,
        "units": 0,
        "bytes": 0,
        "notes": [],
        "warnings": [],
        "error": "",
    }
    try:
        with connector(config, name) as source:
            found = source.check()
    except (ConnectorError, InsynError) as error:
        return row | {"error": str(error)}
    warnings = [*found.warnings, *([] if config.sources[name].owner else ["no owner is named"])]
    return row | {"units": found.units, "bytes": found.size, "notes": list(found.notes), "warnings": warnings}


def _lines(row: dict[str, Any]) -> str:
    head = f"{row['source']} ({row['type']}): "
    if row["error"]:
        return f"{head}cannot be read: {row['error']}\n"
    lines = [f"{head}ok, {row['units']} units, {row['bytes']} bytes"]
    lines += [f"  {note}" for note in row["notes"]]
    lines += [f"  warning: {warning}" for warning in row["warnings"]]
    return "\n".join(lines) + "\n"
