"""Judge single capitalised words: could it be a given name, a surname, neither?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from recognizers.english import ENGLISH
from recognizers.lexicon import GIVEN, OTHER_GIVEN, OTHER_SURNAME, SURNAME, TOWN, WORD, names
from recognizers.name_labels import COMPANY, LABELS, VERBS
from recognizers.ordinary import is_inflected, is_ordinary
from recognizers.places import cities, towns

# Only ends that ordinary words do not have.
_SURNAME_END = re.compile(
    r"[^\W\d_]{2}(?:sson|sdotter|dottir|dóttir|qvist|kvist|quist|gren|ström|stedt|sköld|hjelm|crantz|hielm|stierna|stjerna"
    r"|berg|bergh|lund|lundh|borg|holm|dahl|mark|wall|vall|felt|feldt|löf|löv|ell|elius|enius|ander|blom|blad|rot|roth|rud"
    r"|ović|ovic|ić|vić|vic|wicz|ski|ska|sky|oğlu|oglu|enko|adze|poulos|idis|nejad|pour|zadeh|yan)$"
)
_SURE_END = re.compile(r"[^\W\d_](?:sson|sdotter|qvist|kvist)$")
_PET_NAME = re.compile(
    r"[bcdfghjklmnprstvwå]{0,2}[aeiouyåäö]"
    r"(?:(?:bb|ck|dd|ff|gg|ll|mm|nn|pp|rr|ss|tt)(?:e|is)|(?:bb|ck|gg|ll|nn|ss|tt)an)"
)
"""What Swedes make of given names: `Kjelle`, `Frasse`, `Vickan`, `Maggan`; of no list, and no word in use."""
_INITIAL = re.compile(r"[^\W\d_](?:\.[^\W\d_])*\.?$")
_DOUBLE_INITIAL = re.compile(r"[A-ZÅÄÖ]\.?-[A-ZÅÄÖ]\.?")

_ARABIC = frozenset(("al", "abu", "abou", "ibn", "bin", "ben"))
"""With a hyphen they begin nothing but names: `Al-Hakim`."""
_SHORTEST = 3
_JOINTS = str.maketrans("", "", "-'’")


@dataclass(frozen=True, slots=True, repr=False)
class Word:
    """What a capitalised word can be."""

    given: int
    """0 no, 1 as one of another language, 2 as one of the Nordic countries."""
    surname: int
    """0 no, 1 by its shape or of another language, 2 as one of the Nordic countries, or -sson."""
    ordinary: bool
    """Also an ordinary word, a label or a town."""
    unknown: bool
    """May be a name that no list has, after a given name: no name, no word in use, no city."""
    initial: bool
    genitive: int
    """1 if its last letter is the genitive's."""


@lru_cache(maxsize=65536)
def judge(text: str) -> Word:
    """Judge one word (double names with their hyphen)."""
    folded = text.replace("İ", "i").casefold().rstrip(".")
    if len(folded.replace(".", "")) <= 2 and _INITIAL.match(text) and (len(folded) == 1 or "." in text):
        return Word(0, 0, False, False, True, 0)
    if _DOUBLE_INITIAL.fullmatch(text):
        return Word(0, 0, False, False, True, 0)
    if folded in LABELS or (folded.endswith("s") and folded[:-1] in LABELS):
        return Word(0, 0, True, False, False, 0)
    if folded in ENGLISH or _is_compound(text) or (folded in VERBS and not names().get(folded, 0)):
        return Word(0, 0, True, False, False, 0)
    genitive = _genitive(folded)
    base = folded[:-genitive] if genitive else folded
    parts = base.split("-")
    bits = [names().get(part, 0) for part in parts]
    given = min((_grade(b, GIVEN, OTHER_GIVEN) for b in bits), default=0)
    surname = min(
        (_grade(b, SURNAME, OTHER_SURNAME) or _by_shape(p) for b, p in zip(bits, parts, strict=True)), default=0
    )
    if len(parts) > 1 and not given and not surname and any(bits):
        surname = 2 if parts[0] in _ARABIC else 1
    ordinary = _is_word(base, dict(zip(parts, bits, strict=True)))
    unknown = not (given or surname) and _may_be_unlisted(base)
    if unknown and not ordinary and text[0].isupper() and _PET_NAME.fullmatch(base):
        given, unknown = 1, False
    return Word(given, surname, ordinary, unknown, False, genitive)


def _is_compound(text: str) -> bool:
    """Whether a word is a noun made of a name: `Elsa-kameran`, `Borg-kalsonger`; not `Ann-marie`."""
    if "-" not in text:
        return False
    last = text.rpartition("-")[2].rstrip(".")
    return last.islower() and len(last) > _SHORTEST and not names().get(last, 0) and is_ordinary(last)


def _grade(bits: int, nordic: int, other: int) -> int:
    return 2 if bits & nordic else 1 if bits & other else 0


def _by_shape(word: str) -> int:
    if not _SURNAME_END.search(word) or is_ordinary(word) or word in towns():
        return 0
    return 2 if _SURE_END.search(word) else 1


def _genitive(folded: str) -> int:
    """1 if the word is a name with the genitive's s (`annas`), 0 if it is none or ends so by itself (`anders`)."""
    if not folded.endswith("s") or (is_ordinary(folded) and not names().get(folded[:-1], 0) & SURNAME):
        return 0
    nordic, last = GIVEN | SURNAME, folded[:-1].rpartition("-")[2]
    base = names().get(last, 0)
    if folded in names() and (names()[folded] & nordic or not base & nordic):
        return 0
    return 1 if base & nordic or (base and not is_ordinary(folded)) or _by_shape(last) else 0


def _may_be_unlisted(base: str) -> bool:
    if base in COMPANY or base in cities() or len(base) < _SHORTEST:
        return False
    return base.translate(_JOINTS).isalpha() and not is_inflected(base)


def _is_word(base: str, parts: Mapping[str, int]) -> bool:
    if base in COMPANY or base in towns():
        return True
    if len(parts) > 1 and all(bits & (GIVEN | OTHER_GIVEN) for bits in parts.values()):
        return False  # `May-Britt`
    if any(parts.values()):
        return all(_is_also_word(part, bits) for part, bits in parts.items())
    return is_ordinary(base) or is_ordinary(base.replace("-", ""))


def _is_also_word(name: str, bits: int) -> bool:
    """Whether a name is an ordinary word too. The dictionary lists foreign names like words without inflections."""
    foreign = bits & (OTHER_GIVEN | OTHER_SURNAME) and not bits & (GIVEN | SURNAME)
    return bool(bits & (WORD | TOWN) or (foreign and is_inflected(name)))
