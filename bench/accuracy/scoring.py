"""Findings against labels: precision, recall and F1, by overlap and exact, and what was mixed up with what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bench.accuracy.labels import ENTITIES, Labelled, Span

THRESHOLD = 0.5
"""From this score on a finding is shown to users."""
ACCEPTED = {("POSTAL_CODE", "ADDRESS")}
"""(label, finding): a postal code and town is also found when it is found as an address."""
TOLERATED = {*ACCEPTED, ("ADDRESS", "POSTAL_CODE"), ("SE_BANK_ACCOUNT", "SE_PERSONNUMMER")}
"""(label, finding): neither right nor wrong, as Nordea's personkonto is a personnummer."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding of any system."""

    entity: str
    start: int
    end: int
    score: float = 1.0


@dataclass
class Count:
    """Counts of one entity or register."""

    given: int = 0
    recalled: int = 0
    recalled_exact: int = 0
    found: int = 0
    right: int = 0
    right_exact: int = 0

    def add(self, other: Count) -> None:
        """Add another count to this one."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def rates(self, *, exact: bool = False) -> tuple[float, float, float]:
        """Give precision, recall and F1; not a number where nothing was found or given."""
        right, recalled = (self.right_exact, self.recalled_exact) if exact else (self.right, self.recalled)
        precision = right / self.found if self.found else float("nan")
        recall = recalled / self.given if self.given else float("nan")
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both > 0 else (0.0 if both == 0 else float("nan"))


@dataclass
class Tally:
    """Everything counted over a set of texts."""

    entities: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    registers: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    tiers: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    false: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(entity found, what stood there) -> times."""
    missed: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(entity, slot) -> times."""
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(entity, slot) -> times given, the measure of `missed`."""
    bins: dict[tuple[str, int], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    """(entity, lower bound of the score in twentieths) -> findings, right ones."""


def overlaps(one: Found | Span, other: Found | Span) -> bool:
    """Tell whether two stretches share a character."""
    return one.start < other.end and other.start < one.end


def same(text: str, label: Span, found: Found) -> bool:
    """Tell whether the stretches are equal; a genitive -s, blanks or signs at the ends, and the town do not count."""
    wanted, got = text[label.start : label.end], text[found.start : found.end]
    if label.entity == "POSTAL_CODE":
        wanted, got = ("".join(filter(str.isdigit, one)) for one in (wanted, got))
    trimmed = [one.strip(" \n\t.,:;()'\"") for one in (wanted, got)]
    return overlaps(label, found) and trimmed[0].removesuffix("s") == trimmed[1].removesuffix("s")


def tally(texts: Iterable[tuple[Labelled, Sequence[Found]]]) -> Tally:
    """Count the findings of a system over labelled texts; findings below the threshold only enter the score bins."""
    total = Tally()
    for labelled, found in texts:
        known = [one for one in found if one.entity in ENTITIES]
        _bin(total, labelled, known)
        shown = [one for one in known if one.score >= THRESHOLD]
        for label in labelled.spans:
            if label.entity and not label.optional:
                _recall(total, labelled, label, shown)
        for one in shown:
            _precision(total, labelled, one)
    return total


def _count(total: Tally, labelled: Labelled, entity: str, count: Count) -> None:
    total.entities[entity].add(count)
    total.registers[labelled.register].add(count)


def _recall(total: Tally, labelled: Labelled, label: Span, shown: Sequence[Found]) -> None:
    near = [one for one in shown if overlaps(label, one)
            and (one.entity == label.entity or (label.entity, one.entity) in ACCEPTED)]  # fmt: skip
    exact = any(same(labelled.text, label, one) for one in near)
    count = Count(given=1, recalled=bool(near), recalled_exact=exact)
    _count(total, labelled, label.entity, count)
    total.asked[label.entity, label.slot] += 1
    if label.tier:
        total.tiers[label.tier].add(count)
    if not near:
        total.missed[label.entity, label.slot] += 1


def verdict(labelled: Labelled, found: Found) -> str:
    """Judge a finding: `right`, `tolerated`, or what stood there instead (a label, a near-miss's slot, `text`)."""
    near = [label for label in labelled.spans if overlaps(label, found)]
    if any(label.entity == found.entity for label in near):
        return "tolerated" if all(label.optional for label in near if label.entity == found.entity) else "right"
    if any((label.entity, found.entity) in TOLERATED for label in near):
        return "tolerated"
    return next((label.entity or label.slot for label in near), "text")


def _precision(total: Tally, labelled: Labelled, found: Found) -> None:
    judged = verdict(labelled, found)
    if judged == "tolerated":
        return
    mine = [label for label in labelled.spans if label.entity == found.entity]
    exact = any(same(labelled.text, label, found) for label in mine)
    _count(total, labelled, found.entity, Count(found=1, right=judged == "right", right_exact=exact))
    if judged != "right":
        total.false[found.entity, judged] += 1


def _bin(total: Tally, labelled: Labelled, known: Sequence[Found]) -> None:
    for one in known:
        judged = verdict(labelled, one)
        if judged == "tolerated":
            continue
        counted = total.bins[one.entity, min(int(one.score * 20 + 1e-6), 19)]
        counted[0] += 1
        counted[1] += judged == "right"
