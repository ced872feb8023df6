"""A worker's part of a scan: reads a unit, analyzes it, makes pages, and enters them where the store may be reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from sqlalchemy import Connection

from connectors import Batch, Connector, ConnectorError, State, Unread
from connectors.base import LOCATOR, unfit
from recognizers import Analyzer, Faults, Matches
from scanner.engine.ahead import Ahead
from scanner.engine.chunk_writer import ChunkWriter
from scanner.engine.job import Job, Outcome
from scanner.engine.page import Page, Preparer
from scanner.engine.rows import Part
from scanner.engine.tasks import is_held, strike
from scanner.engine.writer import UnitWriter
from scanner.errors import InsynError
from scanner.keys import Keys
from scanner.linking.links import link_fields
from scanner.linking.names import with_whole_names
from scanner.store import Store

HELD_BYTES = 24 << 20
"""As much of a unit is held back until its transaction begins: nobody waits for a writer that is still reading."""
Items = Iterable[Page | Unread]


class LeaseLostError(Exception):
    """Another scanner has taken the task over: nothing may be written."""


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


def write(store: Store, job: Job, items: Items) -> Outcome:
    """Enter what a job found, in one transaction with its state.

    Raises:
        InsynError: the store refuses.
    """
    try:
        with store.transaction() as connection:
            return _chunk(store, connection, job, items) if job.chunk else _unit(store, connection, job, items)
    except LeaseLostError:
        return Outcome(lost=True)


def _unit(store: Store, connection: Connection, job: Job, items: Items) -> Outcome:
    met = strike(connection, job)
    if met is None:
        raise LeaseLostError
    writer = UnitWriter(store, connection, replace(job, scan_id=met))
    for item in items:
        writer.add(item)
    apart = writer.is_apart()
    return replace(told(writer.finish()), apart=apart)


def _chunk(store: Store, connection: Connection, job: Job, items: Items) -> Outcome:
    if job.chunk is None or not is_held(connection, job):
        raise LeaseLostError
    writer = ChunkWriter(store, connection, job, job.chunk)
    for item in items:
        writer.add(item)
    return told({job.unit.key: writer.finish()})


def told(parts: dict[str, Part]) -> Outcome:
    """The outcome of what was written."""
    outcome = Outcome()
    for key, part in parts.items():
        outcome.states[part.state] += 1
        outcome.records += part.tally.records
        outcome.values += part.tally.values
        outcome.findings += part.tally.findings
        if part.state not in (State.SCANNED, State.SKIPPED):
            outcome.unread.append((key, part.state, part.reason))
    return outcome


def held_back(items: Iterable[Page | Unread], limit: int = HELD_BYTES) -> Items:
    """Read ahead as much as may be held; what follows is read when it is asked for."""
    held, weight, rest = [], 0, iter(items)
    for item in rest:
        held.append(item)
        weight += item.weight if isinstance(item, Page) else 0
        if weight > limit:
            break
    return chain(held, rest)


class Work:
    """Does jobs whole: reads and writes."""

    def __init__(self, store: Store, reader: Reader) -> None:
        self._store = store
        self._reader = reader

    def expect(self, jobs: Sequence[Job]) -> None:
        """Take the hint that these jobs come next, in this order."""
        self._reader.expect(jobs)

    def run(self, job: Job) -> Outcome:
        """Do a job.

        Raises:
            InsynError: the store refuses.
        """
        try:
            return write(self._store, job, held_back(self._reader.items(job)))
        except ConnectorError as error:
            return Outcome(error=str(error))
