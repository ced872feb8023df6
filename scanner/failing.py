"""`--fail-on`: a scheduled run ends 4 where something is found that somebody must see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import typer

from reports.gaps import KINDS
from scanner.config import Config
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


def found(config: Config, kinds: Sequence[str]) -> set[str]:
    """Which of some kinds the store holds: gaps of the inventory, and what is overdue today."""
    met: set[str] = set()
    if not kinds:
        return met
    from scanner.commands import inventory, retention

    if {*kinds} - {OVERDUE}:
        met |= {gap.kind for gap in inventory.build_inventory(config).gaps}
    if OVERDUE in kinds:
        met |= retention.verdicts(config)
    return met


def end(kinds: Iterable[str], found: Iterable[str]) -> None:
    """End the command with 4 if one of the kinds was found."""
    met = sorted({*kinds} & {*found})
    if met:
        say(f"insyn: found: {', '.join(met)}")
        raise typer.Exit(MET)
