"""Sources whose units are files, wherever they lie: a store lists and opens them, what is in them is read alike."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as fields_of
from datetime import date
from fnmatch import fnmatchcase
from itertools import chain
from typing import Protocol

from connectors.ahead import Ahead
from connectors.base import Batch, Check, Connector, ConnectorError, Record, State, Unit, Unread, hashable
from connectors.extract.bounds import Bounds
from connectors.extract.encoding import clean, decode
from connectors.extract.formats import FILE, versions
from connectors.extract.limits import Limits
from connectors.extract.process import File
from connectors.extract.readers import Job
from connectors.extract.sandbox import InProcess, Parser, Sandbox, checked, degraded
from connectors.tally import Tally

Rule = Callable[[str, bool], str | None]
"""Key and whether it is a folder -> why it is skipped, or None."""
CONNECTION = "connection"
"""Reason of an `Unread` for which the server is at fault, not the file."""
LOST = 10
"""So many files in a row that cannot be had for that reason are enough to give up."""


class Content(Protocol):
    """A file, open to be read. A context manager."""

    @property
    def data(self) -> bytes | File:
        """The whole file, or a descriptor of it."""

    @property
    def modified(self) -> date:
        """Day of the last change, UTC; asked for when the file has been read."""

    @property
    def name(self) -> str:
        """What the file is called: its key, without what tells versions apart."""

    def cut(self) -> tuple[State, str] | None:
        """Say why it has not come over whole; asked when it has been read."""

    def __enter__(self) -> object:
        """Keep it open."""

    def __exit__(self, *details: object) -> None:
        """Close it."""


class Store(Protocol):
    """Where files lie."""

    def walk(self, rule: Rule) -> Iterator[Unit | Unread]:
        """List the files, each once, in a stable order.

        Raises:
            ConnectorError: they cannot all be listed.
        """

    def open(self, key: str, limit: int) -> Content | Unread:
        """Open a file of at most `limit` bytes, to be had whole.

        Raises:
            ConnectorError: no file can be read any more.
        """

    def stream(self, key: str, limit: int) -> Content | Unread:
        """Open a file of at most `limit` bytes, a large one to be read as it comes.

        Raises:
            ConnectorError: no file can be read any more.
        """

    def remarks(self) -> tuple[Sequence[str], Sequence[str]]:
        """Say for `Check` what is worth knowing of the place, and what should be mended: the account can write."""

    def close(self) -> None:
        """Let go of connections."""


@dataclass(frozen=True, slots=True)
class Globs:
    """Which files are read."""

    include: Sequence[str] | str = ("*",)
    exclude: Sequence[str] | str = ()

    def rule(self, key: str, is_folder: bool) -> str | None:
        """Say why a file or folder is skipped."""
        if _matches(key, self.exclude):
            return "exclude"
        return None if is_folder or _matches(key, self.include) else "include"


class ContentConnector(Connector):
    """Reads every file of a store. Each begins with one record None that has its `path`; its content follows."""

    def __init__(self, store: Store, globs: Globs, costs: Costs, *, sandbox: bool) -> None:
        """Keep what was given; nothing is opened.

        Args:
            store: Where the files lie.
            globs: Which of them are read.
            costs: What a file may cost.
            sandbox: Parse files in a confined child process; False: in this one, unprotected.
        """
        self._store = store
        self._globs = globs
        self._limits = costs.limits
        self._parser: Parser = Sandbox(costs.limits, costs.bounds) if sandbox else InProcess(costs.limits)
        self._ahead = Ahead(self._open, self._parser)
        self._lost = 0

    def check(self) -> Check:
        """Count files and bytes by listing them; no file is opened."""
        tally = Tally(self.units())
        notes, unprotected = checked(self._parser)
        facts, faults = self._store.remarks()
        warnings = (*tally.warnings, *unprotected, *faults)
        return Check(tally.units, tally.bytes, (*tally.notes, *notes, *facts), warnings, tally.closed)

    def units(self) -> Iterator[Unit | Unread]:
        """List the files."""
        return self._store.walk(self._globs.rule)

    def formats(self) -> Mapping[str, str]:
        """Versions of the readers of all formats."""
        return versions(self._limits)

    def expect(self, units: Sequence[Unit]) -> None:
        """Read small ones of these files ahead, many at a time."""
        self._ahead.expect(units)

    def read(self, unit: Unit) -> Iterator[Batch | Unread]:
        """Read the path, then the content, of one file; every batch has the date of the last change."""
        return self._read(unit.key)

    def fetch(self, unit: str, records: Sequence[Record]) -> Iterator[tuple[Record, dict[str, str | None]]]:
        """Read records of a file or an archive member again; record None has the path and the content in one.

        Raises:
            ConnectorError: the server does not answer: what cannot be read must not look as if it were gone.
        """
        wanted = {hashable(record) for record in records}
        alone: dict[str, str | None] = {}
        for batch in self._read_around(unit):
            if not wanted:
                return
            if isinstance(batch, Unread) or batch.unit != unit:
                continue
            for index, record in enumerate(batch.records):
                if hashable(record) not in wanted:
                    continue
                values = {name: column[index] for name, column in batch.fields.items()}
                if record is None:
                    alone |= values
                else:
                    wanted.remove(hashable(record))
                    yield record, values
        if alone:
            yield None, alone

    def close(self) -> None:
        """Let go of connections, and end the process that parses files."""
        self._ahead.clear()
        self._store.close()
        self._parser.close()

    def _read_around(self, unit: str) -> Iterator[Batch | Unread]:
        """Read the file that a key is in. Of a member's key the one beginning up to a `!/` that is a file is it."""
        for mark in (*re.finditer("!/", unit), None):
            batches = self._read(unit[: mark.start()] if mark else unit, only=unit)
            first = next(batches)
            if isinstance(first, Batch):
                return chain((first,), batches)
            if first.reason == CONNECTION:
                raise ConnectorError("the server does not answer; try again when it does")
        return iter(())

    def _read(self, key: str, only: str = "") -> Iterator[Batch | Unread]:
        taken = None if only else self._ahead.take(key)
        opened = taken.opened if taken else self._open(key)
        if isinstance(opened, Unread):
            self._count(opened)
            yield opened
            return
        self._lost = 0
        with opened:
            wanted = opened.name + only[len(key) :] if only else ""
            job, data = Job(opened.name, only=wanted), taken.data if taken else opened.data
            batches = taken.answers if taken and taken.answers else self._parser.read(job, self._lazily(data))
            first = next(batches, None)
            if isinstance(first, Unread) and first.state is State.CHANGED:
                yield replace(first, unit=key)
                return
            day = opened.modified.isoformat()
            notes = degraded(self._parser.confinement())
            path = Batch(opened.name, [None], {"path": [readable(opened.name)]}, notes=notes, formats=(FILE,))
            for batch in chain((path,), (first,) if first else (), batches):
                yield _finished(batch, key + batch.unit[len(opened.name) :], day)
            if cut := opened.cut():
                yield Unread(key, *cut)

    def _open(self, key: str) -> Content | Unread:
        return self._store.stream(key, self._limits.file_bytes)

    def _lazily(self, data: bytes | File) -> bytes | File:
        """Let a file that is too large to be held be parsed while it is read."""
        large = isinstance(data, File) and data.size > self._limits.held_bytes
        return replace(data, streamed=True) if isinstance(data, File) and large else data

    def _count(self, failed: Unread) -> None:
        """Give up when one file after another cannot be had from the server.

        Raises:
            ConnectorError: so many.
        """
        self._lost = self._lost + 1 if failed.reason == CONNECTION else 0
        if self._lost >= LOST:
            raise ConnectorError("the server no longer answers; scan again when it does, what was read is kept")


