"""Property designations (fastighetsbeteckningar): they lead to the owner in an open register.

Issued by Lantmäteriet (fastighetsregistret): municipality, tract or quarter, block:unit; before the block `S`, `GA` or
`FS` for what several properties share.
Example: `Stockholm Vasastaden 1:23`, `Lerum Skoga 1:54`, `kvarteret Räven 3`; near-misses: `Klockan 10:30`,
`Matteus 5:12`, `Hammarby Djurgården 2:1`, `skala 1:50`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.labels import whole
from recognizers.places import town_words

_WORD = r"[a-zåäöéü\-]{1,24}"
_NUMBER = r"(?:(?:S|GA|FS):[0-9]{1,4}|[0-9]{1,4}:[0-9]{1,4})(?!\w)(?![:.,][0-9])"
_NAMES = rf"[A-ZÅÄÖ](?<![\w.\-/][A-ZÅÄÖ])(?:{_WORD}|[A-ZÅÄÖ\-]{{1,24}}) (?:[A-ZÅÄÖ][A-ZÅÄÖa-zåäöéü\-]{{1,24}} ){{0,3}}"
_QUARTER = r"[Kk](?<!\w[Kk])(?:v\.?|varteret) [A-ZÅÄÖ][A-ZÅÄÖa-zåäöéü\-]{1,24} [0-9]{1,3}(?![0-9A-Za-z:])"
_LOOSE = r"[A-Za-zÅÄÖåäö][A-ZÅÄÖa-zåäöéü \-]{1,60} (?:(?:S|GA|FS|s|ga|fs):[0-9]{1,4}|[0-9]{1,4}:[0-9]{1,4}|[0-9]{1,3})"
_LABEL = re.compile(r"[^\W\d_]*(?:beteckning|fastighet|tomt|registerfastighet)(?:en)?:? (?=[A-ZÅÄÖ])", re.I)
_LABELLED = 0.7
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")
_NOT_PLACES = frozenset(
    (
        *(
            "Klockan",
            "Kl",
            "Tid",
            "Tiden",
            "Skala",
            "Måndag",
            "Tisdag",
            "Onsdag",
            "Torsdag",
            "Fredag",
            "Lördag",
            "Söndag",
        ),
        *(
            "Matteus",
            "Markus",
            "Lukas",
            "Johannes",
            "Romarbrevet",
            "Psaltaren",
            "Mosebok",
            "Jesaja",
            "Apg",
            "Joh",
            "Matt",
        ),
        *(
            "Resultat",
            "Slutresultat",
            "Ställning",
            "Mål",
            "Kapitel",
            "Vers",
            "SFS",
            "Prop",
            "Starttid",
            "Start",
            "Slut",
        ),
        *("Mötet", "Möte", "Idag", "Imorgon", "Igår", "Ring", "Förhållande", "Version", "Januari", "Februari", "Mars"),
        *(
            "April",
            "Maj",
            "Juni",
            "Juli",
            "Augusti",
            "September",
            "Oktober",
            "November",
            "December",
            "From",
            "Från",
            "Till",
        ),
    )
)


class PropertyDesignationRecognizer(Recognizer):
    """Finds property designations; without a town before them or a word beside them they are doubtful."""

    entity: ClassVar[str] = "SE_PROPERTY_DESIGNATION"
    version: ClassVar[str] = "3"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape(
            "block",
            re.compile(_NAMES + _NUMBER),
            0.4,
            re.compile(":0"),
        ),
        Shape("quarter", re.compile(_QUARTER), 0.6, re.compile(" 0")),
        Shape("field", whole(rf"[A-Za-zÅÄÖåäö]{_LOOSE.removeprefix('[A-Za-zÅÄÖåäö]')}"), 0.6, named=True),
    )
    context: ClassVar[tuple[str, ...]] = (
        *("fastighet", "beteckning", "tomt", "lagfart", "registerbeteckning", "kvarter", "samfällighet", "taxering"),
        *("gemensamhetsanläggning", "detaljplan", "bygglov", "fast.bet", "pantbrev", "markägare", "gård"),
    )
    against: ClassVar[tuple[str, ...]] = (
        "klockan",
        "match",
        "resultat",
        "ställning",
        "skala",
        "bibel",
        "vann",
        "förlor",
        "psalm",
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"fastighet(s?_?(beteckning|bet|id|nr))?(_|$)|property_?designation|fast_?bet"
    )
    by_column: ClassVar[bool] = True
    rank: ClassVar[int] = 48

    def prove(self, candidate: Candidate) -> Proof | None:
        """Refuse times, results and verses; a town as the first word is what a designation begins with."""
        text, shape = candidate.text, candidate.shape
        value = " ".join(text.split()).upper()
        if shape.name != "block":
            return Proof(value, shape.score, why=(f"shape:{shape.name}",))
        left = _LABEL.match(text)
        *words, number = text[left.end() if left else 0 :].split()
        value = " ".join((*words, number)).upper()
        if any(word in _NOT_PLACES for word in words):
            return None
        town = len(words) > 1 and 0 < town_words(words, 3) < len(words)
        timed = _TIME.fullmatch(number) is not None
        score = 0.75 if town and not timed else 0.6 if town else 0.25 if timed else shape.score
        if left and not timed:
            score = max(score, _LABELLED)
        trim = (left.end() if left else 0, 0)
        return Proof(value, score, why=("shape:block", *(("town",) if town else ())), trim=trim)

    def mask(self, value: str) -> str:
        """Keep the names: `Skoga *:**`."""
        return "".join("*" if c.isdigit() else c for c in value)
