"""The tables that the bench prints."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from bench.accuracy.columns import Typing
from bench.accuracy.labels import ENTITIES
from bench.accuracy.scoring import Count, Tally

BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
CONFUSIONS = 25


def _rate(value: float) -> str:
    return "    -" if math.isnan(value) else f"{value:5.3f}"


def _row(name: str, count: Count) -> str:
    overlap, exact = count.rates(), count.rates(exact=True)
    shown = "   ".join("  ".join(map(_rate, three)) for three in (overlap, exact))
    return f"{name:<26}{count.given:>6}{count.found:>7}   {shown}"


def rates(total: Tally) -> Iterator[str]:
    """Precision, recall and F1 of every entity, then of registers and tiers."""
    head = f"{'':<26}{'given':>6}{'found':>7}   P      R      F1      exact P  R      F1"
    yield head
    yield from (_row(entity, total.entities[entity]) for entity in ENTITIES if entity in total.entities)
    yield f"\n{'by register':<26}" + head[26:]
    yield from (_row(name, count) for name, count in sorted(total.registers.items()))
    yield "\ntiers (recall)"
    yield from (f"{name:<26}{c.given:>6}          {_rate(c.rates()[1])}" for name, c in sorted(total.tiers.items()))


def confusions(total: Tally) -> Iterator[str]:
    """What was found wrongly and what was missed, by kind of slot, the most frequent first."""
    yield "false findings: entity <- what stood there"
    yield from (f"{n:>6}  {entity} <- {there}" for (entity, there), n in total.false.most_common(CONFUSIONS))
    yield "missed: entity, kind of value, of how many"
    yield from (
        f"{n:>6} of {total.asked[key]:>4}  {key[0]} {key[1]}" for key, n in total.missed.most_common(CONFUSIONS)
    )


def calibration(total: Tally) -> Iterator[str]:
    """How many findings of each band of scores are right."""
    bands: dict[float, list[int]] = defaultdict(lambda: [0, 0])
    entities: dict[float, Counter[str]] = defaultdict(Counter)
    for (entity, twentieth), (found, right) in total.bins.items():
        band = max(low for low in BINS if low <= twentieth / 20 + 1e-9)
        bands[band][0] += found
        bands[band][1] += right
        entities[band][entity] += found - right
    yield f"{'score':<14}{'found':>7}{'right':>8}  most wrong"
    for low, high in zip(BINS, (*BINS[1:], 1.0), strict=True):
        found, right = bands[low]
        wrong = ", ".join(f"{name} {n}" for name, n in entities[low].most_common(3) if n)
        yield f"{low:.2f}-{high:.2f}     {found:>7}{_rate(right / found if found else math.nan):>8}  {wrong}"


def columns(outcome: Typing) -> Iterator[str]:
    """The share of columns typed right, and the kinds of wrong answers."""
    right = outcome.cases - len(outcome.wrong)
    yield f"{right} of {outcome.cases} columns right: {right / outcome.cases:.4f}"
    wrong = Counter(("/".join(case.types), got) for case, got in outcome.wrong)
    yield from (f"{n:>6}  {wanted} typed as {got}" for (wanted, got), n in wrong.most_common())


def beside(tallies: Mapping[str, Tally]) -> Iterator[str]:
    """Precision, recall and F1 of every entity for every system; a dash where it found none."""
    yield f"{'':<26}" + "".join(f"{name:^22}" for name in tallies)
    for entity in ENTITIES:
        if not any(total.entities[entity].given for total in tallies.values()):
            continue
        counts = (total.entities[entity] for total in tallies.values())
        cells = (" ".join(map(_rate, count.rates())) if count.found else "-" for count in counts)
        yield f"{entity:<26}" + "".join(f"{cell:^22}" for cell in cells)
