"""The command line. Each command imports what it needs when it runs, so that `insyn --help` answers at once."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from scanner.cli import article30 as article30_cli
from scanner.cli import attest as attest_cli
from scanner.cli import audit as audit_cli
from scanner.cli import case as case_cli
from scanner.cli import formats, usage
from scanner.cli import policy as policy_cli
from scanner.cli import report as report_cli
from scanner.cli import review as review_cli
from scanner.cli import store as store_cli
from scanner.cli import user as user_cli
from scanner.cli.options import ConfigPath, FailOn, Lang, MinScore, Output, Special
from scanner.config import DEFAULT
from scanner.console import guarded
from scanner.undumped import undumped
from scanner.unquoted import unquoted

app = typer.Typer(
    name="insyn",
    help="Finds the personal data a company holds, maps it to its privacy policy, and pulls together "
    "everything held about one person.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Case = Annotated[str, typer.Option("--case", help="The case that gives the right to look; it is logged.")]
Sources = Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]...", help="Names of sources; none = all.")]


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"insyn {version('insyn')}")
        raise typer.Exit


@app.callback()
def top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Take what stands before a command."""


@app.command()
@guarded
def demo(directory: Annotated[Path, typer.Argument(metavar="[DIR]")] = Path("insyn-demo")) -> None:
    """Make a small estate of an alarm company in DIR, scan it, write the reports, and say what to try next."""
    from scanner.commands import demo as command

    command.run(directory)


@app.command()
@guarded
def init(
    directory: Annotated[Path, typer.Argument(metavar="[DIR]")] = Path(),
    company: Annotated[
        str,
        typer.Option("--company", metavar="NAME", help="Begin this company's policy; none = Omnipoint's is written."),
    ] = "",
) -> None:
    """Write an annotated insyn.yaml, a key, and the policy to edit."""
    from scanner.commands import init as command

    command.run(directory, company)


@app.command()
@guarded
def check(config: ConfigPath = DEFAULT, format: formats.Plain = "text", output: Output = None) -> None:
    """Reach every source and count what is there; nothing is scanned."""
    from scanner.commands import check as command

    command.run(config, format, output)


@app.command()
@guarded
def scan(
    sources: Sources = None,
    config: ConfigPath = DEFAULT,
    full: Annotated[bool, typer.Option("--full", help="Read also what has not changed.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List the units that would be read, and why.")] = False,
    workers: Annotated[
        int, typer.Option("--workers", min=0, help="Processes that read; 1 = one process for everything, 0 = by cores.")
    ] = 0,
    engine: Annotated[str, typer.Option("--engine", help="local, or the cluster that does the work: ray.")] = "local",
    format: formats.Plain = "text",
    output: Output = None,
    fail_on: FailOn = "",
) -> None:
    """Scan what is new or changed. An interrupted scan goes on where it stopped."""
    from scanner.commands import dry_run as dry_command
    from scanner.commands import scan as command

    if dry_run:
        dry_command.run(config, sources or [], output, full=full)
    else:
        command.run(config, sources or [], command.Options(format, output, full, fail_on, workers, engine))


@app.command()
@guarded
def inventory(
    config: ConfigPath = DEFAULT,
    format: formats.Inventory = "text",
    output: Output = None,
    lang: Lang = "sv",
    min_score: MinScore = 0.5,
    fail_on: FailOn = "",
    against: Annotated[
        Path | None, typer.Option("--against", metavar="FILE", help="An earlier --format json: what has changed?")
    ] = None,
) -> None:
    """Show the category inventory, with gaps and with what was not covered."""
    from scanner.commands import inventory as command

    command.run(config, command.Options(format, output, lang, min_score, fail_on, against))


@app.command()
@guarded
def findings(
    config: ConfigPath = DEFAULT,
    source: Annotated[str, typer.Option("--source", help="Only of this source.")] = "",
    entity: Annotated[str, typer.Option("--entity", help="Only of this entity type.")] = "",
    category: Annotated[str, typer.Option("--category", help="Only of this category of the policy.")] = "",
    unit: Annotated[str, typer.Option("--unit", help="Only of units that this glob matches.")] = "",
    min_score: MinScore = 0.5,
    masked: Annotated[
        bool, typer.Option("--masked", help="Read each value again and show it masked; logged, needs --case.")
    ] = False,
    case: Case = "",
    format: formats.Findings = "text",
    output: Output = None,
    lang: Lang = "sv",
) -> None:
    """List the findings, one a line."""
    from scanner.commands import findings as command
    from scanner.reporting.listing import Filter

    wanted = Filter(source, unit, entity, category, min_score)
    command.run(config, wanted, command.Options(format, output, lang, masked, case))


