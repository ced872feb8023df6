"""Ways through a table: by key, by block, or in one pass. Each builds the statement of the next page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

Element = sa.ColumnElement[Any]
Span = tuple[Sequence[Any] | None, Sequence[Any] | None]
"""Rows after one key, up to and with another; None = from the start, to the end."""
WHOLE: Span = (None, None)
PAGE_ROWS = 2_000
LEAST_ROWS = 250
"""Pages are not made shorter than that for the server's sake: the line may be what is slow."""
PAGE_SECONDS = 0.25
"""A page that took longer is followed by a shorter one: others wait for the server, too."""


@dataclass(frozen=True, slots=True)
class Position:
    """One part of the position in a table."""

    order: Element
    """What to order by and compare."""
    shown: Element
    """What to select to learn the position."""
    bind: Callable[[Any], Element]
    """The shown value as an operand."""


class Paging:
    """Where the reading of a table has come to."""

    streaming = False
    """True: one statement gives all rows; nothing can be tried again."""

    def __init__(self, positions: Sequence[Position] = ()) -> None:
        self.positions = positions
        self.limit = self.most = PAGE_ROWS
        self.skipped = 0
        """Rows that could not be read in time."""
        self.done = False

    def page(self, select: sa.Select[Any]) -> sa.Select[Any]:
        """`select` narrowed to the next page. Its last columns are the `positions`."""
        return select

    def advance(self, rows: Sequence[Sequence[Any]], *, whole: bool) -> None:
        """Note what was read. `whole`: the page was read to its end."""
        raise NotImplementedError

    def fit(self, seconds: float) -> None:
        """Ask for as many rows next as the server has time for, by what the last page took."""
        slow = seconds > PAGE_SECONDS
        self.limit = max(min(self.limit, LEAST_ROWS), self.limit // 2) if slow else min(self.most, self.limit * 2)


class OnePass(Paging):
    """All rows in the order the database gives them."""

    streaming = True


class Keyset(Paging):
    """Rows after the last one read, by an ordered key: no row twice, however long it takes."""

    def __init__(self, positions: Sequence[Position], *, tuples: bool) -> None:
        super().__init__(positions)
        self.tuples = tuples
        self.last: Sequence[Any] | None = None
        self.until: Sequence[Any] | None = None

    def within(self, span: Span) -> Keyset:
        """Read no more than a range of the key."""
        self.last, self.until = span
        return self

    def bounds(self) -> list[Element]:
        """What narrows a statement to the rows not read yet."""
        after = [] if self.last is None else [self._after(self.last)]
        return after if self.until is None else [*after, *self._up_to(self.until)]

    def page(self, select: sa.Select[Any]) -> sa.Select[Any]:
        """The next rows in the order of the key."""
        select = select.where(*self.bounds())
        return select.order_by(*(position.order for position in self.positions)).limit(self.limit)

    def advance(self, rows: Sequence[Sequence[Any]], *, whole: bool) -> None:
        """Keep the last key; a page that is not full was the last."""
        if rows:
            self.last = tuple(rows[-1][-len(self.positions) :])
        self.done = whole and len(rows) < self.limit

    def _bound(self, values: Sequence[Any]) -> list[tuple[Element, Element]]:
        pairs = zip(self.positions, values, strict=True)
        return [(position.order, position.bind(value)) for position, value in pairs]

    def _up_to(self, until: Sequence[Any]) -> list[Element]:
        """Up to a key and with it. The first part is said again for the index."""
        bounds = self._bound(until)
        cell, value = bounds[0]
        return [cell <= value] if len(bounds) == 1 else [cell <= value, sa.not_(self._after(until))]

    def _after(self, last: Sequence[Any]) -> Element:
        bounds = self._bound(last)
        if len(bounds) > 1 and self.tuples:
            return sa.tuple_(*(cell for cell, _ in bounds)) > sa.tuple_(*(value for _, value in bounds))
        return _after(bounds)


def _after(bounds: Sequence[tuple[Element, Element]]) -> Element:
    """`(a, b) > (x, y)` as `a >= x AND (a > x OR b > y)`, which every database can answer from an index on a."""
    (cell, value), *rest = bounds
    if not rest:
        return cell > value
    return sa.and_(cell >= value, sa.or_(cell > value, _after(rest)))


class Blocks(Keyset):
    """PostgreSQL's rows in the order in which they lie: ranges of `ctid`, a window of blocks at a time."""

    WINDOW = 32

    def __init__(self, position: Position, blocks: int) -> None:
        super().__init__([position], tuples=False)
        self.blocks = blocks
        self.end = self.WINDOW

    def page(self, select: sa.Select[Any]) -> sa.Select[Any]:
        """The next rows within the window; the last one has no end, for rows may have been added."""
        (position,) = self.positions
        start = f"({self.end - self.WINDOW},0)"
        if self.last is None:
            select = select.where(position.order >= position.bind(start))
        if self.end < self.blocks + self.WINDOW:
            select = select.where(position.order < position.bind(f"({self.end},0)"))
        return super().page(select)

    def advance(self, rows: Sequence[Sequence[Any]], *, whole: bool) -> None:
        """Move to the next window once this one is read."""
        super().advance(rows, whole=whole)
        if self.done and self.end < self.blocks + self.WINDOW:
            self.end += self.WINDOW
            self.done = False
