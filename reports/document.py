"""A report as title, figures, bars and tables: made once, written as text, CSV, Excel, HTML or PDF.

Texts are already in the reader's language; what is personal in names of places is already masked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar, overload

_PAGE = 150
"""Characters that stand beside each other on a page."""
_LONG = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """A word with a tone: severity or verdict. The tone is never the only sign: each has a shape of its own."""

    text: str
    tone: str
    """`critical`, `high`, `medium`, `low` or `info`."""


Cell = str | int | float | date | Mark | None
Thing = TypeVar("Thing")


class EachOf(Sequence[Sequence[Cell]], Generic[Thing]):
    """Rows of a long table, each made of something when it is read."""

    def __init__(self, things: Sequence[Thing], row: Callable[[Thing], Sequence[Cell]]) -> None:
        self._things = things
        self._row = row

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._things)

    @overload
    def __getitem__(self, at: int) -> Sequence[Cell]: ...
    @overload
    def __getitem__(self, at: slice) -> list[Sequence[Cell]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[Cell] | list[Sequence[Cell]]:
        """A row, or some."""
        return [self._row(one) for one in self._things[at]] if isinstance(at, slice) else self._row(self._things[at])


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    heading: str
    kind: str = "text"
    """`text`, `path`, `number`, `share`, `date`, `mark` or `code`."""
    width: int = 18
    """In characters, for a sheet."""


@dataclass(frozen=True, slots=True)
class Table:
    """One view: a sheet of a workbook, a section of a page."""

    id: str
    title: str
    lede: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    empty: str = ""
    """What to say where there are no rows."""
    detail: bool = False
    """Long and for a close look: all of it in Excel and CSV, its first rows on a page."""
    about: Sequence[tuple[str, str]] = ()
    """Source and unit that each row is about, where a page does something about it."""

    @property
    def below(self) -> list[int]:
        """Columns that a page writes under their row, as wide as the page: the longest of a table too wide for it."""
        if self.detail or sum(column.width for column in self.columns) <= _PAGE:
            return []
        return [at for at, column in enumerate(self.columns) if column.width >= _LONG]

    @property
    def beside(self) -> list[int]:
        """The other columns."""
        return [at for at in range(len(self.columns)) if at not in self.below]

    @property
    def widths(self) -> list[str]:
        """Of the columns beside each other: shares of the page, or pixels where it has to be moved sideways."""
        widths = [7 * self.columns[at].width + 22 for at in self.beside]
        whole = sum(widths)
        return [f"{100 * width / whole:.1f}%" if whole <= 9 * _PAGE else str(width) for width in widths]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at the top."""

    label: str
    value: str
    note: str = ""
    tone: str = ""
    """`alert`, `watch` or ""."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Stacked bars: a row a group, a segment a state. Every chart has its table beside it."""

    title: str
    description: str
    legend: Mapping[str, str]
    """Segment -> its name, in the order of the segments."""
    rows: Sequence[tuple[str, Mapping[str, int]]]


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points, the first left. Its table stands beside it."""

    title: str
    description: str
    points: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report."""

    id: str
    title: str
    company: str
    meta: Sequence[str]
    """What it was made from and when, a phrase each."""
    figures: Sequence[Figure]
    tables: Sequence[Table]
    bars: Sequence[Bars] = ()
    lines: Sequence[Line] = ()
    banner: str = ""
    """What the reader must know first."""
    good: bool = False
    """The banner is good news."""
    notes: Sequence[str] = ()
    glossary: Sequence[tuple[str, str]] = ()
    footer: str = ""
