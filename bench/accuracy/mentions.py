"""Mentions of health, crime, credit and the like: sentences that speak of a person, and near-misses that do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from bench.accuracy.halves import half
from bench.accuracy.scoring import THRESHOLD, Count, Found
from bench.accuracy.slots import DATA

Case = tuple[str, bool, str]
"""Entity, whether it is mentioned, the sentence."""


def cases(part: str) -> Iterator[Case]:
    """Read the sentences of a half: `HEALTH_MENTION+ text` where it is mentioned, `HEALTH_MENTION- text` where not."""
    for line in (DATA / "mentions.txt").read_text(encoding="utf-8").splitlines():
        kind, _, text = line.partition(" ")
        if half(text) == part:
            yield kind[:-1], kind[-1] == "+", text


def rates(part: str, read: Callable[[Sequence[str]], list[list[Found]]]) -> Iterator[str]:
    """Give a line an entity: precision and recall by sentence."""
    given = list(cases(part))
    counts: dict[str, Count] = defaultdict(Count)
    for (entity, mentioned, _), found in zip(given, read([text for *_, text in given]), strict=True):
        hit = any(one.entity == entity and one.score >= THRESHOLD for one in found)
        counts[entity].add(Count(given=mentioned, recalled=mentioned and hit, found=hit, right=hit and mentioned))
    for entity, count in sorted(counts.items()):
        precision, recall, both = count.rates()
        sentences = sum(entity == one for one, *_ in given)
        shown = f"P {precision:.3f}  R {recall:.3f}  F1 {both:.3f}"
        yield f"{entity:<20}{sentences:>4} sentences, {count.given:>3} mentions: {shown}"
