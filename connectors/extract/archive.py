"""Zip archives: members come out in memory, counted byte by byte; names are labels and never a path on disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from connectors.base import State, Unread
from connectors.extract.names import Names
from connectors.extract.part import Part

_CHUNK = 1 << 16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
"""LZMA is left out: its header chooses how much memory is used."""
_LOCAL_HEADER, _LOCAL_MAGIC = 30, b"PK\x03\x04"
_FLAG_ENCRYPTED, _FLAG_UTF8 = 0x1, 0x800


def members(part: Part) -> Iterator[Part | Unread]:
    """Unpack a zip, one member at a time.

    Raises:
        LimitReachedError: the outer file's budget is used up.
    """
    if part.depth >= part.limits.nesting:
        yield Unread(part.unit, State.REFUSED, "limit:nesting")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(part.data)) as archive:
            yield from _members(part, archive)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        yield Unread(part.unit, State.UNREADABLE, "corrupt")


def _members(part: Part, archive: zipfile.ZipFile) -> Iterator[Part | Unread]:
    spans = sorted(_span(part.data, info) for info in archive.infolist())
    gaps = [(end, start) for (_, end), (start, _) in pairwise([(0, 0), *spans, (archive.start_dir, 0)])]
    if any(end > start for end, start in gaps):
        # Members that share bytes (CVE-2024-0450): a small file would declare terabytes.
        yield Unread(part.unit, State.REFUSED, "overlapping members")
        return
    if any(_LOCAL_MAGIC in part.data[end:start] for end, start in gaps):
        yield Unread(part.unit, State.PARTIAL, "members outside the directory")
    names = Names()
    for info in archive.infolist():
        part.budget.open_member()
        name = names.take(_name(info))
        unit = f"{part.unit}!/{name}"
        if part.wants(unit) and (info.file_size or not name.endswith("/")):
            yield _member(replace(part, unit=unit, name=name, depth=part.depth + 1), archive, info)


def _span(data: bytes, info: zipfile.ZipInfo) -> tuple[int, int]:
    """Give start and end of the bytes that a member is read from."""
    local = data[info.header_offset : info.header_offset + _LOCAL_HEADER]
    labels = int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little")
    return info.header_offset, info.header_offset + _LOCAL_HEADER + labels + info.compress_size


def _member(part: Part, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Part | Unread:
    """Fill the part of a member with what the archive holds of it."""
    if info.flag_bits & _FLAG_ENCRYPTED:
        return Unread(part.unit, State.UNREADABLE, "encrypted")
    if info.compress_type not in _METHODS:
        return Unread(part.unit, State.UNSUPPORTED, f"zip method {info.compress_type}")
    try:
        return replace(part, data=_unpack(part, archive, info))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        return Unread(part.unit, State.UNREADABLE, "corrupt")


def _unpack(part: Part, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Read a member; the size its header claims is not believed."""
    out = bytearray()
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            part.budget.spend(len(chunk))
            out += chunk
    return bytes(out)


def _name(info: zipfile.ZipInfo) -> str:
    """Give the member's name; without the flag it is cp437 by the standard, but UTF-8 in practice of many tools."""
    if info.flag_bits & _FLAG_UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename
