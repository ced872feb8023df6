"""Mentions: words that say something sensitive about a person. What the words are, each kind declares in its own file.

A term is a stem or a phrase in lower case. It is looked for in two steps, for texts are long and mentions rare: its
opening word among the distinct words of the column, and only where that stands, the term in the text.
A word alone is doubtful (below the threshold); an unambiguous one, or one near a word about people, counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.late import late
from recognizers.words import words_of

CERTAIN, LIKELY, DOUBTFUL = 0.75, 0.6, 0.35
"""What a term is worth: it says it outright; it seldom says anything else; it needs words about people near by."""
ENDING = "[a-zåäöé]{0,14}"
"""The rest of a word: inflections, and what is compounded with it."""
PEOPLE = (
    *(
        "kund",
        "kunden",
        "kundens",
        "hon",
        "han",
        "hen",
        "hans",
        "hennes",
        "henne",
        "honom",
        "jag",
        "min",
        "mitt",
        "mina",
    ),
    *("mamma", "pappa", "mor", "far", "son", "sonen", "dotter", "dottern", "maken", "makan", "hustru", "sambo", "barn"),
    *(
        "fru",
        "man",
        "mannen",
        "frun",
        "en person",
        "person som",
        "personen",
        "boende",
        "patient",
        "medarbetare",
        "anställd",
        "du",
    ),
    *(
        "ägare",
        "ägaren",
        "hyresgäst",
        "granne",
        "grannen",
        "kontaktperson",
        "familj",
        "vi",
        "oss",
        "vår",
        "brukare",
        "fd",
    ),
    *("he", "she", "his", "her", "him", "husband", "wife", "mother", "father", "daughter", "customer", "my"),
    *("patienten", "pat", "brukaren", "exman", "exfru", "hustrun", "målsägande", "eleven", "barnet", "sökande", "dig"),
)
"""Words about people: what is said near them is said about them."""
GENERAL = (
    *("begrepp", "definition", "rabatt", "erbjudande", "utbildning", "webbinar", "föreläsning", "broschyr", "kampanj"),
    *("öppettider", "rekommenderar", "försäkringsbolag", "statistik", "museum", "mässa", "rubrik", "i allmänhet"),
)
"""Words of notices, adverts and news: what is said near them is said of nobody."""
_SURNAMES = frozenset({"blind", "döv", "sjuk", "gripen", "jude", "präst", "hund", "katt", "singel"})
"""Words that are surnames too, as soldiers were given: with a capital in the middle of a sentence they are names."""
_WITHIN = re.compile(r"(?:[^\W\d_]|(?<![^\W_])[A-ZÅÄÖ]\.) \Z")
_BEFORE, _AFTER = 90, 40
"""Characters of its sentence looked at on either side of a term, for what makes it no mention of anybody."""
_SENTENCE = re.compile(r"[.!?][ )]|[\0\n]")
TERM = "¤"
"""Stands in a sentence for the term found: `skydd mot ¤ och brand`."""
NOTICE = re.compile(
    r"^\W*(?:vid (?!\w*(?:besök|samtal|kontroll))|så (?:här )?(?:gör|skydd|undvik)|undvik|förebygg|varning|tips|mall\b"
    r"|villkor|(?:om|ifall|när|har|är|blir|behöver|känner) (?:du|ni|man|någon|olyckan)\b"
    r"|(?:du|ni|man) (?:kan|behöver|måste|ska|bör)\b|vi (?:erbjuder|skyddar|hjälper))[^¤]*¤"
)
"""A sentence that tells what is done in general: `Om du blir utsatt för brott, …`, `Vid utebliven betalning …`."""
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase to look for."""

    gate: str
    """How one word of the term begins, three or four letters; of one that may end a compound, all its letters."""
    pattern: re.Pattern[str]
    """In lower case; begins with a literal, ends at the end of a word."""
    score: float
    inner: bool
    """May be the last part of a compound: `sjukdom` in `hjärtsjukdom`."""


def terms(score: float, *written: str) -> tuple[Term, ...]:
    """Read terms, each a pattern in lower case.

    A word may end in any way (`diabet` is also `diabetiker`) unless it is closed with `$`. `~` before it: it may be the
    last part of a compound. The gate is made of its longest word.
    """
    return tuple(_term(score, one) for one in written)


