"""Words near a candidate that speak for or against an entity."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain, compress
from typing import NamedTuple

from recognizers import literals, trigrams

BEFORE = 40
"""Characters looked at before a candidate."""
AFTER = 20
"""Characters looked at after it."""
_SHORT = 3
"""Letters. A word of no more is looked for as a whole only."""
_SEVERAL = 1 << 15
"""Characters times words. Of more, only those words are looked for whose first and last letters stand there."""

NUMBERS = (
    *("ordernr", "ordernummer", "order no", "orderid", "order", "ocr", "kollinr", "kolli", "ref", "referens", "belopp"),
    *("faktura", "invoice", "artikel", "ean", "serienr", "serienummer", "serial", "spårning", "tracking", "ärendenr"),
    *("artnr", "art.nr", "s/n", "mätarnr", "mätarnummer", "lotnr", "skadenr", "skadenummer", "beställningsnr"),
    *("beställningsnummer", "följesedel", "ritning"),
    *("ärendenummer", "diarienr", "dnr", "timestamp", "tidsstämpel", "isbn", "imei", "imsi", "checksum", "hash"),
)
"""Labels of numbers that are nobody's identifier, and may look like one."""

_TAKEN, _LEAST_TAKEN = re.compile(r"[0-9]{3}[^0-9]*[^\W\d_]{4}"), 7
_ENDED = re.compile(r"[^\W_]{2}[.!?] [A-ZÅÄÖ][^\W\d_]*[ .:]|[^\W\d_]{5}[.!?] [a-zåäö]{4}")
"""A sentence ends and another begins; in small letters after no abbreviation: `bankkonto. roberts nr`."""


class Words(NamedTuple):
    """Words to look for."""

    terms: dict[str, int]
    """Word -> its turn where several begin at one place."""
    roots: dict[str, list[str]]
    """A word that holds no other -> itself and those that hold it: where it does not stand, none of them does."""
    speaking: frozenset[str]
    """Those that speak for the entity; the others speak against it."""
    firsts: trigrams.Signs
    """Of each root the number of its first three letters; short ones come last, and have none."""
    lasts: trigrams.Signs
    """Of its last three."""

    def standing(self, text: str) -> Iterator[str]:
        """The words that stand in a text, or may: their roots do."""
        roots = list(self.roots)
        if len(text) * len(roots) > _SEVERAL:
            stands = trigrams.standing(text)
            there = stands[self.firsts] & stands[self.lasts]
            roots = [*compress(roots, there.tolist()), *roots[len(there) :]]
        return chain.from_iterable(self.roots[root] for root in roots if root in text)


@lru_cache(maxsize=256)
def words(speaking: tuple[str, ...], against: tuple[str, ...]) -> Words | None:
    """Take words for and against: found as parts of words, those of up to three letters as whole words only."""
    terms = dict.fromkeys([*sorted(speaking, key=len, reverse=True), *sorted(against, key=len, reverse=True)])
    roots: dict[str, list[str]] = {}
    for term in sorted(terms, key=len):
        root = next((root for root in roots if root in term), term)
        roots.setdefault(root, []).append(term)
    if not terms:
        return None
    long = [root for root in roots if len(root) >= trigrams.LETTERS]
    firsts = trigrams.rows_of(root[: trigrams.LETTERS] for root in long)
    lasts = trigrams.rows_of(root[-trigrams.LETTERS :] for root in long)
    ordered = {root: roots[root] for root in [*long, *roots]}
    return Words({term: at for at, term in enumerate(terms)}, ordered, frozenset(speaking), firsts, lasts)


@cache
def _alone(term: str) -> re.Pattern[str]:
    """A short word as a whole."""
    return re.compile(rf"(?<![^\W\d_]){re.escape(term)}(?![^\W\d_])")


def _places(term: str, text: str) -> list[int]:
    """Where a word stands in a text."""
    places = literals.places(term, text)
    return places if len(term) > _SHORT else [at for at in places if _alone(term).match(text, at)]


def speak(speaking: Sequence[str], word: str) -> bool:
    """Tell whether a word (in lower case) is, or holds, one of those that speak for an entity."""
    return any(_places(term, word) for term in speaking)


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
    for at, found in _found(looked_for, lines).items():
        nearest[at] = _nearest(looked_for, lines[at], found)
    undecided = [at for at, word in enumerate(nearest) if not word]
    clauses = [_clause_after(text, ends[at]) for at in undecided]
    for at, found in _found(looked_for, clauses).items():
        nearest[undecided[at]] = found[0][2]
    return [((1 if word in looked_for.speaking else -1) if word else 0, word) for word in nearest]


_Hit = tuple[int, int, str]
"""A word in a window: its start, its end, and itself."""


def _found(looked_for: Words, windows: Sequence[str]) -> dict[int, list[_Hit]]:
    """The words in windows (without NUL); of those that overlap the first, at one place the one whose turn it is.

    One pass over all windows a word, at the speed of a search for a literal; few of the words stand anywhere.
    """
    joined = "\0".join(windows).lower()
    standing = looked_for.standing(joined)
    places = [(at, looked_for.terms[term], term) for term in standing for at in _places(term, joined)]
    if not places:
        return {}
    starts = list(accumulate((len(window) + 1 for window in joined.split("\0")), initial=0))
    found: dict[int, list[_Hit]] = {}
    done = 0
    for start, _, term in sorted(places):
        if start >= done:
            done = start + len(term)
            at = bisect_right(starts, start) - 1
            found.setdefault(at, []).append((start - starts[at], done - starts[at], term))
    return found


def _nearest(looked_for: Words, before: str, found: list[_Hit]) -> str:
    """The last of the words found before a candidate that is about it; "" if none is."""
    for start, end, word in reversed(found):
        if len(before) - end >= _LEAST_TAKEN and _TAKEN.search(before, end):
            continue
        if word in looked_for.speaking or not _ENDED.search(before, start):
            return word
    return ""


def _line_before(text: str, start: int) -> str:
    """Cut the window at the value's start and at the last line break that is not directly before the candidate."""
    window = text[start - BEFORE if start > BEFORE else 0 : start]
    kept = window.rpartition("\0")[2].rstrip()
    if "\n" not in kept:
        return kept
    line = kept.rfind("\n") + 1
    return kept if _TURN.match(kept, line) else kept[line:]


_TURN = re.compile(r"(?<=\?\n)[^\W\d_][^\n:]{0,12}:\Z")
"""All of a line in a transcript before what is said, after a question: `Kund:`. What follows is the answer."""
_CLAUSE_ENDS = re.compile(r"[\0\n;,]|[.!?] |[0-9]")


def _clause_after(text: str, end: int) -> str:
    window = text[end : end + AFTER]
    stop = _CLAUSE_ENDS.search(window)
    if stop is None:
        return window
    # A label followed by a number belongs to that number.
    return "" if stop.group().isdigit() else window[: stop.start()]
