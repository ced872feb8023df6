"""`insyn attest …`: owners say whether what was found in their system is right."""

from __future__ import annotations

from typing import Annotated

import typer

from scanner.cli.options import ConfigPath
from scanner.config import DEFAULT
from scanner.console import guarded

attest = typer.Typer(help="Owners say whether what was found is right: ask, list.", no_args_is_help=True)


@attest.command("ask")
@guarded
def ask(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Name of the source.")], config: ConfigPath = DEFAULT
) -> None:
    """Print a one-time link for the owner of a source."""
    from scanner.commands import attest as command

    command.ask(config, source)


@attest.command("list")
@guarded
def listing(
    config: ConfigPath = DEFAULT, format: Annotated[str, typer.Option("--format", help="text or json.")] = "text"
) -> None:
    """Show what the owner of each source has said."""
    from scanner.commands import attest as command

    command.listing(config, format)
