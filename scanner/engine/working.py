"""A worker's part of a scan: reads units, analyzes them, makes pages, enters them where the store may be reached."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice

from connectors import Batch, Connector, ConnectorError, State, Unread
from connectors.base import LOCATOR, unfit
from recognizers import Analyzer, Faults, Matches
from recognizers.uncollected import without_collection
from scanner.engine.ahead import Ahead, is_small
from scanner.engine.job import Job, Outcome
from scanner.engine.page import Page, Preparer
from scanner.engine.writing import Items, write, write_all
from scanner.errors import InsynError
from scanner.keys import Keys
from scanner.linking.links import link_fields
from scanner.linking.names import with_whole_names
from scanner.store import Store

HELD_BYTES = 12 << 20
"""As much of a unit is held back until its transaction begins: nobody waits for a writer that is still reading."""
TOGETHER = 32
"""Small units that are written in one transaction: to begin and end one takes as long as to write one of them."""


class Reader:
    """Reads and analyzes; writes nothing."""

    def __init__(
        self,
        keys: Keys,
        analyzer: Analyzer,
        connect: Callable[[str], Connector],
        said: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        """Take what is needed.

        Args:
            keys: Make tokens.
            analyzer: Finds what is personal.
            connect: Gives the connector of a source.
            said: Source -> its columns that are kept as keys, whatever they look like.
        """
        self._said = said or {}
        self._preparer = Preparer(keys)
        self._analyzer = analyzer
        self._connect = connect
        self._ahead = Ahead(self._read, analyzer)
        self._formats: dict[str, Mapping[str, str]] = {}
        """Source -> versions of its readers."""

    def expect(self, jobs: Sequence[Job]) -> None:
        """Take the hint that these jobs come next, in this order."""
        for source in dict.fromkeys(job.source for job in jobs):
            units = [job.unit for job in jobs if job.source == source and not job.chunk]
            self._connect(source).expect(units)
        self._ahead.expect(jobs)

    def items(self, job: Job) -> Iterator[Page | Unread]:
        """Pages of a unit, or of a chunk of it; what could not be read stands among them by name.

        Raises:
            ConnectorError: the source as a whole cannot be read any more.
        """
        state = State.UNREADABLE
        faults: defaultdict[str, Faults] = defaultdict(Faults)
        try:
            for item in self._ahead.items(job):
                yield self._searched(job, item, faults) if isinstance(item, tuple) else item
                state = State.PARTIAL
            for key, raised in faults.items():
                if raised.lost:
                    yield Unread(key, State.PARTIAL, f"fault ({raised})")
        except (InsynError, ConnectorError):
            raise
        except Exception as error:  # noqa: BLE001  whatever a reader trips over is told in the ledger, by its type
            yield Unread(job.unit.key, state, f"fault ({type(error).__name__})")

    def _read(self, job: Job) -> Iterator[Batch | Unread]:
        """What the connector gives of a job, as far as it keeps to what was agreed."""
        connector = self._connect(job.source)
        state = State.UNREADABLE
        try:
            for item in connector.read_chunk(job.unit, job.chunk) if job.chunk else connector.read(job.unit):
                wrong = next(filter(None, map(unfit, item.records)), "") if isinstance(item, Batch) else ""
                if wrong:  # it could be kept, but not be listed or read again
                    yield Unread(job.unit.key, state, f"fault ({type(connector).__name__} gives {wrong}; {LOCATOR})")
                    return
                yield item
                state = State.PARTIAL
        except (InsynError, ConnectorError):
            raise
        except Exception as error:  # noqa: BLE001  as above
            yield Unread(job.unit.key, state, f"fault ({type(error).__name__})")

    def _searched(self, job: Job, item: tuple[Batch, Matches | None], faults: defaultdict[str, Faults]) -> Page:
        """The page of a batch, which tells what recognizers raised in the unit, or the member, so far."""
        batch, found = item
        raised = faults[batch.unit]
        if found is None:
            found = self._analyzer.find(batch.fields, unit=batch.unit, faults=raised)
        page = self._page(job, batch, with_whole_names(found))
        return replace(page, fault=f"fault ({raised})") if raised else page

    def _page(self, job: Job, batch: Batch, matches: Matches) -> Page:
        page = self._preparer.page(batch, matches, link_fields(batch, job.tables, self._said.get(job.source, ())))
        return replace(page, formats=self._read_as(job.source, batch)) if batch.formats else page

    def _read_as(self, source: str, batch: Batch) -> frozenset[str]:
        if source not in self._formats:
            self._formats[source] = self._connect(source).formats()
        return frozenset(f"{name}={self._formats[source].get(name, '')}" for name in batch.formats)


def weight(item: Page | Unread) -> int:
    """Roughly how many bytes it takes."""
    return item.weight if isinstance(item, Page) else 0


def held_back(items: Iterable[Page | Unread], room: int = HELD_BYTES) -> tuple[list[Page | Unread], Items | None]:
    """Read ahead as much as may be held. What follows is read when it is asked for; None: nothing does."""
    held, rest = list[Page | Unread](), iter(items)
    for item in rest:
        held.append(item)
        room -= weight(item)
        if room < 0:
            return held, rest
    return held, None


class Work:
    """Does jobs whole: reads and writes. Small units that come one after the other are written in one transaction."""

    def __init__(self, store: Store, reader: Reader) -> None:
        self._store = store
        self._reader = reader
        self._coming: deque[Job] = deque()
        self._done: dict[int, Outcome] = {}
        """Task -> what became of a job, until it is asked for."""

    def expect(self, jobs: Sequence[Job]) -> None:
        """Take the hint that these jobs come next, in this order."""
        self._coming = deque(jobs)
        self._done = {}
        self._reader.expect(jobs)

    def run(self, job: Job) -> Outcome:
        """Do a job.

        Raises:
            InsynError: the store refuses.
        """
        if job.task_id not in self._done:
            with without_collection():
                left = self._do(islice(self._group(job), TOGETHER))
            if left:
                self._done[left[0].task_id] = self._streamed(*left)
        return self._done.pop(job.task_id)

    def _group(self, job: Job) -> Iterator[Job]:
        """The job and, if it is small, the small ones of its source that come right after it."""
        while self._coming and self._coming.popleft().task_id != job.task_id:
            pass
        yield job
        while is_small(job) and self._coming and is_small(self._coming[0]) and self._coming[0].source == job.source:
            yield self._coming.popleft()

    def _do(self, jobs: Iterator[Job]) -> tuple[Job, Items] | None:
        """Read and write jobs, up to one whose source fails, or of which too much is found: it is left over."""
        read: list[tuple[Job, Items]] = []
        room, left = HELD_BYTES, None
        for job in jobs:
            try:
                held, rest = held_back(self._reader.items(job), room)
            except ConnectorError as error:
                self._done[job.task_id] = Outcome(error=str(error))
                break
            if rest:
                left = job, chain(held, rest)
                break
            read.append((job, held))
            room -= sum(map(weight, held))
        self._enter(read)
        return left

    def _enter(self, read: Sequence[tuple[Job, Items]]) -> None:
        if len(read) == 1:  # be it a chunk
            self._done[read[0][0].task_id] = write(self._store, *read[0])
        elif read:
            outcomes = write_all(self._store, read)
            self._done |= {job.task_id: outcome for (job, _), outcome in zip(read, outcomes, strict=True)}

    def _streamed(self, job: Job, items: Items) -> Outcome:
        """Write what is still being read."""
        try:
            return write(self._store, job, items)
        except ConnectorError as error:
            return Outcome(error=str(error))
