"""Words near a candidate that speak for or against an entity."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

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
_FOR, _AGAINST = "for", "against"


def words(terms: Iterable[str]) -> str:
    """Make an alternation of context words: as parts of words, those of up to three letters as whole words only."""
    ordered = sorted(terms, key=len, reverse=True)
    return "|".join(rf"(?<![^\W\d_]){re.escape(t)}(?![^\W\d_])" if len(t) <= 3 else re.escape(t) for t in ordered)


@lru_cache(maxsize=256)
def pattern(speaking: tuple[str, ...], against: tuple[str, ...]) -> re.Pattern[str] | None:
    """Compile the words for and against into one pattern with the groups `for` and `against`."""
    parts = [f"(?P<{name}>{words(terms)})" for name, terms in ((_FOR, speaking), (_AGAINST, against)) if terms]
    return re.compile("|".join(parts)) if parts else None


def weigh(looked_for: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, str]:
    """Judge what stands around `text[start:end]` within its value.

    The nearest word before it decides; only where there is none, a word after it on the same line and in the same
    clause, unless that word is the label of a further number. A word with a number of its own and other words
    after it is not about this one: `EAN 7310865004703, kort 4111…`.

    Returns:
        1, -1 or 0 (no word), and the word.
    """
    before = _line_before(text, start)
    found = [word for word in looked_for.finditer(before.lower()) if not _TAKEN.search(before, word.end())]
    last = found[-1] if found else looked_for.search(_clause_after(text, end).lower())
    if last is None:
        return 0, ""
    return (1 if last.lastgroup == _FOR else -1), last.group()


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
