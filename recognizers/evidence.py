"""What speaks for and against a candidate beyond its own proof: words near by, the field's name, the column's share.

A checksum is evidence, not a verdict: one of ten random numbers passes Luhn. A column of order numbers in which a few
pass is told from a column of identifiers in which nearly all do by the share that passes, against what chance gives.
"""

from __future__ import annotations

import math
from enum import Enum
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Score = TypeVar("Score", float, NDArray[np.float64])

RAISE_CONTEXT = 2 / 3
"""A word near by takes two thirds of the remaining doubt: 0.55 becomes 0.85."""
RAISE_FIELD = 0.6
RAISE_COLUMN = 0.7
LOWER_CONTEXT = 0.52
"""A word against halves the score, but leaves a checked number in its own spelling (0.97) just above the threshold."""
LOWER_FIELD = 0.52
LOWER_OTHER = 0.8
"""The field's name speaks for another entity."""
DOUBTFUL = 0.6
"""Below this, part of a text is not shown where the field's name speaks against it: `Wilma sensor` in `produktnamn`."""
LOWER_NEIGHBOURS = 0.45
"""The fields beside it speak of things."""
LOWER_CHANCE = 0.4
"""The column has no more hits than chance gives."""

ALONE = 0.45
"""At most this is a bare number, which chance may have made, that is all of its value: 63 of 1,000 random ten-digit
numbers are in the numbering plan, 8 have a date and a check digit."""
_APART = 0.25
"""Lower bound of the share of equally long numbers from which the bare ones that pass are no chance: 2 of 2, 3 of 4."""

CHECK_DIGIT = 0.05
"""From this share of random numbers on that pass, a proof is little more than a check digit."""

FEW = 8
"""Below this many distinct values a share says nothing."""
_MOST = 0.65
"""Lower bound of the share from which a column is one of the entity: 8 of 8, 18 of 20, 75 of 100 reach it."""
_HALF = 0.5
_UNLIKELY = 0.01
_HARDLY = 0.001
_Z = 1.96


class Verdict(Enum):
    """What the share of a column says."""

    MOST = "column:share"
    NONE = ""
    CHANCE = "column:chance"


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Bounds of the 95 % score interval (Wilson 1927) of a share; 0 and 1 where there is nothing to count."""
    if total == 0:
        return 0.0, 1.0
    share, square = hits / total, _Z * _Z
    centre = share + square / (2 * total)
    spread = _Z * math.sqrt(share * (1 - share) / total + square / (4 * total * total))
    return (centre - spread) / (1 + square / total), (centre + spread) / (1 + square / total)


def at_least(hits: int, expected: float) -> float:
    """Probability of at least `hits` chance hits where `expected` are expected (Poisson)."""
    if hits > expected + 10 * math.sqrt(expected) + 10:
        return 0.0
    below = sum(math.exp(count * math.log(expected) - expected - math.lgamma(count + 1)) for count in range(hits))
    return max(0.0, 1.0 - below)


def judge(passed: int, shaped: int, values: int) -> Verdict:
    """Judge a column by its shares.

    Args:
        passed: Distinct values that are, as a whole, a proven candidate.
        shaped: Distinct values that are, as a whole, a candidate, proven or not.
        values: Distinct non-empty values.
    """
    if values >= FEW and wilson(passed, values)[0] >= _MOST:
        return Verdict.MOST
    if shaped >= FEW and wilson(passed, shaped)[1] < _HALF:
        return Verdict.CHANCE
    return Verdict.NONE


def by_chance(passed: int, peers: int, chance: float) -> bool:
    """Tell whether `passed` hits are what chance gives among `peers` numbers of the same length."""
    return peers >= FEW and chance > 0 and at_least(passed, peers * chance) > _UNLIKELY


def stands_apart(passed: int, peers: int, chance: float) -> bool:
    """Tell whether `passed` of `peers` numbers of the same length are far more than chance (0: not known) gives.

    In quotes a number passes that is no peer: more may have passed than there are peers.
    """
    if wilson(min(passed, peers), peers)[0] >= _APART:
        return True
    expected = peers * chance
    return expected > 0 and at_least(passed, expected) < _HARDLY


def is_most(hits: int, total: int) -> bool:
    """Tell whether `hits` are surely most of `total`."""
    return total >= FEW and wilson(hits, total)[0] >= _MOST


def raised(score: Score, weight: float) -> Score:
    """Take the share `weight` of the remaining doubt of one score, or of many."""
    return 1 - (1 - score) * (1 - weight)
