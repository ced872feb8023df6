"""XML too long to be held as a tree: read element by element, so that no more than a part of it is in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from typing import Any

from lxml import etree

from connectors.base import Batch, State, Unread
from connectors.extract.blocks import Block, encoding_notes
from connectors.extract.limits import LimitReachedError
from connectors.extract.part import Part, Row, row_batches, whole
from connectors.extract.tree import Tree, flatten
from connectors.extract.xmldoc import (
    DECLARATION,
    PARSING,
    comments_beside,
    has_dtd,
    name_of,
    own,
    reason_of,
    together,
    tree_of,
    without_entities,
)

WINDOW = 8 << 20
"""Bytes of an element that is made a record; a longer one is entered, and what is in it becomes records."""
_CHUNK = 1 << 16
"""Bytes given to the parser at once."""
_COMMENTS = 1000
"""Comments right in long elements that are kept for the record of the document; what follows is a record each."""


def read_long_xml(part: Part, found: Iterator[Block]) -> Iterator[Batch | Unread]:
    """Give the children of the root as records, as `read_xml` does where they are alike.

    Where they are not, and in an element that is too long for one record, each child is a record, its fields called by
    the whole path. Last comes what stands around them, as the record of the document. What cannot be parsed on is read
    as running text.
    """
    first = next(found)
    if has_dtd(first.text):
        yield Unread(part.unit, State.REFUSED, "dtd")
        return
    notes = encoding_notes(first.encoding)
    reading = _Reading(2 * part.limits.xml_depth)
    yield from row_batches(part, _rows(reading, chain((first,), found), notes), notes)
    around = flatten(reading.around())
    if around:
        yield whole(part.unit, around, notes)
    if reading.fault:
        yield Unread(part.unit, State.PARTIAL, reading.fault)


def _rows(reading: _Reading, found: Iterator[Block], notes: list[str]) -> Iterator[Row]:
    for number, block in enumerate(found):
        notes[:] = encoding_notes(block.encoding)
        text = block.text if number else DECLARATION.sub("", block.text, count=1)
        data = without_entities(text).encode("utf-8", "replace")
        for start in range(0, len(data), _CHUNK):
            reading.feed(data[start : start + _CHUNK])
            yield from reading.taken()
        if reading.fault and text.strip():
            reading.row({"": text})
            yield from reading.taken()
    reading.close()
    yield from reading.taken()


class _Reading:
    """How far the reading of a document has come."""

    def __init__(self, depth: int) -> None:
        self.fault = ""
        """Why it cannot be parsed on."""
        self._depth = depth
        self._parser = etree.XMLPullParser(("start", "end"), **PARSING)
        self._open: list[Any] = []
        """The elements that have begun and not ended."""
        self._entered = 0
        """So many of them, from the root on, are too long for one record."""
        self._root: Any = None
        self._first: Any = None
        """The root's first child, until it is known whether the second is like it."""
        self._alike = ""
        """What the root's children are called, if they are alike."""
        self._fed = 0
        """Bytes since the last record."""
        self._number = 0
        self._rows: list[Row] = []
        self._comments: list[str] = []
        self._attributes: dict[str, Tree] = {}

    def feed(self, data: bytes) -> None:
        """Parse on, as far as it can be."""
        if self.fault:
            return
        try:
            self._parser.feed(data)
            self._events()
        except (etree.XMLSyntaxError, LimitReachedError) as error:
            self._broken(error)
        self._fed += len(data)
        while self._fed > WINDOW and len(self._open) > self._entered:
            self._enter()

    def close(self) -> None:
        """There is no more."""
        if self.fault:
            return
        try:
            self._parser.close()
            self._events()
        except (etree.XMLSyntaxError, LimitReachedError) as error:
            self._broken(error)

    def taken(self) -> list[Row]:
        """Give the records that are made."""
        rows, self._rows = self._rows, []
        return rows

    def row(self, fields: dict[str, str]) -> None:
        """Make a record."""
        self._number += 1
        self._rows.append(({"row": self._number}, fields))

    def around(self) -> dict[str, Tree]:
        """Give attributes of long elements, and comments beside what has become records."""
        beside = [] if self._root is None else comments_beside(self._root)
        return {**self._attributes, "@comment": together(beside, self._comments)}

    def _events(self) -> None:
        for event, element in self._parser.read_events():
            if event == "start":
                self._open.append(element)
                if self._root is None:
                    self._root, self._entered = element, 1
                    self._attributes |= dict(own(element), **{"@comment": None})
                continue
            self._open.pop()
            if len(self._open) == self._entered:
                self._ended(element)
            elif len(self._open) < self._entered:
                self._left(element)

    def _ended(self, element: Any) -> None:
        """An element is whole whose parent is long."""
        if self._entered == 1 and not self._number and self._first is None:
            self._first = element  # alike or not, that is told by the next
            return
        if self._first is not None:
            self._settle(element.tag)
        self._record(element)
        self._forget_before(element)

    def _settle(self, second: str) -> None:
        first, self._first = self._first, None
        self._alike = first.tag if first.tag == second else ""
        self._record(first)

    def _record(self, element: Any) -> None:
        below = tree_of(element)
        if not (self._entered == 1 and element.tag == self._alike):
            below = {self._path(name_of(element)): below}
        self.row(flatten(below, self._depth))
        element.clear(keep_tail=True)
        self._fed = 0

    def _path(self, *last: str) -> str:
        return ".".join((*map(name_of, self._open[: self._entered]), *last))

    def _left(self, element: Any) -> None:
        """A long element ends."""
        if self._first is not None:
            self._settle("")
        self._open.append(element)
        self._forget_before(None)
        self._open.pop()
        self._entered = len(self._open)

    def _enter(self) -> None:
        """What is open has become too long for one record: its children are some from here on."""
        if self._first is not None:
            self._settle("")
        element = self._open[self._entered]
        carried = own(element)
        carried.pop("@comment", None)
        self._entered += 1
        if carried:
            self.row(flatten({self._path(): carried}, self._depth))
        below = self._open[self._entered] if len(self._open) > self._entered else None
        for child in [child for child in element if child is not below and isinstance(child.tag, str)]:
            self._record(child)
        self._forget_before(below)
        self._fed = 0

    def _forget_before(self, last: Any) -> None:
        """Let go of what stands before an element in its long parent; of all, if that has ended. Text is kept."""
        parent = self._open[self._entered - 1]
        self._loose(parent.text)
        parent.text = None
        while (node := next(parent.iterchildren(), None)) is not None and node is not last:
            if not isinstance(node.tag, str):
                self._comment(node.text or "")
            self._loose(node.tail)
            parent.remove(node)  # its text goes with it

    def _comment(self, text: str) -> None:
        if len(self._comments) < _COMMENTS:
            self._comments.append(text)
        else:
            self.row(flatten({"@comment": text}))

    def _loose(self, text: str | None) -> None:
        if text and text.strip():
            self.row(flatten({self._path(): text}))

    def _broken(self, error: Exception) -> None:
        """Make records of what is there, whole or not."""
        self.fault = reason_of(error)
        if isinstance(error, etree.XMLSyntaxError):
            with suppress(etree.XMLSyntaxError, LimitReachedError):
                self._events()  # of what came before
        if self._first is not None:
            self._settle("")
        while len(self._open) > self._entered:
            self._enter()
