"""Numbers by chance, without context: how many of them a system takes for somebody's."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from bench.accuracy.noise import luhn13
from bench.accuracy.scoring import THRESHOLD, Found

CHUNK = 50_000
Read = Callable[[Sequence[str]], Sequence[Sequence[Found]]]


def _digits(count: int) -> Callable[[random.Random], str]:
    return lambda rng: f"{rng.randrange(10**count):0{count}}"


def _epoch(rng: random.Random) -> str:
    return str(rng.randrange(1_000_000_000, 1_900_000_000))


def _minute(rng: random.Random) -> str:
    return time.strftime("%Y%m%d%H%M", time.gmtime(rng.randrange(946_684_800, 1_800_000_000)))


def _ean(rng: random.Random) -> str:
    stem = f"{rng.randrange(10**12):012}"
    return stem + luhn13(stem)


KINDS = {
    "10 digits": _digits(10),
    "12 digits": _digits(12),
    "16 digits": _digits(16),
    "20 digits": _digits(20),
    "epoch": _epoch,
    "YYYYMMDDHHMM": _minute,
    "EAN-13": _ean,
}


def taken(kind: str, count: int, read: Read) -> Counter[str]:
    """Count which entities were found in `count` numbers of a kind, at most once a number; `any` counts the numbers."""
    found: Counter[str] = Counter()
    for chunk in _chunks(kind, count):
        for row in read(chunk):
            entities = {one.entity for one in row if one.score >= THRESHOLD}
            found.update(entities)
            found["any"] += bool(entities)
    return found


def _chunks(kind: str, count: int) -> Iterator[list[str]]:
    rng = random.Random(kind)
    for start in range(0, count, CHUNK):
        yield [KINDS[kind](rng) for _ in range(min(CHUNK, count - start))]
