"""7z archives, in memory, where the extra is installed."""

from __future__ import annotations

import io
import lzma
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from connectors.base import State, Unread
from connectors.extract.encoding import clean
from connectors.extract.names import Names
from connectors.extract.part import Part

_BROKEN = (lzma.LZMAError, zlib.error, EOFError, OSError, ValueError, LookupError, TypeError, AttributeError)


def read_7z(part: Part) -> Iterator[Part | Unread]:
    """Unpack a 7z; its files are compressed together, so all come out before the first is read.

    Raises:
        LimitReachedError: the outer file's budget is used up.
    """
    try:
        import py7zr
        from py7zr.exceptions import ArchiveError, PasswordRequired
    except ImportError:
        yield Unread(part.unit, State.UNSUPPORTED, "7z: pip install insyn[mail]")
        return
    if part.depth >= part.limits.nesting:
        yield Unread(part.unit, State.REFUSED, "limit:nesting")
        return
    try:
        files = _files(part, py7zr)
    except PasswordRequired:
        yield Unread(part.unit, State.UNREADABLE, "encrypted")
        return
    except (ArchiveError, AssertionError, *_BROKEN):
        yield Unread(part.unit, State.UNREADABLE, "corrupt")
        return
    names = Names()
    for name, data in files:
        member = part.member(names.take(clean(name)))
        if part.wants(member.unit):
            yield replace(member, data=data)


def _files(part: Part, py7zr: Any) -> list[tuple[str, bytes]]:
    found: list[tuple[str, io.BytesIO]] = []
    part_budget = part.budget

    class Sink(py7zr.Py7zIO):  # type: ignore[misc]
        """Takes one file, counting."""

        def __init__(self, name: str) -> None:
            self._out = io.BytesIO()
            found.append((name, self._out))

        def write(self, data: bytes | bytearray) -> int:
            part_budget.spend(len(data))
            return self._out.write(data)

        def read(self, size: int | None = None) -> bytes:
            return self._out.read(size)

        def seek(self, offset: int, whence: int = 0) -> int:
            return self._out.seek(offset, whence)

        def flush(self) -> None: ...

        def size(self) -> int:
            return self._out.getbuffer().nbytes

    class Factory(py7zr.WriterFactory):  # type: ignore[misc]
        """Makes a sink for each file."""

        def create(self, filename: str) -> Sink:
            part_budget.open_member()
            return Sink(filename)

    with py7zr.SevenZipFile(io.BytesIO(part.data)) as archive:
        archive.extractall(factory=Factory())
    return [(name, out.getvalue()) for name, out in found]
