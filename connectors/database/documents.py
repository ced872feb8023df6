"""Documents in cells (a PDF in a BLOB, a page of HTML in a text): read by the extractors, in their confined child."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from connectors.base import Batch, State, Unread
from connectors.extract.formats import ANY
from connectors.extract.limits import Limits
from connectors.extract.process import File
from connectors.extract.readers import Job
from connectors.extract.sandbox import Parser, degraded
from connectors.extract.sniff import is_text
from connectors.held import Held, room

INLINE = 256 << 10
"""Bytes of a cell that come with its row; of a longer one the row has one byte more, and the rest is asked for."""
PIECE = 16 << 20
SHORT = 64
"""So few bytes are no document: a text, or a number, a hash, an address in binary form."""
CHARACTERS = 8 << 20
"""Of the text of one cell's document; what is beyond is cut off."""
_CELL = "cell"
_MARKUP = re.compile(r"\s*<[!?a-zA-Z]")
_CUT = "limit:cell"


class Documents:
    """Opens cells, and counts what in them could not be read."""

    def __init__(self, parser: Parser, limits: Limits) -> None:
        self.parser = parser
        self._most = limits.whole_bytes
        self.failed: Counter[str] = Counter()
        self.formats: set[str] = set()
        """What documents were read as."""
        self.notes: tuple[str, ...] = ()
        """With how little protection documents were read, if with less than there could be."""

    def opened(self, head: bytes, whole: Iterable[bytes] | None) -> list[tuple[str, str]]:
        """Read bytes: what is to be added to the column's name, and text. Nothing of what is no document.

        Args:
            head: All bytes, or the first `INLINE` and one more.
            whole: All in pieces, where the head is not all; None: it cannot be had.
        """
        if len(head) <= SHORT:
            return _short(head)
        if len(head) <= INLINE:
            return self._read(head)
        if whole is None:
            self.failed[_CUT] += 1
            return []
        with room(PIECE) as file:
            for piece in whole:
                if file.tell() + len(piece) > self._most:
                    self.failed["limit:whole_bytes"] += 1
                    return []
                file.write(piece)
            return self._read(Held(file, date.min, _CELL).data)

    def markup(self, text: str) -> list[tuple[str, str]]:
        """Read a text that is HTML or XML; nothing if it is none."""
        if not _MARKUP.match(text) or ("</" not in text and "/>" not in text):
            return []
        before = self.failed.copy()
        found = self._read(text.encode("utf-8", "replace"))
        if self.failed != before:  # it stays as it is
            self.failed = before
            return []
        return found

    def reasons(self) -> list[str]:
        """Why how many could not be read (whole), in codes: `2 documents encrypted`."""
        return [f"{count} {'document' if count == 1 else 'documents'} {why}" for why, count in self.failed.items()]

    def _read(self, content: bytes | File) -> list[tuple[str, str]]:
        self.notes = self.notes or degraded(self.parser.confinement())
        found: list[tuple[str, str]] = []
        left = CHARACTERS
        for answer in self.parser.read(Job(_CELL), content):
            if isinstance(answer, Unread):
                if answer.state is State.UNSUPPORTED:
                    self.formats.add(ANY)
                else:
                    self.failed[answer.reason] += 1
                continue
            self.formats.update(answer.formats)
            for name, text in _texts(answer):
                found.append((name, text[:left]))
                left -= len(text)
                if left < 0:
                    self.failed[_CUT] += 1
                    return found
        return found


def _short(data: bytes) -> list[tuple[str, str]]:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return []
    return [("", text)] if text and is_text(text) and text.isprintable() else []


def _texts(batch: Batch) -> Iterator[tuple[str, str]]:
    """The texts of a batch: `!/member` and `.field` of it tell one from another; rows and pages follow each other."""
    where = batch.unit.removeprefix(_CELL)
    for name, column in batch.fields.items():
        text = "\n".join(value for value in column if value)
        if text:
            yield (f"{where}.{name}" if name else where), text
