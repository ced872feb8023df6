"""Tar archives, in memory; names are labels and never a path on disk."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from dataclasses import replace

from connectors.base import State, Unread
from connectors.extract.encoding import clean, decode
from connectors.extract.names import Names
from connectors.extract.part import Part

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
    names = Names()
    position = 0
    try:
        with tarfile.open(
            fileobj=io.BytesIO(part.data), mode="r:", encoding="utf-8", errors="surrogateescape"
        ) as archive:
            for info in archive:
                part.budget.open_member()
                position = info.offset_data + (0 if info.issparse() else info.size)
                member = part.member(names.take(_name(info.name)))
                if info.isreg() and part.wants(member.unit):
                    yield replace(member, data=_content(part, archive, info))
    except _BROKEN:
        yield Unread(part.unit, State.PARTIAL if position else State.UNREADABLE, "corrupt")
        return
    end = part.data[-(-position // _BLOCK) * _BLOCK :]
    if not end or end.strip(b"\0"):
        # An archive ends in blocks of zeros: it is cut, or another follows.
        yield Unread(part.unit, State.PARTIAL, "corrupt")


def _name(name: str) -> str:
    return clean(decode(name.encode("utf-8", "surrogateescape"))[0])


def _content(part: Part, archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    """Read a member; a sparse one may be far longer than what it takes in the archive."""
    out = bytearray()
    stream = archive.extractfile(info)
    while stream is not None and (chunk := stream.read(_CHUNK)):
        part.budget.spend(len(chunk))
        out += chunk
    return bytes(out)
