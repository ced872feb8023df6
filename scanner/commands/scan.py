"""`insyn scan`: reads what is new or changed, and says what became of every unit."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from connectors import State
from reports.escape import visible
from scanner import config as configuration
from scanner import failing, metrics, workflow
from scanner.console import Bars, counted, one_of, say, write
from scanner.errors import InsynError
from scanner.fitting import unknown_purposes
from scanner.sources import chosen

if TYPE_CHECKING:
    from scanner.engine.results import SourceResult

UNREAD = 3
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the command line."""

    format: str
    output: Path | None
    full: bool
    fail_on: str = ""
    workers: int = 1
    engine: str = "local"


def run(path: Path, names: Sequence[str], options: Options) -> None:
    """Scan; ends 1 if a source could not be listed, 3 if some units could not be read whole, 4 if `fail_on` is met."""
    one_of("--format", options.format, ("text", "json"))
    kinds = failing.wanted(options.fail_on)
    config = configuration.load(path)
    if config.metrics:
        metrics.ready(config.metrics)
    _warn(config, names)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped by a service manager is stopped as by Ctrl-C
    with Bars() as bars:
        results = workflow.scan(config, names, bars, full=options.full, workers=options.workers, engine=options.engine)
    from scanner.engine.results import overall

    status = overall(results)
    text = _json(config, results, status) if options.format == "json" else summary(config, results)
    write(text.encode("utf-8", "backslashreplace"), options.output)
    for result in results:
        if result.error:
            say(f"insyn: source {result.source}: {result.error}")
    _tell_unmet(config)
    if config.metrics:
        _measured(config.metrics, results)
    if status != "complete":
        raise typer.Exit(1 if status == "failed" else UNREAD)
    failing.end(kinds, failing.found(config, kinds))


def _warn(config: configuration.Config, names: Sequence[str]) -> None:
    """Say which purposes of these sources the policy does not have; a policy that is wrong stops no scan."""
    from reports.policy import PolicyError

    sources = {name: config.sources[name] for name in chosen(config, names)}
    if not any(one.purposes or one.tables for one in sources.values()):
        return
    try:
        purposes = workflow.policy(config).purposes
    except PolicyError as error:
        say(f"insyn: {error}")
        return
    for name, one in sources.items():
        for what in unknown_purposes(one, purposes):
            say(f"insyn: {config.path.name}: sources.{name}.{what}")


def _tell_unmet(config: configuration.Config) -> None:
    """Say which `relations:` name something that no scan has met."""
    if config.said:
        from scanner.commands.relations import unmet

        with workflow.opened(config) as store:
            for line in unmet(store, config):
                say(f"insyn: {line}")


def _measured(directory: Path, results: Sequence[SourceResult]) -> None:
    """Write the metrics; that they cannot be written is said, and changes nothing of what the scan has done."""
    try:
        metrics.write(directory, results)
    except InsynError as error:
        say(f"insyn: {error}")


def _json(config: configuration.Config, results: Sequence[SourceResult], status: str) -> str:
    with workflow.opened(config) as store:
        number = store.last_number()
    return (
        json.dumps(
            {"scan": number, "status": status, "sources": [_row(result) for result in results]},
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def _row(result: SourceResult) -> dict[str, Any]:
    return {
        "source": result.source,
        "units": {"enumerated": result.units.total()}
        | {str(state): result.units[state] for state in State if result.units[state]},
        "records": result.records,
        "values": result.values,
        "bytes": result.bytes,
        "findings": result.findings,
        "seconds": result.seconds,
        "unread": [{"unit": one.unit, "state": str(one.state), "reason": one.reason} for one in result.unread],
    } | ({"error": result.error} if result.error else {})


def summary(config: configuration.Config, results: Sequence[SourceResult]) -> str:
    """A line a source, and what could not be read; values in names are masked."""
    from recognizers import Analyzer
    from scanner.subject.shown import Shown

    with workflow.opened(config) as store:
        shown = Shown(store, Analyzer())
        return "\n".join(line for result in results for line in _told(result, shown)) + "\n"


def _told(result: SourceResult, shown: Callable[[str], str]) -> list[str]:
    states = ", ".join(f"{result.units[state]} {state}" for state in State if result.units[state])
    lines = [
        f"{result.source}: {counted(result.units.total(), 'unit')} ({states or 'none'}), "
        f"{counted(result.records, 'record')}, {counted(result.findings, 'finding')}, {result.seconds:.1f} s"
    ]
    lines += [f"  not read: {visible(shown(one.unit))}: {one.state} ({one.reason})" for one in result.unread[:_SHOWN]]
    if len(result.unread) > _SHOWN:
        lines.append(f"  … and {len(result.unread) - _SHOWN} more; --format json lists all")
    return lines
