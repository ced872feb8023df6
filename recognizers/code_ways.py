"""More ways in which people tell a code: by what it opens, by whom it is for, by what one does with it.

Examples: `portkod – 4711`, `porten är 4711`, `port 4711, trapp 6612`, `du kommer in med 4711`, `bytt till 4711 på
larmet`, `testa 4711, koden ska fungera`, `gamla koden 4711 är borta, nu 6612`, `nyckelbox bakom huset, 4711`.
Near-misses: `porten är 2024 års modell`, `order 4711, rum 6612`, `kommer in med 4711 kr`, `press 4711`.
"""

from __future__ import annotations

import re

from recognizers.base import Shape
from recognizers.code_labels import CODE_LABELS, KIND_CODE, KIND_KOD, KOD, OPENED, THINGS
from recognizers.code_talk import DIGITS, GATE, IS, SINGLE, SINGLY, of_kod
from recognizers.labels import labelled
from recognizers.late import late

_CODE = rf"(?!(?:19|20)[0-9]{{2}}(?![0-9])){DIGITS}"
"""No year."""
_GOES_ON = "tack|nu|numera|också|och|men|så|sen|sedan|then|now|please|thanks|and"
_LAST = rf"{_CODE}(?=[.,;!?)\n\0]|\Z| (?i:{_GOES_ON})(?![^\W\d_]))"
"""With nothing after it of which it could be the number."""
_AND = r"(?:,|;|/| och| o| samt| and)"
_ONE = r"[*#]?[0-9]{4,6}[*#]?"
_SAYS = r"[ :]{1,2}"
_DASH = r"[\"'\])]?(?: ?[-–—;] ?|[.:]{2,20} ?|\?{1,2} {1,3})"
_DASH_GATE = re.compile(r"[-;?.: ] {0,3}[*#]?0{4}")
"""Of outlines; dashes that are not in Latin-1 stand there as `?`."""

_SAFES = ("larmet", "kassaskåpet", "vapenskåpet", "värdeskåpet", "skåpet", "boxen")
_WHERE = r"(?: (?:på|i|vid|till|bakom|bredvid|under|utanför|hos) [^\n\0.,:;0-9]{2,24})?"
_HAS = rf"{_WHERE} (?:är|e|har|står på|(?:är |in)?ställ[dt] på|öppnas (?:med|m))(?: nu| numera| fortfarande)?{_SAYS}"
_THING = (
    r"(?:port|dörr|trapp(?:hus)?|entré|grind|garage|bom|hiss|källare|förråd|cykelrum|cykelförråd|soprum|sophus|miljörum"
    r"|tvättstuga|hänglås|kodlås|uppgång)(?:en|n|et|t)?"
)
_THING_TOO = rf"{IS}{_ONE}{_AND}? (?i:{_THING}|{THINGS})[^\W\d_]{{0,8}}{_SAYS}"
"""`Portkod 4711, trapphus 6612`."""
_SLASH = rf"(?: (?:{THINGS})[^\W\d_]{{0,8}}/[^\W\d_]{{2,12}})"
"""`Kod port/garage 4711/6612`."""

_GET_IN = tuple(
    rf"{come} in(?: (?:i|genom|på) [^\n\0.,:;0-9]{{2,20}})? m(?:ed|\.)?"
    for come in (
        r"kom(?:mer|ma)?(?: man| du| ni| vi| jag)?",
        r"tar (?:man|du|ni) (?:sig|dig|er)",
        "tar sig",
    )
)
_GO_IN = tuple(rf"{go}(?: man| du| ni| vi| jag)? in m(?:ed|\.)?" for go in ("gå", "går", "gick"))
"""What so goes in may be an amount."""
_ON = (
    r"(?: (?:på|till|i|för|vid) (?i:larm|port|dörr|lås|kodlås|dosa|panel|grind|nyckelskåp|nyckelbox|hänglås|garage"
    r"|entré|anv|plats|brukare|bommen|knappsats)|,? så (?:öppnas|går) )"
)
_PUT = (
    *(rf"{did} till" for did in (r"byt(?:t|te|ter)?", r"ändra(?:t|de|r)?")),
    *(
        "satte?",
        r"la(?:de|gt)?(?: in| upp)?",
        r"lägg(?:er|a)?(?: in| upp)?",
        r"använd(?:er|e)?",
        "ta",
        "testa",
        "prova",
    ),
    *("kör", "slå", r"nya? är", r"knappar? in", r"sa(?:de)?", "säger", r"svara(?:r|de)", "uppgav", "angav"),
)
_TOLD_LATER = rf"{_CODE}(?=,? [^\n\0]{{0,60}}(?<![^\W_])(?i:{KIND_CODE}|kod(?:en)?)(?![^\W\d_]))"
_REPLACED = rf"{_SAYS}{_ONE}(?![0-9])[^\n\0;0-9]{{1,40}}(?<![^\W_])(?:nu|numera|nya?|istället|i stället){_SAYS}"
"""`Koden 4711 funkar inte längre, nu 6612`."""

