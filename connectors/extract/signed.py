"""What is signed as a whole: S/MIME and other CMS (RFC 5652) in DER or BER. The signature is not checked."""

from __future__ import annotations

from collections.abc import Iterator

from connectors.base import State, Unread
from connectors.extract.part import Part

_TYPES = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
"""An object identifier below 1.2.840.113549.1.7, but for its last number."""
_SIGNED, _PLAIN = 2, 1
_SECRET = (3, 6)
"""For others' keys, or by a password."""
_SEQUENCE, _OCTETS, _JOINED_OCTETS, _EXPLICIT, _END = 0x30, 0x04, 0x24, 0xA0, b"\0\0"
_DEEPEST = 8
_FIRST = 16
"""Bytes within which the identifier stands."""


def kind(data: bytes) -> str:
    """Name what a message of CMS is: `signed`, `encrypted cms`, or "" for anything else."""
    at = data.find(_TYPES, 0, _FIRST + len(_TYPES)) if data[:1] == bytes([_SEQUENCE]) else -1
    number = data[at + len(_TYPES)] if 0 <= at < len(data) - len(_TYPES) else 0
    return "signed" if number == _SIGNED else "encrypted cms" if number in _SECRET else ""


def read_signed(part: Part) -> Iterator[Part | Unread]:
    """Give what was signed as a member, called like the file without `.p7m`, else `signed.eml`: most are messages."""
    if part.depth >= part.limits.nesting:
        yield Unread(part.unit, State.REFUSED, "limit:nesting")
        return
    try:
        content = _content(memoryview(part.data))
    except (IndexError, ValueError):
        yield Unread(part.unit, State.UNREADABLE, "corrupt")
        return
    part.budget.open_member()
    part.budget.spend(len(content))
    stem = part.name.rpartition("/")[2].rpartition(".")[0]
    member = part.member(stem if "." in stem else "signed.eml")
    if content and part.wants(member.unit):
        yield member.filled(iter((content,)))[0]


def _content(data: memoryview) -> bytes:
    """The bytes that were signed; none where they are elsewhere (a signature apart).

    Raises:
        ValueError: it is not built as it should be.
        IndexError: it is cut.
    """
    outer = _inside(data, _SEQUENCE)
    signed = _inside(_inside(_behind(outer), _EXPLICIT), _SEQUENCE)
    for tag, value in _each(signed):
        if tag == _SEQUENCE and value[: len(_TYPES)] == _TYPES:
            behind = _behind(value)
            return _octets(_inside(behind, _EXPLICIT), 0) if len(behind) and behind[0] == _EXPLICIT else b""
    raise ValueError("nothing signed")


def _octets(data: memoryview, depth: int) -> bytes:
    """Octets, in one piece or in several."""
    tag, value, _ = _one(data)
    if tag == _OCTETS:
        return bytes(value)
    if tag != _JOINED_OCTETS or depth > _DEEPEST:
        raise ValueError("no octets")
    pieces, rest = [], value
    while len(rest) and rest[:2] != _END:
        pieces.append(_octets(rest, depth + 1))
        rest = rest[_one(rest)[2] :]
    return b"".join(pieces)


def _inside(data: memoryview, wanted: int) -> memoryview:
    tag, value, _ = _one(data)
    if tag != wanted:
        raise ValueError("another type")
    return value


def _behind(data: memoryview) -> memoryview:
    """What follows the first element."""
    return data[_one(data)[2] :]


def _each(data: memoryview) -> Iterator[tuple[int, memoryview]]:
    while len(data) and data[:2] != _END:
        tag, value, size = _one(data)
        yield tag, value
        data = data[size:]


def _one(data: memoryview, depth: int = 0) -> tuple[int, memoryview, int]:
    """The first element: its tag, its value, and how many bytes it takes."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    tag, length, start = data[0], data[1], 2
    if length == 0x80:  # it ends where its end is marked
        end = start
        while data[end : end + 2] != _END:
            end += _one(data[end:], depth + 1)[2]
            if end >= len(data):
                raise IndexError("cut")
        return tag, data[start:end], end + 2
    if length > 0x80:
        start += length & 0x7F
        length = int.from_bytes(data[2:start], "big")
    if start + length > len(data):
        raise IndexError("cut")
    return tag, data[start : start + length], start + length
