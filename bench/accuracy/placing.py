"""Categories by name: fields in which nothing is found, placed by what they and their tables are called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bench.accuracy.halves import half
from bench.accuracy.slots import DATA
from reports.policy import load

NONE = "none"


class Case(NamedTuple):
    """Names of a table or folder and of a field, and the right answers: mostly one."""

    unit: str
    field: str
    categories: tuple[str, ...]


def cases(part: str) -> Iterator[Case]:
    """Read the pairs of names of a half. Their writer had not seen the policy's file."""
    for line in (DATA / "categories.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#") and half(line) == part:
            unit, field, categories = (one.strip() for one in line.split("|"))
            yield Case(unit, field, tuple(categories.split("/")))


def rates(part: str) -> Iterator[str]:
    """Give the share placed right: of all, of those that name a category, of those that name none."""
    policy = load("omnipoint")
    judged = [(one, (policy.category_of(None, "", one.field, one.unit) or NONE) in one.categories)
              for one in cases(part)]  # fmt: skip
    groups = {
        "all": judged,
        "of a category": [one for one in judged if one[0].categories != (NONE,)],
        "of none": [one for one in judged if one[0].categories == (NONE,)],
    }
    for name, group in groups.items():
        yield f"{name:<20}{len(group):>4} pairs, {sum(right for _, right in group) / len(group):.3f} right"
