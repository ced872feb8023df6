"""Vehicle registration numbers: they lead to the holder in an open register.

Issued by Transportstyrelsen: three letters (never I, Q, V, Å, Ä, Ö), two digits, a digit or (since 2019) a letter
(not O); 000 is not issued. Personal plates have two to seven letters and digits.
Example: `Regnr ABC 12D`, `bilen ABC123`; near-misses: `ABI123` (no such letter), `ABC000`, `SEK 100`, `abc123` (bare).
The shape is also that of booking codes and articles: bare it counts little, unless the words around are of vehicles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from recognizers.base import Candidate, Gate, Proof, Recognizer, Shape
from recognizers.context import NUMBERS
from recognizers.labels import GATE, LINK, labelled, whole
from recognizers.ordinary import is_ordinary
from recognizers.plate_lists import MAKES, about_vehicles

_LETTER = "[A-HJ-PR-UW-Z]"
_LAST = "[0-9A-HJ-NPR-UW-Z]"
_ANY = "[A-Ha-hJ-Pj-pR-Ur-uW-Zw-z]"
_LOOSE = rf"{_ANY}{_ANY}{{2}}[ -]?[0-9]{{2}}[0-9A-Ha-hJ-Nj-nPpR-Ur-uW-Zw-z]"
_END = r"(?![0-9A-Za-zÅÄÖåäö])(?![.,:\-][0-9])"
_LABELS = (
    r"reg(?:istrerings)?[. -]{0,2}(?:nummer|numret|nr)",
    r"reg",
    r"registreringsskylt(?:en)?",
    r"bil(?:en|ens|ar|arna)?(?: med)?(?: reg(?:\.? ?nr)?)?",
    *(
        rf"{kind}bil(?:en|ens)?"
        for kind in ("tjänste", "service", "hyr", "låne", "person", "last", "skåp", "firma", "el")
    ),
    *(r"taxin?", r"släpet", r"släpvagn(?:en)?", r"husvagn(?:en)?", r"husbil(?:en)?", r"motorcykel(?:n)?", r"mc"),
    *(r"fordon(?:et|en)?", r"nummerplåt(?:en)?", "number plate", "licen[cs]e plate"),
)
_MAKES = tuple(rf"{make}(?:e?n)?(?: (?:model )?[\w-]{{1,8}})?[,?:]?" for make in MAKES.split("|"))
"""`volvo v70 abc123`, `tesla model 3, abc12d`, `golfen: abc123`."""
_GATE = re.compile("00")
_OWN = r"(?=[0-9]*[A-ZÅÄÖ])(?=[A-ZÅÄÖ]*[0-9])[0-9A-ZÅÄÖ]{2,7}"
_REGULAR = re.compile("[A-ZÅÄÖ]{3}[0-9]{2}[0-9A-ZÅÄÖ]")
_MODELS = frozenset(
    (
        *(
            "GLA",
            "GLB",
            "GLC",
            "GLE",
            "GLK",
            "CLA",
            "CLE",
            "CLK",
            "CLS",
            "SLK",
            "EQA",
            "EQB",
            "EQC",
            "EQE",
            "EQS",
            "BMW",
        ),
        *("CBR", "CBF", "CRF", "GSF", "GSX", "VFR", "XSR", "KTM", "RSX"),
    )
)
"""With a round number it is what a vehicle is called: `Mercedes GLA 250`."""
_NEW = re.compile(r"[A-Z]{3} [0-9]{2}[A-Z]")
"""As plates since 2019 are written, and hardly anything else."""
_IN_HOUSES = frozenset(("LGH", "UPG", "TRP", "VÅN", "TEL", "RUM", "BOX", "ZON"))
"""Before what may look like it: flats, stairs, rooms."""
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


_NEXT = re.compile(rf"(?:,|;| och| samt| &| /) ?(?P<value>{_LOOSE}){_END}")
_VERBS = frozenset(("tog", "kom", "ska", "ger"))
"""Small words that the dictionary has under another form only."""
_NEW_SCORE = 0.5
_UNSAID = ("bare", "listed", "make")
"""Shapes without a word for a plate."""
_LISTED = Shape("listed", re.compile(r"(?!)"), 0.65)
"""What a bare one is where what stands around it speaks of vehicles."""


_THINGS = (
    *("modell", "bokning", "rabattkod", "produkt", "typ", "flight", "rum", "zon", "kurs", "hyll", "lager", "låda"),
    *("panel", "sensor", "detektor", "kabel", "ärende", "biljett"),
)


class LicensePlateRecognizer(Recognizer):
    """Finds registration numbers of vehicles; without a label or a field they are doubtful."""

    entity: ClassVar[str] = "SE_LICENSE_PLATE"
    version: ClassVar[str] = "10"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape(
            "bare",
            re.compile(rf"{_LETTER}(?<![0-9A-Za-zÅÄÖåäö_\-./].){_LETTER}{{2}}[ ]?[0-9]{{2}}{_LAST}{_END}(?!-)"),
            0.3,
            _GATE,
        ),
        Shape("label", labelled(_LABELS, rf"{_LOOSE}{_END}", rf"{LINK}\(?"), 0.8, _GATE),
        Shape("make", labelled(_MAKES, rf"{_LOOSE}{_END}", " \\(?"), 0.65, _GATE),
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
            "bilbesiktning",
            "besiktas",
            "kör",
            "kört",
            "felparkera",
            "nummerplåt",
            "registrering",
            "hyrbil",
            "firmabil",
            "tjänstebil",
            "servicebil",
            "bilens",
            "bilar",
            "taxi",
            "däck",
            "kombi",
            "pickup",
            "besiktiga",
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
            "registration",
            "number plate",
            "mc",
        ),
    )
    against: ClassVar[tuple[str, ...]] = (*NUMBERS, *_THINGS)
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)reg_?(nr|nummer|no|number)(_|$)|registrerings_?(nr|nummer)|licen[cs]e_?plate|number_?plate"
        r"|(^|_)(bil|bilar|fordon|fordons|fordonen|vehicles?|cars?)(_?(nr|reg|regnr|id|lista|list|plates?))?(_|$)"
        r"|kennzeichen|(^|_)(bil_?)?reg(_|$)|(^|_)(slap)?vagn(ar)?(_|$)|(^|_)(tjanste|firma|service|hyr|last|skap|person)_?bil(ar)?(_?\d)?(_|$)|(^|_)(bil|fordon)_\d(_|$)"
        r"|(^|_)(reg_?plates?|vehicle_?(reg|no|plate)|car_?(reg|no)|plates?|regno|vrm|anpr|nummerplat|nummerskylt|skylt|vehicle_registration|car_registration)(_|$)"
    )
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(art|artikel|order|produkt|product|sku|modell|model|boknings?|booking|biljett|flight|rabatt|kampanj|kurs|rum"
        r"|lager|plats|typ|marke)(_?(nr|nummer|id|kod|code|referens|ref))?(_|$)"
    )
    # Of codes of this shape, as bookings and articles have, most could be issued.
    chance: ClassVar[float] = 0.7
    rank: ClassVar[int] = 47

    def sweep(self, text: str, *, named: bool = False, opens: Gate | None = None) -> Iterator[Candidate]:
        """Propose spans; bare ones among vehicles as `listed`."""
        found = sorted(super().sweep(text, named=named, opens=opens), key=lambda candidate: candidate.start)
        bare = [candidate for candidate in found if candidate.shape.name == "bare"]
        told = dict(zip(bare, about_vehicles(text, [(one.start, one.end) for one in bare]), strict=True))
        end = 0
        for candidate in found:
            named_so = told.get(candidate, candidate.shape.name == "label")
            yield candidate._replace(shape=_LISTED) if told.get(candidate) else candidate
            while named_so and (further := _NEXT.match(text, max(end, candidate.end))):
                end = further.end()
                yield Candidate(*further.span("value"), further["value"], _LISTED)

    def prove(self, candidate: Candidate) -> Proof | None:
        """Refuse what is not issued, and currencies; a blank in a bare one makes it a word and a number."""
        text, shape = candidate.text.upper().replace(" ", "").replace("-", ""), candidate.shape
        if shape.name == "personal" and _REGULAR.fullmatch(text):
            return None  # in this form only the letters that are in use
        if text.endswith("000") or text[:3] in _NOT_LETTERS:
            return None
        if shape.name in _UNSAID and (text[:3] in _BLOCKED or (text[:3] in _MODELS and text[-1] == "0")):
            return None
        if shape.name != "personal" and candidate.text[3] == " " and _is_word(candidate.text[:3]):
            return None  # `bilen tog 150 minuter`
        return Proof(
            text, _score(candidate), "personal" if shape.name == "personal" else "", why=(f"shape:{shape.name}",)
        )

    def mask(self, value: str) -> str:
        """Keep the letters: `ABC***`."""
        return value[:3] + "*" * (len(value) - 3)


def _score(candidate: Candidate) -> float:
    """The shape's; of a bare one with a blank less, unless it can hardly be anything else."""
    text, shape = candidate.text, candidate.shape
    if shape.name != "bare" or " " not in text:
        return shape.score
    plain = _NEW.fullmatch(text) and text[:3] not in _IN_HOUSES and not is_ordinary(text[:3].lower())
    return _NEW_SCORE if plain else shape.score - 0.05


def _is_word(letters: str) -> bool:
    """Whether the letters before a blank are a word in small letters."""
    return letters.islower() and (letters in _VERBS or is_ordinary(letters))
