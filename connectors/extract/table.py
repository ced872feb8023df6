"""Delimited text as rows: any delimiter, quoting, line end; broken quoting loses nothing."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from connectors.extract.blocks import Lines
from connectors.extract.header import find_header
from connectors.extract.names import Names
from connectors.extract.text import head

_DELIMITERS = ";\t|,"
_SAMPLE_ROWS, _SAMPLE_CHARS = 50, 1 << 20
_ROW = 8 << 20
"""Characters of a row that goes over many lines."""
_SEP = re.compile(r"sep=(.)[\r\n]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """Delimited text. `rows` can be gone through once."""

    header: list[str] | None = field(repr=False)
    """Field names, made unique; None: there are none."""
    delimiter: str
    rows: Iterator[list[str]] = field(repr=False)
    """Cells as text; titles above the header are rows, blank lines are none. A row may be shorter or longer than it."""

    def names(self, width: int) -> list[str]:
        """Name the first `width` columns: by the header, those beyond it `column_7` …"""
        header = (self.header or [])[:width]
        names = Names()
        return [names.take(name) for name in (*header, *(f"column_{n}" for n in range(len(header) + 1, width + 1)))]


class Piece(list[str]):
    """One cell, in the place of a row: part of a line that is too long to be one."""

    def __init__(self, text: str, part: int) -> None:
        super().__init__([text])
        self.part = part


def rows(text: str, delimiter: str = "", field_limit: int = 1 << 20) -> Table:
    """Read delimited text that is held, as `read` does."""
    return read(Lines.of(text), delimiter, field_limit)


def read(found: Lines, delimiter: str = "", field_limit: int = 1 << 20) -> Table:
    """Read delimited text.

    Args:
        found: Its lines.
        delimiter: One character; "" = find out.
        field_limit: Characters that a quoted cell may have.

    From a quote that is never closed, or a cell beyond the limit, the rest is split at line ends and delimiters alone:
    quotes are then ordinary characters, and nothing is skipped. A line in parts gives a `Piece` a part.
    """
    beginning = found.beginning
    directive = _SEP.match(beginning)
    if directive:
        next(found)
        delimiter, beginning = directive[1], beginning[directive.end() :]
    delimiter = delimiter or find_delimiter(beginning)
    parsed = _rows(found, delimiter, field_limit)
    first = _beginning(parsed)
    index = find_header([row for row in first if not isinstance(row, Piece)])
    header = None if index is None else _unique(first.pop(index))
    return Table(header, delimiter, chain(first, parsed))


def _beginning(parsed: Iterator[list[str]]) -> list[list[str]]:
    """Take rows enough to tell the header by, but no more of long ones than need be held."""
    first: list[list[str]] = []
    size = 0
    for row in parsed:
        first.append(row)
        size += sum(map(len, row))
        if len(first) == _SAMPLE_ROWS or size > _SAMPLE_CHARS:
            break
    return first


def is_table(text: str) -> bool:
    """Tell a table from prose without the help of an extension: evenly cut, and not at commas that a space follows."""
    sample = "".join(head(text))
    delimiter = find_delimiter(text)
    even = _evenness(sample, delimiter)[0] >= 0.9
    return even and not (delimiter == "," and 4 * sample.count(", ") > sample.count(","))


def find_delimiter(text: str) -> str:
    """Find the delimiter that cuts the first rows most evenly, else the one that most of them hold."""
    first = head(text)
    best = max(_DELIMITERS, key=lambda mark: _evenness("".join(first), mark))
    if _evenness("".join(first), best)[0] >= 0.6:
        return best
    return max(",;\t|", key=lambda mark: sum(1 for line in first if mark in line))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    """Rate a delimiter: share of rows that have the commonest number (> 1) of cells, and that number.

    A last cell that is empty in every row does not count: lines of code end with a delimiter too.
    """
    rows = list(_rows(Lines.of(sample), delimiter, len(sample)))
    ends = all(row[-1] == "" for row in rows)
    widths = [len(row) - ends for row in rows]
    if len(widths) < 2:
        return (0.6, widths[0]) if widths and widths[0] > 3 else (0.0, 0)
    usual = max(set(widths), key=widths.count)
    return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, 0)


def _rows(found: Lines, delimiter: str, field_limit: int) -> Iterator[list[str]]:
    """Parse with quotes as long as they are sound, then without."""
    feed = _Feed(found, max(field_limit, _ROW))
    while not (feed.is_over or feed.pending):
        yield from filter(None, _quoted(feed, delimiter, field_limit))
        if feed.piece and not feed.pending:
            yield Piece(feed.piece, found.part)
    yield from _split(feed.pending, delimiter)
    if feed.piece and feed.pending:
        yield Piece(feed.piece, found.part)
    for line in found:
        yield from (Piece(line.rstrip("\r\n"), found.part),) if found.part else _split((line,), delimiter)


def _split(found: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    return (line.rstrip("\r\n").split(delimiter) for line in found if line.strip("\r\n"))


class _Feed:
    """Lines for the parser. Those of the row it is at are kept, to be split where its quotes are not sound."""

    def __init__(self, found: Lines, longest: int) -> None:
        self._lines, self._longest = found, longest
        self.pending: list[str] = []
        self.size = 0
        """Characters of the pending lines."""
        self.piece = ""
        """Part of a line that is too long, which the parser is not given."""
        self.is_over = False

    def row_done(self) -> None:
        """Start the next row."""
        self.pending, self.size = [], 0

    def __iter__(self) -> Iterator[str]:
        self.piece = ""
        for line in self._lines:
            if self._lines.part:
                self.piece = line.rstrip("\r\n")
                break
            self.pending.append(line)
            self.size += len(line)
            if self.size > self._longest:
                break
            yield line
        else:
            self.is_over = True
        yield _END


def _quoted(feed: _Feed, delimiter: str, field_limit: int) -> Iterator[list[str]]:
    """Give sound rows. A row is sound when its last quote was closed in time; else its lines stay pending."""
    # The limit is the process's, and low (131,072): it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), field_limit))
    try:
        for row in csv.reader(iter(feed), delimiter=delimiter):
            long = feed.size > field_limit and max(map(len, row), default=0) > field_limit
            if long or (row and _END in row[-1]):
                return
            feed.row_done()
            yield row
    except csv.Error:
        return


_END = "\0end of text\0"
"""A last line of ours: it comes back as a row of its own unless an open quote swallowed it."""


def _unique(header: list[str]) -> list[str]:
    names = Names()
    return [names.take(cell.strip() or f"column_{column}") for column, cell in enumerate(header, 1)]
