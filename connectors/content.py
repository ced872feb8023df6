"""Sources whose units are files, wherever they lie: a store lists and loads bytes, what is in them is read alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as fields_of
from datetime import date
from fnmatch import fnmatchcase
from itertools import chain
from typing import Protocol

from connectors.base import Batch, Check, Connector, ConnectorError, Record, State, Unit, Unread
from connectors.extract import Limits, extract
from connectors.extract.encoding import clean

Rule = Callable[[str, bool], str | None]
"""Key and whether it is a folder -> why it is skipped, or None."""
CONNECTION = "connection"
"""Reason of an `Unread` for which the server is at fault, not the file."""


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """A file, whole. `repr` is left out: it holds personal data."""

    data: bytes
    modified: date
    """Day of the last change, UTC."""
    path: str
    """Path of the file: the key, without what tells versions apart."""


class Store(Protocol):
    """Where files lie."""

    def walk(self, rule: Rule) -> Iterator[Unit | Unread]:
        """List the files, each once, in a stable order.

        Raises:
            ConnectorError: they cannot all be listed.
        """

    def load(self, key: str, limit: int) -> Content | Unread:
        """Read a file of at most `limit` bytes.

        Raises:
            ConnectorError: no file can be read any more.
        """

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

    def __init__(self, store: Store, globs: Globs, limits: Limits) -> None:
        """Keep what was given; nothing is opened."""
        self._store = store
        self._globs = globs
        self._limits = limits

    def check(self) -> Check:
        """Count files and bytes by listing them; no file is opened."""
        count, size = 0, 0
        formats, skipped = Counter[str](), Counter[str]()
        warnings = []
        for found in self.units():
            if isinstance(found, Unit):
                count, size = count + 1, size + found.size
                formats[_extension(found.key)] += 1
            elif found.state is State.SKIPPED:
                skipped[found.reason] += 1
            else:
                warnings.append(f"{found.unit}: {found.reason}")
        return Check(count, size, (*_counts(formats, "files"), *_counts(skipped, "skipped")), tuple(warnings))

    def units(self) -> Iterator[Unit | Unread]:
        """List the files."""
        return self._store.walk(self._globs.rule)

    def read(self, unit: Unit) -> Iterator[Batch | Unread]:
        """Read the path, then the content, of one file; every batch has the date of the last change."""
        return self._read(unit.key)

    def fetch(self, unit: str, records: Sequence[Record]) -> Iterator[tuple[Record, dict[str, str | None]]]:
        """Read records of a file or an archive member again; record None has the path and the content in one.

        Raises:
            ConnectorError: the server does not answer: what cannot be read must not look as if it were gone.
        """
        wanted = {_hashable(record) for record in records}
        alone: dict[str, str | None] = {}
        for batch in self._read_around(unit):
            if not wanted:
                return
            if isinstance(batch, Unread) or batch.unit != unit:
                continue
            for index, record in enumerate(batch.records):
                if _hashable(record) not in wanted:
                    continue
                values = {name: column[index] for name, column in batch.fields.items()}
                if record is None:
                    alone |= values
                else:
                    wanted.remove(_hashable(record))
                    yield record, values
        if alone:
            yield None, alone

    def close(self) -> None:
        """Let go of connections."""
        self._store.close()

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
        found = self._store.load(key, self._limits.file_bytes)
        if isinstance(found, Unread):
            yield found
            return
        day = found.modified.isoformat()
        yield _finished(Batch(key, [None], {"path": [clean(found.path)]}), "", "", day)
        wanted = found.path + only[len(key) :] if only else ""
        for batch in extract(found.path, found.data, self._limits, wanted):
            yield _finished(batch, found.path, key, day)


def limits_of(kind: str, numbers: Mapping[str, int] | None) -> Limits:
    """Make the limits that a source's options ask for.

    Raises:
        ConnectorError: a limit that does not exist.
    """
    known = {field.name for field in fields_of(Limits)}
    wrong = sorted(set(numbers or ()) - known)
    if wrong:
        raise ConnectorError(f"{kind}: `limits` has no {wrong[0]}; it has {', '.join(sorted(known))}")
    return Limits(**(numbers or {}))


def _finished(batch: Batch | Unread, path: str, key: str, day: str) -> Batch | Unread:
    """Put the key in the place of the path that was read under it, and the day of the last change beside it."""
    unit = key + batch.unit[len(path) :]
    if isinstance(batch, Unread):
        return replace(batch, unit=unit)
    return replace(batch, unit=unit, dates={**batch.dates, "modified": [day] * len(batch.records)})


def _matches(key: str, globs: Sequence[str] | str) -> bool:
    name = key.rpartition("/")[2]
    globs = (globs,) if isinstance(globs, str) else globs
    return any(fnmatchcase(key, glob) or fnmatchcase(name, glob) for glob in globs)


def _hashable(record: Record) -> frozenset[tuple[str, str | int]] | None:
    return None if record is None else frozenset(record.items())


def _extension(key: str) -> str:
    """Name the extension if it is one: a short word, so no name of a person gets into a summary."""
    _, dot, extension = key.rpartition("/")[2].rpartition(".")
    short = dot and extension.isascii() and extension.isalnum() and len(extension) <= 5
    return f".{extension.lower()}" if short else "other"


def _counts(names: Counter[str], what: str) -> tuple[str, ...]:
    return tuple(f"{name}: {n} {what}" for name, n in sorted(names.items(), key=lambda item: (-item[1], item[0])))
