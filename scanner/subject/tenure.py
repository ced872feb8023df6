"""That people have a thing for a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scanner.linking.times import closed


@dataclass(frozen=True, slots=True)
class Tenure:
    """That people have a thing from a day to another, both included, as days since 1970-01-01."""

    people: frozenset[bytes]
    first: int
    last: int
    row: int = 0
    """That says so."""
    by_name: bool = False
    """By names alone, that row tells who they are."""

    def covers(self, day: int) -> bool:
        """Whether they had it on a day."""
        return self.first <= day <= self.last

    def meets(self, other: Tenure) -> bool:
        """Whether others had it on one of the same days."""
        return self.first <= other.last and other.first <= self.last


def one_after_the_other(had: Sequence[Tenure]) -> Sequence[Tenure]:
    """The same, where a time without an end ends as the next begins."""
    spans = closed([(one.first, one.last) for one in had])
    return [replace(one, first=first, last=last) for one, (first, last) in zip(had, spans, strict=True)]
