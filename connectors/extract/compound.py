"""Compound files ([MS-CFB]): the file system in old office documents and Outlook messages; and their property sets."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from connectors.extract.encoding import clean, decode

_HEADER = 512
_DIFAT_IN_HEADER = 109
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
        while start < len(self._small_table) and len(out) < size:
            out += self._small[start * _SMALL : (start + 1) * _SMALL]
            start = self._small_table[start]
        return bytes(out[:size])

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
        while start < len(self._table) and len(out) < min(size, len(self._data)):
            out += self._sector(start)
            start = self._table[start]
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
