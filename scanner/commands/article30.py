"""`insyn article30`: the record of processing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reports import article30, objects
from reports.article30_report import document, linked_data
from reports.article30_report import objects as plain
from reports.formats import DOCUMENT_FORMATS, render_document
from reports.inventory import Inventory
from reports.language import LANGUAGES, translator
from reports.retention import Retention
from scanner import config as configuration
from scanner.commands import retention
from scanner.commands.inventory import build_inventory
from scanner.config import Config
from scanner.console import one_of, write
from scanner.workflow import opened, policy

FORMATS = ("json", "jsonld", *DOCUMENT_FORMATS)


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the command line."""

    format: str
    output: Path | None
    lang: str


def run(path: Path, options: Options) -> None:
    """Write the record."""
    one_of("--format", options.format, FORMATS)
    one_of("--lang", options.lang, LANGUAGES)
    config = configuration.load(path)
    write(render(config, options.format, options.lang), options.output)


def render(config: Config, format: str, lang: str) -> bytes:
    """The record in a format."""
    with opened(config) as store:
        report = retention.build(store, config, policy(config), retention.Options("text", None, "sv"))
    return rendered(build_inventory(config), report, format, lang)


def rendered(inventory: Inventory, report: Retention, format: str, lang: str) -> bytes:
    """The record in a format, from an inventory and verdicts of retention."""
    language = translator(lang)
    rows = article30.build(inventory, language, verdicts(report))
    if format == "json":
        return objects.document(plain(rows, inventory))
    if format == "jsonld":
        return objects.document(linked_data(rows, inventory))
    return render_document(document(rows, inventory, language), format, lang, tables=("record",))


def verdicts(report: Retention) -> Mapping[str, Mapping[str, int]]:
    """How many data of each source are overdue, in time …"""
    found: dict[str, Counter[str]] = {source.name: Counter() for source in report.sources if source.type != "declared"}
    for item in report.items:
        found.setdefault(item.source, Counter())[item.verdict] += item.count
    return found
