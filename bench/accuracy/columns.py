"""Column cases: a header and values, and the entity that most of the values are, or none."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.accuracy.halves import half, seed
from bench.accuracy.labels import ENTITIES, fill
from bench.accuracy.scoring import THRESHOLD, Found
from bench.accuracy.slots import DATA, Filler

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
    values: tuple[str, ...]


def lines() -> list[str]:
    """Read the hand-written cases."""
    whole = (DATA / "columns.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in whole if line.strip() and not line.startswith("#")]


def cases(part: str) -> Iterator[Case]:
    """Give the cases of a half, each filled twice."""
    for at, line in enumerate(lines()):
        if half(line) == part:
            for copy in range(FILLINGS):
                yield _case(line, Filler(random.Random(seed(at, line, copy)), part))


def _case(line: str, filler: Filler) -> Case:
    header, types, mix, *length = (part.strip() for part in _BAR.split(line))
    patterns, weights = zip(*map(_weighed, mix.split(";")), strict=True)
    count = int(length[0]) if length else filler.rng.randrange(12, 41)
    drawn = filler.rng.choices(patterns, weights, k=count)
    return Case(line, header, tuple(types.split("/")), tuple(fill(pattern, filler)[0] for pattern in drawn))


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


def typing(part: str, read: Reader) -> tuple[int, list[tuple[Case, str]]]:
    """Ask a system for the type of every column; give the number of cases and those answered wrong."""
    asked = list(cases(part))
    answers = [answer(read(case.header, case.values), case.values) for case in asked]
    return len(asked), [(case, got) for case, got in zip(asked, answers, strict=True) if got not in case.types]
