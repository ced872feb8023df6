"""The files below a directory, and opening them: read only, no link followed, regular files only."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from connectors import localfs
from connectors.base import ConnectorError, Unread


@dataclass(frozen=True, slots=True)
class Entry:
    """A regular file."""

    key: str
    """Path relative to the source, with `/`."""
    info: os.stat_result

    @property
    def extension(self) -> str:
        """Lower case, without the dot."""
        return PurePosixPath(self.key).suffix[1:].lower()

    @property
    def stem(self) -> str:
        """Path without the extension, casefolded."""
        return str(PurePosixPath(self.key).with_suffix("")).casefold()

    @property
    def version(self) -> str:
        """Equal as long as the file is not written."""
        return f"{self.info.st_mtime_ns:x}-{self.info.st_size:x}"

    def is_changed(self, now: os.stat_result) -> bool:
        """Tell whether the file was written since it was listed."""
        return (now.st_mtime_ns, now.st_size) != (self.info.st_mtime_ns, self.info.st_size)


def walk(root: str) -> Iterator[Entry | Unread]:
    """List all files below a directory, in a stable order; what is not entered or no regular file as `Unread`.

    Raises:
        ConnectorError: the directory cannot be listed.
    """
    with _folder(root) as descriptor:
        info = os.fstat(descriptor)
        below = localfs.Walk(info.st_dev, _all, {(info.st_dev, info.st_ino)})
        for found in below.folder(descriptor):
            yield Entry(found.key, found.info) if isinstance(found, localfs.Entry) else found


def open_whole(root: str, key: str, limit: int) -> localfs.Opened | Unread:
    """Open a file of at most `limit` bytes; `Unread` says why not.

    Raises:
        ConnectorError: the directory cannot be opened any more.
    """
    with _folder(root) as descriptor:
        return localfs.open_file(descriptor, key, limit)


@contextmanager
def open_file(root: str, key: str) -> Iterator[BinaryIO]:
    """Open a file for reading from its start.

    Raises:
        OSError: gone, no permission, a symbolic link or no regular file any more.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(Path(root, key), flags)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.ENXIO, "not a regular file")
        yield file


def _all(_key: str, _is_folder: bool) -> None:
    """Skip nothing."""


@contextmanager
def _folder(root: str) -> Iterator[int]:
    try:
        descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a path"
        raise ConnectorError(f"recordings: {root}: {why}; set `path` to a directory you may read") from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)
