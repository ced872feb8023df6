"""`insyn review sample|mark`: the random sample of fields without findings, as the pages have it."""

from __future__ import annotations

from pathlib import Path

from recognizers import Analyzer
from reports.elusion import silent
from scanner import config as configuration
from scanner.console import say, write
from scanner.decisions import sampling
from scanner.errors import InsynError
from scanner.reporting import remembered
from scanner.subject.shown import Shown
from scanner.workflow import opened

LOOK = "look"


def run(path: Path, size: int) -> None:
    """Show the sample, a line a field: number, verdict, system, place, field; a new one first where one is drawn.

    Raises:
        ConfigError: it cannot be drawn.
    """
    config = configuration.load(path)
    with opened(config) as store:
        if size:
            sampling.draw(store, silent(remembered.estate(store, config)), size)
        found = sampling.latest(store)
        mask = Shown(store, Analyzer())
        fields = found.fields if found else ()
        rows = [(str(one.id), one.verdict or "-", one.source, mask(one.unit), mask(one.field)) for one in fields]
    write("".join("\t".join(row) + "\n" for row in rows).encode(), None)
    if not found:
        say("insyn: no sample is drawn yet; `insyn review sample --draw 60` draws one")
    if found and found.most is not None:
        say(f"insyn: {found.missed} of {found.looked} held personal data: at most {found.most:.1%} of all were missed")


def mark(path: Path, number: int, verdict: str) -> None:
    """Say of a field whether it holds personal data, or write a few of its values.

    Raises:
        ConfigError: there is no such field or verdict.
        InsynError: the values cannot be read.
    """
    config = configuration.load(path)
    with opened(config) as store:
        if verdict != LOOK:
            sampling.mark(store, number, verdict)
            return
        values = sampling.look(store, config, number)
    if values is None:
        raise InsynError("the field is gone, or its source cannot be reached")
    write("".join(f"{value}\n" for value in values).encode(), None)
