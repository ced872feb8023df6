"""One compressed file: gzip, bzip2, xz, zstd. What comes out is its only member."""

from __future__ import annotations

import bz2
import importlib
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from connectors.base import State, Unread
from connectors.extract.encoding import clean, decode
from connectors.extract.limits import MIB
from connectors.extract.part import Part
from connectors.extract.rest import RestFile

_CHUNK = _PACKED = 1 << 16
_MEMORY = 256 * MIB
"""Of a decompressor: xz and zstd let the file choose."""
_WINDOW_LOG = 27
_BROKEN = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)
_ENDINGS = {"tgz": "tar", "tbz2": "tar", "tbz": "tar", "txz": "tar", "tzst": "tar"}
_NAME_FLAG, _EXTRA_FLAG = 8, 4


_Decompressor: TypeAlias = Any
"""What `bz2`, `lzma` and `zstd` have alike: `decompress(data, max_length)`, `eof`, `needs_input`, `unused_data`."""


class _Gzip:
    """zlib with the face of the others."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)
        self._tail = b""
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        out = self._inner.decompress(self._tail + data, max_length)
        self._tail = self._inner.unconsumed_tail
        self.needs_input = not self._tail and len(out) < max_length
        return out


def read_gzip(part: Part) -> Iterator[Part | Unread]:
    """Unpack gzip; the member is called as the header says, else like the file without `.gz`."""
    return _unpacked(part, _Gzip, _gzip_name(part.data))


def read_bzip2(part: Part) -> Iterator[Part | Unread]:
    """Unpack bzip2."""
    return _unpacked(part, bz2.BZ2Decompressor)


def read_xz(part: Part) -> Iterator[Part | Unread]:
    """Unpack xz, and what came before it (`.lzma`)."""
    return _unpacked(part, lambda: lzma.LZMADecompressor(lzma.FORMAT_AUTO, _MEMORY))


def read_zstd(part: Part) -> Iterator[Part | Unread]:
    """Unpack zstd: part of Python from 3.14 on, before that of an extra."""
    for name in ("compression.zstd", "backports.zstd"):
        try:
            zstd = importlib.import_module(name)
        except ImportError:
            continue
        options = {zstd.DecompressionParameter.window_log_max: _WINDOW_LOG}
        yield from _unpacked(part, lambda: zstd.ZstdDecompressor(options=options), errors=(zstd.ZstdError,))  # noqa: B023  used before the next turn
        return
    yield Unread(part.unit, State.UNSUPPORTED, "zstd: pip install insyn[mail]")


def _unpacked(
    part: Part,
    start: Callable[[], _Decompressor],
    name: str = "",
    errors: tuple[type[Exception], ...] = (),
) -> Iterator[Part | Unread]:
    """Give what comes out, also what came out before a fault."""
    if part.depth >= part.limits.nesting:
        yield Unread(part.unit, State.REFUSED, "limit:nesting")
        return
    part.budget.open_member()
    packed = RestFile(part.data, part.rest) if part.rest is not None else io.BytesIO(part.data)
    member, rest = part.member(name or _stem(part.name)).filled(_counted(part, packed, start), _BROKEN + errors)
    if member.data and part.wants(member.unit):
        yield member
    if rest.fault:
        yield Unread(part.unit, State.PARTIAL if member.data else State.UNREADABLE, rest.fault)


def _counted(part: Part, packed: io.BytesIO | RestFile, start: Callable[[], _Decompressor]) -> Iterator[bytes]:
    for chunk in _chunks(packed, start):
        part.budget.spend(len(chunk))
        yield chunk


def _chunks(packed: io.BytesIO | RestFile, start: Callable[[], _Decompressor]) -> Iterator[bytes]:
    """Decompress streams that follow one another.

    Raises:
        EOFError: the last one is cut.
    """
    data = packed.read(_PACKED)
    while data:
        stream = start()
        chunk = stream.decompress(data, _CHUNK)
        yield chunk
        while not stream.eof:
            data = packed.read(_PACKED) if stream.needs_input else b""
            if stream.needs_input and not data and not chunk:
                raise EOFError("cut")
            chunk = stream.decompress(data, _CHUNK)
            yield chunk
        data = _next_stream(stream.unused_data, packed)


def _next_stream(data: bytes, packed: io.BytesIO | RestFile) -> bytes:
    """Give the beginning of the next stream; zeros may stand before it."""
    while not (data := data.lstrip(b"\0")) and (more := packed.read(_PACKED)):
        data = more
    return data


def _stem(name: str) -> str:
    """Name the member like the file without its last extension: `a.tgz` holds `a.tar`."""
    file = name.rpartition("/")[2]
    stem, dot, extension = file.rpartition(".")
    if not dot or not stem:
        return f"{file}.out"
    return f"{stem}.{_ENDINGS[extension.lower()]}" if extension.lower() in _ENDINGS else stem


def _gzip_name(data: bytes) -> str:
    """Read the file name of a gzip header (RFC 1952)."""
    if len(data) < 12 or not data[3] & _NAME_FLAG:
        return ""
    start = 10 + (2 + int.from_bytes(data[10:12], "little") if data[3] & _EXTRA_FLAG else 0)
    return clean(decode(data[start : start + 1024].partition(b"\0")[0])[0])