_PEOPLE = (
    *("barn(?:en)?", "mamma", "pappa", "mor", "far", "syster", "bror", "dotter(?:n)?", "son(?:en)?", "make(?:n)?"),
    *(
        "maka(?:n)?",
        "fru(?:n)?",
        "man(?:nen)?",
        "sambo(?:n)?",
        r"städ[^\W\d_]{0,9}",
        "granne(?:n)?",
        "hyresgäst(?:en)?",
    ),
    *("hemtjänst(?:en)?", "väktare(?:n)?", "vakt(?:en)?", "kund(?:en)?", "personal(?:en)?"),
)
_WHOSE = (
    *(rf"{who}s (?:nya |gamla )?kod(?:en)?" for who in _PEOPLE),
    *(rf"{who} (?:har|fick|får|använder) kod(?:en)?" for who in (*_PEOPLE, "hon", "han", "vi", "jag", "de", "firman")),
)
_WHOSE_TOO = rf"{IS}{_ONE}{_AND} (?!(?i:ring|tel|order|faktur|kund|lgh|rum|kl))[^\W\d_]{{2,12}}{_SAYS}"
"""`Städfirman har kod 4711 och vi 6612`."""
_OF_WHOM = (
    r"[kK](?<=s [kK])(?<!dagens .)(?<!veckans .)(?<!årets .)(?<!felets .)(?<!månadens .)(?<!kampanjens .)(?<!kursens .)"
    r"(?<!produktens .)(?<!erbjudandets .)(?<!spelets .)od(?:en)? "
)
"""`Vaktmästarens kod 4711`."""
_FROM_CODE = (r"byt[^\W\d_]{1,2} från kod(?:en)?", r"ändra[^\W\d_]{0,2} från kod(?:en)?")
_IN = (r"kod(?:en)? (?:hem|hit|in/ut|in|ut)(?: (?:till|i|på|genom) [^\n\0.,:;0-9]{2,20})?(?: är|:)?",)
_IN_FORCE = (
    r" som (?:gäller|funkar|används|ska användas|finns|är inlagd|ligger inne)(?: [^\n\0.,:;0-9]{2,20})?"
    r" (?:är|e)[ :]{1,2}"
)
_GIVEN_TOO = rf"[^\n\0;]{{1,80}}?(?:gäller|funkar|fungerar){_SAYS}"
"""`Kod 4711 på dagen, efter kl 21 gäller 6612`."""
HESITATION = (
    r"(?:(?i:ja|jo|jadå|japp|okej|mm|e+h+m*|ö+h+m*|hm+)(?:[,.…]{1,3} | ))?"
    r"(?:(?i:det|den) (?:är|e) |(?i:jag|vi) (?:slår|har|tar)(?: (?:väl|nog|ju),?)? )?(?:(?i:e+h+m*|ö+h+m*),? )?"
)
ASKED = (
    r"[^\n\0?0-9/]{0,40}(?:\?{0,2} / |\?{1,2}(?:\n(?:[-–—] ?|[^\W\d_][^\n:\0]{0,12}: ?)"
    r"| (?:(?:[A-ZÅÄÖ][^\W_]{0,11}|[a-zåäö]): ?)?))"
)
"""`Agent: och koden?`, `Kund: den är 4711`; `har du koden / ja 4711`."""
_BACKWARDS = r"[^\n\0.;0-9]{0,40} baklänges[ :,(=]{1,3}"
_TO_ANOTHER = r"[^\n\0.;0-9]{1,30}[0-9]{4,6} t\.? "
"""`Byta kod fr 4711 t 6612`."""
_STATE = (
    r" (?:(?:stämmer|funkar|fungerar|går|gick|gäller|duger|accepteras|godkänns|är|var|e) )?(?:(?:inte|ej|längre) ){0,2}"
    r"(?:stämmer|funkar|fungerar|funkade|fungerade|går|gick|gäller|fel|felaktig|ogiltig|spärrad|gammal|inte|ej|längre)"
)
"""`Dörrkoden funkar inte (4711)`, `kod fel (4711)`."""
_SHALL = rf" (?:ska(?:ll)?|vill|bör) (?:va|bli|heta){_SAYS}"
_OF_TECHNICIANS = (
    *(rf"{kind}\.? ?kod(?:en)?" for kind in ("tekn", "inst", "anv", "tillf", "pers", "temp", "serv")),
    *("kodplats [0-9]{1,2}", "siffer(?:kombination|kod)(?:en)?", "master(?:n|user|användare)?(?=:| är| =)"),
    rf"kod(?:en)?{_SLASH}",
)
_MASTERS = tuple(rf"{kind}[ -]?code" for kind in ("master", "user", "installer", "admin", "alarm", "door", "gate"))
_SIGNED = (
    *(
        "soprum(?:met)?",
        "sophus(?:et)?",
        "miljörum(?:met)?",
        "cykelrum(?:met)?",
        "cykelförråd(?:et)?",
        "hänglås(?:et)?",
    ),
    *(
        "kassaskåp(?:et)?",
        "vapenskåp(?:et)?",
        "värdeskåp(?:et)?",
        "grind",
        "bom",
        "tvättstuga",
        "trapphus",
        "ytterdörr",
    ),
    *("larm(?:et)? (?:av|på)", *(rf"{which} door" for which in ("front", "back", "main", "side", "garage"))),
    *("entrédörr", "garageport", "källardörr", "nyckelskåp", "nyckelbox"),
)
"""Things whose number after a sign opens them."""
_NUMBERED = (
    *(
        "kod ?[1-9](?= ?[:=])",
        "kod [1-9](?= [0-9]{4}(?![0-9]))",
        "kodn(?:r|ummer)",
        r"anv(?:ändare)?\.?[0-9]{1,2}(?==)",
    ),
)
_USERS = tuple(
    rf"{user} ?[0-9]{{1,2}}[:.)]? [^\W\d_]{{2,15}}" for user in (r"anv(?:ändare|\.)?", "brukare", "user", "kodplats")
)
"""`Anv 1: Anna 4711`."""
_KEPT_IN = (
    r"nyckel(?:skåp|box|gömma)(?:et|en|n)?",
    r"nyck(?:eln|larna) (?:ligger|finns|hänger|sitter|är)",
    r"key ?(?:safe|box|locker)",
)
_THERE = r"[^\n\0.;0-9]{0,50}[,:(] ?"
"""`Nyckelboxen sitter bakom huset, 4711`."""

