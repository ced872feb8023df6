"""Tables whose columns stand under one another, filled with blanks: print-outs, reports of old systems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from connectors.base import Batch
from connectors.extract.blocks import Lines
from connectors.extract.header import is_header
from connectors.extract.names import Names
from connectors.extract.part import Part, Row, row_batches
from connectors.extract.text import head

_FEWEST = 4
"""Lines, the header among them."""
_RULE = frozenset("-=_+| ")


def is_fixed(text: str) -> bool:
    """Tell such a table: a header, and below it columns of blanks that run through all of the first lines."""
    found = [line.rstrip() for line in head(text)]
    return len(found) >= _FEWEST and len(_columns(found)) > 1


def read_fixed(part: Part, found: Lines) -> Iterator[Batch]:
    """Give one record a row, `{"row": n}` from 1, header not counted; a row that is cut otherwise is running text."""
    starts = _columns([line.rstrip() for line in head(found.beginning)])
    names = Names()
    first = next(line for line in found if line.strip())
    header = [names.take(name) for name in _cells(first.rstrip(), starts)]
    return row_batches(part, _rows(found, starts, header), found.notes)


def _rows(found: Lines, starts: Sequence[int], header: Sequence[str]) -> Iterator[Row]:
    number = 0
    for line in found:
        text = line.rstrip()
        if not text or _RULE.issuperset(text):
            continue
        number += found.part < 2
        place = {"row": number, "part": found.part} if found.part else {"row": number}
        if found.part or not _fits(text, starts):
            yield place, {"": text}
        else:
            cells = zip(header, _cells(text, starts), strict=True)
            yield place, {name: cell for name, cell in cells if cell}


def _columns(found: Sequence[str]) -> list[int]:
    """Find where columns begin; fewer than two: there are none."""
    rows = [line for line in found if not _RULE.issuperset(line)]
    header = rows[0] if rows else ""
    starts = [at for at in range(len(header)) if header[at] != " " and (at == 0 or header[max(0, at - 2) : at] == "  ")]
    if len(starts) < 2 or "\t" in "".join(rows) or len(rows) < _FEWEST - 1:
        return []
    if not all(_fits(row, starts) for row in rows):
        return []
    body = [_cells(row, starts) for row in rows[1:]]
    filled = sum(1 for row in body if sum(map(bool, row)) > 1)
    return starts if 2 * filled > len(body) and is_header(_cells(header, starts), body) else []


def _fits(line: str, starts: Sequence[int]) -> bool:
    """Tell whether no cell reaches into the next column."""
    return all(line[start - 1 : start] in ("", " ") for start in starts[1:])


def _cells(line: str, starts: Sequence[int]) -> list[str]:
    return [line[start:end].strip() for start, end in pairwise((*starts, max(len(line), starts[-1] + 1)))]
