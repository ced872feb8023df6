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
from recognizers.rare_signs import RareSigns

_SIGNS = "".join(
    chr(code)
    for first, last in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x2069), (0xFEFF, 0xFEFF))
    for code in range(first, last + 1)
)
"""Format characters (Unicode `Cf`) without a width. No soft hyphen: in numbers it stands for a hyphen."""
_ANY, _RARE = re.compile(f"[{_SIGNS}]"), RareSigns(_SIGNS)
Gone = Mapping[int, NDArray[np.int64]]
"""Record -> for each sign that was taken out, in order, how many characters were kept before it."""


def without_unseen(cells: Sequence[str | None]) -> tuple[Sequence[str | None], Gone]:
    """Take the signs out.

    Args:
        cells: One text or None a record.

    Returns:
        The texts, and for the records that had such signs, where these were.
    """
    if not _RARE.stand_in("".join(filter(None, cells))):
        return cells, {}
    hit = [at for at, cell in enumerate(cells) if cell and not cell.isascii() and _ANY.search(cell)]
    clean = list(cells)
    gone: dict[int, NDArray[np.int64]] = {}
    for at in hit:
        text = clean[at] or ""
        stood = np.fromiter((found.start() for found in _ANY.finditer(text)), np.int64)
        gone[at] = stood - np.arange(len(stood))
        clean[at] = _ANY.sub("", text)
    return clean, gone


def put_back(matches: Matches, gone: Mapping[str, Gone]) -> Matches:
    """Give the positions in the texts as they came.

    Args:
        matches: What was found in the texts without the signs.
        gone: Field -> what `without_unseen` gave for it.
    """
    if not any(gone.values()):
        return matches
    start, end = matches.start.copy(), matches.end.copy()
    for at, (field, record) in enumerate(zip(matches.field.tolist(), matches.record.tolist(), strict=True)):
        before = gone.get(matches.fields[field], {}).get(record)
        if before is not None:
            start[at] += np.searchsorted(before, start[at], side="right")
            end[at] += np.searchsorted(before, end[at] - 1, side="right")
    return replace(matches, start=start, end=end)
