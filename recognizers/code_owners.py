"""Codes beside the name of whoever has them: `Anna Ek har kod 4711`, `Bengt (kod 6612)`, `Annas kod 4711`.

Near-misses: `Artikel (kod 4711)`, `Anna såg felkod 4711`, `Händelse (kod 1130)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.code_talk import DIGITS
from recognizers.name_words import judge

_YEAR = r"(?!(?:19|20)[0-9]{2}(?![0-9]))"
_CODE = re.compile(
    r"[kK](?<![^\W_].)od(?:en)?(?:(?: till| för)? (?P<who>[A-ZÅÄÖ][^\W\d_]{1,20}))?(?:: ?| är | )"
    rf"(?P<value>{_YEAR}{DIGITS})"
)
_NAME_BEFORE = re.compile(
    r"(?P<who>[A-ZÅÄÖ][^\W\d_]{1,20})(?: [A-ZÅÄÖ][^\W\d_]{0,20})?"
    r"(?: (?:har|fick|får|använder|slår|med|m))?(?: nya?)?[ :,(–-]{1,3}\Z"
)
_BEFORE = 40


def owned(text: str) -> Iterator[tuple[int, int]]:
    """Places of such codes in a text, or in a column's values joined by NUL."""
    if "kod" not in text and "Kod" not in text:
        return
    for match in _CODE.finditer(text):
        before = _NAME_BEFORE.search(text, max(0, match.start() - _BEFORE), match.start())
        if any(_is_name(one["who"]) for one in (match, before) if one is not None):
            yield match.span("value")


def _is_name(word: str | None) -> bool:
    judged = judge(word) if word else None
    return judged is not None and bool(judged.given or (judged.surname and not judged.ordinary))
