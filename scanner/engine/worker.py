"""What a process of the pool runs: jobs come over a pipe, pages or outcomes go back."""

from __future__ import annotations

import gc
from multiprocessing.connection import Connection
from pathlib import Path

from connectors import Connector, ConnectorError
from recognizers import Analyzer
from scanner import config as configuration
from scanner.config import Config
from scanner.engine.job import Job, Outcome
from scanner.engine.pool import Given, calm
from scanner.engine.working import Reader, Work
from scanner.errors import InsynError
from scanner.keys import Keys, read_key
from scanner.references import kept
from scanner.sources import connector
from scanner.store import Store
from scanner.undumped import undumped
from scanner.unquoted import say_fault, unquoted


class Connectors:
    """Connectors of a configuration, made when they are first asked for."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._made: dict[str, Connector] = {}

    def __call__(self, name: str) -> Connector:
        """The connector of a source."""
        if name not in self._made:
            self._made[name] = connector(self._config, name)
        return self._made[name]

    def close(self) -> None:
        """Let go of all of them."""
        for made in self._made.values():
            made.close()


def serve(pipe: Connection, path: Path) -> None:
    """Do jobs until the pipe is closed.

    Args:
        pipe: To the process that hands out jobs.
        path: The configuration; key and passwords are read here, they are not sent.
    """
    calm()
    undumped()
    unquoted()
    try:
        _serve(pipe, path)
    except Exception as error:  # noqa: BLE001  else what started this process prints the message
        say_fault(error)
        raise SystemExit(1) from None


def _serve(pipe: Connection, path: Path) -> None:
    gc.set_threshold(100_000, 50, 50)
    try:
        config = configuration.load(path)
        keys = Keys(read_key(config.key))
        connectors = Connectors(config)
        reader = Reader(keys, Analyzer(), connectors, kept(config.said))
        store = None if config.store.startswith("sqlite") else Store.open(config.store, keys, create=False)
        work = Work(store, reader) if store else None
    except InsynError as error:
        pipe.recv()
        pipe.send(error)
        return
    given = Given(pipe)
    while True:
        try:
            jobs = given.next()
            reader.expect(jobs)
            for job in jobs:
                if work:
                    pipe.send(work.run(job))
                else:
                    _send(pipe, reader, job)
        except (EOFError, BrokenPipeError):
            return  # nobody is there any more
        except InsynError as error:
            pipe.send(error)


def _send(pipe: Connection, reader: Reader, job: Job) -> None:
    """Send the pages of a job, and None at its end."""
    try:
        for item in reader.items(job):
            pipe.send(item)
    except ConnectorError as error:
        pipe.send(Outcome(error=str(error)))
    else:
        pipe.send(None)
