"""A directory tree of this machine, as a store of files."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from connectors.base import ConnectorError, Readers, State, Unit, Unread
from connectors.content import Rule
from connectors.extract.limits import FOLDER_DEPTH, MIB
from connectors.extract.process import File
from connectors.localfs import Entry, Opened, Walk, open_file, unread, version

_COMPANIONS = ("", "-wal", "-shm", "-journal")
"""What SQLite lays beside a database."""
_SENT = MIB
"""A file of so many bytes is read here and sent to where it is parsed; a larger one is read there."""


class LocalTree:
    """The files below a directory, or a single file."""

    def __init__(self, path: str, own: Sequence[str] = (), deepest: int = FOLDER_DEPTH) -> None:
        """Keep the options; nothing is opened.

        Args:
            path: A directory, or a single file.
            own: Absolute paths that are our own: the store (what SQLite lays beside it goes along).
            deepest: So many folders in folders are entered.
        """
        self._deepest = deepest
        self._open_to_all = 0
        self._path = path
        self._base = os.path.realpath(path) if own else ""
        self._own = {os.path.realpath(one) + end for one in own for end in _COMPANIONS}

    def walk(self, rule: Rule) -> Iterator[Unit | Unread]:
        """List the files in the order of their names, folder by folder."""
        self._open_to_all = 0
        for found in self._entries(rule):
            if isinstance(found, Entry):
                self._open_to_all += found.readers is Readers.EVERYONE
                yield Unit(found.key, version(found.info), "file", found.info.st_size, found.readers)
            else:
                yield found

    def open(self, key: str, limit: int) -> LocalContent | Unread:
        """Open a file."""
        with self._root() as (root, alone):
            if alone not in ("", key):
                return Unread(key, State.VANISHED, "vanished")
            opened = open_file(root, key, limit)
        return opened if isinstance(opened, Unread) else _content(opened, key, limit)

    def stream(self, key: str, limit: int) -> LocalContent | Unread:
        """Open a file: here every file can be read as it comes."""
        return self.open(key, limit)

    def ends(self, key: str, length: int) -> LocalContent | Unread:  # noqa: ARG002  here all of it is at hand
        """Open a file of any size, for a reader that seeks what it needs."""
        with self._root() as (root, alone):
            if alone not in ("", key):
                return Unread(key, State.VANISHED, "vanished")
            opened = open_file(root, key, sys.maxsize)
        if isinstance(opened, Unread):
            return opened
        return LocalContent(opened, File(opened.descriptor, opened.info.st_size), key)

    def remarks(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Say how many of the files that were listed last every user of the machine may read."""
        many = f"every user of the machine may read {self._open_to_all} files"
        return (many,) if self._open_to_all else (), ()

    def close(self) -> None:
        """Nothing is held."""

    def _entries(self, rule: Rule) -> Iterator[Entry | Unread]:
        def ours(key: str, is_folder: bool) -> str | None:
            return "own store" if self._own and f"{self._base}/{key}" in self._own else rule(key, is_folder)

        with self._root() as (root, only):
            info = os.fstat(root)
            if only:
                yield Entry(only, os.stat(only, dir_fd=root), info.st_mode)
            else:
                yield from Walk(info.st_dev, ours, {(info.st_dev, info.st_ino)}, self._deepest).folder(root)

    @contextmanager
    def _root(self) -> Iterator[tuple[int, str]]:
        """Open the directory; for a single file the one it is in, and its name.

        Raises:
            ConnectorError: there is no such file or directory, or it cannot be opened.
        """
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


class LocalContent:
    """A local file, open: a `Content`."""

    def __init__(self, opened: Opened, data: bytes | File, name: str) -> None:
        self._opened = opened
        self.data = data
        self.name = name

    @property
    def modified(self) -> date:
        """Day of the last change, UTC, as of the last reading."""
        return datetime.fromtimestamp(self._opened.info.st_mtime, UTC).date()

    def cut(self) -> None:
        """Nothing is missing."""

    def __enter__(self) -> LocalContent:
        """Keep it open."""
        return self

    def __exit__(self, *details: object) -> None:
        """Close it."""
        self._opened.__exit__(*details)


def _content(opened: Opened, key: str, limit: int) -> LocalContent | Unread:
    """Read a small file; hand over a large one."""
    if opened.info.st_size > _SENT:
        return LocalContent(opened, File(opened.descriptor, opened.info.st_size, opened.settled), key)
    try:
        data = opened.read(limit)
    except OSError as error:
        data = unread(key, error)
    if isinstance(data, bytes):
        return LocalContent(opened, data, key)
    opened.__exit__()
    return data
