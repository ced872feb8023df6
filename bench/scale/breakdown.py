"""Where the time of a scan goes, stage by stage, in one process: `python -m bench.scale.breakdown`, by `insyn.yaml`.

A clock is put around the functions that stand for a stage; what is called inside another counts for itself only. Prints
JSON: stage -> CPU seconds of this process and seconds by the clock (the difference is waiting: for the database, for
the confined child that parses, for the disk). Stages: read (connector), sweep (shapes and proofs), evidence (weighing),
tokens (locators sealed, tokens made), store (rows, states, indexes, ledger), rest (start, modules, lexicons).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import recognizers.analyzer
import scanner.engine
import scanner.engine.working
from connectors.content import ContentConnector
from connectors.database import DatabaseConnector
from scanner import config as configuration
from scanner import workflow
from scanner.engine import Silent
from scanner.engine.enumeration import Enumeration
from scanner.engine.page import Preparer
from scanner.store import lookup

Seconds = tuple[float, float]


class Clock:
    """Counts time for the innermost stage that is open."""

    def __init__(self) -> None:
        self.stages: dict[str, list[float]] = {}
        self._open = ["rest"]
        self._at = self._now()

    @staticmethod
    def _now() -> Seconds:
        return time.process_time(), time.perf_counter()

    def settle(self) -> None:
        """Give the time since the last change to the stage that is open."""
        now = self._now()
        taken = self.stages.setdefault(self._open[-1], [0.0, 0.0])
        for at in (0, 1):
            taken[at] += now[at] - self._at[at]
        self._at = now

    def enter(self, stage: str) -> None:
        """Open a stage inside the one that is open."""
        self.settle()
        self._open.append(stage)

    def leave(self) -> None:
        """Close the innermost stage."""
        self.settle()
        self._open.pop()

    def around(self, owner: Any, name: str, stage: str) -> None:
        """Count calls of a function for a stage."""
        plain = getattr(owner, name)

        @wraps(plain)
        def timed(*arguments: Any, **named: Any) -> Any:
            self.enter(stage)
            try:
                return plain(*arguments, **named)
            finally:
                self.leave()

        setattr(owner, name, timed)

    def around_items(self, owner: Any, name: str, stage: str) -> None:
        """Count what a generator function does between its items for a stage."""
        plain: Callable[..., Iterator[Any]] = getattr(owner, name)

        @wraps(plain)
        def timed(*arguments: Any, **named: Any) -> Iterator[Any]:
            items = iter(plain(*arguments, **named))
            while True:
                self.enter(stage)
                try:
                    item = next(items, None)
                finally:
                    self.leave()
                if item is None:
                    return
                yield item

        setattr(owner, name, timed)


def watch(clock: Clock) -> None:
    """Put the clock around all stages."""
    for connector in (DatabaseConnector, ContentConnector):
        for name in ("read", "read_chunk", "units", "chunks"):
            clock.around_items(connector, name, "read")
    clock.around(ContentConnector, "expect", "read")
    clock.around(recognizers.analyzer.Analyzer, "find", "sweep")
    clock.around(recognizers.analyzer.Analyzer, "find_each", "sweep")
    clock.around(recognizers.analyzer, "weigh", "evidence")
    clock.around(Preparer, "page", "tokens")
    for name in ("write", "write_all"):
        clock.around(scanner.engine.working, name, "store")
    clock.around(Enumeration, "run", "store")
    clock.around(lookup, "settle", "store")
    clock.around(scanner.engine, "settle", "store")
    clock.around(scanner.engine, "forget_gone", "store")


def main() -> None:
    """Scan everything and print the stages."""
    clock = Clock()
    watch(clock)
    workflow.scan(configuration.load(Path("insyn.yaml")), [], Silent())
    clock.settle()
    sys.stdout.write(json.dumps(clock.stages) + "\n")


if __name__ == "__main__":
    main()
