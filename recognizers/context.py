"""Words near a candidate that speak for or against an entity."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

BEFORE = 40
"""Characters looked at before a candidate."""
AFTER = 20
"""Characters looked at after it."""

NUMBERS = (
    *("ordernr", "ordernummer", "order no", "orderid", "order", "ocr", "kollinr", "kolli", "ref", "referens", "belopp"),
    *("faktura", "invoice", "artikel", "ean", "serienr", "serienummer", "serial", "spårning", "tracking", "ärendenr"),
    *("ärendenummer", "diarienr", "dnr", "timestamp", "tidsstämpel", "isbn", "imei", "imsi", "checksum", "hash"),
)
"""Labels of numbers that are nobody's identifier, and may look like one."""

_TAKEN = re.compile(r"[0-9]{3}[^0-9]*[^\W\d_]{4}")
_ENDED = re.compile(r"[^\W_]{2}[.!?] [A-ZÅÄÖ][^\W\d_]*[ .:]")
"""A sentence ends and another begins."""


class Words(NamedTuple):
    """Words to look for."""

    pattern: re.Pattern[str]
    speaking: frozenset[str]
    """Those that speak for the entity; the others speak against it."""


@lru_cache(maxsize=256)
def words(speaking: tuple[str, ...], against: tuple[str, ...]) -> Words | None:
    """Compile words for and against: found as parts of words, those of up to three letters as whole words only."""
    terms = [*sorted(speaking, key=len, reverse=True), *sorted(against, key=len, reverse=True)]
    # Each begins with a letter, not with a look-behind, so that the search can skip to the next one that begins so.
    return Words(re.compile("|".join(map(_word, terms))), frozenset(speaking)) if terms else None


def _word(term: str) -> str:
    if len(term) > 3:
        return re.escape(term)
    first, rest = re.escape(term[0]), re.escape(term[1:])
    return rf"{first}(?<![^\W\d_]{first}){rest}(?![^\W\d_])"


def speak(speaking: Sequence[str], word: str) -> bool:
    """Tell whether a word (in lower case) is, or holds, one of those that speak for an entity."""
    looked_for = words(tuple(speaking), ())
    return looked_for is not None and looked_for.pattern.search(word) is not None


def weigh(looked_for: Words, text: str, starts: Sequence[int], ends: Sequence[int]) -> list[tuple[int, str]]:
    """Judge what stands around each `text[start:end]` within its value.

    The nearest word before it decides; only where there is none, a word after it on the same line and in the same
    clause, unless that word is the label of a further number. A word with a number of its own and other words
    after it is not about this one: `EAN 7310865004703, kort 4111…`; one against it in another sentence is neither:
    `enligt artikel 15. Mitt nummer är 850709-9805`.

    Returns:
        Of each: 1, -1 or 0 (no word), and the word.
    """
    lines = [_line_before(text, start) for start in starts]
    nearest = [""] * len(lines)
    for at, found in _found(looked_for.pattern, lines).items():
        nearest[at] = _nearest(looked_for, lines[at], found)
    undecided = [at for at, word in enumerate(nearest) if not word]
    clauses = [_clause_after(text, ends[at]) for at in undecided]
    for at, found in _found(looked_for.pattern, clauses).items():
        nearest[undecided[at]] = found[0].word
    return [((1 if word in looked_for.speaking else -1) if word else 0, word) for word in nearest]


class _Hit(NamedTuple):
    """A word in a window."""

    start: int
    end: int
    word: str


def _found(pattern: re.Pattern[str], windows: Sequence[str]) -> dict[int, list[_Hit]]:
    """The words in windows (without NUL), in one pass over all: a search in each by itself takes twice as long."""
    joined = "\0".join(windows).lower()
    matches = list(pattern.finditer(joined))
    if not matches:
        return {}
    starts = list(accumulate((len(window) + 1 for window in joined.split("\0")), initial=0))
    found: dict[int, list[_Hit]] = {}
    for match in matches:
        start, end = match.span()
        at = bisect_right(starts, start) - 1
        found.setdefault(at, []).append(_Hit(start - starts[at], end - starts[at], match.group()))
    return found


def _nearest(looked_for: Words, before: str, found: list[_Hit]) -> str:
    """The last of the words found before a candidate that is about it; "" if none is."""
    about = [hit for hit in found if not _TAKEN.search(before, hit.end)]
    while about and about[-1].word not in looked_for.speaking and _ENDED.search(before, about[-1].start):
        about.pop()
    return about[-1].word if about else ""


def _line_before(text: str, start: int) -> str:
    """Cut the window at the value's start and at the last line break that is not directly before the candidate."""
    window = text[max(0, start - BEFORE) : start]
    window = window[window.rfind("\0") + 1 :]
    kept = window.rstrip()
    line = kept.rfind("\n") + 1
    if line and _TURN.match(kept, line):
        return kept  # the answer to a question
    return kept[line:]


_TURN = re.compile(r"(?<=\?\n)[^\W\d_][^\n:]{0,12}:\Z")
"""All of a line in a transcript before what is said, after a question: `Kund:`."""
_CLAUSE_ENDS = re.compile(r"[\0\n;,]|[.!?] |[0-9]")


def _clause_after(text: str, end: int) -> str:
    window = text[end : end + AFTER]
    stop = _CLAUSE_ENDS.search(window)
    if stop is None:
        return window
    # A label followed by a number belongs to that number.
    return "" if stop.group().isdigit() else window[: stop.start()]