def _term(score: float, written: str) -> Term:
    inner, closed = written.startswith("~"), written.endswith("$")
    text = written.removeprefix("~").removesuffix("$")
    literal = re.split(r"\(|\[|\\|.\?", text)[0]
    gate = max(re.findall(r"[a-zåäöé]+", literal), key=len)
    gate = gate if inner else gate[:4]
    return Term(gate, late(f"{text}{'' if closed else ENDING}(?![^\\W_])"), score, inner)


@lru_cache(maxsize=2)  # of the column being swept, for all kinds of mentions; columns come one after the other
def _lowered(text: str) -> tuple[str, frozenset[str]]:
    """The text in lower case, of the same length, and how its words begin: their first three and four letters."""
    lower = text.lower()
    if len(lower) != len(text):  # `İ` becomes two characters
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    words = set(words_of(lower))
    return lower, frozenset({word[:4] for word in words} | {word[:3] for word in words})


class MentionRecognizer(Recognizer):
    """Base of the recognizers of mentions. A subclass declares entity, terms, and fields whose values are mentions."""

    version: ClassVar[str] = "10"
    needs: ClassVar[str] = "letter"
    terms: ClassVar[tuple[Term, ...]] = ()
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 90
    context: ClassVar[tuple[str, ...]] = PEOPLE
    against: ClassVar[tuple[str, ...]] = GENERAL
    general: ClassVar[re.Pattern[str] | None] = None
    """Found in a sentence (`TERM` for the term): it tells what is so in general, and of nobody."""
    unmeant: ClassVar[re.Pattern[str] | None] = None
    """The same, heard of terms only that do not say it outright."""

    def __init__(self) -> None:
        self._beginnings = frozenset(term.gate for term in self.terms if not term.inner)
        self._inner = tuple(term.gate for term in self.terms if term.inner)

    def candidates(self, text: str) -> Iterator[Candidate]:
        """Propose the terms that stand in the text, and no part of a longer one."""
        lower, beginnings = _lowered(text)
        if self._beginnings.isdisjoint(beginnings) and not any(gate in lower for gate in self._inner):
            return
        spans: list[tuple[int, int, Shape]] = []
        for term in self.terms:
            if term.gate in beginnings or (term.inner and term.gate in lower):
                shape = _SHAPES[term.score]
                spans.extend((*span, shape) for span in _spans(term, lower))
        end = -1
        for start, stop, shape in sorted(spans, key=lambda span: (span[0], -span[1])):
            if (
                start >= end
                and not _is_surname(text, start, stop)
                and not self._is_of_nobody(lower, start, stop, shape)
            ):
                end = stop
                yield Candidate(start, stop, text[start:stop], shape)

    def _is_of_nobody(self, lower: str, start: int, stop: int, shape: Shape) -> bool:
        if self.general is None:
            return False
        before = _SENTENCE.split(lower[max(0, start - _BEFORE) : start])[-1]
        after = _SENTENCE.split(lower[stop : stop + _AFTER])[0]
        sentence = f"{before}{TERM}{after}"
        if self.general.search(sentence):
            return True
        return self.unmeant is not None and shape.score < CERTAIN and self.unmeant.search(sentence) is not None

    def prove(self, candidate: Candidate) -> Proof | None:
        """Take it; the canonical form is in lower case."""
        return Proof(" ".join(candidate.text.lower().split()), candidate.shape.score, why=(candidate.shape.name,))

    def mask(self, value: str) -> str:
        """Keep the first character."""
        return value[:1] + "*" * (len(value) - 1)


_SHAPES = {score: Shape("mention", re.compile(r"(?!)"), score) for score in (CERTAIN, LIKELY, DOUBTFUL)}
"""What the candidates of a grade carry; the terms are their patterns."""


def _is_surname(text: str, start: int, stop: int) -> bool:
    """Whether the word has a capital though no sentence begins with it, nor is all in capitals: `Fru Blind`."""
    word = text[start:stop]
    return word.istitle() and word.lower() in _SURNAMES and _WITHIN.search(text[max(0, start - 4) : start]) is not None


def _spans(term: Term, lower: str) -> Iterator[tuple[int, int]]:
    for match in term.pattern.finditer(lower):
        start = match.start()
        if start and _LETTER.match(lower, start - 1):
            if not term.inner:
                continue
            while start and _LETTER.match(lower, start - 1):
                start -= 1
        yield start, match.end()
