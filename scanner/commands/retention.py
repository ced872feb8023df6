"""`insyn retention`: what is kept too long, may be, or cannot be told. Nothing is erased."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from recognizers import Analyzer
from reports import objects, retention_report
from reports.ages import Aged
from reports.dates import today
from reports.formats import DOCUMENT_FORMATS, render_document
from reports.judging import Judge, Judgement
from reports.language import LANGUAGES, translator
from reports.policy import Policy
from reports.recheck import recheck
from reports.retention import Retention
from reports.retention_tables import TO_LOOK_AT
from reports.review import counting
from scanner import config as configuration
from scanner import failing
from scanner.cases import hits as case_hits
from scanner.config import Config
from scanner.console import one_of, say, write
from scanner.decisions import policy_answers, review
from scanner.errors import ConfigError
from scanner.reporting import judged, registers
from scanner.reporting.age_queries import UnitRow
from scanner.reporting.ages import Ages
from scanner.reporting.overview import coverage, dismissed, sources
from scanner.reporting.portion import Whose
from scanner.store import Store
from scanner.subject.shown import Shown
from scanner.workflow import opened, policy

FORMATS = ("json", *DOCUMENT_FORMATS)
ROW_FORMATS = ("jsonl", "csv")


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
        asked = _asked(store, config, report)
    write(render(report, options), options.output)
    for line in asked:
        say(line)
    failing.end(kinds, {item.verdict for item in report.items})


def _asked(store: Store, config: Config, report: Retention) -> list[str]:
    """Where nothing tells when customers left: which columns may, and what to write then."""
    mask = cache(lambda: Shown(store, Analyzer()))  # made where something is shown: it takes a second
    found = registers.asked(store, config, report, lambda text: mask()(text))
    return [f"insyn: is {one.column} the day on which a customer left? Then say so: {one.line()}" for one in found]


def verdicts(config: Config) -> set[str]:
    """The verdicts that there are today."""
    with opened(config) as store:
        report = build(store, config, policy(config), Options("text", None, "sv"))
    return {item.verdict for item in report.items}


def build(store: Store, config: Config, promised: Policy, options: Options) -> Retention:
    """All verdicts; names of places are masked, and it is said how to find the rows."""
    items = judged.judged(store, config, promised, options.day, lambda ages: ages.aged(options.min_score))
    wanted = [item for item in items if options.owner in ("", item.owner)]
    named = judged.shown(wanted, Shown(store, Analyzer()))
    settled = policy_answers.settled(store, promised)
    return Retention(options.day, store.last_scan(), settled, sources(config), named, coverage(store, config))


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
        owners = {source.name: source.owner for source in sources(config)}
        judge = Judge(sources(config), promised, options.day, decided)
        asked_for = case_hits.held(store)
        for some in ages.by_record(options.min_score):
            wanted = {one.id: one for one in some.units if options.owner in ("", owners[one.source])}
            locators = ages.locators(wanted.values())
            for unit, number, told in _by_record(some, judge):
                if unit.id in wanted and any(one.outcome.verdict in TO_LOOK_AT for _at, one in told):
                    record = locators[number]
                    held = (unit.source, unit.key, json.dumps(record, sort_keys=True)) in asked_for
                    names = {"owner": owners[unit.source], "source": unit.source, "unit": unit.key, "record": record}
                    yield names | _row(some.aged, told) | {"held": "case" if held else ""}


def _by_record(some: Whose, judge: Judge) -> Iterator[tuple[UnitRow, int, Sequence[tuple[int, Judgement]]]]:
    for number, group in groupby(judge.judged(some.aged), lambda one: some.records[one[0]]):
        told = list(group)
        yield some.units[told[0][0]], number, told


def _row(aged: Aged, told: Sequence[tuple[int, Judgement]]) -> dict[str, Any]:
    listed = [(aged.held[at].field, one) for at, one in told if one.outcome.verdict in TO_LOOK_AT]
    return {
        "verdict": min((one.outcome.verdict for _field, one in listed), key=TO_LOOK_AT.index),
        "whole": len(listed) == len(told),
        "fields": sorted({field for field, _one in listed}),
        "until": max((one.until[1] for _field, one in listed if one.until[1]), default=None),
    }


def _listed(rows: Iterator[dict[str, Any]], format: str) -> bytes:
    from reports import sheets

    return sheets.mappings(rows) if format == "csv" else objects.lines(rows)
