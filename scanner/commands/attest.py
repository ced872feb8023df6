"""`insyn attest`: a link for the owner of a system, and what owners have said."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from reports.escape import visible
from scanner import config as configuration
from scanner.audit import actor
from scanner.console import one_of, say, write
from scanner.decisions import attestations
from scanner.workflow import opened


def ask(path: Path, source: str) -> None:
    """Write the way to the page on which the owner of a source answers."""
    config = configuration.load(path)
    with opened(config) as store:
        code = attestations.ask(config, store, source, actor())
    base = config.web.url.rstrip("/") or "http://127.0.0.1:8043"
    say(f"for {config.sources[source].owner}; works once, for fourteen days, while `insyn serve` runs:")
    write(f"{base}/attest/{code}\n".encode(), None)


def listing(path: Path, format: str) -> None:
    """Write what the owner of each source has said."""
    one_of("--format", format, ("text", "json"))
    config = configuration.load(path)
    with opened(config) as store:
        said = attestations.latest(store)
    if format == "json":
        rows = [asdict(one) | {"holds": one.holds} for one in said.values()]
        write((json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode(), None)
        return
    for name, source in config.sources.items():
        one = said.get(name)
        state = "never asked" if one is None else one.answer or "has not answered"
        when = f"{one.answered_at or one.asked_at}\t{visible(one.note)}" if one else "\t"
        write(f"{name}\t{source.owner or '-'}\t{state}\t{when}\n".encode(), None)
