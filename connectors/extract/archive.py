"""Zip archives: members come out in memory, counted byte by byte; names are labels and never a path on disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from connectors.base import Batch, State, Unread
from connectors.extract.encoding import clean, decode
from connectors.extract.names import Names
from connectors.extract.part import Part, whole
from connectors.extract.rest import CHUNK

_CHUNK = 1 << 16
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
"""LZMA is left out: its header chooses how much memory is used."""
_LOCAL_HEADER, _LOCAL_MAGIC = 30, b"PK\x03\x04"
_END_MAGIC, _END_SIZE, _LONGEST_END = b"PK\x05\x06", 22, 22 + 0xFFFF
_FLAG_ENCRYPTED, _FLAG_UTF8 = 0x1, 0x800


def has_archive(data: bytes) -> bool:
    """Tell whether a zip ends where the data end, whatever they begin with: a picture, a program."""
    start = data.rfind(_END_MAGIC, max(0, len(data) - _LONGEST_END))
    return start >= 0 and start + _END_SIZE + int.from_bytes(data[start + 20 : start + 22], "little") == len(data)


def members(part: Part) -> Iterator[Batch | Part | Unread]:
    """Unpack a zip, one member at a time; its comment is a record of its own.

    Raises:
        LimitReachedError: the outer file's budget is used up.
    """
    if part.depth >= part.limits.nesting:
        yield Unread(part.unit, State.REFUSED, "limit:nesting")
        return
    try:
        with zipfile.ZipFile(part.opened()) as archive:
            if archive.comment.strip():
                yield whole(part.unit, {"@comment": clean(decode(archive.comment)[0])})
            yield from _members(part, archive)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        yield Unread(part.unit, State.UNREADABLE, "corrupt")


def _members(part: Part, archive: zipfile.ZipFile) -> Iterator[Part | Unread]:
    file = part.opened()
    spans = sorted(_span(file, info) for info in archive.infolist())
    gaps = [(end, start) for (_, end), (start, _) in pairwise([(0, 0), *spans, (archive.start_dir, 0)])]
    if any(end > start for end, start in gaps):
        # Members that share bytes (CVE-2024-0450): a small file would declare terabytes.
        yield Unread(part.unit, State.REFUSED, "overlapping members")
        return
    if any(_has_header(file, end, start) for end, start in gaps if end < start):
        yield Unread(part.unit, State.PARTIAL, "members outside the directory")
    names = Names()
    for info in archive.infolist():
        part.budget.open_member()
        name = names.take(_name(info))
        member = part.member(name)
        if part.wants(member.unit) and (info.file_size or not name.endswith("/")):
            yield from _member(member, archive, info)


def _span(file: BinaryIO, info: zipfile.ZipInfo) -> tuple[int, int]:
    """Give start and end of the bytes that a member is read from."""
    file.seek(info.header_offset)
    local = file.read(_LOCAL_HEADER)
    labels = int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little")
    return info.header_offset, info.header_offset + _LOCAL_HEADER + labels + info.compress_size


def _has_header(file: BinaryIO, start: int, end: int) -> bool:
    """Tell whether a member begins in a gap between members, or near the start of a long one."""
    file.seek(start)
    return _LOCAL_MAGIC in file.read(min(end - start, CHUNK))


def _member(part: Part, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[Part | Unread]:
    """Fill the part of a member with what the archive holds of it."""
    if info.flag_bits & _FLAG_ENCRYPTED:
        yield Unread(part.unit, State.UNREADABLE, "encrypted")
        return
    if info.compress_type not in _METHODS:
        yield Unread(part.unit, State.UNSUPPORTED, f"zip method {info.compress_type}")
        return
    filled, rest = part.filled(_unpacked(part, archive, info), _BROKEN)
    if filled.rest is not None or not rest.fault:
        yield filled
    if rest.fault:
        yield Unread(part.unit, State.UNREADABLE if filled.rest is None else State.PARTIAL, rest.fault)


def _unpacked(part: Part, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Read a member; the size its header claims is not believed."""
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            part.budget.spend(len(chunk))
            yield chunk


def _name(info: zipfile.ZipInfo) -> str:
    """Give the member's name; without the flag it is cp437 by the standard, but UTF-8 in practice of many tools."""
    if info.flag_bits & _FLAG_UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename
