"""Labels: words right before a value that name it (`Fakturanr: 310000`), and the patterns that are made of them.

A number without a form of its own (an invoice number, a door code) is found by its label, or by the name of its field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.late import late
from recognizers.literals import remember

LINK = r"[.\"'\])]{0,2}[ \t]?(?:(?i:är|is|ska vara)(?=[ :\"'])|[:=#])?\s{0,2}[\"']?"
"""Between a label and its value: `nr. 17`, `nr: 17`, `"nr":"17"`, `numret är 17`."""
SIGN = r"[.\"'\])]{0,2}[ \t]?(?:(?<=[ \t])(?i:är|is)(?=[ :\"'])|[:=])\s{0,2}[\"']?"
"""The same where the label is also an ordinary word: a sign or `är` must stand between."""
SORT = r"(?:[ _]|-\n?)?(?:nummer|numret|nr|no|number|num|id)(?:et)?"
"""What makes a word a label of a number: `avtal` + `snr`. Lower case."""
REMARK = r"(?: \([^()\n\0]{1,30}\)(?= ?[:=]))?"
"""A remark after a label, before its sign: `Larmkod (4 siffror): 4711`."""
NUMBER = r"[A-Za-z]{0,4}[-_/]?[0-9][0-9A-Za-z\-/]{1,15}"
"""A company's own number: at least two characters, one a digit."""
WHOLE = r"(?<![^\0].)"
"""After the first character: the value begins with it."""
GATE = re.compile("0")
"""Of outlines: a digit."""
SIGN_GATE = re.compile(r"[:=]|[ \t]\?{0,2} ")
"""Of outlines: a sign, or the two blanks around `är` (or `İS`, whose letters are not in Latin-1)."""
_FIVE = re.compile("0{5}|0[-/]0{3}")
_DIGIT = re.compile("[0-9]")
_SEPARATORS = re.compile("[-_/ ]")


def labelled(words: Iterable[str], value: str, link: str = LINK) -> re.Pattern[str]:
    """Make a pattern of a labelled value: its group `value`.

    Args:
        words: Patterns of the labels in lower case, each beginning with its first letter; matched in any case, at the
            beginning of a word (`_` parts words).
        value: Pattern of the value, with what must not follow it.
        link: Pattern of what may stand between.
    """
    words = tuple(words)
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    firsts = "".join(first + first.upper() for first in rests)
    ways = by_letter({first: f"(?:{'|'.join(rest)})" for first, rest in rests.items()})
    pattern = late(rf"[{firsts}](?<![^\W_].)(?i:{ways})(?![^\W\d_]){REMARK}{link}(?P<value>{value})")
    return remember(pattern, words)


def by_letter(rests: Mapping[str, str]) -> str:
    """Make a pattern of what follows a letter just matched: letter -> pattern of the rest.

    The letters are told apart by halves: one look-behind after the other takes thrice the time.
    """
    letters = list(rests)
    if len(letters) == 1:
        return f"(?<={letters[0]}){rests[letters[0]]}"
    half = letters[: len(letters) // 2]
    first = by_letter({letter: rests[letter] for letter in half})
    second = by_letter({letter: rests[letter] for letter in letters[len(half) :]})
    return f"(?:(?<=[{''.join(half)}]){first}|{second})"


def whole(value: str) -> re.Pattern[str]:
    """Compile a pattern of a value that is its field's whole text; `value` begins with one character or set."""
    first = re.match(r"\[[^\]]+\]|.", value)
    head = first.group() if first else ""
    return re.compile(rf"{head}{WHOLE}{value[len(head) :]}(?![^\0])")


def spoken_shape(*words: str) -> Shape:
    """Make the shape of a company's own number right after the word for its thing: `avtal 1234567`, `faktura 2024-031`.

    It has five digits or more, or two parts, and is no date, month, or span of years, so that it is not a number of
    months, or an amount.
    """
    one = r"(?!(?:19|20)[0-9]{2}[01][0-9][0-3][0-9](?![0-9]))[0-9]{5,12}"
    two = r"(?!(?:(?:19|20)[0-9]{2}|[01]?[0-9])[-/](?:19|20)[0-9]{2}(?![0-9]))[0-9]{2,6}[-/][0-9]{3,8}"
    parted = r"[A-Z]{1,2}-[0-9]{2,6}[-/][0-9]{3,8}"
    number = rf"(?:(?:[A-Z]{{1,3}}-?)?(?:{one}|{two})|{parted})"
    ends = r"(?![\w@])(?![.,:\-][0-9])(?! ?(?:(?:kr|sek|st|kronor)(?![^\W\d_])|:-|%))"
    return Shape("spoken", labelled(words, f"{number}{ends}"), 0.6, _FIVE)


def number_shapes(*words: str) -> tuple[Shape, ...]:
    """Make the shapes of a company's own number from its labels without their `nr`: `faktura`, `invoice`."""
    labels = [word + SORT for word in words]
    return (
        Shape("label", labelled(labels, rf"{NUMBER}(?![\w@])"), 0.8, GATE),
        Shape("field", whole(r"[0-9A-Za-z][0-9A-Za-z_\-/]{1,19}"), 0.45, named=True),
    )


class LabelledNumber(Recognizer):
    """Base of the recognizers of a company's own numbers: any that holds a digit, by label or field."""

    needs: ClassVar[str] = "digit"
    rank: ClassVar[int] = 61

    def prove(self, candidate: Candidate) -> Proof | None:
        """Take what holds a digit; the canonical form has no separators and is upper case."""
        if not _DIGIT.search(candidate.text):
            return None
        value = _SEPARATORS.sub("", candidate.text).upper()
        return Proof(value, candidate.shape.score, why=(candidate.shape.name,))

    def mask(self, value: str) -> str:
        """Keep the first two characters."""
        return value[:2] + "*" * (len(value) - 2)
