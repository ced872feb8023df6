"""`insyn user …`: who may use the pages."""

from __future__ import annotations

from typing import Annotated

import typer

from scanner.cli.options import ConfigPath
from scanner.config import DEFAULT
from scanner.console import guarded

user = typer.Typer(help="Who may use the pages: list, add, invite, change.", no_args_is_help=True)
UserName = Annotated[str, typer.Argument(metavar="NAME", help="What he signs in with.")]
Roles = Annotated[list[str] | None, typer.Option("--role", help="A role; give it again for more.")]


@user.command("list")
@guarded
def show(config: ConfigPath = DEFAULT) -> None:
    """List the users."""
    from scanner.commands import user as command

    command.show(config)


@user.command("add")
@guarded
def add(name: UserName, roles: Roles = None, config: ConfigPath = DEFAULT) -> None:
    """Make a user and print the one-time link in which he chooses a password."""
    from scanner.commands import user as command

    command.add(config, name, roles or [])


@user.command("invite")
@guarded
def invite(name: UserName, config: ConfigPath = DEFAULT) -> None:
    """Print a new one-time link, for who has forgotten the password."""
    from scanner.commands import user as command

    command.invite(config, name)


@user.command("change")
@guarded
def change(
    name: UserName,
    roles: Roles = None,
    active: Annotated[bool | None, typer.Option("--open/--close", help="Let in again, or no longer.")] = None,
    config: ConfigPath = DEFAULT,
) -> None:
    """Give a user other roles, or close him."""
    from scanner.commands import user as command

    command.change(config, name, roles or [], active)
