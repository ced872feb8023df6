"""Outlines of values: their signs, with every digit a 0 and without letters.

A column of one format has few outlines. Whether its values can hold a shape is asked of these, not of the values: a
million times `2024-05-01 10:15` have the one outline `0000-00-00 00:00`, which holds no personnummer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, cached_property
from itertools import count

import numpy as np
from numpy.typing import NDArray

_SIGNS = bytes(ord("0") if chr(code).isdecimal() else code for code in range(256)).replace(b"X", b"x")
_LETTERS = bytes(code for code in range(256) if chr(code).isalpha() and code not in b"xX")
"""Of Latin-1. An X is kept, for it may stand for a digit that is hidden."""

_PART = re.compile(r"\\.|\[\^?(?:\\.|[^\]\\])*\]|[\^$.]")
_OUTSIDE = re.compile(r"[\^$.]|\\[AbBZDSW]|\[\^(?!.*\\0)|\[.*\\[DSW]")
"""Parts of a pattern that may match NUL, or tell it from the end of a text."""
_LEADING = re.compile(r"\A0\{(\d+)\}")

Gate = re.Pattern[str]


def outline(latin: bytes) -> str:
    """Reduce a text in Latin-1 to digits (all `0`), `x` and signs; what was not in Latin-1 is `?`.

    >>> outline(b"Kund 1047, 811218-9876 saknas"), outline(b"811218-XXXX")
    (' 0000, 000000-0000 ', '000000-xxxx')
    """
    return latin.translate(_SIGNS, _LETTERS).decode("latin-1")


@cache
def _is_within(gate: Gate) -> bool:
    """Whether a gate cannot tell a NUL from the end of a text: then all outlines are searched in one pass."""
    return not any(_OUTSIDE.match(part) for part in _PART.findall(gate.pattern))


@cache
def _once(gate: Gate) -> Gate:
    """The gate as it is searched for in outlines joined by NUL: it takes all the rest of one, so it hits each once."""
    return re.compile(rf"(?:{_written(gate)})[^\0]*+")


def _written(gate: Gate) -> str:
    """The gate's pattern, a leading `0{6}` written out: a literal is searched for several times faster."""
    return _LEADING.sub(lambda zeros: "0" * int(zeros[1]), gate.pattern)


@cache
def _is_literal(gate: Gate) -> bool:
    """Whether a gate is nothing but zeros: to ask each outline for them takes a tenth of the time of a pattern."""
    return not _written(gate).strip("0")


@cache
def _asked(gate: Gate) -> tuple[str, Gate | None]:
    """What a gate is if it is nothing but zeros; what is asked of all outlines at once, if that may be."""
    written = _written(gate)
    if _is_literal(gate) or not _is_within(gate):
        return written if _is_literal(gate) else "", None
    return "", gate if written == gate.pattern else re.compile(written)


class Outlines:
    """The distinct outlines of a column's values."""

    def __init__(self, latin: bytes) -> None:
        """Take the column's values in Latin-1, joined by NUL."""
        outlines = outline(latin).split("\0")
        index: defaultdict[str, int] = defaultdict(count().__next__)
        self._of = np.fromiter(map(index.__getitem__, outlines), np.int64, len(outlines))
        self._distinct = list(index)
        self._holding: dict[Gate, NDArray[np.bool_]] = {}
        self._open: dict[Gate, bool] = {}

    def _which(self, gate: Gate) -> NDArray[np.bool_]:
        """Tell of each distinct outline whether it holds the pattern; each is searched once."""
        found = self._holding.get(gate)
        if found is None:
            found = self._holding[gate] = self._searched(gate)
        return found

    def _searched(self, gate: Gate) -> NDArray[np.bool_]:
        if _is_literal(gate):
            literal = _written(gate)
            return np.fromiter((literal in one for one in self._distinct), bool, len(self._distinct))
        if not _is_within(gate):
            return np.fromiter((gate.search(one) is not None for one in self._distinct), bool, len(self._distinct))
        hits = [match.start() for match in _once(gate).finditer(self._joined)]
        found = np.zeros(len(self._distinct), bool)
        found[np.searchsorted(self._starts, hits, side="right") - 1] = True
        return found

    @cached_property
    def _joined(self) -> str:
        return "\0".join(self._distinct)

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        lengths = np.fromiter(map(len, self._distinct), np.int64, len(self._distinct))
        starts: NDArray[np.int64] = np.cumsum(lengths + 1) - lengths - 1
        return starts

    def open(self, gate: Gate) -> bool:
        """Tell whether any value may hold what is behind the gate."""
        known = self._open.get(gate)
        if known is None:
            known = self._open[gate] = self._is_open(gate)
        return known

    def _is_open(self, gate: Gate) -> bool:
        literal, quick = _asked(gate)
        if literal:
            return literal in self._joined
        if quick:
            return quick.search(self._joined) is not None
        return any(gate.search(one) is not None for one in self._distinct)

    def values(self, gate: Gate) -> NDArray[np.bool_]:
        """Tell of each value whether the gate is open for it."""
        return self._which(gate)[self._of]

    def whole(self, gate: Gate, lengths: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell of each value whether the gate is open for it and its outline, as long as the value, lacks nothing."""
        own = np.fromiter(map(len, self._distinct), np.int64, len(self._distinct))
        return self.values(gate) & np.equal(own[self._of], lengths)

    def __repr__(self) -> str:
        """Show the size only."""
        return f"Outlines({len(self._distinct)} of {len(self._of)} values)"
