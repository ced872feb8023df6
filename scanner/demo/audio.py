"""Tiny valid recordings: a tenth of a second of silence, with the tags that recorders write."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_RATE = 8000
_INFO = {"title": b"INAM", "artist": b"IART", "comment": b"ICMT"}
_ID3 = {"title": b"TIT2", "artist": b"TPE1"}
_FRAME = b"\xff\xfb\x90\x00" + bytes(413)
"""One MPEG-1 layer III frame of silence: 128 kbit/s, 44.1 kHz, 26 ms."""


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _bext(description: str) -> bytes:
    return description.encode().ljust(256, b"\0") + bytes(346)


def wav(tags: Mapping[str, str]) -> bytes:
    """A WAV file; tags: `title`, `artist`, `comment` (INFO) and `bext.description` (at most 256 bytes)."""
    chunks = _chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, _RATE, _RATE, 1, 8))
    if "bext.description" in tags:
        chunks += _chunk(b"bext", _bext(tags["bext.description"]))
    info = b"".join(_chunk(_INFO[name], text.encode() + b"\0") for name, text in tags.items() if name in _INFO)
    chunks += _chunk(b"LIST", b"INFO" + info) if info else b""
    body = b"WAVE" + chunks + _chunk(b"data", b"\x80" * (_RATE // 10))
    return _chunk(b"RIFF", body)


def _frame(name: bytes, data: bytes) -> bytes:
    return name + struct.pack(">I", len(data)) + b"\0\0" + data


def mp3(tags: Mapping[str, str]) -> bytes:
    """An MP3 file with an ID3v2.3 tag: `title`, `artist`, `comment`."""
    frames = b"".join(
        _frame(_ID3[name], b"\x01" + text.encode("utf-16")) for name, text in tags.items() if name in _ID3
    )
    if "comment" in tags:
        frames += _frame(b"COMM", b"\x01swe" + "".encode("utf-16") + b"\0\0" + tags["comment"].encode("utf-16"))
    size = bytes(len(frames) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + size + frames + _FRAME * 4
