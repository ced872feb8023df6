"""Whether what the configuration says of a source fits the policy, the schedule and the source itself.

A misspelt name there is no mistake of form: it would silently do nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from reports.nearest import nearest
from scanner.config import Config, SourceConfig
from scanner.errors import ConfigError
from scanner.schedule.runs import Planner


def unknown_purposes(source: SourceConfig, purposes: Collection[str]) -> list[str]:
    """The purposes of a source and its tables that the policy does not have, one line each."""
    given = {"purposes": source.purposes} | {
        f"tables.{name}.purposes": table.purposes for name, table in source.tables.items()
    }
    there = ", ".join(purposes)
    return [
        f"{key}: {one} is no purpose of the policy; there are {there}{nearest(one, purposes)}"
        for key, some in given.items()
        for one in some
        if one not in purposes
    ]


def unplanned(config: Config, name: str) -> list[str]:
    """Why a source that has a schedule cannot be scanned by it; nothing if it can, or has none."""
    if not config.sources[name].schedule:
        return []
    try:
        Planner(replace(config, sources={name: config.sources[name]}))
    except ConfigError as error:
        return [str(error).removeprefix(f"{config.path.name}: ").removeprefix(f"sources.{name}.")]
    return []


def unknown_tables(tables: Iterable[str], units: Iterable[str], shown: Callable[[str], str]) -> list[str]:
    """The `tables:` of a source that it does not have, one line each.

    Args:
        tables: As the configuration names them: a table, with its schema or without, or a folder.
        units: As the source lists them; read as far as needed.
        shown: Masks what is personal in a name of the source's.
    """
    left, there = set(tables), set()
    for unit in units:
        if not left:
            break
        names = _names(unit)
        left -= names
        there |= names
    return [
        f"tables.{one}: there is no such table or folder{shown(nearest(one, there))}" for one in tables if one in left
    ]


def _names(unit: str) -> set[str]:
    """The names that a unit has in `tables:`: its key, the table without its schema, the folder."""
    folder = unit.partition("!/")[0].rpartition("/")[0]
    return {unit, unit.rpartition(".")[2], folder}
