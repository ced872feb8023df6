"""A column as one text: its distinct values joined by NUL, so that a pattern sweeps all of them in one pass."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recognizers.digit_runs import DigitRuns
from recognizers.held import Held
from recognizers.outlines import Outlines
from recognizers.rare_signs import RareSigns

Positions = NDArray[np.int64]

_DASHES = "\u00ad\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_BLANKS = "\u00a0\u2002\u2003\u2007\u2008\u2009\u202f"
_FOLDS = {**dict.fromkeys(_BLANKS, " "), "\uff0b": "+", **{chr(0xFF10 + digit): str(digit) for digit in range(10)}}
_RARE = RareSigns((*_DASHES, *_FOLDS))
# A soft hyphen or a dash of another kind is a hyphen only where numbers are written: in prose it is left alone.
_NUMBERS_DASH = re.compile(
    f"[{_DASHES}](?:(?<=[0-9\uff10-\uff19].)|(?<=[0-9\uff10-\uff19] .))(?= ?[0-9\uff10-\uff19Xx*])"
)
LONGEST = 1 << 18
"""Characters that a value may have to be swept in one go."""
_AROUND = 1 << 11
"""Characters around a piece that are read with it: more than any match and what is looked at beside it."""
_STEP = LONGEST - 2 * _AROUND
PATH = "path"
"""Field that holds a file's own name: `_` stands for a blank there, `/` and the suffix's dot end what stands before."""
_PATH_SIGNS = str.maketrans("_/", " \n")
_DIGIT = re.compile("[0-9]")
_NUMBER = re.compile(r"[0-9][0-9 +-]*")
_NUMBER_OUTLINE = re.compile(r"\A0[0 +-]*\Z")
_MOST = 0.7
"""Share of the values from which on the whole column is swept: taking some out costs more than it saves."""
_SHORT = 4096
"""Characters."""
_VIEWS = 6
"""Views kept: recognizers that come one after the other ask for the same ones."""
_LETTER = re.compile(r"[^\W\d_]")


def distinct(values: Positions) -> Positions:
    """The distinct ones, ascending; of most columns they are none or one."""
    return values if len(values) < 2 else np.unique(values)


def fold(text: str) -> str:
    """Replace full-width digits, odd blanks and dashes in numbers by the ASCII ones, character for character."""
    pieces, done = [], 0
    for place in _RARE.places(text):
        plain = _FOLDS.get(text[place]) or ("-" if _NUMBERS_DASH.match(text, place) else text[place])
        pieces += [text[done:place], plain]
        done = place + 1
    return "".join([*pieces, text[done:]]) if pieces else text


@dataclass(slots=True, repr=False)
class View:
    """Some of a column's values, joined to one text."""

    text: str
    starts: Positions
    """Where each value begins in `text`."""
    values: Positions
    """Index of each in the column."""
    shift: Positions
    """How much further on each begins in the column's text."""

    def value_of(self, places: Positions) -> Positions:
        """Index, within this view, of the value that each place in `text` lies in."""
        return np.searchsorted(self.starts, places, side="right") - 1

    def __repr__(self) -> str:
        """Show the size only."""
        return f"View({len(self.values)} values)"


class Piece(NamedTuple):
    """A part of a long value, with what stands around it."""

    value: int
    """Index of the value in its column."""
    text: str
    shift: int
    """Where `text` begins in the value."""
    start: int
    """Where the part itself begins in the value; likewise `end`. What begins outside it is another piece's to find."""
    end: int


