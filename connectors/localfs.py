"""A directory tree, walked and read without trusting it: links are not followed, only regular files are opened."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from connectors.base import ConnectorError, Readers, State, Unread
from connectors.extract.limits import FOLDER_DEPTH

ATTEMPTS = 3
"""How often a file is read that changes meanwhile."""
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NOATIME = getattr(os, "O_NOATIME", 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """A regular file."""

    key: str
    """Path relative to the root, with `/`; bytes that are no UTF-8 as surrogate escapes."""
    info: os.stat_result
    passable: int = 0o777
    """The mode bits that all folders on the way have: who may not pass them cannot read the file, whatever its mode."""

    @property
    def readers(self) -> Readers:
        """Who may read it."""
        return readers(self.info.st_mode, self.passable)


@dataclass(slots=True)
class Walk:
    """One walk through a tree: what is met twice is entered once."""

    device: int
    rule: Callable[[str, bool], str | None]
    """Key and whether it is a folder -> why it is skipped, or None."""
    seen: set[tuple[int, int]] = field(default_factory=set)
    deepest: int = FOLDER_DEPTH
    passable: list[int] = field(default_factory=lambda: [0o777])
    """The mode bits that all folders down to the one that is listed have."""

    def folder(self, descriptor: int, prefix: str = "", depth: int = 0) -> Iterator[Entry | Unread]:
        """List a folder and those below it, in the order of names; `prefix` is its key with a `/` at the end, or "".

        Raises:
            ConnectorError: the root itself cannot be listed.
        """
        try:
            names = sorted(os.listdir(descriptor))
        except OSError as error:
            if not prefix:
                raise ConnectorError(f"files: the folder cannot be listed: {error.strerror}") from error
            yield unread(prefix, error)
            return
        self.passable.append(self.passable[-1] & os.fstat(descriptor).st_mode)
        for name in names:
            yield from self._entry(descriptor, name, prefix, depth)
        self.passable.pop()

    def _entry(self, parent: int, name: str, prefix: str, depth: int) -> Iterator[Entry | Unread]:
        key = prefix + name
        try:
            info = os.stat(name, dir_fd=parent, follow_symlinks=False)
        except OSError as error:
            yield unread(key, error)
            return
        is_folder = stat.S_ISDIR(info.st_mode)
        why = "symlink" if stat.S_ISLNK(info.st_mode) else self.rule(key, is_folder)
        if why:
            yield Unread(f"{key}/" if is_folder else key, State.SKIPPED, why)
        elif is_folder:
            yield from self._subfolder(parent, name, f"{key}/", depth + 1)
        elif stat.S_ISREG(info.st_mode):
            yield Entry(key, info, self.passable[-1])
        else:
            yield Unread(key, State.UNSUPPORTED, "irregular")

    def _subfolder(self, parent: int, name: str, prefix: str, depth: int) -> Iterator[Entry | Unread]:
        try:
            descriptor = os.open(name, _FOLDER, dir_fd=parent)
        except OSError as error:
            yield unread(prefix, error)
            return
        try:
            refusal = self._refusal(os.fstat(descriptor), prefix, depth)
            if refusal:
                yield refusal
            else:
                yield from self.folder(descriptor, prefix, depth)
        finally:
            os.close(descriptor)

    def _refusal(self, info: os.stat_result, prefix: str, depth: int) -> Unread | None:
        if depth > self.deepest:
            return Unread(prefix, State.REFUSED, "limit:folder_depth")
        if info.st_dev != self.device:
            return Unread(prefix, State.SKIPPED, "other device")
        if (info.st_dev, info.st_ino) in self.seen:
            return Unread(prefix, State.SKIPPED, "visited")
        self.seen.add((info.st_dev, info.st_ino))
        return None


class Opened:
    """A regular file, open for reading. A context manager."""

    def __init__(self, descriptor: int, key: str) -> None:
        self.descriptor = descriptor
        self.info = os.fstat(descriptor)
        """As of the last reading."""
        self._key = key

    def read(self, limit: int) -> bytes | Unread:
        """Read it whole; again if it changes meanwhile.

        Args:
            limit: Bytes that it may have.

        Raises:
            OSError: it cannot be read.
        """
        for _ in range(ATTEMPTS):
            found = _read_once(self.descriptor, self._key, limit)
            if isinstance(found, Unread):
                return found
            if found is not None:
                data, self.info = found
                return data
        return Unread(self._key, State.CHANGED, "changed while read")

    def settled(self, size: int) -> bool:
        """Tell whether so many bytes that were just read are the file; if not, `info` is made that of now."""
        before, self.info = self.info, os.fstat(self.descriptor)
        return version(before) == version(self.info) and size == self.info.st_size

    def __enter__(self) -> Self:
        """Keep it open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        os.close(self.descriptor)


