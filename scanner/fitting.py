"""Whether what the configuration says of a source fits the policy, the schedule and the source itself.

A misspelt name there is no mistake of form: it would silently do nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from reports.nearest import near, nearest
from scanner.config import Config, SourceConfig
from scanner.errors import ConfigError
from scanner.references import heads, names
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


def named_tables(config: Config, name: str) -> dict[str, frozenset[str]]:
    """Where in the configuration a table, file or folder of a source is named -> what it may be called there.

    A column is told with its table before it: names of both may have dots.
    """
    tables = {f"tables.{one}": frozenset({one}) for one in config.sources[name].tables}
    own = f"sources.{name}."
    columns = ((said.place.removeprefix(own), column) for said in config.said for column in said.columns(name))
    return tables | {f"{place}: {column}": frozenset(heads(column)) for place, column in columns}


def unknown_tables(named: Mapping[str, frozenset[str]], units: Iterable[str], shown: Callable[[str], str]) -> list[str]:
    """The tables, files and folders that are named of a source and that it does not have, one line each.

    Args:
        named: As `named_tables` gives them.
        units: As the source lists them; read as far as needed.
        shown: Masks what is personal in a name of the source's.
    """
    left, there = dict(named), set[str]()
    for unit in units:
        if not left:
            break
        called = names(unit)
        left = {place: some for place, some in left.items() if some.isdisjoint(called)}
        there |= called
    meant = {place: shown(near(max(some, key=len), there)) for place, some in left.items()}
    missing = "there is no such table, file or folder"
    return [f"{place}: {missing}" + (f"; did you mean {one}?" if one else "") for place, one in meant.items()]
