"""A long list a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

Row = TypeVar("Row")
ROWS = 100
"""Rows of a table that one page shows."""


class Paged(Generic[Row]):
    """The rows of one page, and which page that is."""

    def __init__(self, rows: Sequence[Row], page: int, size: int = ROWS) -> None:
        self.count = len(rows)
        self.last = max(1, (self.count - 1) // size + 1)
        self.page = min(max(page, 1), self.last)
        self.first = (self.page - 1) * size
        self.rows = rows[self.first : self.first + size]
