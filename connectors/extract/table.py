"""Delimited text as rows: any delimiter, quoting, line end; broken quoting loses nothing."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from connectors.extract.header import find_header
from connectors.extract.names import Names
from connectors.extract.text import head, lines

_DELIMITERS = ";\t|,"
_SAMPLE_ROWS = 50
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


def rows(text: str, delimiter: str = "", field_limit: int = 1 << 20) -> Table:
    """Read delimited text.

    Args:
        text: Decoded text.
        delimiter: One character; "" = find out.
        field_limit: Characters that a quoted cell may have.

    From a quote that is never closed, or a cell beyond the limit, the rest is split at line ends and delimiters alone:
    quotes are then ordinary characters, and nothing is skipped.
    """
    directive = _SEP.match(text)
    if directive:
        delimiter, text = directive[1], text[directive.end() :]
    delimiter = delimiter or find_delimiter(text)
    parsed = _rows(text, delimiter, field_limit)
    first = list(islice(parsed, _SAMPLE_ROWS))
    index = find_header(first)
    header = None if index is None else _unique(first.pop(index))
    return Table(header, delimiter, chain(first, parsed))


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
    rows = list(_rows(sample, delimiter, len(sample)))
    ends = all(row[-1] == "" for row in rows)
    widths = [len(row) - ends for row in rows]
    if len(widths) < 2:
        return (0.6, widths[0]) if widths and widths[0] > 3 else (0.0, 0)
    usual = max(set(widths), key=widths.count)
    return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, 0)


def _rows(text: str, delimiter: str, field_limit: int) -> Iterator[list[str]]:
    """Parse with quotes as long as they are sound, then without."""
    position = 0
    for row, end in _quoted(text, delimiter, field_limit):
        position = end
        if row:
            yield row
    for line in lines(text[position:]):
        if line.strip("\r\n"):
            yield line.rstrip("\r\n").split(delimiter)


def _quoted(text: str, delimiter: str, field_limit: int) -> Iterator[tuple[list[str], int]]:
    """Give sound rows, and where in the text each ends. A row is sound when its last quote was closed in time."""
    consumed = 0

    def feed() -> Iterator[str]:
        nonlocal consumed
        for line in lines(text):
            consumed += len(line)
            yield line
        yield _END

    # The limit is the process's, and low (131,072): it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), field_limit))
    before = 0
    try:
        for row in csv.reader(feed(), delimiter=delimiter):
            long = consumed - before > field_limit and max(map(len, row), default=0) > field_limit
            if long or (row and _END in row[-1]):
                return
            yield row, consumed
            before = consumed
    except csv.Error:
        return


_END = "\0end of text\0"
"""A last line of ours: it comes back as a row of its own unless an open quote swallowed it."""


def _unique(header: list[str]) -> list[str]:
    names = Names()
    return [names.take(cell.strip() or f"column_{column}") for column, cell in enumerate(header, 1)]
