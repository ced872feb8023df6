"""What an address is made of after its street: number, flat, floor, postal code and town.

Sources: Lantmäteriet (apartment numbers: two digits floor, two digits door), PostNord (postal codes).
Examples: `5 B, lgh 1102, 123 45 Hittestad`, `24:1208` (a student's flat); near-misses: `4 km`, `24:12`, `5 kr`.
"""

from __future__ import annotations

import re

from recognizers.ordinary import is_ordinary
from recognizers.places import town_words

_BREAK = r"(?:[ ]?[,;][ ]{0,3}|[ ]{1,3}|[ ]?,?[ ]?(?:\r?\n|\t)[ ]?)"
_UNIT = (
    "%|kr|sek|km|m2|kvm|meter|minut|år|procent|mil|st\\b|dagar|timm|gång|miljon|mkr|tusen|personer|januari|februari|mars|april"
    "|maj|juni|juli|augusti|september|oktober|november|december"
)
# A number of the street may be followed by a floor ("12 C 2 tr") or a postal code, by no other digits.
_MORE_DIGITS = r"[ ](?!0)\d(?!\d\d[ ]?\d\d(?!\d)|\d?[ ]?(?:tr|v(?![^\W\d_])))"
_DOOR = r"\d{3,4}(?!\d)"
"""Of a student's flat, right after the street number: `Studentvägen 24:1208`."""
NUMBER = re.compile(
    r"(?P<number>[1-9]\d{0,3}(?:[a-zA-Z](?![^\W_])|[ ][A-HJ-Za-h](?![\w.:/]))?(?:[ ]?[-–/][ ]?\d{1,3}[a-zA-Z]?)?)"
    rf"(?![^\W_]|[.,]\d|:(?!{_DOOR})\d|[%$€°])(?![ ]?(?:{_UNIT}))(?!{_MORE_DIGITS})"
)
_FLOOR = (
    r"(?:\d{1,2}[ ]?(?:tr|v)\b|\d{1,2}[ ]trapp(?:a|or)\b|v[åa]n(?:ing)?\.?[ ]?\d{1,2}|plan[ ]\d{1,2}"
    r"|(?:bv|nb|ög|öv|tv|th)\b"
    r"|(?:uppg(?:ång)?|port|ing(?:ång)?|hus)\.?[ ][A-Z0-9]{1,2}\b"
    r"|(?:lgh|lägenhet|lägenhetsnr|apt)\.?[ ]?(?:nr\.?[ ]?)?\d{1,4}\b)"
)
FLOOR_FIRST = re.compile(_FLOOR, re.I)
TAIL = re.compile(rf":{_DOOR}(?:{_BREAK}{_FLOOR}){{0,2}}|(?:{_BREAK}{_FLOOR}){{1,3}}", re.I)
_POSTAL = re.compile(rf"{_BREAK}(?:SE?[- ]?)?(?P<code>[1-9]\d\d[ ]{{0,2}}\d\d)(?!\d|[.,]\d|[ ]?(?:kr|sek|st)\b)")
_TOWN = re.compile(r",?[ ]{1,3}((?:[^\W\d_][^\W\d_]+[ -]?){1,3})")
_COMMA_TOWN = re.compile(r",[ ]?((?:[^\W\d_][^\W\d_]+[ -]?){1,3})")
_BLANK_TOWN = re.compile(r"[ ]((?:[^\W\d_][^\W\d_]+(?:[ -]|(?![^\W_]))){1,2})")
_TWO_WORDS = frozenset(("norra", "södra", "östra", "västra", "stora", "lilla", "gamla", "nya", "sankt", "sankta"))
"""First words of towns: `Östra Ämtervik`."""
_NR = re.compile(r" (?:nr\.?|nummer)\Z", re.I)
ANCHOR = re.compile(r"[ ]{1,3}(?=\d)")


def follow(text: str, at: int) -> tuple[int, str, bool]:
    """Read on after the number: its end after floor, flat, postal code and town; the code; whether a town follows."""
    tail = TAIL.match(text, at)
    end = tail.end() if tail else at
    postal = _POSTAL.match(text, end)
    if postal is None:
        town = _COMMA_TOWN.match(text, end)
        size = _known(town.group(1)) if town else 0
        if not size and (beside := _BLANK_TOWN.match(text, end)):
            return end + _beside(beside.group(1)), "", False
        return (town.start(1) + size if town and size else end), "", size > 0
    town = _TOWN.match(text, postal.end())
    size = _town_size(town.group(1)) if town else 0
    return (town.start(1) + size if town and size else postal.end()), postal.group("code").replace(" ", ""), size > 0


def _known(after: str) -> int:
    """Characters of a known town at the start of `after`, 0 if there is none."""
    words = after.strip(" -").split(" ")
    count = town_words(words)
    return len(" ".join(words[:count])) if count and words[0][0].isupper() else 0


def _beside(after: str) -> int:
    """Characters of a blank and a known town, in small letters too, that stands right after the number."""
    words = after.strip(" -").split(" ")
    count = town_words([word.capitalize() for word in words])
    sure = count and (words[0][0].isupper() or not is_ordinary(words[0]))
    return len(" ".join(words[:count])) + 1 if sure else 0


def _town_size(after: str) -> int:
    """Characters of the town after a postal code: a known one, or one capitalised word."""
    words = after.strip(" -").split(" ")
    two = len(words) > 1 and words[0].casefold() in _TWO_WORDS and words[1][:1].isupper()
    count = max(town_words(words), (2 if two else 1) if words[0][0].isupper() else 0)
    return len(" ".join(words[:count]))


def parts(text: str) -> tuple[str, str, str]:
    """Street (or village, or `Box`), number and postal code ("" for none) of an address."""
    blank, at = next(anchor.span() for anchor in ANCHOR.finditer(text))
    if text[blank - 1] == ",":
        postal = _POSTAL.match(text, blank - 1)
        return text[: blank - 1], "", postal.group("code").replace(" ", "") if postal else ""
    number = NUMBER.match(text, at)
    end = number.end("number") if number else blank
    tail = TAIL.match(text, end)
    postal = _POSTAL.match(text, tail.end() if tail else end)
    return _NR.sub("", text[:blank]), text[at:end], postal.group("code").replace(" ", "") if postal else ""