_ENGLISH = (
    *(
        rf"{did}(?: it| the alarm| alarm| the system| the door| the gate)? (?:with|using)"
        for did in ("disarm", "arm", "unlock", "open")
    ),
    *(
        rf"the {what} (?:is|(?:opens|unlocks|is opened) (?:with|by|using))"
        for what in ("alarm", "door", "gate", "lock", "garage", "safe", "padlock")
    ),
    *("code['’]s", "safe code"),
    *(rf"{age}(?: door| alarm| gate)? code" for age in ("new", "old", "current", "temporary", "temp")),
    *(
        r"key ?(?:safe|box)(?: (?:by|at|on|behind|under) [^\n\0.,:;0-9]{2,24} (?:has|is))?",
        r"combination (?:to|for|of) (?:the )?[^\n\0.,:;0-9]{2,20} is",
    ),
)
_TO = r" (?:from [0-9]{4,6} )?to "
_ENGLISH_WHOSE = (
    "my",
    "the",
    "our",
    "his",
    "her",
    "their",
    "cleaner['’]s",
    "cleaners['’]?",
    "neighbou?r['’]s",
    "guest['’]?s?",
    *(f"{who}['’]s" for who in ("tenant", "customer", "owner", "manager", "caretaker", "nurse", "teacher")),
)
_ENGLISH_CODES = tuple(rf"{whose}(?: alarm| door| gate)? code" for whose in _ENGLISH_WHOSE)
_FROM = tuple(rf"{code} from" for code in _ENGLISH_CODES)
_ENGLISH_USE = ("use", "use code", "use the code", "enter code", "enter", "press", "punch in", "type", "try")
_FOR_THAT = (
    rf"{_CODE}(?= (?i:(?:for|at|on|by) the (?:[a-z]+ )?"
    r"(?:gate|door|garage|alarm|key|lock|front|back|main|building|panel)"
    r"|to (?:open|enter|get in|disarm|unlock|arm)(?![^\W\d_])|(?:then|and|followed by) (?:enter|#|hash|ok|press)))"
)
_TO_A_SAFE = rf"{_CODE}(?= till (?i:kassaskåp|vapenskåp|värdeskåp|hänglås|{THINGS}))"
_OPENS = late(
    rf"[0-9](?<![0-9A-Za-z.,:\-#][0-9])[0-9]{{3,5}}[*#]?(?= (?:öppnar|går till|gäller på|är till)"
    rf"(?= (?:(?:både|den|till) )?(?i:{THINGS})|[.\n\0]|\Z))"
)
"""`4711 öppnar grinden`."""


