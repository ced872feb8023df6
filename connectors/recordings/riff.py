"""What a WAV file says of itself: the chunks `LIST`/`INFO`, `bext` (EBU Tech 3285), `cart` (AES46), `iXML`, `id3`.

Recorders of calls put numbers and agents into `bext`, which tag libraries leave out. Audio is stepped over, never read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO

_LARGEST = 16 << 20
"""Bytes of all telling chunks together."""
_MOST = 10_000
"""Chunks of a file."""
_OPEN_ENDED = 0xFFFFFFFF  # size not known when the header was written (streams); in RF64 it stands in `ds64`
_TELLING = frozenset((b"LIST", b"bext", b"cart", b"iXML", b"id3 ", b"ID3 "))

_INFO = {
    "INAM": "title", "IART": "artist", "ICMT": "comment", "ISBJ": "subject", "IKEY": "keywords", "ICRD": "date",
    "IENG": "engineer", "ITCH": "technician", "ISFT": "software", "ICOP": "copyright", "IGNR": "genre",
    "IPRD": "album", "ISRC": "source", "ICMS": "commissioned", "IARL": "archived_at",
}  # fmt: skip
_BEXT = {
    "description": (0, 256), "originator": (256, 32), "originator_reference": (288, 32),
    "origination_date": (320, 10), "origination_time": (330, 8), "coding_history": (602, None),
}  # fmt: skip
_CART = {
    "title": (4, 64), "artist": (68, 64), "cut_id": (132, 64), "client_id": (196, 64), "category": (260, 64),
    "classification": (324, 64), "out_cue": (388, 64), "start_date": (452, 10), "start_time": (462, 8),
    "producer": (490, 64), "user_defined": (618, 64), "url": (748, 1024), "text": (1772, None),
}  # fmt: skip


class RiffError(ValueError):
    """The file is no WAV file or ends too early. Chunks already given are sound."""


def chunks(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Give name (`LIST`, `bext` …) and content of each chunk that can tell something.

    Raises:
        RiffError: no header, no format, a chunk beyond the end of the file.
    """
    end = file.seek(0, os.SEEK_END)
    file.seek(0)
    header = file.read(12)
    if header[:4] not in {b"RIFF", b"RF64", b"BW64"} or header[8:] != b"WAVE":
        raise RiffError("corrupt audio header")
    seen_format, large, left = False, 0, _LARGEST
    for _ in range(_MOST):
        if len(head := file.read(8)) < 8:
            break
        name, size, start = head[:4], int.from_bytes(head[4:], "little"), file.tell()
        seen_format = seen_format or name == b"fmt "
        if size == _OPEN_ENDED and name == b"data":
            size = large or end - start
        _check(name, start + size, end, seen_format)
        if name == b"ds64":
            large = int.from_bytes(file.read(16)[8:], "little")
        elif name in _TELLING:
            left -= size
            yield name.decode("ascii"), _whole(file, size, left)
        file.seek(start + size + size % 2)
    else:
        raise RiffError("limit:chunks")
    if not seen_format:
        raise RiffError("corrupt audio header")


def _check(name: bytes, chunk_end: int, end: int, seen_format: bool) -> None:
    if not (name.isascii() and name.decode("ascii", "replace").isprintable()):
        raise RiffError("corrupt audio header")
    if chunk_end > end:
        raise RiffError("truncated audio" if name == b"data" and seen_format else "corrupt audio header")


def _whole(file: BinaryIO, size: int, left: int) -> bytes:
    if left < 0:
        raise RiffError("limit:tag_bytes")
    return file.read(size)


def info(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give name and text of each entry of a `LIST` chunk of type `INFO`; nothing of other types."""
    position = 4 if data[:4] == b"INFO" else len(data)
    while position + 8 <= len(data):
        name = data[position : position + 4].decode("latin-1").strip()
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        yield _INFO.get(name, f"info.{name.lower()}"), data[position + 8 : position + 8 + size]
        position += 8 + size + size % 2


def bext(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give name (`bext.description` …) and text of each text field of a broadcast extension chunk."""
    yield from _cut("bext", data, _BEXT)


def cart(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give name (`cart.cut_id` …) and text of each text field of a cart chunk."""
    yield from _cut("cart", data, _CART)


def _cut(chunk: str, data: bytes, layout: dict[str, tuple[int, int | None]]) -> Iterator[tuple[str, bytes]]:
    for name, (start, length) in layout.items():
        yield f"{chunk}.{name}", data[start : start + length if length else None]
