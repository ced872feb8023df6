"""What a command needs open at once: store, analyzer, policy, connectors; and the scan as one call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scanner.config import Config
from scanner.keys import Keys, read_key
from scanner.sources import chosen, connector, reading_options
from scanner.store import Store

if TYPE_CHECKING:
    from reports.policy import Policy
    from scanner.engine.results import Progress, SourceResult


@contextmanager
def opened(config: Config, *, create: bool = False) -> Iterator[Store]:
    """The store of a configuration, closed afterwards.

    Raises:
        ConfigError, InsynError: it cannot be opened with this key.
    """
    store = Store.open(config.store, Keys(read_key(config.key)), create=create)
    try:
        yield store
    finally:
        store.close()


def policy(config: Config) -> Policy:
    """The policy of a configuration.

    Raises:
        PolicyError: it is missing or wrong.
    """
    from reports.policy import load

    return load(config.policy)


def scan(
    config: Config,
    names: Sequence[str],
    progress: Progress,
    *,
    full: bool = False,
    workers: int = 1,
    engine: str = "local",
) -> list[SourceResult]:
    """Scan sources into the store.

    Args:
        config: What is scanned, and into what.
        names: Of sources; none = all.
        progress: Who is told how it goes on.
        full: Read also what has not changed.
        workers: Processes that read; 1 = this one does everything; 0 = as many as fit, once there is work for them.
        engine: `local`, or that of a cluster.

    Returns:
        What became of each source.
    """
    from recognizers import Analyzer
    from scanner.engine import Scanner
    from scanner.engine.executors import make_executor
    from scanner.reporting import snapshots

    wanted = chosen(config, names)
    connectors = {name: connector(config, name) for name in wanted}
    options = {name: reading_options(config, name) for name in wanted}
    with opened(config, create=True) as store:
        executor = make_executor(config, store, workers, engine)
        scanner = Scanner(
            store, Analyzer(), full=full, progress=progress, executor=executor, options=options, said=config.said
        )
        results = scanner.scan(connectors, patient=not workers and engine == "local")
        snapshots.take(store, config, results)
        return results
