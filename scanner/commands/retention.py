"""`insyn retention`: what is kept too long, may be, or cannot be told. Nothing is erased."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from recognizers import Analyzer
from reports import objects, retention, retention_report
from reports.dates import today
from reports.formats import DOCUMENT_FORMATS, render_document
from reports.language import LANGUAGES, translator
from reports.policy import Policy
from reports.recheck import recheck
from reports.retention import Item, Retention
from reports.review import counting
from scanner import config as configuration
from scanner import failing
from scanner.cases import hits as case_hits
from scanner.config import Config
from scanner.console import one_of, write
from scanner.decisions import policy_answers, review
from scanner.errors import ConfigError
from scanner.reporting.ages import Ages
from scanner.reporting.overview import coverage, dismissed, sources
from scanner.reporting.selection import Selections
from scanner.store import Store
from scanner.subject.shown import Shown
from scanner.workflow import opened, policy

FORMATS = ("json", *DOCUMENT_FORMATS)
ROW_FORMATS = ("jsonl", "csv")
_LISTED = ("overdue", "may_be_overdue")


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the command line."""

    format: str
    output: Path | None
    lang: str
    min_score: float = 0.5
    on: str = ""
    owner: str = ""
    rows: bool = False
    against: Path | None = None
    fail_on: str = ""

    @property
    def day(self) -> date:
        """The day to judge on.

        Raises:
            ConfigError: it is no date.
        """
        try:
            return date.fromisoformat(self.on) if self.on else today()
        except ValueError:
            raise ConfigError(f"--on: {self.on} is no date; write it as 2026-11-22") from None


def run(path: Path, options: Options) -> None:
    """Write the report, or with `rows` the list of records."""
    one_of("--format", options.format, ROW_FORMATS if options.rows else FORMATS)
    one_of("--lang", options.lang, LANGUAGES)
    kinds = failing.wanted(options.fail_on, (failing.OVERDUE,))
    config = configuration.load(path)
    promised = policy(config)
    with opened(config) as store:
        if options.rows:
            write(_listed(rows(store, config, promised, options), options.format), options.output)
            return
        report = build(store, config, promised, options)
    write(render(report, options), options.output)
    failing.end(kinds, {item.verdict for item in report.items})


def verdicts(config: Config) -> set[str]:
    """The verdicts that there are today."""
    with opened(config) as store:
        report = build(store, config, policy(config), Options("text", None, "sv"))
    return {item.verdict for item in report.items}


def build(store: Store, config: Config, promised: Policy, options: Options) -> Retention:
    """All verdicts; names of places are masked, and it is said how to find the rows."""
    decided = counting(review.decisions(store), options.day)
    promised = policy_answers.settled(store, promised)
    with store.reading() as connection:
        accounts = promised.keeps_accounts(sources(config))
        ages = Ages(store, connection, config, accounts, dismissed(decided))
        facts = ages.facts(options.min_score)
        items = retention.build(facts, sources(config), promised, options.day, decided=decided)
        selections = Selections(ages, config, promised, options.day)
        items = [replace(item, select=selections.sql(item)) for item in items]
    mask = cache(Shown(store, Analyzer()))
    wanted = [item for item in items if options.owner in ("", item.owner)]
    shown = [replace(item, unit=mask(item.unit), field=mask(item.field)) for item in wanted]
    return Retention(options.day, store.last_scan(), promised, sources(config), shown, coverage(store, config))


def render(report: Retention, options: Options) -> bytes:
    """The report in the format asked for; with `against`, what is left of an earlier one."""
    language = translator(options.lang)
    if options.against:
        document = recheck(_earlier(options.against), report, language)
        if options.format == "json":
            raise ConfigError(f"--against: --format {options.format} is not possible here")
        return render_document(document, options.format, options.lang)
    if options.format == "json":
        return objects.document(retention_report.objects(report))
    return render_document(
        retention_report.document(report, language), options.format, options.lang, tables=("details",)
    )


def _earlier(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        found["on"], found["items"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"--against: {path}: is no earlier `retention --format json` ({type(error).__name__})"
        ) from None
    return dict(found)


def rows(store: Store, config: Config, promised: Policy, options: Options) -> Iterator[dict[str, Any]]:
    """Each record with something overdue in it: where it lies, plain, for without that nothing can be erased."""
    decided = counting(review.decisions(store), options.day)
    with store.reading() as connection:
        ages = Ages(store, connection, config, promised.keeps_accounts(sources(config)), dismissed(decided))
        by_name = {source.name: source for source in sources(config)}
        asked_for = case_hits.held(store)
        for unit, record, facts in ages.records(options.min_score):
            source = by_name[unit.source]
            if options.owner not in ("", source.owner):
                continue
            items = retention.build(facts, [source], promised, options.day, decided=decided)
            if any(item.verdict in _LISTED for item in items):
                held = (unit.source, unit.key, json.dumps(record, sort_keys=True)) in asked_for
                yield _row(unit.source, unit.key, record, items) | {"held": "case" if held else ""}


def _row(source: str, unit: str, record: Any, items: list[Item]) -> dict[str, Any]:
    verdicts = Counter(item.verdict for item in items)
    listed = [item for item in items if item.verdict in _LISTED]
    return {
        "owner": items[0].owner,
        "source": source,
        "unit": unit,
        "record": record,
        "verdict": listed[0].verdict if listed[0].verdict == "overdue" else "may_be_overdue",
        "whole": sum(verdicts[verdict] for verdict in _LISTED) == len(items),
        "fields": sorted({item.field for item in listed}),
        "until": max((item.until[1] for item in listed if item.until[1]), default=None),
    }


def _listed(rows: Iterator[dict[str, Any]], format: str) -> bytes:
    from reports import sheets

    return sheets.mappings(rows) if format == "csv" else objects.lines(rows)
