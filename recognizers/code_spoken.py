"""Codes in words, as they stand in transcripts: `koden är fyra sju ett ett`, `the code is four seven one one`.

Four to six digits, also two at a time (`fyrtiosju elva`). Near-misses: more digits (a phone
number), fewer (`ett, två`).
"""

from __future__ import annotations

import re

from recognizers.base import Shape
from recognizers.code_labels import CODE_LABELS, KIND_KOD, KOD
from recognizers.code_talk import ANSWER, IS, of_kod
from recognizers.code_ways import ASKED, HESITATION
from recognizers.labels import REMARK, labelled

_SWEDISH = (("noll", "nolla"), ("ett", "etta", "en"), ("två", "tvåa"), ("tre", "trea"), ("fyra",), ("fem", "femma"),
            ("sex", "sexa"), ("sju", "sjua"), ("åtta",), ("nio", "nia"))  # fmt: skip
_ENGLISH = (
    ("zero", "oh"), ("one",), ("two",), ("three",), ("four",), ("five",), ("six",), ("seven",), ("eight",), ("nine",)
)  # fmt: skip
_TEENS = ("tio", "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton")
_TENS = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")
_DIGITS = {word: str(digit) for kind in (_SWEDISH, _ENGLISH) for digit, words in enumerate(kind) for word in words}
NUMERALS = {
    **_DIGITS,
    **{word: str(10 + at) for at, word in enumerate(_TEENS)},
    **{
        f"{word}{one}": f"{2 + at}{digit}"
        for at, word in enumerate(_TENS)
        for one, digit in {"": "0", **{words[0]: str(digit) for digit, words in enumerate(_SWEDISH) if digit}}.items()
    },
}
"""Word -> one digit or two."""
_ONE = f"(?:{'|'.join(sorted(NUMERALS, key=len, reverse=True))})(?![^\\W\\d_])"
_JOINT = r"(?:, ?| ?- ?|\.{2,3} ?|… ?| (?:(?i:e+h+m*|ö+h*m*) )?| och )"
_SPOKEN = rf"(?i:{_ONE}(?:{_JOINT}{_ONE}){{1,5}}+)(?!{_JOINT}(?i:{_ONE}))"
_GATE = re.compile("[ ,.?-]")
"""Of outlines, which have no letters."""
_WORD = re.compile(r"[^\W\d_]+")
LEAST, MOST = 4, 6
_TO = r"[^\n\0.;0-9]{1,30}(?:till|blir|är (?:nu|numera|fortfarande))[ :]{1,2}"
_WHOSE = tuple(rf"{whose} (?:new |old )?code" for whose in ("my", "the", "our"))

_KEYED = ("slår", "slog", "trycker", "tryckte", r"knappa(?:r|de) in")
_RENEWED = r"[^\n\0;]{0,60}?(?<![^\W_])(?:nya?|nu) (?:är|e|blir)[ :]{1,2}"

SHAPES = (
    Shape("spoken", of_kod(rf"{KOD}{ASKED}{HESITATION}(?P<value>{_SPOKEN})"), 0.65, _GATE),
    Shape("spoken", of_kod(rf"{KOD}{IS}{HESITATION}(?P<value>{_SPOKEN})"), 0.65, _GATE),
    Shape("spoken", of_kod(rf"{KOD}{_RENEWED}(?P<value>{_SPOKEN})"), 0.65, _GATE),
    Shape("spoken", labelled(_KEYED, _SPOKEN, r"[ :]{1,2}(?:in )?"), 0.55, _GATE),
    Shape("spoken", of_kod(rf"{KOD}{IS}(?P<value>{_SPOKEN})"), 0.7, _GATE),
    Shape("spoken", of_kod(rf"{KOD}{_TO}(?P<value>{_SPOKEN})"), 0.65, _GATE),
    Shape("spoken", of_kod(rf"{KIND_KOD}{ANSWER}(?P<value>{_SPOKEN})"), 0.65, _GATE),
    Shape("spoken", labelled(CODE_LABELS, _SPOKEN, rf"{REMARK}{IS}"), 0.7, _GATE),
    Shape("spoken", labelled(_WHOSE, _SPOKEN, IS), 0.6, _GATE),
)
"""Shapes of spoken codes; `alarm_code` proves them."""


def digits(text: str) -> str:
    """Write a spoken code in digits; "" if it is too short or too long for one.

    >>> digits("fyra sju elva"), digits("ett, två"), digits("four seven one one")
    ('4711', '', '4711')
    """
    written = "".join(NUMERALS.get(word.casefold(), "") for word in _WORD.findall(text))
    return written if LEAST <= len(written) <= MOST else ""