@app.command()
@guarded
def retention(
    config: ConfigPath = DEFAULT,
    format: formats.Retention = "text",
    output: Output = None,
    lang: Lang = "sv",
    min_score: MinScore = 0.5,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="Judge as of this day instead of today.")] = "",
    owner: Annotated[str, typer.Option("--owner", help="Only what this owner is to handle.")] = "",
    rows: Annotated[
        bool, typer.Option("--rows", help="List each record or file that is overdue, or may be: csv or jsonl.")
    ] = False,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="FILE", help="An earlier --format json: how much of it is left?")
    ] = None,
    fail_on: FailOn = "",
) -> None:
    """Show what is kept too long, may be, or cannot be told, with the arithmetic; nothing is erased."""
    from scanner.commands import retention as command

    options = command.Options(format, output, lang, min_score, on, owner, rows, against, fail_on)
    command.run(config, options)


@app.command()
@guarded
def subject(
    identifiers: Annotated[
        list[str],
        typer.Argument(metavar="IDENT...", help="Personnummer, e-mail, phone, customer number, name and address …"),
    ],
    case: Case,
    config: ConfigPath = DEFAULT,
    values: Annotated[
        bool, typer.Option("--values", help="Read the records again and show what stands in them.")
    ] = False,
    format: formats.Subject = "text",
    output: Output = None,
    lang: Lang = "sv",
    min_score: MinScore = 0.5,
    special: Special = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell which systems this reaches.")] = False,
) -> None:
    """Show everything held about one person, how it is known, and what was not searched."""
    from scanner.commands import subject as command

    given = command.Options(case, format, output, lang, min_score, values, special, dry_run)
    command.run(config, identifiers, given)


@app.command()
@guarded
def serve(
    config: ConfigPath = DEFAULT,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 8043,
) -> None:
    """Serve the pages for compliance, support and engineers."""
    from scanner.commands import serve as command

    command.run(config, host, port)


for _command in report_cli.COMMANDS:
    app.command()(_command)
app.add_typer(article30_cli.article30, name="article30")
app.add_typer(policy_cli.policy, name="policy")
app.add_typer(review_cli.review, name="review")
app.add_typer(attest_cli.attest, name="attest")
app.add_typer(case_cli.case, name="case")
app.add_typer(audit_cli.audit, name="audit")
app.add_typer(user_cli.user, name="user")
app.add_typer(store_cli.store, name="store")
app.add_typer(store_cli.key, name="key")


@app.command()
@guarded
def schedule(
    config: ConfigPath = DEFAULT,
    once: Annotated[bool, typer.Option("--once", help="Run what is due now, and end.")] = False,
    show: Annotated[str, typer.Option("--print", help="Write what systemd, cron or airflow needs instead.")] = "",
    listing: Annotated[bool, typer.Option("--list", help="Show which source is scanned when, and end.")] = False,
    pause: Annotated[list[str] | None, typer.Option("--pause", metavar="SOURCE", help="Until it is resumed.")] = None,
    resume: Annotated[list[str] | None, typer.Option("--resume", metavar="SOURCE", help="From now on.")] = None,
    log_format: Annotated[str, typer.Option("--log-format", help="text or json.")] = "text",
) -> None:
    """Run scans at the times that the configuration gives its sources."""
    from scanner.commands import schedule as command

    if pause or resume:
        command.change(config, pause or [], resume or [])
    if listing:
        command.planned(config)
    elif pause or resume:
        return
    elif show:
        command.show(config, show)
    else:
        command.run(config, once=once, log_format=log_format)


@app.command()
@guarded
def plugins(
    why: Annotated[bool, typer.Option("--why", help="Explain the evidence codes of findings.")] = False,
    format: formats.Plain = "text",
) -> None:
    """List the connectors and recognizers that are installed."""
    from scanner.commands import plugins as command

    command.run(format, why=why)


def main() -> None:
    """Run the command line; ends the process."""
    _in_utf8()
    undumped()
    unquoted()
    # The name model's matrices are small: threads would wait for each other more than they compute.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Imports and rows make many objects that stay, and hardly any cycles: to look for these often costs a seventh.
    gc.set_threshold(100_000, 50, 50)
    code = usage.run(app)
    gc.freeze()  # all of it goes with the process: to look for cycles once more takes a tenth of a search
    sys.exit(code)


def _in_utf8() -> None:
    """Begin again in Python's UTF-8 mode where the locale would have names of files in another encoding (PEP 540).

    The store keeps names as UTF-8, and any bytes that are none; read back, they must lead to the same files.
    """
    if sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  itself, without a shell
