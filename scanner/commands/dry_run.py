"""`insyn scan --dry-run`: the units that a scan would read and why, and what is sent to databases; nothing is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from connectors import Connector, Unit, Unread
from reports.escape import visible
from scanner import config as configuration
from scanner.config import Config
from scanner.console import write
from scanner.engine.enumeration import PART, parts
from scanner.engine.readings import Readings, reading_version
from scanner.engine.said import of_source, unkept
from scanner.engine.standing import Standing, Why, standings
from scanner.sources import chosen, connector, reading_options
from scanner.store import Store
from scanner.store.connecting import is_made
from scanner.workflow import opened

_Reasons = Callable[[Sequence[Unit]], dict[str, str | None]]
"""Why each of some units would be read; None: it would not."""
_Judge = Callable[[Connector], _Reasons]
"""For the connector of a source."""


def run(path: Path, names: Sequence[str], output: Path | None, *, full: bool) -> None:
    """List what would be read; with `full` all, as the scan would."""
    config = configuration.load(path)
    with ExitStack() as stack:
        store = stack.enter_context(opened(config)) if is_made(config.store) and not full else None
        all_as = "--full" if full else Why.NEW
        lines = [
            line
            for name in chosen(config, names)
            for line in _source(config, name, _judge(config, name, store) if store else _all(all_as))
        ]
    write("".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"), output)


def _source(config: Config, name: str, judge: _Judge) -> Iterator[str]:
    read = same = 0
    with connector(config, name) as source:
        reasons = judge(source)
        for part in parts(source.units(), PART):
            why = reasons([item for item in part if isinstance(item, Unit)])
            for item in part:
                if isinstance(item, Unread):
                    yield f"{name}\t{visible(item.unit)}\t{item.state}\t{item.reason}"
                elif reason := why[item.key]:
                    read += 1
                    yield from _unit(name, source, item, reason)
                else:
                    same += 1
    yield f"{name}: {read} unit{'' if read == 1 else 's'} would be read, {same} unchanged"


def _unit(name: str, source: Connector, unit: Unit, why: str) -> Iterator[str]:
    yield f"{name}\t{visible(unit.key)}\t{unit.kind}\t{unit.size}\t{why}"
    yield from (f"  {visible(statement)}" for statement in source.statements(unit))


def _all(why: str) -> _Judge:
    return lambda _: lambda units: {unit.key: why for unit in units}


def _judge(config: Config, name: str, store: Store) -> _Judge:
    number = store.find_source(name)
    if number is None:
        return _all(Why.NEW)

    def judge(source: Connector) -> _Reasons:
        from recognizers import Analyzer

        version = reading_version(Analyzer(), source, reading_options(config, name))
        readings, said = Readings(version, source.formats()), of_source(config.said, name)
        with store.reading() as connection:
            again = unkept(store, connection, (number, name), said)
        return lambda units: _reasons(store, (number, readings), units, again)

    return judge


def _reasons(
    store: Store, source: tuple[int, Readings], units: Sequence[Unit], again: Collection[int]
) -> dict[str, str | None]:
    with store.reading() as connection:
        known = standings(store, connection, source, units)
    return {unit.key: _why(known.get(unit.key), again) for unit in units}


def _why(known: Standing | None, again: Collection[int]) -> Why | None:
    if known is None:
        return Why.NEW
    return known.why or (Why.STALE if known.id in again else None)
