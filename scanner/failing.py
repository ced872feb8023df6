"""`--fail-on`: a scheduled run ends 4 where something is found that somebody must see."""

from __future__ import annotations

from collections.abc import Iterable

import typer

from reports.gaps import KINDS
from scanner.console import say
from scanner.errors import ConfigError

MET = 4
OVERDUE = "overdue"


def wanted(text: str, allowed: tuple[str, ...] = (*KINDS, OVERDUE)) -> list[str]:
    """The kinds of a `--fail-on` option.

    Raises:
        ConfigError: one of them does not exist.
    """
    kinds = [kind.strip() for kind in text.split(",") if kind.strip()]
    for kind in kinds:
        if kind not in allowed:
            raise ConfigError(f"--fail-on: {kind} is not possible here; there are {', '.join(allowed)}")
    return kinds


def end(kinds: Iterable[str], found: Iterable[str]) -> None:
    """End the command with 4 if one of the kinds was found."""
    met = sorted({*kinds} & {*found})
    if met:
        say(f"insyn: found: {', '.join(met)}")
        raise typer.Exit(MET)
