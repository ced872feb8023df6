"""`insyn demo`: a small estate of an alarm company, scanned, with its reports and what to try next."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reports import views
from reports.formats import render_inventory
from scanner import config as configuration
from scanner import workflow
from scanner.commands import article30, retention
from scanner.commands.inventory import build_inventory
from scanner.commands.scan import summary
from scanner.config import Config
from scanner.console import Bars, say, write
from scanner.demo.estate import make
from scanner.errors import ConfigError, InsynError
from scanner.keys import new_key

if TYPE_CHECKING:
    from reports.inventory import Inventory
    from scanner.engine.results import SourceResult

REPORTS = ("html", "json", "csv", "xlsx")
_CASE = "DEMO-1"


def run(directory: Path) -> None:
    """Make the estate (or take the one made before), scan it, write the inventory, and say what to try next."""
    config_path = directory / "insyn.yaml"
    if not config_path.exists():
        _make(directory)
    config = configuration.load(config_path)
    say("insyn: scanning it …")
    with Bars() as bars:
        results = workflow.scan(config, [], bars)
    inventory = build_inventory(config)
    for kind in REPORTS:
        write(render_inventory(inventory, kind), directory / f"inventory.{kind}")
    _write_more(config, inventory, directory)
    write(_told(config, results, inventory).encode("utf-8", "backslashreplace"), None)


def _write_more(config: Config, inventory: Inventory, directory: Path) -> None:
    """Retention and the record of processing, as pages."""
    options = retention.Options("html", None, "sv")
    with workflow.opened(config) as store:
        report = retention.build(store, config, inventory.policy, options)
    write(retention.render(report, options), directory / "retention.html")
    write(article30.rendered(inventory, report, "html", "sv"), directory / "article30.html")


def _make(directory: Path) -> None:
    say(f"insyn: making a fictional alarm company in {directory} …")
    try:
        estate = make(directory)
    except FileExistsError:
        raise ConfigError(f"{directory}: is not empty and holds no demo; give a new directory") from None
    except OSError as error:
        raise InsynError(f"{directory}: cannot be written ({error.strerror})") from None
    new_key(directory / "insyn.key")
    say(
        f"insyn: made {estate.customers} customers, {estate.rows} database rows, {estate.files} files, "
        f"{estate.recordings} recordings; all people are fictional"
    )


def _told(config: Config, results: Sequence[SourceResult], inventory: Inventory) -> str:
    """The summary: what was read, what was found, what to open and what to try next."""
    figures = views.summary(inventory)
    directory = _short(config.directory)
    insyn = os.environ.get("INSYN_COMMAND", "insyn")
    where, path = shlex.quote(str(directory)), shlex.quote(str(directory / "insyn.yaml"))
    lines = [
        "",
        summary(config, results).rstrip(),
        "",
        f"{figures.categories_found} of the policy's {figures.categories_named} categories found, "
        f"{figures.gaps} gaps ({figures.urgent} of them critical or high).",
        "",
        "Open",
        f"  {where}/inventory.html    the category inventory, with gaps and coverage",
        f"  {where}/retention.html    what is kept too long, with the arithmetic and the SQL that finds it",
        f"  {where}/article30.html    the record of processing",
        f"  {where}/inventory.xlsx    the inventory as a workbook",
        f"  {where}/truth.json        what is really there, to compare with",
        "",
        "Try next",
        f"  {insyn} subject {_example(directory)} --case {_CASE} -c {path}",
        f"  {insyn} findings --entity SE_PERSONNUMMER --unit 'kunder' -c {path}",
        f"  {insyn} inventory --format csv -o inventory.csv -c {path}",
        f"  {insyn} scan -c {path}    (reads only what changed)",
        f"  {insyn} serve -c {path}    (the pages for compliance and support)",
        "",
    ]
    return "\n".join(lines)


def _short(directory: Path) -> Path:
    """As one would type it from here."""
    return directory.relative_to(Path.cwd()) if directory.is_relative_to(Path.cwd()) else directory


def _example(directory: Path) -> str:
    """A customer who is met in many places, so that the example shows something."""
    subjects = json.loads((directory / "truth.json").read_text(encoding="utf-8"))["subjects"]
    numbered = [one for one in subjects if one.get("personnummer")]
    return str(max(numbered, key=lambda one: len(one["records"]))["personnummer"])
