"""How sure a share is, given how many values it was counted on."""

from __future__ import annotations

from math import sqrt

_Z95 = 1.959963984540054


def wilson(hits: int, total: int) -> tuple[float, float]:
    """95 % confidence interval of a share (Wilson 1927), also right for few values and for shares near 0 and 1.

    Args:
        hits: Values that count, 0 to `total`.
        total: Values looked at, at least 1.

    Returns:
        Lower and upper bound, 0 to 1.
    """
    share, z2 = hits / total, _Z95**2
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z95 / (1 + z2 / total) * sqrt(share * (1 - share) / total + z2 / (4 * total**2))
    return (0.0 if hits == 0 else max(0.0, middle - half)), (1.0 if hits == total else min(1.0, middle + half))
