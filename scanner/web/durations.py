"""How long something took, as people say it."""

from __future__ import annotations

from reports.language import Language
from reports.words import N_

_MINUTE, _HOUR = 60, 3600


def duration(seconds: float, lang: Language) -> str:
    """`0,4 s`, `14 s`, `3 min 20 s`, `2 h 5 min`: in the reader's language."""
    whole = round(seconds)
    if whole < 1:
        return f"{lang.decimal(seconds, 1)} s"
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE} s"
    return lang.text(N_("%(hours)s h %(minutes)s min"), hours=whole // _HOUR, minutes=whole % _HOUR // _MINUTE)
