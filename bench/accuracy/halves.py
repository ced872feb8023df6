"""Every set is in two halves: `dev` may be looked at and worked on, `held` is only counted and quoted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

PARTS = ("dev", "held")
T = TypeVar("T", bound=str)


def half(text: str) -> str:
    """Tell in which half a case is: `dev` or `held`, by its hash, the same on every machine."""
    return PARTS[hashlib.sha256(text.encode()).digest()[0] % 2]


def of_half(values: Sequence[T], part: str) -> list[T]:
    """Keep the values of one half: held texts are filled with names that no dev text shows."""
    return [value for value in values if half(value) == part]


def seed(*parts: object) -> int:
    """Make a seed for `random.Random` out of what names a case."""
    return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:8])
