"""What stands in texts in another form: under names of fields, each read as in a column of that name, and in words.

Of the former only the recognizers for whose entity the name speaks look at it: what else it is, is found in the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from recognizers import evidence
from recognizers.base import Recognizer
from recognizers.columns import Column, Positions
from recognizers.fieldnames import normalise
from recognizers.snippets import Place, places
from recognizers.spoken import speaking, written
from recognizers.sweep import Found, Sweep
from recognizers.weighing import weigh

_SPOKEN = frozenset(("ADDRESS", "EMAIL_ADDRESS"))
"""What is spoken in numbers or signs, beside what needs a digit."""
_AROUND = 2
"""Characters around what is its cell as a whole: quotes, a full stop."""


def within(recognizers: Sequence[Recognizer], column: Column, founds: Sequence[Found], swept: Sweep) -> Iterator[Found]:
    """Find what stands in the texts of a column under names of fields or in words; the scores are weighed already.

    Args:
        recognizers: All that run.
        column: The column.
        founds: What was found in it, weighed; lowered here where it stands under a name that speaks against it.
        swept: How a recognizer sweeps a column.
    """
    yield from _named(recognizers, column, founds, swept)
    if column.may_hold("letter"):
        yield from _spoken([one for one in recognizers if one.needs == "digit" or one.entity in _SPOKEN], column, swept)


def _named(recognizers: Sequence[Recognizer], column: Column, founds: Sequence[Found], swept: Sweep) -> Iterator[Found]:
    """What stands under names of fields."""
    groups: defaultdict[tuple[str, int], list[Place]] = defaultdict(list)
    denied: defaultdict[Recognizer, list[Place]] = defaultdict(list)
    told = _Told(recognizers, {found.recognizer for found in founds})
    for place in places(column.text, column.latin, lambda name: any(told[name])):
        speaking, denying = told[place.name]
        if speaking:  # Texts that are judged apart have no columns in common.
            groups[place.name, bisect_right(column.starts, place.start) if column.apart else 0].append(place)
        for one in denying:
            denied[one].append(place)
    for found in founds:
        if found.recognizer in denied:
            _deny(found, denied[found.recognizer])
    for (name, _), cells in groups.items():
        inner = Column.of(normalise(name), [column.text[cell.start : cell.end] for cell in cells])
        inners = [found for recognizer in told[name].speaking for found in swept(recognizer, inner)]
        weigh(inners, inner)
        starts = np.array([cell.start for cell in cells], np.int64)
        for found in inners:
            which, at, start, end = _joined(found, inner)
            yield _placed(found, which, start + starts[at], end + starts[at], column)


def _deny(found: Found, cells: Sequence[Place]) -> None:
    """Lower what stands under a name that speaks against it, as in a column of that name."""
    starts, ends = (
        np.array(sorted(part), np.int64) for part in zip(*((one.start, one.end) for one in cells), strict=True)
    )
    at = np.maximum(np.searchsorted(starts, found.start, side="right") - 1, 0)
    inside = (found.start >= starts[at]) & (found.end <= ends[at])
    whole = inside & (ends[at] - starts[at] - (found.end - found.start) <= _AROUND)
    doubtful = inside & ~whole & (found.score < evidence.DOUBTFUL)
    for which, factor in ((whole, evidence.LOWER_FIELD), (doubtful, evidence.LOWER_OTHER)):
        found.score[which] *= factor
        for row in np.flatnonzero(which).tolist():
            found.why[row] += ("field:against",)


def _spoken(recognizers: Sequence[Recognizer], column: Column, swept: Sweep) -> Iterator[Found]:
    """What stands in words: in the same texts, with their numbers in digits."""
    values = speaking(column)
    cells = column.text.split("\0") if values else []
    texts = [(at, told) for at in values if (told := written(cells[at])) is not None]
    if not texts:
        return
    inner = Column.of(column.name, [told.text for _, told in texts])
    inner.apart, inner.alone = True, column.alone
    founds = [one for recognizer in recognizers for one in swept(recognizer, inner)]
    weigh(founds, inner)
    for one in founds:
        which, cell, starts, ends = _joined(one, inner)
        kept = []
        for row, at, start, end in zip(*(part.tolist() for part in (which, cell, starts, ends)), strict=True):
            value, told = texts[at]
            if span := told.span(start, end):
                kept.append((row, *(column.starts[value] + place for place in span)))
        if kept:
            which, start, end = np.array(kept, np.int64).T
            yield _placed(one, which, start, end, column)


class _Judged(NamedTuple):
    """What a field's name says."""

    speaking: list[Recognizer]
    """For whose entity it speaks."""
    denying: list[Recognizer]
    """Against whose entity it speaks."""


class _Told(dict[str, _Judged]):
    """Name of a field, as it is written -> what it says."""

    def __init__(self, recognizers: Sequence[Recognizer], found: set[Recognizer]) -> None:
        """Take those that run, and those that found anything."""
        super().__init__()
        self._recognizers = recognizers
        self._found = found

    def __missing__(self, written: str) -> _Judged:
        name = normalise(written)
        speaking = [one for one in self._recognizers if _speaks(one, name)]
        denying = [one for one in self._found if one not in speaking and one.forbids(name) and not one.speaks(name)]
        self[written] = _Judged(speaking, denying)
        return self[written]


def _speaks(recognizer: Recognizer, name: str) -> bool:
    """Whether a name speaks for the entity alone; who raises at it is swept with, which raises as well, and is told."""
    try:
        speaks, forbids = recognizer.speaks(name), recognizer.forbids(name)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a plugin may raise anything
        return True
    return speaks and not forbids


def _joined(found: Found, inner: Column) -> tuple[Positions, Positions, Positions, Positions]:
    """What was found in the values, in each cell: which it is, the cell, its start and end there."""
    order = np.argsort(inner.inverse, kind="stable")
    first, last = (np.searchsorted(inner.inverse[order], found.value, side) for side in ("left", "right"))
    which = np.repeat(np.arange(len(first)), last - first)
    cell = order[np.concatenate([np.arange(*span) for span in zip(first, last, strict=True)])]
    shift = inner.starts[found.value[which]]
    return which, cell, found.start[which] - shift, found.end[which] - shift


def _placed(found: Found, which: Positions, start: Positions, end: Positions, column: Column) -> Found:
    """Some of what was found, at its places in the column's text."""
    return Found(
        recognizer=found.recognizer,
        entity=found.entity,
        proofs=[found.proofs[at] for at in which.tolist()],
        start=start,
        end=end,
        value=np.searchsorted(column.starts, start, side="right") - 1,
        score=found.score[which],
        whole=np.zeros(len(which), np.bool_),
        chance=0.0,
        shaped=np.empty(0, np.int64),
        why=[found.why[at] for at in which.tolist()],
    )
