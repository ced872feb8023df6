"""`insyn incident` and `insyn sample`: what lay in a place, and which silent fields to look through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from recognizers import Analyzer
from reports import elusion, incident
from reports.formats import DOCUMENT_FORMATS, render_document
from reports.language import LANGUAGES, translator
from scanner import config as configuration
from scanner.commands.inventory import build_inventory
from scanner.console import one_of, write
from scanner.errors import ConfigError
from scanner.reporting.remembered import estate
from scanner.subject.shown import Shown
from scanner.workflow import opened, policy


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the command line."""

    format: str
    output: Path | None
    lang: str


def run(path: Path, source: str, unit: str, options: Options) -> None:
    """Write what lay in a place.

    Raises:
        ConfigError: there is no such source.
    """
    one_of("--format", options.format, DOCUMENT_FORMATS)
    one_of("--lang", options.lang, LANGUAGES)
    config = configuration.load(path)
    if source not in config.sources:
        raise ConfigError(f"incident: there is no source {source}; there are {', '.join(config.sources)}")
    inventory = build_inventory(config)
    rows = incident.affected(inventory, source, unit)
    where = " · ".join(filter(None, (source, unit)))
    document = incident.document(rows, inventory, where, translator(options.lang))
    write(render_document(document, options.format, options.lang), options.output)


def sample(path: Path, size: int, seed: int, missed: int | None, options: Options) -> None:
    """Write a random sample of fields without findings.

    Raises:
        ConfigError: more were missed than drawn.
    """
    one_of("--format", options.format, DOCUMENT_FORMATS)
    one_of("--lang", options.lang, LANGUAGES)
    config = configuration.load(path)
    with opened(config) as store:
        fields = elusion.silent(estate(store, config))
        mask = Shown(store, Analyzer())
        drawn = [replace(one, unit=mask(one.unit), field=mask(one.field)) for one in elusion.draw(fields, size, seed)]
    if missed is not None and not 0 <= missed <= len(drawn):
        raise ConfigError(f"--missed: {missed} is not possible: {len(drawn)} fields were drawn")
    document = elusion.document(drawn, len(fields), policy(config), translator(options.lang), missed=missed)
    write(render_document(document, options.format, options.lang), options.output)
