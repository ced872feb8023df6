"""Bytes too many to be held: they are read once, in the order they come."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 20


class Rest:
    """What follows the bytes that are held."""

    def __init__(self, chunks: Iterator[bytes], broken: tuple[type[Exception], ...] = ()) -> None:
        """Keep where it comes from; nothing is read.

        Args:
            chunks: The bytes.
            broken: What they raise where they are damaged: they then end, and `fault` says why.
        """
        self._chunks = chunks
        self._broken = broken
        self.ended = False
        self.fault = ""

    def take(self, least: int) -> bytes:
        """Take the next bytes: so many, up to a chunk more, or fewer at the end."""
        out = bytearray()
        try:
            for chunk in self._chunks:
                out += chunk
                if len(out) >= least:
                    return bytes(out)
        except self._broken as error:
            self.fault = "limit:memory" if "emory" in str(error) else "corrupt"
        self.ended = True
        return bytes(out)

    def __iter__(self) -> Iterator[bytes]:
        """Give what is left, piece by piece."""
        while not self.ended:
            yield self.take(CHUNK)


class RestFile(io.RawIOBase):
    """Held bytes and what follows, as a file that cannot be wound back."""

    def __init__(self, data: bytes, rest: Rest) -> None:
        super().__init__()
        self._buffer = data
        self._rest = rest
        self.tail = b""
        """The last bytes that were read."""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int | None = -1) -> bytes:
        """Read so many bytes, fewer at the end only."""
        wanted = size if size is not None and size >= 0 else 1 << 62
        if len(self._buffer) < wanted and not self._rest.ended:
            self._buffer += self._rest.take(wanted - len(self._buffer))
        out, self._buffer = self._buffer[:wanted], self._buffer[wanted:]
        self.tail = out[-512:] or self.tail
        return out


def chunks_of(file: BinaryIO) -> Iterator[bytes]:
    """Read an unbuffered file from where it stands; of a hole in a sparse file one zero is left."""
    position = file.tell() if file.seekable() else -1
    while chunk := file.read(CHUNK):
        yield chunk
        position = position + len(chunk) if position >= 0 else -1
        if position >= 0 and not chunk.strip(b"\0"):
            position = _after_hole(file, position)


def _after_hole(file: BinaryIO, position: int) -> int:
    """Go on where data are again. -1: the system does not tell, and is not asked again."""
    try:
        return os.lseek(file.fileno(), position, os.SEEK_DATA)
    except OSError as error:  # ENXIO: nothing but a hole is left
        return file.seek(0, os.SEEK_END) if error.errno == errno.ENXIO else -1
