"""Words near a candidate that speak for or against an entity."""

from __future__ import annotations

import re
from functools import lru_cache
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


def weigh(looked_for: Words, text: str, start: int, end: int) -> tuple[int, str]:
    """Judge what stands around `text[start:end]` within its value.

    The nearest word before it decides; only where there is none, a word after it on the same line and in the same
    clause, unless that word is the label of a further number. A word with a number of its own and other words
    after it is not about this one: `EAN 7310865004703, kort 4111…`; one against it in another sentence is neither:
    `enligt artikel 15. Mitt nummer är 850709-9805`.

    Returns:
        1, -1 or 0 (no word), and the word.
    """
    before = _line_before(text, start)
    found = [word for word in looked_for.pattern.finditer(before.lower()) if not _TAKEN.search(before, word.end())]
    while found and found[-1].group() not in looked_for.speaking and _ENDED.search(before, found[-1].start()):
        found.pop()
    last = found[-1] if found else looked_for.pattern.search(_clause_after(text, end).lower())
    if last is None:
        return 0, ""
    return (1 if last.group() in looked_for.speaking else -1), last.group()


def _line_before(text: str, start: int) -> str:
    """Cut the window at the value's start and at the last line break that is not directly before the candidate."""
    window = text[max(0, start - BEFORE) : start]
    window = window[window.rfind("\0") + 1 :]
    kept = window.rstrip()
    return kept[kept.rfind("\n") + 1 :]


_CLAUSE_ENDS = re.compile(r"[\0\n;,]|[.!?] |[0-9]")


def _clause_after(text: str, end: int) -> str:
    window = text[end : end + AFTER]
    stop = _CLAUSE_ENDS.search(window)
    if stop is None:
        return window
    # A label followed by a number belongs to that number.
    return "" if stop.group().isdigit() else window[: stop.start()]
