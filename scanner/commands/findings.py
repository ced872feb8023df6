"""`insyn findings`: one line a finding, for scripts and for a close look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from connectors import ConnectorError
from recognizers import Analyzer
from reports.formats import FINDINGS_FORMATS, render_findings
from reports.language import LANGUAGES
from scanner import audit
from scanner import config as configuration
from scanner.config import Config
from scanner.console import one_of, write
from scanner.errors import ConfigError, InsynError
from scanner.reporting.listing import Filter, findings
from scanner.sources import connector
from scanner.workflow import opened, policy


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the command line."""

    format: str
    output: Path | None
    lang: str
    masked: bool
    case: str


def run(path: Path, wanted: Filter, options: Options) -> None:
    """List findings; with `--masked` the sources are read again, which is logged first."""
    one_of("--format", options.format, FINDINGS_FORMATS)
    one_of("--lang", options.lang, LANGUAGES)
    if options.masked and not options.case.strip():
        raise ConfigError("findings: --masked reads values again; say for which case with --case")
    config = configuration.load(path)
    promised = policy(config)
    with opened(config) as store:
        if options.masked:
            audit.record(store, "findings masked", options.case.strip())
        rows: Iterable[dict[str, Any]] = findings(store, promised, wanted)
        if options.masked:
            rows = _masked(config, rows)
        write(render_findings(rows, options.format, options.lang), options.output)


def _masked(config: Config, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Fill in `masked` where the source still gives the text; else it stays None."""
    analyzer = Analyzer()
    for source, of_source in groupby(rows, key=lambda row: str(row["source"])):
        with ExitStack() as stack:
            reader = stack.enter_context(connector(config, source))
            for unit, of_unit in groupby(of_source, key=lambda row: str(row["unit"])):
                listed = list(of_unit)
                records = list({str(row["record"]): row["record"] for row in listed}.values())
                try:
                    texts = {str(record): fields for record, fields in reader.fetch(unit, records)}
                except (ConnectorError, InsynError):
                    texts = {}
                for row in listed:
                    text = (texts.get(str(row["record"])) or {}).get(row["field"])
                    yield row | {
                        "masked": analyzer.mask(row["entity"], text[row["start"] : row["end"]]) if text else None
                    }
