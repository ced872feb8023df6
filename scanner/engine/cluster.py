"""A cluster by Ray: actors keep recognizers and connectors loaded, jobs go to them by number only.

Nothing that is read, no key and no password passes through Ray: an actor reads the configuration where it runs, looks
the unit up in the store (which must be PostgreSQL), and writes what it finds there itself. What comes back are counts.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from connectors import Chunk, State, Unread
from scanner.engine.chunk_writer import announce, large_unit
from scanner.engine.job import Job, Outcome
from scanner.engine.tasks import unit_of
from scanner.engine.writing import write
from scanner.errors import ConfigError, InsynError
from scanner.store import Store, schema

_AGAIN = 1
Numbers = tuple[int, int, int, str, str, int, str]
"""Task, holder, scan, source, analyzer version, chunk (0: the unit as a whole) and its version."""


@dataclass(slots=True)
class _Actor:
    handle: Any
    jobs: dict[Any, Job] = field(default_factory=dict)
    """What it has been given: reference of the answer -> job."""


class RayExecutor:
    """Does jobs on a Ray cluster; starts one on this machine where `RAY_ADDRESS` names none."""

    def __init__(self, path: Path, store: Store, workers: int) -> None:
        """Take what is needed; nothing is started.

        Raises:
            ConfigError: Ray is not installed, or the store is not one that others can reach.
        """
        if store.engine.dialect.name != "postgresql":
            raise ConfigError("--engine ray: workers on other machines need a store in PostgreSQL; see `store:`")
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # Ray would tell its makers
        try:
            import ray
        except ModuleNotFoundError:
            raise ConfigError("--engine ray: Ray is not installed; pip install 'insyn[ray]'") from None
        self._ray = ray
        self._path = path
        self._store = store
        self._workers = workers
        self.capacity = 2 * workers
        self._actors: list[_Actor] = []
        self._waiting: deque[Job] = deque()
        self._tries: dict[tuple[int, str], int] = {}
        self._output = sys.stdout

    def start(self) -> None:
        """Reach the cluster; actors are started as there are jobs for them."""
        sys.stdout = sys.stderr  # Ray's own words are no data
        address = os.environ.get("RAY_ADDRESS") or None
        options: Mapping[str, Any] = {} if address else {"num_cpus": self._workers, "include_dashboard": False}
        self._ray.init(address=address, configure_logging=False, log_to_driver=False, **options)

    def submit(self, job: Job) -> None:
        """Take a job."""
        self._waiting.append(job)
        self._hand_out()

    def _hand_out(self) -> None:
        if len(self._actors) < min(self._workers, len(self._waiting) + sum(bool(one.jobs) for one in self._actors)):
            self._actors.append(_Actor(self._ray.remote(Actor).options(num_cpus=1).remote(str(self._path))))
        for actor in self._actors:
            if self._waiting and not actor.jobs:
                job = self._waiting.popleft()
                actor.jobs[actor.handle.run.remote(self._numbers(job))] = job

    def _numbers(self, job: Job) -> Numbers:
        """A job as numbers; a chunk's key, which holds values, is looked up by its number, too."""
        number, version = (self._chunk_number(job, job.chunk), job.chunk.version) if job.chunk else (0, "")
        return (job.task_id, job.holder_id, job.scan_id, job.source, job.analyzer, number, version)

    def _chunk_number(self, job: Job, chunk: Chunk) -> int:
        with self._store.transaction() as connection:
            return announce(self._store, connection, large_unit(self._store, connection, job), chunk)

    def next(self) -> tuple[Job, Outcome]:
        """Wait for a job to be done.

        Raises:
            InsynError: an actor cannot start, or its store refuses.
        """
        while True:
            owners = {reference: actor for actor in self._actors for reference in actor.jobs}
            ready, _ = self._ray.wait(list(owners), num_returns=1)
            for reference in ready:
                job = owners[reference].jobs.pop(reference)
                done = self._answer(owners[reference], reference, job)
                self._hand_out()
                if done:
                    return job, done

    def _answer(self, actor: _Actor, reference: Any, job: Job) -> Outcome | None:
        try:
            states, counts, lost, error, fatal = self._ray.get(reference)
        except self._ray.exceptions.RayActorError:
            return self._died(actor, job)
        if fatal:
            raise InsynError(fatal)
        outcome = Outcome(records=counts[0], values=counts[1], findings=counts[2], lost=lost, error=error)
        outcome.states.update(states)
        outcome.unread = self._unread(job) if set(states) - {State.SCANNED, State.SKIPPED} else []
        return outcome

    def _unread(self, job: Job) -> list[tuple[str, str, str]]:
        """What could not be read of a unit, from the store: names do not pass through the cluster."""
        unit = schema.unit
        query = select(unit.c.key, unit.c.state, unit.c.reason).where(
            unit.c.task_id == job.task_id, unit.c.source_id == job.source_id
        )
        with self._store.reading() as connection:
            rows = connection.execute(query.where(unit.c.state.not_in((State.SCANNED, State.SKIPPED)))).all()
        return [(self._store.keys.unseal(row.key), row.state, row.reason) for row in rows]

    def _died(self, actor: _Actor, job: Job) -> Outcome | None:
        """Try the job of an actor that died once more; if another dies with it, too, it is the job's fault."""
        self._actors.remove(actor)
        key = (job.task_id, job.chunk.key if job.chunk else "")
        self._tries[key] = self._tries.get(key, 0) + 1
        if self._tries[key] <= _AGAIN:
            self._waiting.append(job)
            return None
        return write(self._store, job, [Unread(job.unit.key, State.UNREADABLE, "crash")])

    def close(self) -> None:
        """Let go of the cluster; one that was started here ends."""
        if self._ray.is_initialized():
            self._ray.shutdown()
        sys.stdout = self._output


