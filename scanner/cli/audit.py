"""The commands `insyn audit …`; what they do is in `scanner.commands.audit`."""

from __future__ import annotations

from typing import Annotated

import typer

from scanner.cli.options import ConfigPath
from scanner.config import DEFAULT
from scanner.console import guarded

audit = typer.Typer(no_args_is_help=True, help="The log of who looked at whom, when and why.")


@audit.command("unusual")
@guarded
def unusual(
    days: Annotated[int, typer.Option("--days", min=1, help="How far back.")] = 30, config: ConfigPath = DEFAULT
) -> None:
    """List look-ups to ask about: many by one user, of colleagues or protected people, at odd hours; tab-separated."""
    from scanner.commands import audit as command

    command.list_unusual(config, days)


@audit.command("verify")
@guarded
def verify(
    head: Annotated[str, typer.Option("--head", help="A head that was noted elsewhere earlier.")] = "",
    config: ConfigPath = DEFAULT,
) -> None:
    """Check that no row of the log was changed, moved, removed or cut off; print the head to note elsewhere."""
    from scanner.commands import audit as command

    command.verify(config, head)