def _after(way: str, score: float, label: str = KOD, value: str = DIGITS) -> Shape:
    """Shape of a code after `koden` and what is said of it."""
    return Shape("code", of_kod(rf"{label}{way}(?P<value>{value})"), score, GATE)


SHAPES = (
    _after(_DASH, 0.75, KIND_KOD),
    Shape("code", labelled(CODE_LABELS, DIGITS, _DASH), 0.7, _DASH_GATE),
    Shape("plain", labelled((*OPENED, *_SAFES), _LAST, _HAS), 0.55, GATE),
    _after(_THING_TOO, 0.65, KIND_KOD, _CODE),
    Shape("plain", labelled(_GET_IN, _LAST, rf"{_SAYS}(?:kod(?:en)? )?"), 0.6, GATE),
    Shape("plain", labelled(_GET_IN, rf"{_CODE}(?={_ON})", " "), 0.6, GATE),
    Shape("plain", labelled(_GO_IN, rf"(?![0-9]{{2,4}}00(?![0-9])){_LAST}", " "), 0.55, GATE),
    Shape("plain", labelled(_PUT, rf"{_CODE}(?={_ON})", " "), 0.6, GATE),
    Shape("code", labelled(_PUT, _TOLD_LATER, " "), 0.55, GATE),
    _after(_REPLACED, 0.65, KOD, _CODE),
    Shape("plain", labelled(_WHOSE, DIGITS, IS), 0.6, GATE),
    Shape("plain", of_kod(rf"{_OF_WHOM}(?P<value>{_CODE})"), 0.55, GATE),
    Shape("plain", labelled(_WHOSE, _CODE, _WHOSE_TOO), 0.55, GATE),
    Shape("plain", labelled(_IN, _CODE, _SAYS), 0.6, GATE),
    _after(_IN_FORCE, 0.65),
    _after(_GIVEN_TOO, 0.55, KOD, _LAST),
    _after(_BACKWARDS, 0.6),
    _after(_TO_ANOTHER, 0.7),
    _after(f"{ASKED}{HESITATION}", 0.6, KOD, _CODE),
    Shape("code", of_kod(rf"{KOD}{ASKED}{HESITATION}(?P<value>{SINGLY})"), 0.6, SINGLE),
    Shape("code", of_kod(rf"{KOD}{_STATE} ?\((?P<value>{DIGITS})"), 0.6, re.compile(r"\(0{4}")),
    Shape("code", labelled(_MASTERS, DIGITS, IS), 0.65, GATE),
    Shape("code", labelled(_MASTERS, DIGITS, rf"{IS}{_ONE} ?(?:->|→|=>|till|to) ?"), 0.65, GATE),
    Shape("plain", labelled(_SIGNED, _LAST, " ?[:=] ?"), 0.55, GATE),
    _after(_SHALL, 0.65),
    _after(rf"{_SLASH} {_ONE}/", 0.65),
    Shape("code", labelled(_OF_TECHNICIANS, DIGITS, IS), 0.65, GATE),
    Shape("plain", labelled(_NUMBERED, _CODE, " ?[:=]? ?"), 0.55, GATE),
    Shape("plain", labelled(_USERS, _LAST, "[ :=–-]{1,3}"), 0.55, GATE),
    Shape("plain", labelled(_KEPT_IN, _LAST, _THERE), 0.55, GATE),
    Shape("code", labelled(_ENGLISH, _LAST, _SAYS), 0.6, GATE),
    Shape("code", labelled(_ENGLISH_CODES, _CODE, _TO), 0.65, GATE),
    Shape("code", labelled(_FROM, _CODE, " "), 0.65, GATE),
    Shape("code", labelled(_ENGLISH_CODES, _LAST, r"(?:, ?|:? | (?:is|was) )"), 0.6, GATE),
    _after(r" är (?:densamma|samma|oförändrad)(?: som [^\n\0.,:;0-9]{2,20})?[,:] ?", 0.65),
    Shape("plain", labelled(("kodlås(?:et)?",), _LAST, r"(?:, ?| ?\()"), 0.55, GATE),
    Shape(
        "code",
        labelled(_FROM_CODE, rf"{_CODE}(?= till )", " "),
        0.6,
        GATE,
    ),
    Shape("plain", labelled(_ENGLISH_USE, _FOR_THAT, " "), 0.6, GATE),
    Shape("plain", labelled(("kombination(?:en)?",), _TO_A_SAFE, " "), 0.6, GATE),
    Shape("plain", _OPENS, 0.55, re.compile("0{4}[*#]? ")),
)
"""Shapes of codes; `alarm_code` proves them."""
