"""Every spelling of personnummer and phones, each in a sentence that says what it is and in one that does not."""

from __future__ import annotations

import random
from collections.abc import Iterator

from bench.accuracy.halves import seed
from bench.accuracy.labels import SLOTS
from bench.accuracy.scoring import THRESHOLD
from bench.accuracy.slots import Filler
from bench.accuracy.systems import Insyn

SENTENCES = {
    "SE_PERSONNUMMER": ("Personnummer: {}.", "Hej, det gäller {}, tack."),
    "PHONE_NUMBER": ("Telefon: {}.", "Hej, det gäller {}, tack."),
}
"""With the word for it, and without."""


def recalled(system: Insyn, part: str, count: int) -> Iterator[str]:
    """Give the recall of each spelling over `count` numbers, with context and without."""
    for name, slot in SLOTS.items():
        if slot.entity in SENTENCES:
            shares = (_share(system, name, sentence, Filler(random.Random(seed(name)), part), count)
                      for sentence in SENTENCES[slot.entity])  # fmt: skip
            yield f"{slot.entity:<17}{name:<17}" + "".join(f"{share:>9.3f}" for share in shares)


def _share(system: Insyn, name: str, sentence: str, filler: Filler, count: int) -> float:
    entity = SLOTS[name].entity
    texts = [sentence.format(SLOTS[name].make(filler, "")) for _ in range(count)]
    rows = system.read(texts)
    return sum(any(one.entity == entity and one.score >= THRESHOLD for one in row) for row in rows) / count
