"""JSON too long to be held as a tree: read value by value, so that no more than a part of it is in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from connectors.base import Batch, State, Unread
from connectors.extract.blocks import Block, encoding_notes
from connectors.extract.jsondoc import DATA_KEY, DECODER, entry, is_records
from connectors.extract.limits import LimitReachedError
from connectors.extract.names import Names
from connectors.extract.part import Part, Row, row_batches, whole
from connectors.extract.tree import Tree, flatten

WINDOW = 8 << 20
"""Characters of a value that is decoded at once; a longer one is entered."""
_MEMBERS = 1000
"""Members of long objects that together are the record of the document; what follows is a record each."""
_NEAR = 64
"""Characters that a number or word may still be short of."""
_BLANK = re.compile(r"[ \t\r\n]*")


class _FaultError(Exception):
    """It is no JSON from here on, or a single text in it is too long; the message is the reason."""


class _Cursor:
    """A place in text that comes block by block."""

    def __init__(self, found: Iterator[Block]) -> None:
        self._blocks = found
        self._text, self._at = "", 0
        self._ended = False
        self.found: Tree = None
        """The value that was decoded last."""
        self.notes: list[str] = []
        """What is to be said of the encoding."""

    def peek(self) -> str:
        """Give the next character that is no blank; "" at the end."""
        while True:
            self._at = _BLANK.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def skip(self) -> None:
        """Step over one character."""
        self._at += 1

    def decode(self) -> bool:
        """Decode the value that begins here, and step over it; False: it is longer than the window.

        Raises:
            _FaultError: it is broken.
            LimitReachedError: it is nested too deep.
        """
        self.peek()
        while not (end := self._decoded()):
            held = len(self._text) - self._at
            if self._ended:
                raise _FaultError("corrupt json")
            if held >= WINDOW:
                return False
            while len(self._text) - self._at <= 2 * held and self._more():
                pass
        self._at = end
        return True

    def _decoded(self) -> int:
        """Decode into `found` and say where it ends; 0: it goes on, or may."""
        try:
            self.found, end = DECODER.raw_decode(self._text, self._at)
        except RecursionError as error:
            raise LimitReachedError("json_depth") from error
        except ValueError:
            return 0
        return end if self._ended or end + _NEAR < len(self._text) else 0

    def rest(self) -> Iterator[str]:
        """Give what is left, as it is written."""
        yield self._text[self._at :]
        self._text, self._at = "", 0
        for block in self._blocks:
            yield block.text

    def _more(self) -> bool:
        block = next(self._blocks, None)
        self._ended = block is None
        if block is not None:
            self.notes[:] = encoding_notes(block.encoding)
            self._text, self._at = self._text[self._at :] + block.text, 0
        return not self._ended


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    cursor: _Cursor
    depth: int
    members: dict[str, str] = field(default_factory=dict)
    """Fields of the record of the document."""
    names: Names = field(default_factory=Names)
    rows: int = 0
    arrays: int = 0
    fault: str = ""

    def row(self, fields: dict[str, str]) -> Iterator[Row]:
        """Give a record, unless nothing is in it."""
        self.rows += 1
        if fields:
            yield {"row": self.rows}, fields

    def fields(self, name: str, value: Tree) -> dict[str, str]:
        """Give the fields of a value."""
        return flatten({name: value} if name else value, self.depth)


def read_long_json(part: Part, found: Iterator[Block]) -> Iterator[Batch | Unread]:
    """Give the items of arrays as records, and the members of objects around them together as one.

    Of the first array the fields are called as `read_json` calls them; of any other, by its path too. From where it is
    broken on it is running text, and reported.
    """
    reading = _Reading(_Cursor(found), part.limits.json_depth)
    notes = reading.cursor.notes
    yield from row_batches(part, _rows(reading), notes)
    if reading.members:
        yield whole(part.unit, reading.members, notes)
    if reading.fault:
        yield Unread(part.unit, State.PARTIAL, reading.fault)


def _rows(reading: _Reading) -> Iterator[Row]:
    try:
        yield from _value(reading, "", 0)
        reading.fault = "corrupt json" if reading.cursor.peek() else ""
    except (_FaultError, LimitReachedError) as error:
        reading.fault = str(error)
    for text in reading.cursor.rest():
        yield from reading.row({"": text} if text.strip() else {})


def _value(reading: _Reading, path: str, level: int) -> Iterator[Row]:
    """Enter a long value."""
    if level > reading.depth:
        raise LimitReachedError("json_depth")
    opening = reading.cursor.peek()
    if opening == "[":
        yield from _array(reading, path, level)
    elif opening == "{":
        yield from _object(reading, path, level)
    else:
        raise _FaultError("limit:json_text" if opening == '"' else "corrupt json")


def _array(reading: _Reading, path: str, level: int) -> Iterator[Row]:
    name = _name(reading, path, level)
    for _ in _items(reading.cursor, "]"):
        if reading.cursor.decode():
            yield from reading.row(reading.fields(name, reading.cursor.found))
        else:
            yield from _value(reading, path, level + 1)


def _name(reading: _Reading, path: str, level: int) -> str:
    """Give what fields of an array's items are called after: nothing, as a rule."""
    reading.arrays += 1
    return "" if reading.arrays == 1 and level <= 1 else path


def _object(reading: _Reading, path: str, level: int) -> Iterator[Row]:
    for _ in _items(reading.cursor, "}"):
        key = _key(reading.cursor)
        below = f"{path}.{key}" if path else key
        if reading.cursor.decode():
            yield from _member(reading, (path, key), level)
        elif DATA_KEY.search(key):
            yield from reading.row({"@key": key})
            yield from _value(reading, path, level + 1)
        else:
            yield from _value(reading, below, level + 1)


def _key(cursor: _Cursor) -> str:
    if cursor.peek() != '"' or not cursor.decode() or cursor.peek() != ":":
        raise _FaultError("corrupt json")
    cursor.skip()
    return str(cursor.found)


def _member(reading: _Reading, place: tuple[str, str], level: int) -> Iterator[Row]:
    """Give a member that has been decoded: as records, or as a part of the document's own."""
    (path, key), member = place, reading.cursor.found
    below = f"{path}.{key}" if path else key
    if DATA_KEY.search(key) or len(reading.members) >= _MEMBERS:
        yield from reading.row(reading.fields(path, entry(key, member)))
    elif is_records(member):
        name = _name(reading, below, level + 1)
        for item in member:
            yield from reading.row(reading.fields(name, item))
    else:
        reading.members |= {reading.names.take(name): text for name, text in reading.fields(below, member).items()}


def _items(cursor: _Cursor, closing: str) -> Iterator[None]:
    """Walk through what commas part; the caller steps over each item."""
    cursor.skip()
    if cursor.peek() == closing:
        cursor.skip()
        return
    while True:
        yield
        after = cursor.peek()
        cursor.skip()
        if after == closing:
            return
        if after != ",":
            raise _FaultError("corrupt json")
