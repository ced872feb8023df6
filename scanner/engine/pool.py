"""A pool of processes on this machine. Which of them died with which job is known; the others go on.

Workers that may not write (SQLite has one writer) send their pages, and go on while it is busy as far as there is room.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Condition
from typing import Any

from connectors import State, Unread
from scanner.engine.executors import BUNDLE
from scanner.engine.inbox import Inbox
from scanner.engine.job import Job, Outcome
from scanner.engine.page import Page
from scanner.engine.working import weight
from scanner.engine.writing import write
from scanner.errors import InsynError
from scanner.store import Store

HELD_BYTES = 40 << 20
"""Bytes of pages that all workers together may have open here until their unit is written."""
_ROOM_BYTES = 16 << 20
"""Bytes of messages that all workers together may have waiting here, not opened yet."""
BUNDLE_BYTES = 4 << 20
_AGAIN = 1
"""How often a job is tried again whose worker died."""
_STOP_SECONDS = 1.0


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    inbox: Inbox
    jobs: deque[Job] = field(default_factory=deque)
    """The first is being done."""
    held: list[Page | Unread] = field(default_factory=list)
    weight: int = 0
    tables: tuple[str, ...] | None = None
    """Those that it has been told."""

    def give(self, jobs: Sequence[Job]) -> None:
        """Send jobs of one source; names of its tables, which may be 10,000, only where it has not been told them.

        Raises:
            OSError: it died.
        """
        tables = jobs[0].tables
        self.pipe.send((None if tables is self.tables else tables, [replace(job, tables=()) for job in jobs]))
        self.tables = tables

    def end(self) -> None:
        """Let go of it; it must have died, or been killed."""
        self.process.join(_STOP_SECONDS)
        self.inbox.close()
        self.pipe.close()


class Pool:
    """Does jobs in processes of their own."""

    def __init__(self, workers: int, serve: Callable[..., None], arguments: tuple[Any, ...], store: Store) -> None:
        """Take what workers need.

        Args:
            workers: How many.
            serve: What a worker runs, with its end of the pipe and `arguments`; must be importable by name.
            arguments: Small and free of secrets: they are pickled.
            store: Where pages are entered that workers send.
        """
        self.capacity = workers * BUNDLE + 1
        self._size = workers
        self._serve = serve
        self._arguments = arguments
        self._store = store
        self._workers: list[_Worker] = []
        self._waiting: deque[Job] = deque()
        self._tries: dict[tuple[int, str], int] = {}
        self._alone: set[int] = set()
        """Tasks that a worker had when it died: where several are read at once, one is blamed for another."""
        self._told = Condition()

    def start(self) -> None:
        """Nothing yet: processes are started as there are jobs for them."""

    def _spawn(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=self._serve, args=(theirs, *self._arguments), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours, Inbox(ours, _ROOM_BYTES // self._size, self._told))

    def submit(self, job: Job) -> None:
        """Take a job."""
        self._waiting.append(job)
        self._hand_out()

    def _hand_out(self) -> None:
        idle = sum(not worker.jobs for worker in self._workers)
        more = min(len(self._waiting) - idle, self._size - len(self._workers))
        self._workers += [self._spawn() for _ in range(more)]
        for at, worker in enumerate(self._workers):
            if self._waiting and not worker.jobs:
                bundle = self._bundle()
                try:
                    worker.give(bundle)
                except OSError:  # it died while it had nothing to do
                    worker = self._workers[at] = self._replaced(worker)
                    worker.give(bundle)
                worker.jobs.extend(bundle)
        self._hand_ahead()

    def _hand_ahead(self) -> None:
        """Give each one chunk more than it reads: while another's is written here, nobody hands out."""
        for worker in self._workers:
            # Of what it knows the tables of: more would not fit in its pipe while it sends, and wait for it here.
            first = self._waiting[0] if self._waiting else None
            if first and first.chunk and first.tables is worker.tables and len(worker.jobs) == 1:
                job = self._waiting.popleft()
                try:
                    worker.give([job])
                except OSError:  # it died; its end is heard in its turn
                    self._waiting.appendleft(job)
                    return
                worker.jobs.append(job)

    def _bundle(self) -> list[Job]:
        """One job, or several small ones: a fair share of those that wait."""
        share = min(BUNDLE, -(-len(self._waiting) // (2 * self._size)))
        bundle, size = [self._waiting.popleft()], 0
        first = bundle[0]
        several = first.unit.kind != "table" and first.task_id not in self._alone
        while several and self._waiting and len(bundle) < share and size < BUNDLE_BYTES:
            if self._waiting[0].tables is not first.tables or self._waiting[0].task_id in self._alone:
                break  # of another source, or for a bundle of its own
            size += self._waiting[0].unit.size
            bundle.append(self._waiting.popleft())
        return bundle

    def next(self) -> tuple[Job, Outcome]:
        """Wait for a job to be done.

        Raises:
            InsynError: the store refuses, or a worker cannot start.
        """
        while True:
            for worker in self._telling():
                job = worker.jobs[0]
                done = self._heard(worker, job)
                if done:
                    if worker.jobs:
                        worker.jobs.popleft()
                    worker.held, worker.weight = [], 0
                    self._hand_out()
                    return job, done

    def _telling(self) -> list[_Worker]:
        """Workers of whom there is a message, be it that they died."""
        busy = [worker for worker in self._workers if worker.jobs]
        with self._told:
            self._told.wait_for(lambda: any(worker.inbox.has_news() for worker in busy))
            return [worker for worker in busy if worker.inbox.has_news()]

    def _heard(self, worker: _Worker, job: Job) -> Outcome | None:
        try:
            return self._take(worker, job, worker.inbox.next())
        except EOFError:
            return self._died(worker, job)

    def _take(self, worker: _Worker, job: Job, message: Any) -> Outcome | None:
        if isinstance(message, Page | Unread):
            worker.held.append(message)
            worker.weight += weight(message)
            if worker.weight > HELD_BYTES // self._size:
                return self._write(job, chain(worker.held, self._rest(worker)))
            return None
        if isinstance(message, InsynError):
            raise message
        if message is None:
            return self._write(job, iter(worker.held))
        outcome: Outcome = message
        return outcome

    def _write(self, job: Job, items: Iterator[Page | Unread]) -> Outcome:
        """Enter what a worker has sent; of a large unit the rest comes while its transaction is open."""
        try:
            outcome = write(self._store, job, items)
            for _ in items:  # of a job that was lost nothing is entered: what comes next is another's
                pass
        except _StoppedError as error:
            return error.outcome
        return outcome

    def _rest(self, worker: _Worker) -> Iterator[Page | Unread]:
        """What a worker still sends of its unit.

        Raises:
            EOFError: it died.
        """
        while (message := worker.inbox.next()) is not None:
            if isinstance(message, Outcome):
                raise _StoppedError(message)
            if isinstance(message, InsynError):
                raise message
            yield message

    def _died(self, worker: _Worker, job: Job) -> Outcome | None:
        """Try the job of a worker that died once more; if that worker dies, too, it is the job's fault."""
        at = self._workers.index(worker)
        self._workers[at] = self._replaced(worker)
        key = (job.task_id, job.chunk.key if job.chunk else "")
        self._tries[key] = self._tries.get(key, 0) + 1
        self._alone.update(other.task_id for other in worker.jobs)
        worker.jobs.popleft()
        self._waiting.extend(worker.jobs)
        worker.jobs.clear()
        if self._tries[key] <= _AGAIN:
            self._waiting.append(job)
            self._hand_out()
            return None
        return write(self._store, job, [Unread(job.unit.key, State.UNREADABLE, "crash")])

    def _replaced(self, worker: _Worker) -> _Worker:
        worker.end()
        return self._spawn()

    def close(self) -> None:
        """End the processes at once; what they were reading is read again next time."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.end()
        self._workers = []


class _StoppedError(Exception):
    """A worker ended its unit otherwise than whole while its transaction was open."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__("stopped")
        self.outcome = outcome


class Given:
    """In a worker: the jobs that it is given."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._tables: tuple[str, ...] = ()

    def next(self) -> list[Job]:
        """Wait for jobs.

        Raises:
            EOFError: there are no more.
        """
        tables, jobs = self._pipe.recv()
        self._tables = self._tables if tables is None else tables
        return [replace(job, tables=self._tables) for job in jobs]


def calm() -> None:
    """In a worker: leave Ctrl-C to the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
