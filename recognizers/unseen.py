"""Signs that nobody sees: they are taken out before anything is looked for, and what is found is put back in its place.

A zero-width space inside a personnummer, a direction mark that a contact list leaves around a telephone number, a byte
order mark in the middle of a file: people read the number, so it counts as one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from recognizers.matches import Matches

_ANY = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Format characters (Unicode `Cf`) without a width. No soft hyphen: in numbers it stands for a hyphen."""
Kept = Mapping[int, NDArray[np.int64]]
"""Record -> where each character that was kept stands in its text."""


def without_unseen(cells: Sequence[str | None]) -> tuple[Sequence[str | None], Kept]:
    """Take the signs out.

    Args:
        cells: One text or None a record.

    Returns:
        The texts, and for the records that had such signs, where what is left stood.
    """
    if all(map(str.isascii, filter(None, cells))):
        return cells, {}
    hit = [at for at, cell in enumerate(cells) if cell and not cell.isascii() and _ANY.search(cell)]
    if not hit:
        return cells, {}
    clean = list(cells)
    kept: dict[int, NDArray[np.int64]] = {}
    for at in hit:
        text = clean[at] or ""
        gone = np.fromiter((found.start() for found in _ANY.finditer(text)), np.int64)
        kept[at] = np.delete(np.arange(len(text)), gone)
        clean[at] = _ANY.sub("", text)
    return clean, kept


def put_back(matches: Matches, kept: Mapping[str, Kept]) -> Matches:
    """Give the positions in the texts as they came.

    Args:
        matches: What was found in the texts without the signs.
        kept: Field -> what `without_unseen` gave for it.
    """
    if not any(kept.values()):
        return matches
    start, end = matches.start.copy(), matches.end.copy()
    for at, (field, record) in enumerate(zip(matches.field.tolist(), matches.record.tolist(), strict=True)):
        stood = kept.get(matches.fields[field], {}).get(record)
        if stood is not None:
            start[at], end[at] = stood[start[at]], stood[end[at] - 1] + 1
    return replace(matches, start=start, end=end)
