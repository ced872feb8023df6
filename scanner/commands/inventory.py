"""`insyn inventory`: what is held, in the categories of the policy, with gaps and coverage."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from recognizers import Analyzer
from reports.formats import INVENTORY_FORMATS, render_inventory
from reports.inventory import Inventory, build
from reports.language import LANGUAGES
from scanner import config as configuration
from scanner import failing
from scanner.config import Config
from scanner.console import one_of, write
from scanner.overview import estate
from scanner.shown import Shown
from scanner.workflow import opened, policy


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the command line."""

    format: str
    output: Path | None
    lang: str
    min_score: float
    fail_on: str = ""


def run(path: Path, options: Options) -> None:
    """Write the inventory."""
    one_of("--format", options.format, INVENTORY_FORMATS)
    one_of("--lang", options.lang, LANGUAGES)
    kinds = failing.wanted(options.fail_on)
    config = configuration.load(path)
    inventory = build_inventory(config, options.min_score)
    write(render_inventory(inventory, options.format, options.lang), options.output)
    met = {gap.kind for gap in inventory.gaps}
    failing.end(kinds, met | failing.found(config, [kind for kind in kinds if kind == failing.OVERDUE]))


def build_inventory(config: Config, min_score: float = 0.5) -> Inventory:
    """The inventory of what the store holds; values in names of folders and fields are masked."""
    promised = policy(config)
    with opened(config) as store:
        return build(estate(store, config, min_score), promised, shown=Shown(store, Analyzer()))
