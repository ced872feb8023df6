"""Column cases: a header and values, and the entity that most of the values are, or none."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.accuracy.halves import half, seed
from bench.accuracy.labels import ENTITIES, SETS, Labelled, fill
from bench.accuracy.scoring import THRESHOLD, Found
from bench.accuracy.slots import Filler

NONE = "none"
_BAR = re.compile(r"(?:^| )\|(?: |$)")
"""Between the parts of a line; the bar in `{full|upper}` has no blanks."""
FILLINGS = 2
SHARE = 0.5
"""Of the non-empty values that must carry an entity for it to be the column's type."""
Reader = Callable[[str, Sequence[str]], list[list[Found]]]


@dataclass(frozen=True)
class Case:
    """A column and its type."""

    line: str
    """The case as written."""
    header: str
    types: tuple[str, ...]
    """The right answers: mostly one, two where both are sensible."""
    cells: tuple[Labelled, ...]

    @property
    def values(self) -> list[str]:
        """The column's values."""
        return [cell.text for cell in self.cells]


def lines(series: str = "first") -> list[str]:
    """Read the hand-written cases of a set."""
    whole = (SETS[series] / "columns.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in whole if line.strip() and not line.startswith("#")]


def cases(part: str, series: str = "first") -> Iterator[Case]:
    """Give the cases of a half, each filled twice."""
    for at, line in enumerate(lines(series)):
        if half(line) == part:
            for copy in range(FILLINGS):
                yield _case(line, Filler(random.Random(seed(at, line, copy)), part))


def _case(line: str, filler: Filler) -> Case:
    header, types, mix, *length = (part.strip() for part in _BAR.split(line))
    patterns, weights = zip(*map(_weighed, mix.split(";")), strict=True)
    count = int(length[0]) if length else filler.rng.randrange(12, 41)
    mixed = [pattern for pattern, weight in zip(patterns, weights, strict=True) for _ in range(weight)]
    drawn = [mixed[at % len(mixed)] for at in range(max(count, len(mixed)))]
    filler.rng.shuffle(drawn)
    cells = tuple(Labelled("columns", 0, filler.part, *fill(pattern, filler)) for pattern in drawn)
    return Case(line, header, tuple(types.split("/")), cells)


def _weighed(pattern: str) -> tuple[str, int]:
    weight, times, rest = pattern.strip().partition("x")
    return (rest.strip(), int(weight)) if times and weight.isdigit() else (pattern.strip(), 1)


def answer(rows: Sequence[Sequence[Found]], values: Sequence[str]) -> str:
    """Tell the type of a column from the findings in it: the entity of most values, at least half of them, or none."""
    filled = sum(1 for value in values if value.strip())
    carried = Counter(entity for row in rows for entity in {one.entity for one in row if one.score >= THRESHOLD}
                      if entity in ENTITIES)  # fmt: skip
    if not carried:
        return NONE
    entity, count = carried.most_common(1)[0]
    return entity if count >= SHARE * filled else NONE


@dataclass
class Typing:
    """How a system typed the columns of a half."""

    cases: int
    wrong: list[tuple[Case, str]]
    """Cases answered wrong, with the answer."""
    cells: list[tuple[Labelled, list[Found]]]
    """All values with their findings: for the calibration."""


def typing(part: str, read: Reader, series: str = "first") -> Typing:
    """Ask a system for the type of every column of a half."""
    outcome = Typing(0, [], [])
    for case in cases(part, series):
        rows = read(case.header, case.values)
        got = answer(rows, case.values)
        outcome.cases += 1
        outcome.cells += zip(case.cells, rows, strict=True)
        if got not in case.types:
            outcome.wrong.append((case, got))
    return outcome
