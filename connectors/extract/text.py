"""Running text: notes, logs, whatever has no better form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from connectors.base import Batch, Record, State, Unread
from connectors.extract.blocks import LINE, Lines, lines
from connectors.extract.part import Part, Row, row_batches, whole

_STAMP = re.compile(
    r"""[\s\[(<"]{0,4}(?:
        \d{4}-\d\d-\d\d[T ]\d\d:\d\d | \d\d/\d\d/\d{4}[ ]\d\d:\d\d | \d{8}[ T-]\d{4,6}\b     # ISO, slashes, compact
        | (?:<?\d{1,3}>)?(?:Jan|Feb|Mar|Apr|Ma[yj]|Jun|Jul|Aug|Sep|O[ck]t|Nov|Dec)[ ]+\d{1,2}[ ]\d\d:\d\d     # syslog
        | \S+[ ]\S+[ ]\S+[ ]\[\d\d/\w{3}/\d{4}:     # web servers
    )""",
    re.VERBOSE | re.IGNORECASE,
)


def head(text: str, characters: int = 1 << 16) -> list[str]:
    """Give the first lines, at most 50, that hold more than blanks: what a format is told by."""
    return [line for line in islice(lines(text[:characters]), 50) if line.strip()]


def is_log(text: str) -> bool:
    """Tell whether most of the first lines begin with a time."""
    first = head(text)
    stamped = sum(1 for line in first if _STAMP.match(line[:200]))
    return len(first) >= 2 and stamped * 2 > len(first)


def read_log(part: Part, found: Lines) -> Iterator[Batch]:
    """Give one record a line, `{"row": line number}`; blank lines are none."""
    rows: Iterator[Row] = ((found.place, {"": line.rstrip("\r\n")}) for line in found if line.strip())
    return row_batches(part, rows, found.notes)


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
