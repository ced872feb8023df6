"""Who does the jobs of a scan: this process, a pool of processes, a cluster. The seam: start, submit, next, close."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

from scanner.errors import ConfigError

if TYPE_CHECKING:
    from scanner.config import Config
    from scanner.job import Job, Outcome
    from scanner.store import Store
    from scanner.working import Work

BUNDLE = 64
"""Small jobs that are handed out at once: connectors read small files many at a time."""
WORKER_BYTES = 600 << 20
"""Memory that a worker may come to need: lists of names, the name model, a batch."""


class Executor(Protocol):
    """Does jobs, in any order."""

    capacity: int
    """Jobs that it likes to have at once."""

    def start(self) -> None:
        """Make ready."""

    def submit(self, job: Job) -> None:
        """Take a job."""

    def next(self) -> tuple[Job, Outcome]:
        """Wait for a job to be done; called only while some are not.

        Raises:
            InsynError: the store refuses; the scan cannot go on.
        """

    def close(self) -> None:
        """Stop; jobs that are not done are dropped, and nothing of them is written."""


class Inline:
    """Does jobs here, one after the other."""

    capacity = BUNDLE

    def __init__(self, work: Work) -> None:
        self._work = work
        self._jobs: list[Job] = []
        self._expected = 0

    def start(self) -> None:
        """Nothing needs to be made ready."""

    def submit(self, job: Job) -> None:
        """Keep the job until it is asked for."""
        self._jobs.append(job)

    def next(self) -> tuple[Job, Outcome]:
        """Do the next job."""
        if not self._expected:
            self._expected = len(self._jobs)
            self._work.expect(self._jobs)
        self._expected -= 1
        job = self._jobs.pop(0)
        return job, self._work.run(job)

    def close(self) -> None:
        """Drop what is left."""
        self._jobs.clear()


def default_workers() -> int:
    """As many as there are cores for this process, and memory for."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(1, min(cores, memory // 2 // WORKER_BYTES))


def make_executor(config: Config, store: Store, workers: int, engine: str) -> Executor | None:
    """Who does the jobs of a scan; None: the scanner itself.

    Raises:
        ConfigError: there is no such engine, or this store does not fit it.
    """
    from scanner.pool import Pool
    from scanner.worker import serve

    if engine != "local":
        raise ConfigError(f"--engine: {engine} is not possible here; there is local")
    return Pool(workers, serve, (config.path,), store) if workers > 1 else None
