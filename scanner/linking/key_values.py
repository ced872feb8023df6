"""Which columns hold keys by how their values look, whatever they are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import islice

_KEY_VALUE = re.compile(r"\{?[\w./:+-]{1,40}\}?|[A-Za-zÅÄÖåäö]{3} [0-9]{2}[A-Za-z0-9]")
_PLATE = re.compile(r"([a-zåäö]{3}) ([0-9]{2}[a-z0-9])")
"""A licence plate as it is read, which the next system writes without the blank."""
_CODE = re.compile(r"[A-ZÅÄÖ]{1,5}[-/_.]?(?=[0-9])[\w./-]{2,30}")
"""How numbers of objects, files and cards look that are no running ones: `L4102`, `ÖF-2019-300`."""
_OPAQUE = re.compile(
    r"\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?|[0-9a-f]{32}|[0-9a-f]{24}|[0-9a-hjkmnp-tv-z]{26}"
    r"|(?=\D*\d)(?=\d*[a-z])[0-9a-z]{15}(?:[0-9a-z]{3})?|[a-z]{2,8}_(?=[a-z]*[0-9])[0-9a-z]{10,30}",
    re.IGNORECASE,
)
"""What is made to be nobody else's: UUID (RFC 9562), ObjectId, ULID, 15 or 18 letters and digits, `cus_9s6X…`."""
_INSIDE = re.compile(r"(?<![^\W_])[A-ZÅÄÖ]{1,5}[-/]?[0-9]{4,10}(?![^\W_])")
"""Such a number beside words."""
_NUMBER = re.compile(r"[0-9]{4,12}")
_LETTERED = re.compile(r"\s*([A-Za-zÅÄÖåäö]{1,4})[-_. ]?([0-9]{5,10})\s*")
BARE = "#"
"""Ends the name of numbers that count as a key only where another column says so: those behind the letters that all of
a column have before them, and those of a column that is not called as keys are."""
_TIMES = 3
"""How often a code may stand in a column on the whole: a parcel in the log of where it has been."""
_LONGEST, _CODES = 80, 3
_SOME = 20
"""Values of a column that are looked at."""


def link_value(value: str) -> str:
    """The canonical form of a key's value: `007` and `7`, `k-12` and `K-12`, `ABC 123` and `ABC123` are the same."""
    text = (value if value.isascii() else unicodedata.normalize("NFKC", value)).strip().casefold().strip("{}")
    if text.isdecimal():
        return text.lstrip("0") or "0"
    plate = _PLATE.fullmatch(text)
    return plate.group(1) + plate.group(2) if plate else text


def codes_in(value: str) -> list[str]:
    """The codes in a cell that holds a name, or a few words, too."""
    return [link_value(code) for code in _INSIDE.findall(value)]


def are_codes(values: Sequence[str | None]) -> bool:
    """Whether a column holds codes of letters and digits, hardly any of them often: somebody's, or something's."""
    some = _first(values)
    return len(set(some)) >= max(_CODES, len(some) // _TIMES) and all(map(_CODE.fullmatch, some))


def bare_numbers(values: Sequence[str | None]) -> list[str | None]:
    """The numbers of a column whose values are all letters, the same ones, and a number: 104321 of `FB-104321`.

    Returns:
        A number or None for each value; nothing of other columns, or of few values.
    """
    some = [_LETTERED.fullmatch(value) for value in _first(values)]
    letters = {one.group(1).casefold() for one in some if one}
    if len(letters) != 1 or not all(some) or len({one.group(2) for one in some if one}) < _CODES:
        return []
    found = (_LETTERED.fullmatch(value) if value else None for value in values)
    return [one.group(2) if one and one.group(1).casefold() in letters else None for one in found]


def is_bare(name: str) -> bool:
    """Whether a column's name is that of its numbers without letters."""
    return name.endswith(BARE)


def hold_codes(values: Sequence[str | None]) -> bool:
    """Whether each cell of a column holds one code beside words, most of them different: `Anna Ek, K-10422`."""
    some = list(islice((value for value in values if value and value.strip()), _SOME))
    found = [codes for value in some if len(value) <= _LONGEST and (codes := codes_in(value)) and " " in value.strip()]
    apart = {codes[0] for codes in found if len(codes) == 1}
    return len(found) == len(some) and len(apart) >= max(_CODES, len(some) // 2)


def are_numbers(values: Sequence[str | None]) -> bool:
    """Whether a column holds numbers of one length, most of them different."""
    some = _first(values)
    shaped = len({len(value) for value in some}) == 1 and all(map(_NUMBER.fullmatch, some))
    return shaped and len(set(some)) >= max(_CODES, len(some) // 2)


def are_opaque(values: Sequence[str | None]) -> bool:
    """Whether a column holds identifiers that say what they are by themselves, whatever the column is called."""
    some = _first(values)
    return bool(some) and all(map(_OPAQUE.fullmatch, some))


def valued_like_key(values: Sequence[str | None]) -> bool:
    """Whether what stands in a column may be keys: a word, a number, a code."""
    some = list(islice(filter(None, values), _SOME))
    return bool(some) and all(_KEY_VALUE.fullmatch(value.strip()) for value in some)


def are_accounts(values: Sequence[str | None]) -> bool:
    """Whether a column holds what people sign in with: e-mail addresses, and among them numbers or words."""
    some = _first(values)
    others = [value for value in some if "@" not in value]
    return 0 < len(others) < len(some) and all(map(_KEY_VALUE.fullmatch, others))


def without_mails(values: Sequence[str | None]) -> list[str | None]:
    """The values of a column but e-mail addresses, which are found by themselves."""
    return [None if value and "@" in value else value for value in values]


def _first(values: Sequence[str | None]) -> list[str]:
    """A few of a column's values, without the blanks around them."""
    return list(islice((text for value in values if value and (text := value.strip())), _SOME))
