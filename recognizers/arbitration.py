"""One span, one type: overlapping candidates are settled by score, then rank, then length."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recognizers.columns import Positions

ACCEPTED = 0.5
"""From this score on a candidate counts as a finding."""
_CLOSE = 0.3
"""An accepted span takes the spans inside it unless they are better by more than this: a postal code in an address."""


def settle(
    start: Positions, end: Positions, score: NDArray[np.float64], rank: Positions
) -> tuple[Positions, dict[int, list[int]]]:
    """Choose among overlapping spans.

    Args:
        start, end, score, rank: One entry a span, in any order.

    Returns:
        Indices of the winners in order of their starts, and for each winner that beat others, their indices.
    """
    order = np.lexsort((end, start))
    ends = np.maximum.accumulate(end[order]) if len(order) else end
    fresh = np.ones(len(order), bool)
    fresh[1:] = start[order][1:] >= ends[:-1]
    bounds = np.append(np.flatnonzero(fresh), len(order))
    alone = np.diff(bounds) == 1
    winners = [order[bounds[:-1][alone]]]
    beaten: dict[int, list[int]] = {}
    if not alone.all():
        parts = (score[order], rank[order], start[order], end[order], order)
        spans: list[_Span] = list(zip(*(part.tolist() for part in parts), strict=True))
        won: list[int] = []
        for first, last in zip(bounds[:-1][~alone].tolist(), bounds[1:][~alone].tolist(), strict=True):
            won += _settle_cluster(spans[first:last], beaten)
        winners.append(np.array(won, np.int64))
    chosen = np.concatenate(winners)
    return chosen[np.argsort(start[chosen], kind="stable")], beaten


_Span = tuple[float, int, int, int, int]
"""Score, rank, start, end, index."""


def _settle_cluster(spans: list[_Span], beaten: dict[int, list[int]]) -> list[int]:
    spans.sort(key=lambda s: (-s[0], s[1], s[2] - s[3], s[4]))
    won: list[_Span] = []
    lost: list[_Span] = []
    for span in spans:
        inner = any(_takes(other, span) for other in spans)
        (lost if inner or any(span[2] < w[3] and w[2] < span[3] for w in won) else won).append(span)
    for winner in won:
        over = [loser[4] for loser in lost if loser[2] < winner[3] and winner[2] < loser[3]]
        if over:
            beaten[winner[4]] = over
    return [winner[4] for winner in won]


def _takes(outer: _Span, inner: _Span) -> bool:
    """Tell whether `outer` is an accepted, longer span around `inner` that is not much weaker."""
    return (
        outer[0] >= ACCEPTED
        and outer[2] <= inner[2]
        and inner[3] <= outer[3]
        and outer[3] - outer[2] > inner[3] - inner[2]
        and outer[0] >= inner[0] - _CLOSE
    )
