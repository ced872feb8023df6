"""`insyn article30`: the record of processing, what the company says in it, and its approval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reports import article30, objects
from reports.article30_report import document, linked_data
from reports.article30_report import objects as plain
from reports.article30_stated import Statement, completed
from reports.escape import visible
from reports.formats import DOCUMENT_FORMATS, render_document
from reports.inventory import Inventory
from reports.language import LANGUAGES, translator
from reports.retention import Retention
from scanner import config as configuration
from scanner.commands import retention
from scanner.commands.inventory import build_inventory
from scanner.config import Config
from scanner.console import one_of, say, write
from scanner.decisions import processing_answers
from scanner.errors import ConfigError
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
        said = processing_answers.statements(store)
    return rendered(build_inventory(config), report, format, lang, said)


def rendered(inventory: Inventory, report: Retention, format: str, lang: str, said: Sequence[Statement] = ()) -> bytes:
    """The record in a format, from an inventory, verdicts of retention, and what the company has said."""
    language = translator(lang)
    rows = completed(article30.build(inventory, language, verdicts(report)), said, inventory.policy, language)
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


def fill(path: Path, said: Statement) -> None:
    """Keep what the company says in a cell, or take it back.

    Raises:
        ConfigError: there is no such system, purpose or column.
    """
    config = configuration.load(path)
    with opened(config) as store:
        processing_answers.fill(config, store, policy(config), said)
    say(f"insyn: {said.column} is {'stated' if said.text.strip() else 'taken back'}")


def approve(path: Path, source: str, purpose: str) -> None:
    """Keep that processings are right as they stand.

    Raises:
        ConfigError: there is no such processing.
    """
    config = configuration.load(path)
    inventory, language = build_inventory(config), translator("sv")
    with opened(config) as store:
        said = processing_answers.statements(store)
        rows = completed(article30.build(inventory, language), said, inventory.policy, language)
        wanted = [row for row in rows if row.source == source and purpose in ("", row.purpose)]
        if not wanted:
            raise ConfigError(f"article30: there is no processing {source} {purpose}; `insyn article30` lists them")
        for row in wanted:
            processing_answers.approve(store, inventory.policy, row, "")
    say(f"insyn: approved: {', '.join(row.purpose for row in wanted)}")


def listing(path: Path) -> None:
    """Write all that was said: system, purpose, column, who, when, words; tab-separated."""
    config = configuration.load(path)
    with opened(config) as store:
        said = processing_answers.statements(store)
    for one in said:
        cells = (one.source or "*", one.purpose or "*", one.column, one.by, one.at, visible(" ".join(one.text.split())))
        write(("\t".join(cells) + "\n").encode(), None)
    if not said:
        say("insyn: nothing is stated yet; `insyn article30 fill` states what is missing")
