"""Who does the jobs of a scan: this process, a pool of processes, a cluster. The seam: start, submit, next, close."""

from __future__ import annotations

import os
import time
from collections import deque
from typing import TYPE_CHECKING, Protocol

from scanner.errors import ConfigError

if TYPE_CHECKING:
    from scanner.config import Config
    from scanner.engine.job import Job, Outcome
    from scanner.engine.working import Work
    from scanner.store import Store

PATIENCE, LONGEST_PATIENCE = 4.0, 60.0
"""Seconds of work, and of work and waiting for a source, after which a pool is worth its start, where nobody says how
many processes shall read."""
SMALL_BYTES = 4 << 20
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


class Patient:
    """Does the first jobs here; a pool, whose processes take seconds to be ready, joins where more remains."""

    def __init__(self, here: Executor, pool: Executor, *, worked: float = PATIENCE) -> None:
        self.capacity = pool.capacity
        self._here = here
        self._pool = pool
        self._worked = worked
        self._began: tuple[float, float] | None = None
        self._waiting: deque[Job] = deque()
        self._open = 0
        """Jobs handed to this process."""
        self._pooled = False

    def start(self) -> None:
        """Make this process ready."""
        self._here.start()

    def submit(self, job: Job) -> None:
        """Take a job."""
        if self._pooled:
            self._pool.submit(job)
        else:
            self._waiting.append(job)

    def next(self) -> tuple[Job, Outcome]:
        """Wait for a job to be done, here or in the pool."""
        if not self._open and not self._pooled:
            self._hand_out()
        if self._open:
            self._open -= 1
            return self._here.next()
        return self._pool.next()

    def _hand_out(self) -> None:
        worked, passed = time.process_time(), time.monotonic()
        self._began = self._began or (worked, passed)
        if worked - self._began[0] >= self._worked or passed - self._began[1] >= LONGEST_PATIENCE:
            self._pooled = True
            self._pool.start()
            for job in self._waiting:
                self._pool.submit(job)
            self._waiting.clear()
            return
        size = 0
        while self._waiting and (not self._open or (size < SMALL_BYTES and self._open < BUNDLE)):
            job = self._waiting.popleft()
            size += job.unit.size if job.unit.kind != "table" else SMALL_BYTES
            self._here.submit(job)
            self._open += 1

    def close(self) -> None:
        """Stop both."""
        self._here.close()
        self._pool.close()


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
    from scanner.engine.pool import Pool
    from scanner.engine.worker import serve

    workers = workers or default_workers()
    if engine == "ray":
        from scanner.engine.cluster import RayExecutor

        return RayExecutor(config.path, store, workers)
    if engine != "local":
        raise ConfigError(f"--engine: {engine} is not possible here; there are local, ray")
    return Pool(workers, serve, (config.path,), store) if workers > 1 else None