@dataclass(frozen=True, slots=True)
class Costs:
    """What a file may cost, and the process that parses it."""

    limits: Limits
    bounds: Bounds


def costs(kind: str, numbers: Mapping[str, int] | None) -> Costs:
    """Make the costs that the option `limits` of a source asks for.

    Raises:
        ConnectorError: a limit that does not exist.
    """
    numbers = numbers or {}
    files, child = ({field.name for field in fields_of(kind)} for kind in (Limits, Bounds))
    wrong = sorted(set(numbers) - files - child)
    if wrong:
        raise ConnectorError(f"{kind}: `limits` has no {wrong[0]}; it has {', '.join(sorted(files | child))}")
    return Costs(
        Limits(**{name: number for name, number in numbers.items() if name in files}),
        Bounds(**{name: number for name, number in numbers.items() if name in child}),
    )


def readable(key: str) -> str:
    """Give a path as text: a name that is no UTF-8 is decoded like any text of an unknown encoding."""
    return clean(key if key.isprintable() else decode(os.fsencode(key))[0])


def _finished(batch: Batch | Unread, unit: str, day: str) -> Batch | Unread:
    """Put the key in the place of the name that was read under it, and the day of the last change beside it."""
    if isinstance(batch, Unread):
        return replace(batch, unit=unit)
    return replace(batch, unit=unit, dates={**batch.dates, "modified": [day] * len(batch.records)})


def _matches(key: str, globs: Sequence[str] | str) -> bool:
    name = key.rpartition("/")[2]
    globs = (globs,) if isinstance(globs, str) else globs
    return any(fnmatchcase(key, glob) or fnmatchcase(name, glob) for glob in globs)
