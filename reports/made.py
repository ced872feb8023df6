"""Rows that are made when they are asked for: half a million of them at once would be most of what a report takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

from reports.document import Cell

T = TypeVar("T")


class MadeRows(Sequence[Sequence[Cell]], Generic[T]):
    """The rows of a table, each made of one thing, every time it is looked at."""

    def __init__(self, things: Sequence[T], make: Callable[[T], Sequence[Cell]]) -> None:
        """Take what the rows are of, and how one is made."""
        self._things = things
        self._make = make

    def __len__(self) -> int:
        """How many there are."""
        return len(self._things)

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        """One after the other."""
        return map(self._make, self._things)

    @overload
    def __getitem__(self, at: int) -> Sequence[Cell]: ...

    @overload
    def __getitem__(self, at: slice) -> MadeRows[T]: ...

    def __getitem__(self, at: int | slice) -> Sequence[Cell] | MadeRows[T]:
        """A row, or some of them."""
        return MadeRows(self._things[at], self._make) if isinstance(at, slice) else self._make(self._things[at])
