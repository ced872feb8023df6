"""The scan: list a source's units, have read what is new or changed, forget what is gone, settle what hangs together.

A unit is written in one transaction together with its state, a large table piece by piece: a scan that is killed goes
on where it was. What failed keeps what was known.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from connectors import Connector, ConnectorError, Unit
from recognizers import Analyzer
from scanner.engine.enumeration import Enumeration, Listed, forget_gone, read_by_others
from scanner.engine.executors import Executor, Inline, Patient
from scanner.engine.holders import Holder
from scanner.engine.job import Job, Outcome
from scanner.engine.large import LargeUnits
from scanner.engine.noting import note
from scanner.engine.readings import Readings, reading_version
from scanner.engine.relations import settle
from scanner.engine.results import Progress, Silent, SourceResult, overall
from scanner.engine.said import of_source, renew
from scanner.engine.tasks import Tasks
from scanner.engine.unsettled import is_unsettled, mark, unmark
from scanner.engine.working import Reader, Work
from scanner.references import Said, kept
from scanner.store import Store, link_index, lookup

_PAUSE = 0.2
"""Seconds between two looks whether another scanner is done."""


class Scanner:
    """Scans sources into a store."""

    def __init__(
        self,
        store: Store,
        analyzer: Analyzer,
        *,
        full: bool = False,
        progress: Progress | None = None,
        executor: Executor | None = None,
        options: Mapping[str, str] | None = None,
        said: Sequence[Said] = (),
    ) -> None:
        """Take what a scan needs.

        Args:
            store: Where findings are kept.
            analyzer: Whose version decides what must be read again; reads itself, too, without an executor.
            full: Read also what has not changed.
            progress: Who is told how it goes on.
            executor: Who does the jobs; None: this process.
            options: Source -> digest of the options that decide what is read of it.
            said: Keys that the configuration says or denies, of all sources.
        """
        self._store = store
        self._analyzer = analyzer
        self._full = full
        self._progress = progress or Silent()
        self._executor = executor
        self._options = options or {}
        self._said = said

    def scan(self, connectors: Mapping[str, Connector], *, patient: bool = False) -> list[SourceResult]:
        """Scan all sources given; one that fails does not stop the others.

        Args:
            connectors: By name of their source.
            patient: Let the executor, if there is one, join only when this process has read for a while.
        """
        number = self._store.start_scan()
        results: list[SourceResult] = []
        status = "interrupted"
        reader = Reader(self._store.keys, self._analyzer, connectors.__getitem__, kept(self._said))
        here = Inline(Work(self._store, reader))
        executor = self._executor or here
        if patient and self._executor:
            executor = Patient(here, self._executor)
        try:
            with Holder(self._store) as holder:
                executor.start()
                for name, connector in connectors.items():
                    with connector:
                        by = here if connector.alone else executor
                        results.append(self._source(name, connector, (number, holder.id), by))
            status = overall(results)
        finally:
            executor.close()
            self._store.end_scan(number, status)
        return results

    def _source(self, name: str, connector: Connector, numbers: tuple[int, int], executor: Executor) -> SourceResult:
        result = SourceResult(name)
        began = time.monotonic()
        scan_id, holder_id = numbers
        version = reading_version(self._analyzer, connector, self._options.get(name, ""))
        template = Job(0, holder_id, scan_id, name, self._store.source_id(name), Unit("", "", ""), version)
        source = _SourceScan(self._store, template, executor, self._progress)
        try:
            source.run(connector, result, self._said, full=self._full)
        except ConnectorError as error:
            result.error = str(error)
        result.seconds = round(time.monotonic() - began, 3)
        note(self._store, template, result)
        return result


class _SourceScan:
    """The scan of one source."""

    def __init__(self, store: Store, template: Job, executor: Executor, progress: Progress) -> None:
        self._store = store
        self._template = template
        self._executor = executor
        self._progress = progress
        self._tasks = Tasks(store, template.source_id, template.holder_id, template.scan_id)
        self._done: list[int] = []
        self._fresh = 0
        self._open = 0
        self._listed = Listed()
        self._marked = self._by_reading = False
        self._apart = True
        """Whether nothing that was read has keys of rows."""

    def run(self, connector: Connector, result: SourceResult, said: Sequence[Said], *, full: bool) -> None:
        """List, read, forget, settle.

        Raises:
            ConnectorError: the source cannot be listed, or not be read any more; nothing is forgotten.
        """
        renew(self._store, self._template, of_source(said, result.source))
        readings = Readings(self._template.analyzer, connector.formats())
        known = Enumeration(self._store, self._tasks, self._template, readings, full=full)
        listed = known.run(connector.units(), result)
        self._listed = listed
        self._progress.start(result.source, listed.total, listed.size)
        self._progress.advance(result.source, 0, 0, units=result.units.total())
        with self._store.transaction() as connection:
            self._tasks.drop_old(connection)
            link_index.put_off(connection)
        template = replace(self._template, tables=tuple(listed.tables))
        try:
            self._read(LargeUnits(self._store, template, readings, connector.chunks, full=full), template, result)
        except ConnectorError:
            self._make_index()
            raise
        self._make_index()
        self._count_others(listed, result)
        self._unmark()
        forget_gone(self._store, self._template, listed.closed)
        self._settle_tokens()
        if is_unsettled(self._store, self._template):
            settle(self._store, self._template, connector.relations(), said)

    def _read(self, large: LargeUnits, template: Job, result: SourceResult) -> None:
        try:
            for job in self._jobs(template, large, result):
                self._until(self._executor.capacity - 1, large, result)
                self._mark()
                self._executor.submit(job)
                self._open += 1
        except ConnectorError:
            while self._open:  # what is being read is of use, whatever became of the rest
                self._executor.next()
                self._open -= 1
            raise
        self._until(0, large, result)

    def _mark(self) -> None:
        """Should this scan be killed, the next works out anew what hangs together."""
        if not self._marked:
            with self._store.transaction() as connection:
                self._by_reading = mark(connection, self._template)
            self._marked = True

    def _unmark(self) -> None:
        """Whoever has read nothing with keys of rows leaves it as it was worked out, if only reading made the mark."""
        if self._by_reading and self._apart:
            with self._store.transaction() as connection:
                unmark(connection, self._template)

    def _jobs(self, template: Job, large: LargeUnits, result: SourceResult) -> Iterator[Job]:
        """Jobs for all tasks that can be had; ends when none is left, here or with another scanner."""
        while True:
            taken = self._tasks.take(2 * self._executor.capacity)
            for task_id, unit in taken:
                job = replace(template, task_id=task_id, unit=unit)
                yield from large.jobs(job) if large.may_be(unit) else (job,)
                self._settle_large(large, result)
            if not taken and self._open:
                self._one(large, result)
            elif not taken and self._tasks.others():
                time.sleep(_PAUSE)
            elif not taken:
                return

    def _until(self, most: int, large: LargeUnits, result: SourceResult) -> None:
        """Wait until no more than so many jobs are open."""
        while self._open > most:
            self._one(large, result)

    def _one(self, large: LargeUnits, result: SourceResult) -> None:
        job, outcome = self._executor.next()
        self._open -= 1
        self._fresh += outcome.findings
        self._apart = self._apart and outcome.apart
        if outcome.error:
            raise ConnectorError(outcome.error)
        size = job.unit.size if job.unit.kind != "table" else 0
        if job.chunk:
            result.count(outcome)
            large.done(job)
            self._progress.advance(result.source, outcome.findings, 0, units=0)
            self._settle_large(large, result)
        elif not outcome.lost and self._is_ours(job.task_id):
            result.add(outcome)
            result.bytes += size
            self._progress.advance(result.source, outcome.findings, size)
        if self._fresh > lookup.SMALLEST_RUN and self._fresh > self._run_length():
            self._settle_tokens()

    def _settle_large(self, large: LargeUnits, result: SourceResult) -> None:
        for task_id, outcome in large.settled():
            if not outcome.lost and self._is_ours(task_id):
                result.add(outcome)
                self._progress.advance(result.source, 0, 0)

    def _is_ours(self, task: int) -> bool:
        """Note that a task is done. One that another scanner has entered meanwhile counts in its result only."""
        self._done.append(task)
        return self._listed.has(task)

    def _run_length(self) -> int:
        with self._store.reading() as connection:
            return lookup.run_length(connection)

    def _settle_tokens(self) -> None:
        with self._store.transaction() as connection:
            lookup.settle(connection)
            if link_index.is_overdue(connection):
                link_index.make(connection)
        self._fresh = 0

    def _make_index(self) -> None:
        with self._store.transaction() as connection:
            link_index.make(connection)

    def _count_others(self, listed: Listed, result: SourceResult) -> None:
        """What another scanner has read of what was listed here is part of the result, too."""
        missing = np.setdiff1d(np.asarray(listed.tasks, np.int64), np.asarray(self._done, np.int64))
        if len(missing):
            others = read_by_others(self._store, self._template.source_id, missing.tolist())
            outcome = Outcome(others.units, others.records, others.values, others.findings)
            outcome.unread = [(one.unit, one.state, one.reason) for one in others.unread]
            result.add(outcome)


__all__ = ["Progress", "Scanner", "Silent", "SourceResult", "overall", "reading_version"]
