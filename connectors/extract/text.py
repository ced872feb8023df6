"""Running text: notes, whatever has no better form."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from connectors.base import Batch, Record, State, Unread
from connectors.extract.blocks import LINE, Lines, lines
from connectors.extract.part import Part, whole


def head(text: str, characters: int = 1 << 16) -> list[str]:
    """Give the first lines, at most 50, that hold more than blanks: what a format is told by."""
    return [line for line in islice(lines(text[:characters]), 50) if line.strip()]


def read_long(part: Part, found: Lines) -> Iterator[Batch]:
    """Give text of any length as blocks of whole lines, `{"row": number of the first line}`."""
    block: list[str] = []
    first, size = 1, 0
    for line in found:
        if block and (found.part or size + len(line) > part.limits.text_block):
            yield from _block(part, {"row": first}, block, found.notes)
            block = []
        if found.part:
            yield from _block(part, found.place, [line], found.notes)
            continue
        first, size = (first, size + len(line)) if block else (found.number, len(line))
        block.append(line)
    if block:
        yield from _block(part, {"row": first}, block, found.notes)


def _block(part: Part, record: Record, found: list[str], notes: list[str]) -> Iterator[Batch]:
    text = "".join(found)
    if text.strip():
        yield Batch(part.unit, [record], {"": [text]}, notes=tuple(notes))


def read_text(part: Part, text: str, notes: list[str]) -> Iterator[Batch]:
    """Give the text as one record; a long one as blocks of whole lines, `{"row": number of the first line}`."""
    if not text.strip():
        return
    if len(text) <= part.limits.text_block:
        yield whole(part.unit, {"": text}, notes)
        return
    for first, block in _blocks(text, part.limits.text_block):
        yield Batch(part.unit, [{"row": first}], {"": [block]}, notes=tuple(notes))


def swept(part: Part, text: str, notes: list[str], reason: str) -> Iterator[Batch | Unread]:
    """Read a document as running text, markup and all, that could not be read as what it is; say why."""
    yield from read_text(part, text, notes)
    yield Unread(part.unit, State.PARTIAL, reason)


def _blocks(text: str, size: int) -> Iterator[tuple[int, str]]:
    """Cut before the line that would make a block too long; a line is whole, or two blocks would share its number."""
    start, first = 0, 1
    while len(text) - start > size:
        end = _line_end(text, start, start + size) or LINE.match(text, start).end()  # type: ignore[union-attr]
        block = text[start:end]
        yield first, block
        start, first = end, first + block.count("\n") + block.count("\r") - block.count("\r\n")
    if start < len(text):
        yield first, text[start:]


def _line_end(text: str, start: int, stop: int) -> int:
    r"""Find where the last line of a range ends that ends in it; 0: none does. A `\r` before `\n` ends no line."""
    carriage = text.rfind("\r", start, stop)
    if carriage == stop - 1 and text[stop : stop + 1] == "\n":
        carriage = text.rfind("\r", start, carriage)
    return max(text.rfind("\n", start, stop), carriage) + 1