def open_file(root: int, key: str, limit: int) -> Opened | Unread:
    """Open a regular file below a folder.

    Args:
        root: Descriptor of the folder that `key` is relative to.
        key: As an `Entry` has it.
        limit: Bytes that the file may have.
    """
    try:
        with _opened(root, key) as descriptor:
            info = os.fstat(descriptor)
            if not stat.S_ISREG(info.st_mode):
                return Unread(key, State.UNSUPPORTED, "irregular")
            if info.st_size > limit:
                return Unread(key, State.REFUSED, "limit:file_bytes")
            return Opened(os.dup(descriptor), key)
    except OSError as error:
        return unread(key, error)


def readers(mode: int, passable: int) -> Readers:
    """Who may read a file of a mode in folders of a mode; the group's bits also bound what an access list grants."""
    open_to = mode & (passable & 0o111) << 2
    if open_to & stat.S_IROTH:
        return Readers.EVERYONE
    return Readers.GROUP if open_to & stat.S_IRGRP else Readers.OWNER


def readers_of(path: Path) -> Readers:
    """Who may read a single file, by its mode and that of the folder it lies in."""
    return readers(path.stat().st_mode, path.absolute().parent.stat().st_mode)


def version(info: os.stat_result) -> str:
    """Name the content of a file: changes whenever the file is written, replaced or given other rights."""
    return f"{info.st_mtime_ns:x}-{info.st_ctime_ns:x}-{info.st_size:x}-{info.st_ino:x}"


def unread(key: str, error: OSError) -> Unread:
    """Say why a file or folder cannot be opened; the text of the error names paths and is left out."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ESTALE):
        return Unread(key, State.VANISHED, "vanished")
    if error.errno in (errno.EACCES, errno.EPERM):
        return Unread(key, State.UNREADABLE, "permission")
    if error.errno == errno.ELOOP:
        return Unread(key, State.SKIPPED, "symlink")
    if error.errno in (errno.ENXIO, errno.ENODEV, errno.EISDIR):
        return Unread(key, State.UNSUPPORTED, "irregular")
    return Unread(key, State.UNREADABLE, errno.errorcode.get(error.errno or 0, "error"))


@contextmanager
def _opened(root: int, key: str) -> Iterator[int]:
    """Open a file, folder by folder: no link on the way is followed, and the length of the path does not matter."""
    *folders, name = key.split("/")
    if "\0" in key or any(part in ("", ".", "..") for part in (*folders, name)):
        raise FileNotFoundError(errno.ENOENT, "no key of a file")
    parent = os.dup(root)
    try:
        for folder in folders:
            below = os.open(folder, _FOLDER, dir_fd=parent)
            os.close(parent)
            parent = below
        descriptor = _open_quietly(name, parent)
    finally:
        os.close(parent)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _open_quietly(name: str, parent: int) -> int:
    """Open without a trace in the time of last access, where the owner of the file lets us."""
    try:
        return os.open(name, _FILE | _NOATIME, dir_fd=parent)
    except PermissionError:
        return os.open(name, _FILE, dir_fd=parent)


def _read_once(descriptor: int, key: str, limit: int) -> tuple[bytes, os.stat_result] | Unread | None:
    """Read from the start; None if the file changed on the way."""
    before = os.fstat(descriptor)
    if before.st_size > limit:
        return Unread(key, State.REFUSED, "limit:file_bytes")
    with os.fdopen(os.dup(descriptor), "rb") as stream:
        stream.seek(0)
        data = stream.read(before.st_size + 1)
    same = version(os.fstat(descriptor)) == version(before)
    return (data, before) if same and len(data) == before.st_size else None
