"""`insyn store …` and `insyn key …`: is it sound, bring it up to date, copy it, make it smaller, another key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.cli.options import ConfigPath
from scanner.config import DEFAULT
from scanner.console import guarded

store = typer.Typer(no_args_is_help=True, help="The store: check, upgrade, backup, vacuum.")
Format = Annotated[str, typer.Option("--format", help="text or json.")]


@store.command("check")
@guarded
def check(config: ConfigPath = DEFAULT, format: Format = "text") -> None:
    """Read all of the store: is it sound, and how large is it?"""
    from scanner.commands import store as command

    command.check(config, format)


@store.command("upgrade")
@guarded
def upgrade(config: ConfigPath = DEFAULT) -> None:
    """Bring a store of an older version up to date. Make a backup first."""
    from scanner.commands import store as command

    command.upgrade(config)


@store.command("backup")
@guarded
def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="Is made, readable by its owner only.")],
    config: ConfigPath = DEFAULT,
) -> None:
    """Copy a store while it is in use. The key is not in it: keep that elsewhere."""
    from scanner.commands import store as command

    command.backup(config, target)


@store.command("vacuum")
@guarded
def vacuum(config: ConfigPath = DEFAULT) -> None:
    """Give back the space of what was deleted."""
    from scanner.commands import store as command

    command.vacuum(config)


key = typer.Typer(no_args_is_help=True, help="The key of the store: new, rotate.")


@key.command("new")
@guarded
def new(config: ConfigPath = DEFAULT) -> None:
    """Make the key that insyn.yaml names, where nothing was scanned yet; a lost key cannot be made again."""
    from scanner.commands import key as command

    command.new(config)


@key.command("rotate")
@guarded
def rotate(
    target: Annotated[str, typer.Argument(metavar="KEY", help="file:PATH (made if new), env:NAME or keyring:SERVICE.")],
    config: ConfigPath = DEFAULT,
) -> None:
    """Give the store another key; the next scan reads the sources again. Make a backup first."""
    from scanner.commands import key as command

    command.rotate(config, target)
