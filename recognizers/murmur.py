"""The hashes by which spaCy and thinc turn a word's features into rows of a table (Appleby's MurmurHash, 64 bits)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_FULL = (1 << 64) - 1
_M = 0xC6A4A7935BD1E995

Ids = NDArray[np.uint64]


@lru_cache(maxsize=16384)
def string_id(text: str) -> int:
    """spaCy's number of a string: MurmurHash64A of its UTF-8, seed 1; 0 of the empty one.

    >>> string_id("larm")
    990073789905992020
    """
    data = text.encode("utf-8", "surrogatepass")
    if not data:
        return 0
    found = 1 ^ (len(data) * _M & _FULL)
    whole = len(data) & ~7
    for at in range(0, whole, 8):
        part = int.from_bytes(data[at : at + 8], "little") * _M & _FULL
        found = (found ^ (part ^ part >> 47) * _M & _FULL) * _M & _FULL
    if whole < len(data):
        found = (found ^ int.from_bytes(data[whole:], "little")) * _M & _FULL
    found = (found ^ found >> 47) * _M & _FULL
    return found ^ found >> 47


def rows(ids: Ids, seed: int, count: int) -> NDArray[np.int64]:
    """thinc's four rows, of a table of `count`, for each number: MurmurHash3 of 128 bits in four parts."""
    first = ids * np.uint64(0x87C37B91114253D5)
    first = (first << np.uint64(31)) | (first >> np.uint64(33))
    first = first * np.uint64(0x4CF5AD432745937F) ^ np.uint64(seed) ^ np.uint64(8)
    second = np.full_like(first, seed ^ 8)
    first = first + second
    second = second + first
    first, second = _mixed(first), _mixed(second)
    first = first + second
    second = second + first
    low, high = np.uint64(0xFFFFFFFF), np.uint64(32)
    parts = np.stack((first & low, first >> high, second & low, second >> high), axis=1)
    return (parts % np.uint64(count)).astype(np.int64)


def _mixed(ids: Ids) -> Ids:
    ids = (ids ^ ids >> np.uint64(33)) * np.uint64(0xFF51AFD7ED558CCD)
    ids = (ids ^ ids >> np.uint64(33)) * np.uint64(0xC4CEB9FE1A85EC53)
    return ids ^ ids >> np.uint64(33)
