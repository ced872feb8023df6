"""Words of dates and units that look like names.

Examples: `Mon, 03 Mar 2025`, `12 Jan 2024`, `Jun 2025`, `4 RoK`, `Månad: Maj`, `since August`, `Kristi himmelsfärd`.
Near-misses: `Jan 12 år`, `den 12 kom Jan`, `McCoy`, `med August`.
"""

from __future__ import annotations

import re

_MONTHS = frozenset(
    (
        *("jan", "feb", "mar", "mars", "apr", "april", "maj", "may", "jun", "june", "juni", "jul", "july", "juli"),
        *("aug", "augusti", "august", "sep", "sept", "okt", "oct", "nov", "dec"),
    )
)
_ASKED = re.compile(r"(?:månad|month)(?:en)?[:?=]{0,2} ?\Z", re.IGNORECASE)
_DAY = re.compile(r"(?<![0-9])(?:0?[1-9]|[12][0-9]|3[01])(?:\.|:e|st|nd|rd|th)?[ -]\Z")
_YEAR = re.compile(
    r"(?:\.? |-|, ?)(?:(?:19|20)[0-9]{2}|[0-9]{1,2}(?:,? (?:19|20)[0-9]{2}| [0-9]{2}:[0-9]{2}))(?!-?[0-9])"
)
_YEAR_OF_A_DAY = re.compile(r"(?:\.? |-|, ?)(?:[0-9]{2}|(?:19|20)[0-9]{2})(?![0-9])")
_HOLY = re.compile(" (?:himmelsf|lekamen)", re.IGNORECASE)
"""After `Kristi`."""
_SINCE = re.compile(r"(?<![^\W\d_])(?:since|during|until|early|late|mid|end of|next|last|this) \Z")
_ENGLISH = re.compile(
    r"(?<![^\W\d_])(?:the|are|was|were|will|would|been|we|you|your|they|needs?|starts?|begins?|and|of|at|with)(?![^\W\d_])",
    re.IGNORECASE,
)
"""In a sentence in which `in August` is a month: in Swedish somebody is let in."""
_BEFORE, _SENTENCE = 14, 60


def is_month_or_unit(text: str, start: int, end: int) -> bool:
    """Whether the word at a place is a date's month, or written as only units and abbreviations are (`RoK`)."""
    word = text[start:end]
    if word[-1:].isupper() and word[-2:-1].islower() and word.isalpha():
        return True
    if word.casefold().rstrip(".") not in _MONTHS:
        return word == "Kristi" and _HOLY.match(text, end) is not None
    before = text[max(0, start - _BEFORE) : start]
    if _YEAR.match(text, end) or _ASKED.search(before) or _SINCE.search(before):
        return True
    if before.endswith(" in ") and _ENGLISH.search(
        text, max(0, start - _SENTENCE, text.rfind("\0", 0, start) + 1), start
    ):
        return True
    return _YEAR_OF_A_DAY.match(text, end) is not None and _DAY.search(before) is not None
