"""Vehicle registration numbers: they lead to the holder in an open register.

Issued by Transportstyrelsen: three letters (never I, Q, V, Å, Ä, Ö), two digits, a digit or (since 2019) a letter
(not O); 000 is not issued. Personal plates have two to seven letters and digits.
Example: `Regnr ABC 12D`, `bilen ABC123`; near-misses: `ABI123` (no such letter), `ABC000`, `SEK 100`, `abc123` (bare).
The shape is also that of booking codes and articles: bare it counts little.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.context import NUMBERS
from recognizers.labels import GATE, labelled, whole

_LETTER = "[A-HJ-PR-UW-Z]"
_LAST = "[0-9A-HJ-NPR-UW-Z]"
_ANY = "[A-Ha-hJ-Pj-pR-Ur-uW-Zw-z]"
_LOOSE = rf"{_ANY}{_ANY}{{2}}[ -]?[0-9]{{2}}[0-9A-Ha-hJ-Nj-nPpR-Ur-uW-Zw-z]"
_END = r"(?![0-9A-Za-zÅÄÖåäö])(?![.,:\-][0-9])"
_LABELS = (
    r"reg(?:istrerings)?[. -]{0,2}(?:nummer|numret|nr)",
    r"reg",
    r"registreringsskylt(?:en)?",
    r"bil(?:en|ens)?(?: med)?(?: reg(?:\.? ?nr)?)?",
    r"fordon(?:et)?",
)
_GATE = re.compile("00")
_OWN = r"(?=[0-9]*[A-ZÅÄÖ])(?=[A-ZÅÄÖ]*[0-9])[0-9A-ZÅÄÖ]{2,7}"
_REGULAR = re.compile("[A-ZÅÄÖ]{3}[0-9]{2}[0-9A-ZÅÄÖ]")
_NOT_LETTERS = frozenset(("SEK", "EUR", "USD", "NOK", "DKK", "GBP", "RAL", "DIN", "UTF", "SHA", "TEL", "ART", "DNR"))
_BLOCKED = frozenset(
    (
        *("APA", "ARG", "ASS", "BAJ", "BSS", "CUC", "CUK", "CUM", "DUM", "ETA", "ETT", "FAG", "FAN", "FEG"),
        *("FEL", "FEM", "FES", "FET", "FNL", "FUC", "FUK", "FUL", "GAM", "GAY", "GEJ", "GEY", "GHB", "GUD"),
        *("GYN", "HAT", "HBT", "HKH", "HOR", "HOT", "KGB", "KKK", "KUC", "KUF", "KUG", "KUK", "KYK", "LAM"),
        *("LAT", "LEM", "LOJ", "LSD", "LUS", "MAD", "MAO", "MEN", "MES", "MLB", "MUS", "NAZ", "NRP", "NSF"),
        *("NYP", "OND", "OOO", "ORM", "PAJ", "PKK", "PLO", "PMS", "PUB", "RAP", "RAS", "ROM", "RPS", "RUS"),
        *("SEG", "SEX", "SJU", "SOS", "SPY", "SUG", "SUP", "SUR", "TBC", "TOA", "TOK", "TRE", "TYP", "UFO"),
        *("USA", "WAM", "WAR", "WWW", "XTC", "XTZ", "XUK", "XXL", "XXX", "ZEX", "ZOG", "ZOO", "ZPY", "ZUG"),
        *("ZUP",),
    )
)
"""Letters that are not issued (Transportstyrelsen, "Spärrade bokstavskombinationer", 2026); old ones have them."""


class LicensePlateRecognizer(Recognizer):
    """Finds registration numbers of vehicles; without a label or a field they are doubtful."""

    entity: ClassVar[str] = "SE_LICENSE_PLATE"
    version: ClassVar[str] = "5"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape(
            "bare",
            re.compile(rf"{_LETTER}(?<![0-9A-Za-zÅÄÖåäö_\-./].){_LETTER}{{2}}[ ]?[0-9]{{2}}{_LAST}{_END}(?!-)"),
            0.3,
            _GATE,
        ),
        Shape("label", labelled(_LABELS, rf"{_LOOSE}{_END}"), 0.8, _GATE),
        Shape("personal", labelled(_LABELS[:1], rf"{_OWN}{_END}"), 0.55, GATE),
        Shape("field", whole(_LOOSE), 0.6, named=True),
        Shape("personal", whole(r"[0-9A-ZÅÄÖ][0-9A-ZÅÄÖ]{1,6}"), 0.35, named=True),
    )
    context: ClassVar[tuple[str, ...]] = (
        *(
            "regnr",
            "registreringsnummer",
            "reg.nr",
            "reg nr",
            "reg",
            "bil",
            "bilen",
            "fordon",
            "parkera",
            "parkering",
            "p-plats",
            "garageplats",
            "bilplats",
            "besiktning",
            "trafikförsäkr",
            "bogser",
            "körde",
            "volvo",
        ),
        *("tesla", "saab", "skoda", "bmw", "audi", "toyota", "ford", "kia", "mercedes", "peugeot", "renault", "nissan"),
        *("opel", "mazda", "hyundai", "honda", "citroën", "fiat", "volkswagen", "vw", "polestar", "subaru", "seat"),
        *(
            "släp",
            "husbil",
            "husvagn",
            "skåpbil",
            "lastbil",
            "personbil",
            "släpvagn",
            "motorcykel",
            "moped",
            "licence plate",
            "license plate",
            "mc",
        ),
    )
    against: ClassVar[tuple[str, ...]] = (*NUMBERS, "modell", "bokning", "rabattkod", "produkt", "typ", "flight", "rum")
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)reg_?(nr|nummer|no|number)(_|$)|registrerings_?(nr|nummer)|licen[cs]e_?plate|number_?plate"
        r"|(^|_)(bil|fordon|fordons|vehicle)(_?(nr|reg|regnr|id))?(_|$)"
    )
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(art|artikel|order|produkt|product|sku|modell|model|boknings?|booking|biljett|flight|rabatt|kampanj|kurs|rum"
        r"|lager|plats|typ|marke)(_?(nr|nummer|id|kod|code|referens|ref))?(_|$)"
    )
    # Of codes of this shape, as bookings and articles have, most could be issued.
    chance: ClassVar[float] = 0.7
    rank: ClassVar[int] = 47

    def prove(self, candidate: Candidate) -> Proof | None:
        """Refuse what is not issued, and currencies; a blank in a bare one makes it a word and a number."""
        text, shape = candidate.text.upper().replace(" ", "").replace("-", ""), candidate.shape
        if shape.name == "personal" and _REGULAR.fullmatch(text):
            return None  # in this form only the letters that are in use
        if text.endswith("000") or text[:3] in _NOT_LETTERS:
            return None
        if shape.name == "bare" and text[:3] in _BLOCKED:
            return None
        score = shape.score - (0.05 if shape.name == "bare" and " " in candidate.text else 0)
        return Proof(text, score, "personal" if shape.name == "personal" else "", why=(f"shape:{shape.name}",))

    def mask(self, value: str) -> str:
        """Keep the letters: `ABC***`."""
        return value[:3] + "*" * (len(value) - 3)
