"""`insyn findings`: one line a finding, for scripts and for a close look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import select

from connectors import Connector, ConnectorError
from recognizers import Analyzer
from reports.formats import FINDINGS_FORMATS, render_findings
from reports.language import LANGUAGES
from reports.policy import Policy
from scanner import audit
from scanner import config as configuration
from scanner.commands.blank import Blank
from scanner.commands.policy import given_entities
from scanner.config import Config
from scanner.console import one_of, say, write
from scanner.errors import ConfigError, InsynError
from scanner.reporting.listing import Filter, findings, unit_keys
from scanner.sources import connector
from scanner.store import Store, schema
from scanner.workflow import opened, policy

Fields = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the command line."""

    format: str
    output: Path | None
    lang: str
    masked: bool
    case: str


def run(path: Path, wanted: Filter, options: Options) -> None:
    """List findings; with `--masked` the sources are read again, which is logged first; what is blank is said."""
    one_of("--format", options.format, FINDINGS_FORMATS)
    one_of("--lang", options.lang, LANGUAGES)
    if options.masked and not options.case.strip():
        raise ConfigError("findings: --masked reads values again; say for which case with --case")
    config = configuration.load(path)
    promised = policy(config)
    with opened(config) as store:
        _known(config, store, promised, wanted)
        if options.masked:
            audit.record(store, "findings masked", options.case.strip())
        rows: Iterable[dict[str, Any]] = _some(store, wanted, findings(store, promised, wanted))
        blank = Blank()
        if options.masked:
            rows = _masked(config, rows, blank)
        write(render_findings(rows, options.format, options.lang), options.output)
    blank.tell("value")


def _known(config: Config, store: Store, promised: Policy, wanted: Filter) -> None:
    """Refuse what nothing can be called: an empty list would look as if nothing were held."""
    with store.reading() as connection:
        scanned = connection.scalars(select(schema.source.c.name)).all()
        old = [wanted.entity] if store.terms.find(connection, wanted.entity) is not None else []
    choices = (
        ("--source", wanted.source, dict.fromkeys([*config.sources, *scanned])),
        ("--entity", wanted.entity, dict.fromkeys([*sorted(given_entities()), *old])),
        ("--category", wanted.category, {**promised.categories, **promised.not_in_policy}),
    )
    for option, value, allowed in choices:
        if value:
            one_of(option, value, tuple(allowed))


def _some(store: Store, wanted: Filter, rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The same rows; if there is none, it is said where no unit has such a name."""
    first = next(rows, None)
    if first is not None:
        yield first
        yield from rows
    elif wanted.unit and not any(fnmatchcase(key, wanted.unit) for key in unit_keys(store, wanted.source)):
        where = f" of {wanted.source}" if wanted.source else ""
        say(f"insyn: --unit: nothing is there: no scan has listed a unit{where} that {wanted.unit} matches")


def _masked(config: Config, rows: Iterable[dict[str, Any]], blank: Blank) -> Iterator[dict[str, Any]]:
    """Fill in `masked` where the source still gives the text; else it stays None, and is counted."""
    analyzer = Analyzer()
    for source, of_source in groupby(rows, key=lambda row: str(row["source"])):
        with ExitStack() as stack:
            reader = stack.enter_context(connector(config, source))
            for unit, of_unit in groupby(of_source, key=lambda row: str(row["unit"])):
                listed = list(of_unit)
                texts = _again(reader, unit, listed, blank)
                for row in listed:
                    text = (texts.get(str(row["record"])) or {}).get(row["field"]) or ""
                    found = text[row["start"] : row["end"]]
                    blank.counts[source] += not found
                    yield row | {"masked": analyzer.mask(row["entity"], found) if found else None}
    blank.counts = +blank.counts


def _again(reader: Connector, unit: str, rows: Sequence[dict[str, Any]], blank: Blank) -> dict[str, Fields]:
    """The fields of a unit's records as they are now, by locator; none of a source that is down: it is asked once."""
    source = str(rows[0]["source"])
    if source in blank.down:
        return {}
    records = list({str(row["record"]): row["record"] for row in rows}.values())
    try:
        return {str(record): fields for record, fields in reader.fetch(unit, records)}
    except (ConnectorError, InsynError) as error:
        blank.down[source] = str(error)
        return {}
