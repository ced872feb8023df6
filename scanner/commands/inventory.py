"""`insyn inventory`: what is held, in the categories of the policy, with gaps and coverage."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from recognizers import Analyzer
from reports import trend, trend_report
from reports.formats import DOCUMENT_FORMATS, INVENTORY_FORMATS, render_document, render_inventory
from reports.inventory import Inventory, build, masked
from reports.language import LANGUAGES, translator
from scanner import config as configuration
from scanner import failing
from scanner.config import Config
from scanner.console import one_of, write
from scanner.errors import ConfigError
from scanner.reporting import snapshots
from scanner.reporting.remembered import estate
from scanner.subject.shown import Shown
from scanner.workflow import opened, policy


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the command line."""

    format: str
    output: Path | None
    lang: str
    min_score: float
    fail_on: str = ""
    against: Path | None = None


def run(path: Path, options: Options) -> None:
    """Write the inventory."""
    one_of("--format", options.format, INVENTORY_FORMATS)
    one_of("--lang", options.lang, LANGUAGES)
    kinds = failing.wanted(options.fail_on)
    config = configuration.load(path)
    inventory = build_inventory(config, options.min_score)
    write(_rendered(inventory, options), options.output)
    met = {gap.kind for gap in inventory.gaps}
    failing.end(kinds, met | failing.found(config, [kind for kind in kinds if kind == failing.OVERDUE]))


def _rendered(inventory: Inventory, options: Options) -> bytes:
    if options.against is None:
        return render_inventory(inventory, options.format, options.lang)
    one_of("--format", options.format, DOCUMENT_FORMATS)
    compared = trend.since_file(_earlier(options.against), inventory)
    document = trend_report.document(compared, inventory, translator(options.lang))
    return render_document(document, options.format, options.lang)


def _earlier(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        found["generated"], found["policy"]["sha256"], found["rows"], found["coverage"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        kind = type(error).__name__
        raise ConfigError(f"--against: {path}: is no earlier `inventory --format json` ({kind})") from None
    return dict(found)


def build_inventory(config: Config, min_score: float = 0.5) -> Inventory:
    """The inventory of what the store holds; values in names of folders and fields are masked."""
    promised = policy(config)
    with opened(config) as store:
        plain = build(estate(store, config, min_score), promised)
        found = snapshots.trend(store, config, promised, plain)
        return masked(replace(plain, trend=found), Shown(store, Analyzer()))
