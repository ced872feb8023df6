"""`insyn article30 …`: the record of processing, what the company says in it, and its approval."""

from __future__ import annotations

from typing import Annotated

import typer

from scanner.cli.options import ConfigPath, Lang, Output
from scanner.config import DEFAULT
from scanner.console import guarded

article30 = typer.Typer(
    help="Write the record of processing of GDPR Article 30, each cell with where it comes from.",
    invoke_without_command=True,
)
Source = Annotated[str, typer.Option("--source", help="Of this system; none = of all.")]
Purpose = Annotated[str, typer.Option("--purpose", help="For this purpose of the policy, by its id; none = for all.")]


@article30.callback()
@guarded
def record(
    context: typer.Context,
    config: ConfigPath = DEFAULT,
    format: Annotated[str, typer.Option("--format", help="text, csv, xlsx, json, jsonld, html or pdf.")] = "text",
    output: Output = None,
    lang: Lang = "sv",
) -> None:
    """Write the record of processing of GDPR Article 30, each cell with where it comes from."""
    from scanner.commands import article30 as command

    if context.invoked_subcommand is None:
        command.run(config, command.Options(format, output, lang))


@article30.command("fill")
@guarded
def fill(
    column: Annotated[str, typer.Argument(metavar="COLUMN", help="Such as security or third_countries.")],
    words: Annotated[str, typer.Argument(metavar="WORDS", help='What stands there; "" takes back what was said.')],
    source: Source = "",
    purpose: Purpose = "",
    config: ConfigPath = DEFAULT,
) -> None:
    """State what neither policy nor scan can tell; the narrowest statement counts."""
    from reports.article30_stated import Statement
    from scanner.commands import article30 as command

    command.fill(config, Statement(source, purpose, column, words, "", ""))


@article30.command("approve")
@guarded
def approve(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The system.")],
    purpose: Purpose = "",
    config: ConfigPath = DEFAULT,
) -> None:
    """Note that the processings of a system are right as they stand; what changes later is told."""
    from scanner.commands import article30 as command

    command.approve(config, source, purpose)


@article30.command("stated")
@guarded
def stated(config: ConfigPath = DEFAULT) -> None:
    """List what has been stated and approved: system, purpose, column, who, when, words; tab-separated."""
    from scanner.commands import article30 as command

    command.listing(config)
