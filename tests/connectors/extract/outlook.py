"""A small Outlook store ([MS-PST], Unicode, not encoded), written by hand: no library writes one."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Properties = Mapping[tuple[int, int], bytes]
"""(tag, type) -> value."""
_STORE, _NAMES, _ROOT = 0x21, 0x61, 0x122
_RECIPIENTS, _ATTACHMENTS = 0x692, 0x671
_ROW, _VERSION = 0x67F2, 0x67F3
_PAGE = 512


def text(tag: int, value: str) -> dict[tuple[int, int], bytes]:
    """A string property."""
    return {(tag, 0x1F): value.encode("utf-16-le")}


@dataclass
class Item:
    """A message, a contact …"""

    properties: Properties
    recipients: Sequence[Properties] = ()
    attachments: Sequence[Properties] = ()


@dataclass
class _Store:
    blocks: list[tuple[int, bytes]] = field(default_factory=list)
    nodes: list[tuple[int, int, int, int]] = field(default_factory=list)

    def block(self, data: bytes, internal: bool = False) -> int:
        number = 4 * (len(self.blocks) + 1) | (2 if internal else 0)
        self.blocks.append((number, data))
        return number

    def node(self, number: int, parent: int, data: bytes, below: Mapping[int, bytes] | None = None) -> None:
        entries = b"".join(
            struct.pack("<QQQ", nid, self.block(inner), 0) for nid, inner in sorted((below or {}).items())
        )
        sub = self.block(struct.pack("<BBHI", 2, 0, len(below), 0) + entries, internal=True) if below else 0
        self.nodes.append((number, self.block(data), sub, parent))


def pst(folders: Mapping[str, Sequence[Item]], names: Sequence[str] = ("Kundnummer",)) -> bytes:
    """A store of folders, each with its items. The names are those of the tags 0x8000, 0x8001 …"""
    store = _Store()
    store.node(_STORE, 0, _properties(text(0x3001, "Arkiv")))
    store.node(_NAMES, 0, _properties(_own_names(names)))
    store.node(_ROOT, _ROOT, _properties(text(0x3001, "")))
    for place, (name, items) in enumerate(folders.items(), 0x400):
        folder = place << 5 | 2
        store.node(folder, _ROOT, _properties(text(0x3001, name)))
        for number, item in enumerate(items, place << 4):
            store.node(number << 5 | 4, folder, _properties(item.properties), _below(item))
    return _written(store)


def _own_names(names: Sequence[str]) -> Properties:
    strings, entries = b"", b""
    for number, name in enumerate(names):
        entries += struct.pack("<IHH", len(strings), 5, number)
        data = name.encode("utf-16-le")
        strings += struct.pack("<I", len(data)) + data + bytes(-len(data) % 4)
    return {(2, 0x102): bytes(16), (3, 0x102): entries, (4, 0x102): strings}


def _below(item: Item) -> dict[int, bytes]:
    below = {}
    if item.recipients:
        below[_RECIPIENTS] = _table([{**row, (_ROW, 3): struct.pack("<I", n)} for n, row in enumerate(item.recipients)])
    if item.attachments:
        numbers = [(n + 1) << 5 | 5 for n in range(len(item.attachments))]
        below[_ATTACHMENTS] = _table([{(_ROW, 3): struct.pack("<I", n), (_VERSION, 3): bytes(4)} for n in numbers])
        below |= {n: _properties(one) for n, one in zip(numbers, item.attachments, strict=True)}
    return below


def _heap(items: Sequence[bytes], kind: int) -> bytes:
    """A heap on a node; its items are called 0x20, 0x40 …, the first is its root."""
    places = [12]
    for item in items:
        places.append(places[-1] + len(item))
    end = places[-1] + places[-1] % 2
    head = struct.pack("<HBBII", end, 0xEC, kind, 0x20, 0)
    return (head + b"".join(items)).ljust(end, b"\0") + struct.pack(f"<HH{len(places)}H", len(items), 0, *places)


def _properties(found: Properties) -> bytes:
    records, values = [], list[bytes]()
    for (tag, kind), value in sorted(found.items()):
        if kind in (3, 0xB):
            records.append(struct.pack("<HH4s", tag, kind, value))
        else:
            values.append(value)
            records.append(struct.pack("<HHI", tag, kind, (len(values) + 2) << 5 if value else 0))
    root = struct.pack("<BBBBI", 0xB5, 2, 6, 0, 0x40 if records else 0)
    return _heap([root, b"".join(records), *values], 0xBC)


def _table(rows: Sequence[Properties]) -> bytes:
    """A table, every row with the same columns, each of four bytes: a number, or where in the heap the text is."""
    columns = sorted({column for row in rows for column in row}, key=lambda column: (column[0] != _ROW, column))
    values, matrix = list[bytes](), b""
    present = bytes([0xFF] * -(-len(columns) // 8))
    for row in rows:
        for column in columns:
            value = row[column]
            if column[1] != 3:
                values.append(value)
                value = struct.pack("<I", (len(values) + 4) << 5)
            matrix += value
        matrix += present
    end = 4 * len(columns)
    described = b"".join(struct.pack("<HHHBB", kind, tag, 4 * at, 4, at) for at, (tag, kind) in enumerate(columns))
    ends = struct.pack("<4H", end, end, end, end + len(present))
    info = struct.pack("<BB", 0x7C, len(columns)) + ends + struct.pack("<III", 0x40, 0x80, 0) + described
    index = b"".join(row[_ROW, 3] + struct.pack("<I", at) for at, row in enumerate(rows))
    return _heap([info, struct.pack("<BBBBI", 0xB5, 4, 4, 0, 0x60), index, matrix, *values], 0x7C)


def _crc(data: bytes) -> int:
    return zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF


def _page(kind: int, number: int, entries: Sequence[bytes]) -> bytes:
    size = len(entries[0])
    data = b"".join(entries).ljust(488, b"\0") + struct.pack("<BBBB4x", len(entries), 488 // size, size, 0)
    assert len(data) == _PAGE - 16, "too many for one page"
    return data + struct.pack("<BBHIQ", kind, kind, 0, _crc(data), number)


def _written(store: _Store) -> bytes:
    body, places = bytearray(), {}
    for number, data in store.blocks:
        places[number] = 4 * _PAGE + len(body), len(data)
        body += data.ljust(-(-(len(data) + 16) // 64) * 64 - 16, b"\0")
        body += struct.pack("<HHIQ", len(data), 0, _crc(data), number)
    nodes = _page(0x81, 2, [struct.pack("<QQQII", *node, 0) for node in sorted(store.nodes)])
    blocks = _page(0x80, 6, [struct.pack("<QQHHI", n, *places[n], 2, 0) for n in sorted(places)])
    root = struct.pack("<IQQQQQQQQI", 0, 4 * _PAGE + len(body), 0, 0, 0, 2, 2 * _PAGE, 6, 3 * _PAGE, 2)
    return _header(root).ljust(2 * _PAGE, b"\0") + nodes + blocks + bytes(body)


def _header(root: bytes) -> bytes:
    """The beginning of the file: what it is, and where the two trees of pages are."""
    known = struct.pack("<2sHHBB", b"SM", 23, 19, 1, 1) + bytes(16) + struct.pack("<QI", 0x100, 1)
    known += struct.pack("<32I", *[0x400] * 32) + bytes(8) + root + bytes(4) + b"\xff" * 256 + b"\x80\0\0\0"
    known += struct.pack("<Q", 0x104)
    first = struct.pack("<4sI", b"!BDN", _crc(known[:471]))
    return first + known + struct.pack("<I", _crc(known[:516]))
