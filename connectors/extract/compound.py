"""Compound files ([MS-CFB]): the file system in old office documents and Outlook messages; and their property sets."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from connectors.extract.encoding import clean, decode

HEADER = 512
_DIFAT_IN_HEADER = 109
_COUNTS = (44, 64, 72)
"""Where the header says how many sectors each table takes."""
_SMALLEST_SECTOR = HEADER
_FREE = 0xFFFFFFF0
"""Numbers from here on are marks and no sector."""
_ENTRY = 128
_SMALL, _SMALL_STREAM = 64, 4096
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_PROPERTY_NAMES = {
    "SummaryInformation": {2: "title", 3: "subject", 4: "author", 5: "keywords", 6: "comments", 8: "lastAuthor"},
    "DocumentSummaryInformation": {2: "category", 14: "manager", 15: "company"},
}
_LPSTR, _LPWSTR = 30, 31

BROKEN = (ValueError, struct.error, IndexError, OverflowError)
"""What reading a compound file that is not what it should be raises."""


def boasts(data: bytes) -> bool:
    """Tell whether the header claims more sectors of tables than the file has: a reader may make room for them all."""
    return any(struct.unpack_from("<I", data, at)[0] * _SMALLEST_SECTOR > len(data) for at in _COUNTS)


class Compound:
    """A compound file. Streams go by their path: `Storage/Stream`."""

    def __init__(self, data: bytes) -> None:
        """Read the directory.

        Raises:
            ValueError, struct.error, IndexError: it is broken.
        """
        self._data = data
        self._size = 1 << min(struct.unpack_from("<H", data, 30)[0], 12)
        self._table = self._sectors_table()
        (first_directory,) = struct.unpack_from("<I", data, 48)
        self._directory = self._chain(first_directory, len(data))
        (first_small,) = struct.unpack_from("<I", data, 60)
        small = self._chain(first_small, len(data))
        self._small_table = struct.unpack(f"<{len(small) // 4}I", small[: len(small) // 4 * 4])
        self._entries: dict[str, tuple[int, int]] = dict(self._walk())
        start, size = struct.unpack_from("<IQ", self._directory, 116)
        self._small = self._chain(start, size)
        self._starts = {first_directory, first_small, start}

    def names(self) -> list[str]:
        """List the paths of the streams."""
        return list(self._entries)

    def read(self, path: str) -> bytes:
        """Read a stream; b"" if there is none."""
        if path not in self._entries:
            return b""
        start, size = self._entries[path]
        if size >= _SMALL_STREAM:
            return self._chain(start, size)
        out = bytearray()
        for at in _followed(self._small_table, start):
            if len(out) >= size:
                break
            out += self._small[at * _SMALL : (at + 1) * _SMALL]
        return bytes(out[:size])

    def turns_back(self) -> bool:
        """Tell whether a chain of sectors comes back upon itself: a reader may follow it without end."""
        starts = {first for first, size in self._entries.values() if size >= _SMALL_STREAM} | self._starts
        return any(_turns_back(self._table, start) for start in starts)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _sectors_table(self) -> tuple[int, ...]:
        """Read which sector follows which."""
        places = list(struct.unpack_from(f"<{_DIFAT_IN_HEADER}I", self._data, 76))
        following, count = struct.unpack_from("<II", self._data, 68)
        per = self._size // 4 - 1
        for _ in range(min(count, len(self._data) // self._size)):
            if following >= _FREE:
                break
            numbers = struct.unpack(f"<{per + 1}I", self._sector(following))
            places += numbers[:per]
            following = numbers[per]
        table = b"".join(self._sector(place) for place in places if place < _FREE)
        return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])

    def _chain(self, start: int, size: int) -> bytes:
        """Follow a chain of sectors; no longer than there are sectors."""
        out = bytearray()
        for at in _followed(self._table, start):
            if len(out) >= min(size, len(self._data)):
                break
            out += self._sector(at)
        return bytes(out[:size])

    def _walk(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Go through the tree of each storage."""
        ahead, seen = [(struct.unpack_from("<I", self._directory, 76)[0], "")], set[int]()
        while ahead:
            number, folder = ahead.pop()
            if number in seen or (number + 1) * _ENTRY > len(self._directory):
                continue
            seen.add(number)
            entry = self._directory[number * _ENTRY : (number + 1) * _ENTRY]
            length, kind = struct.unpack_from("<HB", entry, 64)
            left, right, child = struct.unpack_from("<III", entry, 68)
            path = folder + entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            ahead += [(left, folder), (right, folder)]
            if kind == _STORAGE:
                ahead.append((child, f"{path}/"))
            elif kind == _STREAM:
                yield path, struct.unpack_from("<IQ", entry, 116)


def _followed(table: Sequence[int], start: int) -> Iterator[int]:
    """Follow a chain; one that comes back upon itself is given up when each sector could have been in it."""
    for _ in table:
        if start >= len(table):
            return
        yield start
        start = table[start]


def _turns_back(table: Sequence[int], start: int) -> bool:
    for _ in table:
        if start >= len(table):
            return False
        start = table[start]
    return start < len(table)


def properties(file: Compound) -> dict[str, str]:
    """Read the properties of a document: `@author`, `@title` … ([MS-OLEPS]); what is broken is left out."""
    fields: dict[str, str] = {}
    for name, names in _PROPERTY_NAMES.items():
        try:
            fields |= dict(_property_set(file.read(f"\x05{name}"), names))
        except BROKEN:
            continue
    return {name: value for name, value in fields.items() if value.strip()}


def _property_set(data: bytes, names: dict[int, str]) -> Iterator[tuple[str, str]]:
    if len(data) < 48:
        return
    (section,) = struct.unpack_from("<I", data, 44)
    _, count = struct.unpack_from("<II", data, section)
    for index in range(min(count, 1000)):
        key, offset = struct.unpack_from("<II", data, section + 8 + 8 * index)
        kind, length = struct.unpack_from("<II", data, section + offset)
        start = section + offset + 8
        if key in names and kind == _LPSTR:
            yield f"@{names[key]}", clean(decode(data[start : start + length].rstrip(b"\0"))[0])
        elif key in names and kind == _LPWSTR:
            yield f"@{names[key]}", clean(data[start : start + 2 * length].decode("utf-16-le", "replace").rstrip("\0"))
