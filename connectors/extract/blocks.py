"""Text of any length as blocks of whole lines: decoded block by block, never held whole."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from connectors.extract.encoding import Letters, clean, decode, wide
from connectors.extract.part import Part

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BLANK = re.compile(rb"[\t ,;|]")
_NEAR = 1000
"""So far before the end of a long line's part a blank is looked for."""
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Block:
    """Some text."""

    text: str = field(repr=False)
    encoding: str
    ends_line: bool
    """False: the line it ends with goes on."""


def blocks(part: Part) -> Iterator[Block]:
    """Decode a part block by block. Each block ends where a line does, or within a line that is too long."""
    name, begin = wide(part.data)
    chunks = _chunks(part, begin)
    if name:
        chunks = _recoded(chunks, name)
    seen: Letters = Counter()
    for data, ends_line in _cut(chunks, part.limits.line_chars):
        text, encoding = decode(data, seen)
        yield Block(clean(text), name or encoding, ends_line)


class Lines(Iterator[str]):
    """Lines of text that comes in blocks, with their ends. One that is too long comes in parts."""

    def __init__(self, found: Iterator[Block], beginning: str) -> None:
        """Take the text.

        Args:
            found: All of it.
            beginning: As much of it as tells the form it has.
        """
        self.beginning = beginning
        self._lines = self._read(found)
        self._goes_on = False
        self.number = 0
        """Of the line that was given last, from 1."""
        self.part = 0
        """Which part of it, from 1; 0: it is whole."""
        self.notes: list[str] = []
        """What is to be said of the encoding it has."""

    @classmethod
    def of(cls, text: str, encoding: str = "utf-8") -> Lines:
        """Give the lines of a text that is held, each whole."""
        return cls(iter((Block(text, encoding, ends_line=True),)), text[:_BLOCK])

    def __next__(self) -> str:
        """Give the next line."""
        return next(self._lines)

    def _read(self, found: Iterator[Block]) -> Iterator[str]:
        for block in found:
            self.notes[:] = encoding_notes(block.encoding)
            cut = -1 if block.ends_line else len(block.text)
            for match in LINE.finditer(block.text):
                self._count(goes_on=match.end() == cut)
                yield match[0]

    def _count(self, *, goes_on: bool) -> None:
        if self._goes_on:
            self.part += 1
        else:
            self.number, self.part = self.number + 1, int(goes_on)
        self._goes_on = goes_on

    @property
    def place(self) -> dict[str, str | int]:
        """Locator of the line that was given last."""
        return {"row": self.number, "part": self.part} if self.part else {"row": self.number}


def lines(text: str) -> Iterator[str]:
    r"""Split at `\n`, `\r\n` and `\r` only, line ends kept (`str.splitlines` also splits at rare separators)."""
    return (match[0] for match in LINE.finditer(text))


def encoding_notes(encoding: str) -> list[str]:
    """Give the note of batches that are not in UTF-8."""
    return [] if encoding == "utf-8" else [f"encoding:{encoding}"]


def _chunks(part: Part, begin: int) -> Iterator[bytes]:
    for start in range(begin, len(part.data), _BLOCK):
        yield part.data[start : start + _BLOCK]
    if part.rest is not None:
        yield from part.rest


def _recoded(chunks: Iterator[bytes], name: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(name)("replace")
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
    yield decoder.decode(b"", final=True).encode()


def _cut(chunks: Iterator[bytes], longest: int) -> Iterator[tuple[bytes, bool]]:
    """Cut into blocks that end where a line does, or in a line of more than `longest` bytes near a blank."""
    buffer = bytearray()
    for chunk in chunks:
        searched = max(0, len(buffer) - 1)
        buffer += chunk
        while len(buffer) > longest and not _line_end(buffer, 0, longest):
            size, searched = _part_end(buffer, longest), 0
            yield bytes(buffer[:size]), False
            del buffer[:size]
        end = _line_end(buffer, searched, len(buffer))
        if end:
            yield bytes(buffer[:end]), True
            del buffer[:end]
    if buffer:
        yield bytes(buffer), True


def _line_end(buffer: bytearray, start: int, stop: int) -> int:
    r"""Find the end of the last line that ends in a range; a `\r` at its end may be half of one. 0: none does."""
    newline = buffer.rfind(b"\n", start, stop)
    return max(newline, buffer.rfind(b"\r", max(start, newline), stop - 1)) + 1


def _part_end(buffer: bytearray, longest: int) -> int:
    """Find where a long line is cut: after a blank, else between two letters."""
    blank = max((match.end() for match in _BLANK.finditer(buffer, longest - _NEAR, longest)), default=0)
    if blank:
        return blank
    return next((at for at in range(longest, longest - 4, -1) if buffer[at] & 0xC0 != 0x80), longest)
