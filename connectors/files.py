"""Directory trees: a file is a unit."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path

from connectors.base import Batch, Check, Connector, ConnectorError, Record, State, Unit, Unread
from connectors.extract.bounds import Bounds
from connectors.extract.encoding import clean, decode
from connectors.extract.limits import MIB, Limits
from connectors.extract.process import File
from connectors.extract.readers import Job
from connectors.extract.sandbox import InProcess, Parser, Sandbox, checked, degraded
from connectors.localfs import Entry, Opened, Walk, open_file, unread, version

_COMPANIONS = ("", "-wal", "-shm", "-journal")
"""What SQLite lays beside a database."""
_SENT = MIB
"""A file of so many bytes is read here and sent to where it is parsed; a larger one is read there."""


class FilesConnector(Connector):
    """Reads every file of a tree. Each begins with one record None that has its `path`; its content follows."""

    def __init__(
        self,
        *,
        path: str,
        include: Sequence[str] = ("*",),
        exclude: Sequence[str] = (),
        skip: Sequence[str] = (),
        limits: Mapping[str, int] | None = None,
        sandbox: bool = True,
    ) -> None:
        """Keep the options; nothing is opened.

        Args:
            path: A directory, or a single file.
            include: Globs on the relative path or the name of files.
            exclude: Globs on the relative path or the name of files and folders.
            skip: Absolute paths that are our own: the store (what SQLite lays beside it goes along).
            limits: Other numbers for `Limits` and `Bounds`.
            sandbox: Parse files in a confined child process; False: in this one, unprotected.

        Raises:
            ConnectorError: a limit that does not exist.
        """
        self._path = path
        self._include = (include,) if isinstance(include, str) else tuple(include)
        self._exclude = (exclude,) if isinstance(exclude, str) else tuple(exclude)
        self._base = os.path.realpath(path) if skip else ""
        self._own = {os.path.realpath(own) + end for own in skip for end in _COMPANIONS}
        self._limits, bounds = _limits(limits or {})
        self._parser: Parser = Sandbox(self._limits, bounds) if sandbox else InProcess(self._limits)

    def check(self) -> Check:
        """Count files and bytes by walking the tree; no file is opened."""
        count, size = 0, 0
        formats: Counter[str] = Counter()
        warnings = []
        for found in self._walk():
            if isinstance(found, Entry):
                count, size = count + 1, size + found.info.st_size
                formats[_extension(found.key)] += 1
            elif found.state is not State.SKIPPED:
                warnings.append(f"{found.unit}: {found.reason}")
        notes, unprotected = checked(self._parser)
        return Check(count, size, (*_counts(formats), *notes), (*warnings, *unprotected))

    def close(self) -> None:
        """End the process that parses files."""
        self._parser.close()

    def units(self) -> Iterator[Unit | Unread]:
        """List the files in the order of their names, folder by folder."""
        for found in self._walk():
            if isinstance(found, Entry):
                yield Unit(found.key, version(found.info), "file", found.info.st_size)
            else:
                yield found

    def read(self, unit: Unit) -> Iterator[Batch | Unread]:
        """Read the path, then the content, of one file; every batch has the date of the last change."""
        return self._read(unit.key)

    def fetch(self, unit: str, records: Sequence[Record]) -> Iterator[tuple[Record, dict[str, str | None]]]:
        """Read records of a file or an archive member again; record None has the path and the content in one."""
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

    def _read_around(self, unit: str) -> Iterator[Batch | Unread]:
        """Read the file that a key is in. Of a member's key the one beginning up to a `!/` that is a file is it."""
        for mark in (*re.finditer("!/", unit), None):
            batches = self._read(unit[: mark.start()] if mark else unit, only=unit)
            first = next(batches)
            if isinstance(first, Batch):
                return chain((first,), batches)
        return iter(())

    def _read(self, key: str, only: str = "") -> Iterator[Batch | Unread]:
        with self._root() as (root, alone):
            opened = open_file(root, key, self._limits.file_bytes) if alone in ("", key) else _gone(key)
        if isinstance(opened, Unread):
            yield opened
            return
        with opened:
            content = _content(opened, key, self._limits.file_bytes)
            if isinstance(content, Unread):
                yield content
                return
            batches = self._parser.read(Job(key, only=only), content)
            first = next(batches, None)
            if isinstance(first, Unread) and first.state is State.CHANGED:
                yield first
                return
            day = datetime.fromtimestamp(opened.info.st_mtime, UTC).date().isoformat()
            notes = degraded(self._parser.confinement())
            path = Batch(key, [None], {"path": [readable(key)]}, notes=notes)
            yield from (_dated(batch, day) for batch in chain((path,), (first,) if first else (), batches))

    def _walk(self) -> Iterator[Entry | Unread]:
        with self._root() as (root, only):
            info = os.fstat(root)
            if only:
                yield Entry(only, os.stat(only, dir_fd=root))
            else:
                yield from Walk(info.st_dev, self._rule, {(info.st_dev, info.st_ino)}).folder(root)

    def _rule(self, key: str, is_folder: bool) -> str | None:
        """Say why a file or folder is skipped."""
        if self._own and f"{self._base}/{key}" in self._own:
            return "own store"
        if _matches(key, self._exclude):
            return "exclude"
        return None if is_folder or _matches(key, self._include) else "include"

    @contextmanager
    def _root(self) -> Iterator[tuple[int, str]]:
        """Open the directory; for a single file the one it is in, and its name.

        Raises:
            ConnectorError: there is no such file or directory, or it cannot be opened.
        """
        if "://" in self._path:
            scheme = self._path.partition("://")[0]
            raise ConnectorError(
                f"files: {scheme}:// is not supported yet; mount the share, give its directory as `path`"
            )
        if not self._path:
            raise ConnectorError("files: `path` is empty; give it a directory or a file")
        path = Path(self._path)
        try:
            single = stat.S_ISREG(path.stat().st_mode)
            root = os.open(path.parent if single else path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or "not a path"
            raise ConnectorError(
                f"files: {self._path}: {why}; set `path` to a directory or file you may read"
            ) from error
        try:
            yield root, path.name if single else ""
        finally:
            os.close(root)


def readable(key: str) -> str:
    """Give a path as text: a name that is no UTF-8 is decoded like any text of an unknown encoding."""
    return clean(key if key.isprintable() else decode(os.fsencode(key))[0])


def _matches(key: str, globs: Sequence[str]) -> bool:
    name = key.rpartition("/")[2]
    return any(fnmatchcase(key, glob) or fnmatchcase(name, glob) for glob in globs)


def _dated(batch: Batch | Unread, day: str) -> Batch | Unread:
    if isinstance(batch, Unread):
        return batch
    return replace(batch, dates={**batch.dates, "modified": [day] * len(batch.records)})


def _gone(key: str) -> Unread:
    return Unread(key, State.VANISHED, "vanished")


def _content(opened: Opened, key: str, limit: int) -> bytes | File | Unread:
    """Read a small file; hand over a large one."""
    if opened.info.st_size > _SENT:
        return File(opened.descriptor, opened.info.st_size, opened.settled)
    try:
        return opened.read(limit)
    except OSError as error:
        return unread(key, error)


def _hashable(record: Record) -> frozenset[tuple[str, str | int]] | None:
    return None if record is None else frozenset(record.items())


def _extension(key: str) -> str:
    """Name the extension if it is one: a short word, so no name of a person gets into a summary."""
    _, dot, extension = key.rpartition("/")[2].rpartition(".")
    return (
        f".{extension.lower()}"
        if dot and extension.isascii() and extension.isalnum() and len(extension) <= 5
        else "other"
    )


def _counts(formats: Counter[str]) -> tuple[str, ...]:
    return tuple(f"{name}: {n} files" for name, n in sorted(formats.items(), key=lambda item: (-item[1], item[0])))


def _limits(numbers: Mapping[str, int]) -> tuple[Limits, Bounds]:
    files, child = ({field.name for field in fields_of(kind)} for kind in (Limits, Bounds))
    wrong = sorted(set(numbers) - files - child)
    if wrong:
        raise ConnectorError(f"files: `limits` has no {wrong[0]}; it has {', '.join(sorted(files | child))}")
    return (
        Limits(**{name: number for name, number in numbers.items() if name in files}),
        Bounds(**{name: number for name, number in numbers.items() if name in child}),
    )