class Actor:
    """Runs on a node of the cluster."""

    def __init__(self, path: str) -> None:
        """Load what is needed, from the configuration as it lies on this node."""
        from recognizers import Analyzer
        from scanner import config as configuration
        from scanner.engine.worker import Connectors
        from scanner.engine.working import Reader, Work
        from scanner.keys import Keys, read_key
        from scanner.references import kept

        self._fault = ""
        self._tables: dict[tuple[int, int], tuple[str, ...]] = {}
        """Names of the tables of a source in a scan."""
        try:
            config = configuration.load(Path(path))
            keys = Keys(read_key(config.key))
            self._store = Store.open(config.store, keys, create=False)
            self._work = Work(self._store, Reader(keys, Analyzer(), Connectors(config), kept(config.said)))
        except InsynError as error:
            self._fault = str(error)

    def run(self, numbers: Numbers) -> tuple[dict[str, int], tuple[int, int, int], bool, str, str]:
        """Do a job; answers states, counts, whether it was taken over, why the source or the store fails."""
        if self._fault:
            return {}, (0, 0, 0), False, "", self._fault
        try:
            job = job_of(self._store, numbers, self._tables)
            done = self._work.run(job) if job else Outcome(lost=True)
        except InsynError as error:
            return {}, (0, 0, 0), False, "", str(error)
        return dict(done.states), (done.records, done.values, done.findings), done.lost, done.error, ""


def job_of(store: Store, numbers: Numbers, known: dict[tuple[int, int], tuple[str, ...]]) -> Job | None:
    """A job from its numbers; None if its task is not there any more.

    Args:
        store: Where it is looked up.
        numbers: Of it.
        known: Scan and source -> names of its tables, which are looked up once; filled here.
    """
    task_id, holder_id, scan_id, source, analyzer, chunk_id, version = numbers
    task, chunk = schema.task, schema.chunk
    with store.reading() as connection:
        row = connection.execute(select(task).where(task.c.id == task_id)).one_or_none()
        piece = connection.scalar(select(chunk.c.key).where(chunk.c.id == chunk_id))
        if row is None or (chunk_id and piece is None):
            return None
        if (scan_id, row.source_id) not in known:
            known[scan_id, row.source_id] = _tables(store, connection, row.source_id)
    read = unit_of(store, row)
    part = Chunk(store.keys.unseal(piece), version, 0) if piece else None
    names = known[scan_id, row.source_id]
    return Job(task_id, holder_id, scan_id, source, row.source_id, read, analyzer, names, part)


def _tables(store: Store, connection: Connection, source: int) -> tuple[str, ...]:
    """Names of a source's tables, those that are read and those that are to be."""
    unit, task = schema.unit, schema.task
    done = select(unit.c.key).where(unit.c.source_id == source, unit.c.kind == "table")
    left = select(task.c.key).where(task.c.source_id == source, task.c.kind == "table")
    return tuple(sorted(map(store.keys.unseal, connection.scalars(done.union(left)))))
