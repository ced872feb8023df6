"""What in running text gives somebody away though no recognizer found it: names, telephones, customer numbers.

To mask a word too many costs the reader little, to hand out a stranger's name much: less evidence is needed here than
for a finding. A given name of the lexicon and the capitalised word beside it, also where all is in capitals; a run of
digits that begins as a telephone does and is no date or time; a number that the store knows as somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from recognizers import Key
from recognizers.base import Candidate, Proof, Recognizer
from recognizers.customer_id import CustomerIdRecognizer
from recognizers.name_words import judge
from recognizers.phone import PhoneRecognizer
from scanner.finding import key_tokens
from scanner.keys import Keys
from scanner.linking.names import name_key

Span = tuple[int, int]
Tells = Callable[[set[bytes | None]], bool]
_PHONES, _CUSTOMERS = PhoneRecognizer(), CustomerIdRecognizer()
WORD = re.compile(r"[^\W\d_]{2,}(?:[-'’][^\W\d_]+)*")
_SURE = 2
"""How surely the lexicon knows a given name."""
_OPENS = re.compile(r"(?:^|[.!?:\n])\s*$")
_TELEPHONE = re.compile(r"(?<![\w.,])(?:\+46|0046|0)(?:\(0\))?[\d ./–-]{6,16}\d(?![\w]|[.,]\d)")
_CLOCK = re.compile(r"[012]\d[.:]?[0-5]\d ?[-–] ?[012]\d[.:]?[0-5]\d|0\d[./-][01]?\d[./-](?:19|20)?\d\d(?: .*)?")
_DIGITS = range(8, 14)
_NUMBER = re.compile(
    r"(?<![\w.,:/-])[A-Za-z]{0,3}-?\d{4,10}(?![\w]|[.,:-]\d| ?(?:kr|kronor|sek|st|kwh|m2|procent|%|:-)(?:\W|$))",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"kund|kd|konto|avtal|abonn|medlem|faktur|tillh|hör till|annan|grann|fel |customer|account", re.IGNORECASE
)
_PARTICLES = """
    har tar är vill ska skall kan ringde ringer ring bor sa säger och i på med från till av om för som inte ej kom får
    ger hade var blir måste tel telefon mobil sms mail eller men vid hos nu där här den det de vi ni han hon"""
_NO_SURNAME = frozenset(re.findall(r"\w+", _PARTICLES))
"""What follows a given name in a text all in capitals, and is no surname."""


class Overlooked:
    """Looks for what the recognizers left.

    Args:
        keys: Of the installation.
        is_own: Whether one of some tokens is the person's.
        is_known: Whether the store knows a token.
        is_given: Whether a token is that of how a given name of the person's sounds.
    """

    def __init__(self, keys: Keys, is_own: Tells, is_known: Tells, is_given: Tells) -> None:
        self._keys = keys
        self._is_own = is_own
        self._is_known = is_known
        self._is_given = is_given

    def names(self, text: str) -> Iterator[Span]:
        """A given name, and the word before or behind it that may be its surname."""
        for first, second in pairwise(WORD.finditer(text)):
            between = text[first.end() : second.start()]
            one, two = first.group(), second.group()
            behind = between in (" ", "_") and self._may_be_named(one, two)
            listed = between == ", " and not _OPENS.search(text[: first.start()]) and self._may_be_named(two, one)
            if behind or listed:
                yield first.start(), second.end()

    def _may_be_named(self, given: str, surname: str) -> bool:
        if not (given[0].isupper() and surname[0].isupper()) or judge(given).given < _SURE:
            return False
        if surname.isupper() and (not given.isupper() or surname.casefold() in _NO_SURNAME):
            return False
        key = name_key(f"{given} {surname}")
        tokens = key_tokens(self._keys, key) if key else None
        return tokens is not None and not self._is_given({tokens.further}) and not self._is_own({tokens.variant})

    def telephones(self, text: str) -> Iterator[Span]:
        """Runs of digits in a spelling that no recognizer takes for a telephone; no date, no hours."""
        for run in _TELEPHONE.finditer(text):
            digits = re.sub(r"[^\d+]", "", run.group().replace("(0)", ""))
            is_phone = len(digits) in _DIGITS and not _CLOCK.fullmatch(run.group())
            if is_phone and not self._is_own(self._tokens(_PHONES, digits)):
                yield run.span()

    def customers(self, text: str) -> Iterator[Span]:
        """Customer numbers that the store knows, where a word tells that it may be one."""
        for run in _NUMBER.finditer(text) if _CUE.search(text) else ():
            tokens = self._tokens(_CUSTOMERS, run.group())
            if self._is_known(tokens) and not self._is_own(tokens):
                yield run.span()

    def _tokens(self, recognizer: Recognizer, text: str) -> set[bytes | None]:
        proof = recognizer.prove(Candidate(0, len(text), text, recognizer.shapes[0]))
        if not isinstance(proof, Proof):
            return set()
        return {token for token in key_tokens(self._keys, Key(recognizer.entity, proof.value, proof.others)) if token}
