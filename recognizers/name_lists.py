"""Names that no list has, among names: `Elin Kitok, Kidist Alemu, Sirwan Ali`.

People are written in lists of people. Two capitalised words between two whole names, or after two of them, are one more
name. Near-misses: `Anna Ek, Region Skåne, Per Ås` (ordinary words), `Anna Ek, Kidist Alemu` (one name).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recognizers.arbitration import ACCEPTED
from recognizers.base import Candidate
from recognizers.name_words import judge

_JOINT = re.compile(r",? och |[,;] ?\n?|\n(?:- |[0-9]+\. )?")
_PAIR = re.compile(
    r"[^\W\d_a-zåäö][^\W\d_]+(?:-[^\W\d_]+)? [^\W\d_a-zåäö][^\W\d_]+(?:-[^\W\d_]+)?(?=[,;.\n\0]| och |\Z)"
)


def among_names(text: str, names: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Places of the names that stand in a list of whole names and were not known.

    Args:
        text: A column, its values joined by NUL.
        names: The names found in it, of any kind.
    """
    whole = {name.start: name.end for name in names if " " in name.text}
    ends = {end: start for start, end in whole.items()}
    for start, end in whole.items():
        joint = _JOINT.match(text, end)
        if joint is None or joint.end() in whole:
            continue
        pair = _PAIR.match(text, joint.end())
        if pair is None or not all(map(_may_be_name, pair.group().split(" "))):
            continue
        after = _JOINT.match(text, pair.end())
        if (after and after.end() in whole) or _has_before(text, start, ends):
            yield pair.span()


def alone_among_names(text: str, names: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Places of rare given names that a list of people begins with: `Deltog: Weronika, Yosef Habtom och Li Ek`.

    Args:
        text: A column, its values joined by NUL.
        names: The names found in it, of any kind.
    """
    sure = {name.start for name in names if name.shape.score >= ACCEPTED}
    for name in names:
        if name.shape.score >= ACCEPTED or " " in name.text or judge(name.text).ordinary or not judge(name.text).given:
            continue
        joint = _JOINT.match(text, name.end)
        if joint and joint.end() in sure:
            yield name.start, name.end


def _has_before(text: str, start: int, ends: dict[int, int]) -> bool:
    """Whether another whole name stands right before the one at `start`, in its list."""
    return any(
        end in ends and (joint := _JOINT.match(text, end)) is not None and joint.end() == start
        for end in range(start - 5, start)
    )


def _may_be_name(word: str) -> bool:
    judged = judge(word)
    return bool(judged.unknown or judged.given or judged.surname) and not judged.ordinary
