"""`insyn plugins`: the connectors and recognizers that are installed, ours and others'."""

from __future__ import annotations

import json
from dataclasses import asdict

from scanner import plugins
from scanner.console import one_of, write


def run(format: str, *, why: bool) -> None:
    """List the plug-ins, or explain the evidence codes."""
    one_of("--format", format, ("text", "json"))
    if why:
        from recognizers.codes import CODES

        rows = [{"code": code, "meaning": meaning} for code, meaning in sorted(CODES.items())]
        text = "".join(f"{row['code']:<24} {row['meaning']}\n" for row in rows)
    else:
        rows = [asdict(plugin) for plugin in plugins.plugins()]
        text = "".join(
            f"{row['group'].removeprefix('insyn.'):<12} {row['name']:<20} {row['target']} ({row['distribution']})\n"
            for row in rows
        )
    write((json.dumps(rows, ensure_ascii=False, indent=2) + "\n" if format == "json" else text).encode(), None)
