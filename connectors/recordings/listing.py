"""Where recordings lie: a directory, a share or a bucket; of a recording only what its tags need is fetched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from connectors.base import ConnectorError, State, Unit, Unread
from connectors.content import Content, Store
from connectors.extract.process import File
from connectors.localtree import LocalTree

ENDS = 256 << 10
"""Bytes from the start and from the end of a recording: tags stand there, sound between."""
_WHOLE = 512 << 20
_ID3 = 10


class Place(Store, Protocol):
    """A store that can leave out the middle of a long file."""

    def ends(self, key: str, length: int) -> Content | Unread:
        """Open a file, of any size, for what stands in its first and last bytes; between them there may be zeros.

        Raises:
            ConnectorError: no file can be read any more.
        """


@dataclass(frozen=True, slots=True)
class Access:
    """How a share or a bucket is reached."""

    username: str | None = None
    password: str | None = None
    endpoint_url: str | None = None
    profile: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A file."""

    unit: Unit

    @property
    def key(self) -> str:
        """Path relative to the source, with `/`; of a bucket the object's key."""
        return self.unit.key

    @property
    def size(self) -> int:
        """Bytes."""
        return self.unit.size

    @property
    def version(self) -> str:
        """Equal as long as the file is not written."""
        return self.unit.version

    @property
    def extension(self) -> str:
        """Lower case, without the dot."""
        return PurePosixPath(self.key).suffix[1:].lower()

    @property
    def stem(self) -> str:
        """Path without the extension, casefolded."""
        return str(PurePosixPath(self.key).with_suffix("")).casefold()


def place(path: str, access: Access) -> Place:
    """The place that the option `path` names. Nothing is reached.

    Raises:
        ConnectorError: it is none, what it needs is not installed, or the user is missing.
    """
    scheme, mark, rest = path.partition("://")
    if not mark:
        return LocalTree(path)
    if scheme == "smb":
        try:
            from connectors.smb import Share
        except ImportError:
            raise ConnectorError("recordings: `path` is a share; install insyn[smb] to read it") from None
        return Share(path, access.username, access.password)
    if scheme == "s3" and rest:
        from connectors.s3.bucket import Bucket
        from connectors.s3.client import Place as BucketPlace

        bucket, _, prefix = rest.partition("/")
        return Bucket(BucketPlace(bucket, prefix, access.endpoint_url, access.profile, access.region))
    raise ConnectorError("recordings: `path` is a directory, smb://HOST/SHARE/DIR or s3://BUCKET/PREFIX")


def walk(where: Place) -> Iterator[Entry | Unread]:
    """List all files, in a stable order.

    Raises:
        ConnectorError: they cannot all be listed.
    """
    for found in where.walk(lambda _key, _is_folder: None):
        yield Entry(found) if isinstance(found, Unit) else found


def open_recording(where: Place, entry: Entry) -> Content | Unread:
    """Open a recording for its tags; `Unread` says why not, or that it is not the one that was listed."""
    content = where.ends(entry.key, ENDS)
    if isinstance(content, Unread):
        return content
    if length(content) != entry.size:
        content.__exit__()
        return Unread(entry.key, State.CHANGED, "changed since it was listed")
    if entry.size > 2 * ENDS and not isinstance(where, LocalTree) and _tag_size(content) > ENDS:
        content.__exit__()
        return where.open(entry.key, _WHOLE)
    return content


def length(content: Content) -> int:
    """Bytes of an open file."""
    data = content.data
    return data.size if isinstance(data, File) else len(data)


def seekable(content: Content) -> bytes | File:
    """An open file for a reader that seeks what it needs."""
    data = content.data
    return File(data.descriptor, data.size) if isinstance(data, File) else data


def _tag_size(content: Content) -> int:
    """How long an ID3v2 tag at the start says it is (its head is ten bytes, the size in four times seven bits)."""
    data = content.data
    head = os.pread(data.descriptor, _ID3, 0) if isinstance(data, File) else data[:_ID3]
    if not head.startswith(b"ID3"):
        return 0
    return sum((byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=False))
