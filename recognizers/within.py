"""What the names of fields say of values that stand in texts: each is read as in a column of that name.

Only the recognizers for whose entity the name speaks look at it: what else stands in the text is found in the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from recognizers.base import Recognizer
from recognizers.columns import Column, Positions
from recognizers.fieldnames import normalise
from recognizers.snippets import Place, places
from recognizers.sweep import Found, sweep
from recognizers.weighing import weigh


def within(recognizers: Sequence[Recognizer], column: Column) -> Iterator[Found]:
    """Find what stands in the texts of a column under names of fields; the scores are weighed already."""
    groups: defaultdict[tuple[str, int], list[Place]] = defaultdict(list)
    speaking = _Speaking(recognizers)
    for place in places(column.text, lambda name: bool(speaking[name])):
        # Texts that are judged apart have no columns in common.
        groups[place.name, bisect_right(column.starts, place.start) if column.apart else 0].append(place)
    for (name, _), found in groups.items():
        inner = Column.of(normalise(name), [column.text[place.start : place.end] for place in found])
        inner.apart = column.apart
        founds = [one for recognizer in speaking[name] for one in sweep(recognizer, inner)]
        weigh(founds, inner)
        starts = np.array([place.start for place in found], np.int64)
        yield from (_placed(one, inner, starts, column) for one in founds)


class _Speaking(dict[str, list[Recognizer]]):
    """Name of a field, as it is written -> the recognizers for whose entity it speaks."""

    def __init__(self, recognizers: Sequence[Recognizer]) -> None:
        super().__init__()
        self._recognizers = recognizers

    def __missing__(self, written: str) -> list[Recognizer]:
        name = normalise(written)
        self[written] = [one for one in self._recognizers if one.speaks(name) and not one.forbids(name)]
        return self[written]


def _placed(found: Found, inner: Column, starts: Positions, column: Column) -> Found:
    """What was found in the values, at each place where they stand in the column's text."""
    order = np.argsort(inner.inverse, kind="stable")
    first, last = (np.searchsorted(inner.inverse[order], found.value, side) for side in ("left", "right"))
    which = np.repeat(np.arange(len(first)), last - first)
    place = order[np.concatenate([np.arange(*span) for span in zip(first, last, strict=True)])]
    shift = starts[place] - inner.starts[found.value[which]]
    start = found.start[which] + shift
    return Found(
        recognizer=found.recognizer,
        entity=found.entity,
        proofs=[found.proofs[at] for at in which.tolist()],
        start=start,
        end=found.end[which] + shift,
        value=np.searchsorted(column.starts, start, side="right") - 1,
        score=found.score[which],
        whole=np.zeros(len(which), np.bool_),
        chance=0.0,
        shaped=np.empty(0, np.int64),
        why=[found.why[at] for at in which.tolist()],
    )