@dataclass(repr=False)
class Column:
    """The distinct non-empty values of one field. Those longer than `LONGEST` are read in pieces, each by itself."""

    name: str
    """Normalised field name."""
    values: list[str]
    inverse: Positions
    """Record -> index into `values`, -1 where the record has none."""
    text: str
    """The values, folded, joined by NUL; nothing of the long ones."""
    starts: Positions
    """Where each value begins in `text`."""
    lengths: Positions
    """Of the values in `text`."""
    apart: bool = False
    """The values have nothing to do with each other: what they share says nothing of any of them."""
    alone: bool = False
    """Nor does how many of them are of an entity: each is judged as if there were no other."""
    _needs: dict[str, bool] = field(default_factory=dict)
    _views: dict[bytes, View] = field(default_factory=dict)
    """The latest views, by which values are in them."""

    @classmethod
    def of(cls, name: str, cells: Sequence[str | None]) -> Column:
        """Take the distinct values of `cells`; None and blank cells are none.

        Args:
            name: Normalised field name.
            cells: One text or None a record. A NUL within is read as a blank.
        """
        index: defaultdict[str | None, int] = defaultdict(count().__next__, {None: -1, "": -1})
        inverse = np.fromiter(map(index.__getitem__, cells), np.int64, len(cells))
        values = list(filter(None, index))
        lengths = np.fromiter(map(len, values), np.int64, len(values))
        long = lengths > LONGEST
        kept = ["" if is_long else value for value, is_long in zip(values, long, strict=True)] if long.any() else values
        text = "\0".join(kept)
        if values and text.count("\0") != len(values) - 1:
            text = "\0".join(value.replace("\0", " ") for value in kept)
        lengths[long] = 0
        starts = np.cumsum(lengths + 1) - lengths - 1
        folded = fold(text).translate(_PATH_SIGNS) if name == PATH else fold(text)
        return cls(name, values, inverse, folded, starts, lengths)

    def part(self, values: range) -> Column:
        """A column of some of the values."""
        some = Column.of(self.name, self.values[values.start : values.stop])
        some.apart, some.alone = self.apart, self.alone
        return some

    def without(self, values: Iterable[int]) -> Column:
        """The same with blanks for some values, so that all others stand where they stood."""
        text = self.text
        for value in values:
            start, end = (int(self.starts[value]) + shift for shift in (0, int(self.lengths[value])))
            text = text[:start] + " " * (end - start) + text[end:]
        return replace(self, text=text, _needs={}, _views={})

    def pieces(self) -> Iterator[Piece]:
        """The long values, cut: what takes memory is bounded by the length of a piece, wherever it is found."""
        for index in np.flatnonzero(self.lengths == 0).tolist():
            value = self.values[index]
            for start in range(0, len(value), _STEP):
                end = min(start + _STEP, len(value))
                shift = max(0, start - _AROUND)
                yield Piece(index, value[shift : end + _AROUND], shift, start, end)

    @property
    def filled(self) -> int:
        """Number of records with a value."""
        return int(np.count_nonzero(self.inverse >= 0))

    @cached_property
    def latin(self) -> bytes:
        """The text in Latin-1, sign for sign: what is beyond is `?`."""
        return self.text.encode("latin-1", "replace")

    @cached_property
    def outlines(self) -> Outlines:
        """The outlines of the values."""
        return Outlines(self.latin)

    @cached_property
    def runs(self) -> DigitRuns | None:
        """The rows of digits; None of a short column, where patterns take less."""
        return DigitRuns(self.latin) if len(self.text) > _SHORT else None

    @cached_property
    def numbers(self) -> NDArray[np.bool_]:
        """Which values are numbers: digits, and blanks, `+` and `-` among them."""
        if self.text.isascii():  # Without letters an outline is as long as its value.
            return self.outlines.whole(_NUMBER_OUTLINE, self.lengths)
        return np.fromiter((_NUMBER.fullmatch(value) is not None for value in self.values), bool, len(self.values))

    @cached_property
    def whole(self) -> View:
        """All values."""
        return View(self.text, self.starts, np.arange(len(self.values)), np.zeros(len(self.values), np.int64))

    def may_hold(self, needs: str) -> bool:
        """Tell whether the column passes a recognizer's gate: `digit`, `letter`, a character, "" (always)."""
        if needs not in self._needs:
            self._needs[needs] = self._search(needs)
        return self._needs[needs]

    def _search(self, needs: str) -> bool:
        match needs:
            case "digit":
                return _DIGIT.search(self.text) is not None
            case "letter":
                return _LETTER.search(self.text) is not None
            case _:
                return needs in self.text

    @cached_property
    def held(self) -> Held:
        """Which values hold which literals of labels."""
        return Held(self.text, self.starts)

    def may_hold_one(self, literals: frozenset[str]) -> bool:
        """Tell whether one of some literals stands in any value; none = none is needed."""
        return not literals or bool(self.held.standing(literals))

    def behind(self, gate: re.Pattern[str] | None, literals: frozenset[str] = frozenset()) -> View | None:
        """Choose the values that a shape need be looked for in.

        Args:
            gate: The shape's, of outlines; None: it has none.
            literals: Of which such a value holds one (`recognizers.literals`); none = none is needed.

        Returns:
            The values for which the gate is open and that hold a literal; the whole column if these are most of it;
            None if there are none.
        """
        if gate and not self.outlines.open(gate):
            return None
        if len(self.values) == 1:
            return self.whole if self.may_hold_one(literals) else None
        if not gate and not literals:
            return self.whole
        passing = self.outlines.values(gate) if gate else np.ones(len(self.values), bool)
        if literals:
            passing = passing & self.held.values(literals)
        count = np.count_nonzero(passing)
        if count > _MOST * len(passing):
            return self.whole
        return self._chosen(passing) if count else None

    def _chosen(self, passing: NDArray[np.bool_]) -> View:
        """The view of some values, one of those kept if it is among them."""
        chosen = passing.tobytes()
        view = self._views.pop(chosen, None)
        while len(self._views) >= _VIEWS:
            del self._views[next(iter(self._views))]
        self._views[chosen] = view or self._view(np.flatnonzero(passing))
        return self._views[chosen]

    def _view(self, chosen: Positions) -> View:
        starts, lengths = self.starts[chosen], self.lengths[chosen]
        parts = [self.text[at : at + size] for at, size in zip(starts.tolist(), lengths.tolist(), strict=True)]
        within = np.cumsum(lengths + 1) - lengths - 1
        return View("\0".join(parts), within, chosen, starts - within)

    def __repr__(self) -> str:
        """Show the size only."""
        return f"Column({len(self.values)} values)"
