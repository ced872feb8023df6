"""Tar archives, in memory; names are labels and never a path on disk."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import BinaryIO

from connectors.base import State, Unread
from connectors.extract.encoding import clean, decode
from connectors.extract.names import Names
from connectors.extract.part import Part
from connectors.extract.rest import CHUNK

_CHUNK, _BLOCK = 1 << 16, 512
_BROKEN = (tarfile.TarError, EOFError, OSError, ValueError, OverflowError)


def read_tar(part: Part) -> Iterator[Part | Unread]:
    """Unpack a tar, one regular file at a time; links and devices have no content of their own.

    Raises:
        LimitReachedError: the outer file's budget is used up.
    """
    if part.depth >= part.limits.nesting:
        yield Unread(part.unit, State.REFUSED, "limit:nesting")
        return
    file = part.opened()
    names = Names()
    position = 0
    try:
        with tarfile.open(
            fileobj=file, mode="r:" if file.seekable() else "r|", encoding="utf-8", errors="surrogateescape"
        ) as archive:
            for info in archive:
                part.budget.open_member()
                position = info.offset_data + (0 if info.issparse() else info.size)
                member = part.member(names.take(_name(info.name)))
                if info.isreg() and part.wants(member.unit):
                    filled, rest = member.filled(_content(part, archive, info), _BROKEN)
                    yield filled
                    if rest.fault:
                        raise tarfile.ReadError(rest.fault)
    except _BROKEN:
        yield Unread(part.unit, State.PARTIAL if position else State.UNREADABLE, "corrupt")
        return
    if not _ends(file, position):
        yield Unread(part.unit, State.PARTIAL, "corrupt")


def _ends(file: BinaryIO, position: int) -> bool:
    """Tell whether nothing but zeros follows the last member: else the archive is cut, or another follows."""
    tail = getattr(file, "tail", b"")
    if file.seekable():
        file.seek(-(-position // _BLOCK) * _BLOCK)
    clean_end = True
    while chunk := file.read(CHUNK):
        tail, clean_end = chunk, clean_end and not chunk.strip(b"\0")
    return clean_end and bool(tail) and not tail.strip(b"\0")


def _name(name: str) -> str:
    return clean(decode(name.encode("utf-8", "surrogateescape"))[0])


def _content(part: Part, archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[bytes]:
    """Read a member; a sparse one may be far longer than what it takes in the archive."""
    stream = archive.extractfile(info)
    while stream is not None and (chunk := stream.read(_CHUNK)):
        part.budget.spend(len(chunk))
        yield chunk
