"""Codes in sentences: where the code stands apart from its label, because somebody tells what became of it.

Examples: `koden är ändrad, nya är 4711`, `bytte till 1984, notera larmkoden`, `4711 är koden till grinden`, `har du
koden? 4711`. Near-misses: `koden betyder 4410`, `bytte till 2026 års modell`.
"""

from __future__ import annotations

import re

from recognizers.base import Shape
from recognizers.code_labels import AFTER_OPENED, KIND_CODE, KIND_KOD, KOD, PLACES, THINGS
from recognizers.labels import REMARK, labelled
from recognizers.late import late
from recognizers.literals import remember

_PLAIN = r"[0-9](?<![0-9A-Za-z.,:\-#][0-9])[0-9]{3,5}"
DIGITS = (
    r"[*#A-D]?[0-9]{4,6}[*#A-D]?(?![0-9A-Za-z])(?![.,:\-][0-9])"
    r"(?! ?(?i:kr|sek|st|:-|%|psi|bar|mm|kg|rpm|gånger|ggr|kwh|mah|hz|års)(?![^\W\d_]))"
    r"(?!\.? (?:[dD]ela|[gG]iltig i|[lL]ämna (?:aldrig|inte|ej) ut|[dD]o not share|[nN]ever share) )"
    r"(?! mott[ao]g)(?!-[A-Za-z])(?! för (?!att ))"
)
"""A code of four to six digits, with what must not follow it."""
_KEYED = re.compile(rf"{_PLAIN}[*#](?![\w*#])")
"""As on a keypad."""
GATE = re.compile("0{4}")
"""Of outlines."""
_SAID_FIRST = re.compile("0{4}[*#]? ")
"""Of outlines, where the code stands before what is said of it."""
IS = (
    r"[.\"'\])]{0,2}[ \t]?(?:(?i:är|e|is|was|blir|blev|lyder|ska(?:ll)? vara)(?=[ :\"'])"
    r"(?i:(?: (?:nu|numera|fortfarande|fortsatt|alltjämt|ännu|alltså|väl|ju|now|still"
    r"|(?:precis |samma )?som (?:förut|vanligt|tidigare)))?)|[:=#])?\s{0,2}[\"'(]?"
)
"""Between a label and its code: as `labels.LINK`, with what people say: `portkoden e 1793`, `koden (4711)`."""

_ITS_CODE = rf"{KIND_CODE}|kod(?:en)? (?:till|på|för|i) [^\n\0.,:;0-9]{{0,20}}(?:{THINGS})"
_BACKWARDS = late(
    rf"{_PLAIN}[*#]?(?= (?:är|e|var|is|=) (?:den |the |min |vår |din )?(?:nya? )?"
    rf"(?i:{_ITS_CODE}|koden(?![^\W\d_])|code(?![^\W\d_]))| som (?:ny |vår )?(?i:{KIND_CODE}|kod(?![^\W\d_])))"
)
"""`4711 är koden till grinden`."""
_OPENS = late(rf"[:=](?i:{AFTER_OPENED}) ?(?P<value>{DIGITS})")
"""`Porten: 4711`."""
_FOR = late(
    rf"{_PLAIN}(?= för att (?:larma|avlarma|koppla|öppna|låsa|komma in)(?![^\W\d_])"
    r"|(?i: (?:on|into|at|in) the (?:key ?pad|panel|pad|lock|lockbox)"
    r"| på (?:knappsats|manöverpanel|dosan|kodlås|panelen)))"
)
_CHANGED_TO = (
    r"byt(?:te|er|t|ts|tes)? (?:den |det )?till",
    r"ändra(?:de|r|t|ts|des)? (?:den |det )?till",
    *(rf"{did}(?: istället| i stället| nu)?" for did in ("satte", "vill ha")),
)
_LATER = rf"{DIGITS}(?=[^\n\0]{{0,90}}(?<![^\W_])(?i:{KIND_CODE}|kod(?:en)?)(?![^\W\d_]))"
"""`Hon bytte till 1984, notera den nya larmkoden`."""
_WHOSE = r" (?:till|för|hos) [^\n\0.,:;0-9]{2,50} (?:är|ska vara|blir)[ :]{1,2}"
_NOT_IT = (
    r"[: ]{1,2}[0-9]{4,6} [^\n\0.0-9]{2,40}(?:enl\. [^\n\0.0-9]{2,20})?"
    r"(?:(?:rätt(?: kod)?|ny(?: kod)?|nya) är|rätt kod(?:en)?|ny kod)[ :]{1,2}"
)
_SECOND = (
    r"(?: [^\n\0.;0-9]{2,40})? (?:är|ska vara|blir)[ :]{1,2}[*#]?[0-9]{4,6}[*#]?(?:,|,? och) "
    r"[^\n\0.;0-9]{2,30} (?:är|gäller|blir|har)[ :]{1,2}"
)
"""`Koden för att avlarma är 4711, och för städaren gäller 4712`."""
_CHANGED = r"[^\n\0.;0-9]{1,30}(?:från|fr\.?|mot|till|blir|är (?:nu|numera|fortfarande))[ :]{1,2}"
_TURNED = (
    r"(?:(?<![^\W_])(?:nya?|nytt|gamla|gammal|förra|tidigare|rätta?)(?: kod(?:en)?)?"
    r"(?: är| e| var| blir| blev| sattes| satt| numera| ska(?:ll)? (?:det )?vara|:)"
    r"|(?<![^\W_])[Dd]en (?:nya|gamla)(?= [0-9])"
    r"|(?<![^\W_])(?:nu|numera) (?:är|e) det|sattes(?: till)?|satt till|byt(?:t|te|ts|tes) till"
    r"|ändra(?:d|t|des|de|ts) till|ska(?:ll)? (?:det )?vara|skulle (?:det )?(?:ha )?vara?it)[ :]{1,2}"
)
_RENEWED = rf"[^\n\0;0-9]{{0,60}}?{_TURNED}"
"""`Vi har bytt kod, nya är 4711`, `tvångskoden glömd. Ny sattes: 4711`."""
_RENEWED_TOO = rf"[^\n\0;0-9]{{0,60}}?[0-9]{{4,6}}[*#]?[^\n\0;0-9]{{1,30}}?{_TURNED}"
"""`Byt kod: den gamla är 4711 och den nya ska vara 4712`."""
_BY_THE_WAY = r"(?: som)? (?:ni|jag|vi|du|hon|han|hen|de|man)(?![^\W\d_])[^\n\0.;:0-9]{1,40}[,:] "
"""`Koden ni fick, 4711, fungerar inte`."""
_IN_FORCE = rf"{DIGITS}(?= (?:gäller|funkar|fungerar)(?![^\W\d_]))"
"""`Koden har ändrats, 4711 gäller nu`."""
_ON_A_DAY = (
    r"[^\n\0.;0-9]{1,30}[0-9]{1,2}(?:/[0-9]{1,2}| [a-zåäö]{3,9})?,?"
    r" (?:(?:och )?(?:den )?nya?(?: koden)? )?(?:till|blir|är)[ :]{1,2}"
)
"""`Portkoden ändras den 1/3 till 4711`, `… byts 1/3, nya blir 4711`."""
_ASKED = r"[^\n\0?0-9]{0,40}\?{1,2}[ \n](?:[A-ZÅÄÖ][^\W_]{0,11}: ?)?"
"""`Har du koden till cykelrummet? 4711`."""
_OTHERS = (
    "ring|tel|tfn|mobil|order|faktur|ärende|kund|nr|saknas|zon|fel|datum|kl|post|rum|lgh|sedan|bank|paket"
    r"|kort(?:et)?(?![^\W\d_])"
)
_OWNER = rf"(?![^\n\0.;0-9]{{0,30}}(?i:{_OTHERS})) [^\n\0.;0-9]{{2,30}}[ :]{{1,2}}"
"""Between a code's label and the code: whose or for what it is."""
_NEXT = rf"{_OWNER}{DIGITS}(?:,|,? och|/) (?!(?i:{_OTHERS}))[^\W\d_]{{2,15}}[ :]{{1,2}}"
"""`Larmkod ägare 4711, städ 4712`."""
_FIRST = r"[*#]?[0-9]{4,6}[*#]?(?:, ?| ?/ ?| och | eller )"
_REPLACED = r"[: ]{1,2}[0-9]{4,6} (?:ändra[^\W\d_]{0,3}|byt[^\W\d_]{0,3}|ersat[^\W\d_]{0,3}) (?:till|mot|av)[ :]{1,2}"
_TO = r"[0-9]{4,6}[*#]? (?:till|mot|->|→) "
ANSWER = (
    r"(?:(?:[?.]?|\?{1,2} [^\n?:\0]{1,14})\n[^\W\d_][^\n:\0]{0,12}"
    r"|[?.!] [A-ZÅÄÖ][^\W_]{0,11}): ?"
)
"""Between a question and its answer in a transcript: `Vad är kodordet?`, `Kund: vintersol`, on one line or two."""
_TURN = r"\] ?[^\W\d_][^\n:\0]{0,16}: ?"
_QUESTION = r"\?{1,2}(?: [^\n?:\0]{1,14})?\n\["
ANSWERED_AT = rf"{_QUESTION}[0-9]{{1,2}}[:.][0-9]{{2}}{_TURN}"
"""The same in a chat, with the time before who answers: `[14:05] Kund: vintersol`."""
SAID_AT = rf"{_QUESTION}[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}{_TURN}(?i:(?:ja|jo|jadå|eh|öh)[, ]{{1,2}})?(?i:det är|den är) "
"""In a recording people say much before and instead: `[00:00:09] Kund: ja det är vallmo`."""
_USER = (r"anv(?:ändare|\.)?(?: nr)? [0-9]{1,2}", "brukare [0-9]{1,2}", "user [0-9]{1,2}")
_LISTED = rf"(?!(?:19|20)[0-9]{{2}}(?![0-9])){DIGITS}(?=[,.;\n\0/]|$)"
_PAIRS = r"[0-9]{2}[ \-][0-9]{2}(?:[ \-][0-9]{2})?(?![ .,:\-]?[0-9])(?![0-9A-Za-z])"
_PAIRED = re.compile("0{2}[- ]0{2}")
SINGLY = r"[0-9](?:[ \-][0-9]){3,5}(?![ .,:\-]?[0-9])(?![0-9A-Za-z])"
SINGLE = re.compile("0[- ]0[- ]0[- ]0")
_CHECKED = r"ok|okej|stämmer|korrekt|godkän[nt]?[dt]|uppgiven|uppgavs|angiven|angavs|kontrollerad|bekräftad|verifierad"
_AS_CHECKED = rf"[ :,]{{1,2}}(?i:{_CHECKED})[ :,(]{{1,2}}"
"""`Kod ok 4711, kontrollerat`, `rätt kod uppgiven (4711)`."""
_FOUND_RIGHT = rf"{DIGITS}(?=,? (?i:{_CHECKED}|borttagen|raderad|spärrad|upplagd|tillagd|inlagd)(?![^\W\d_]))"
_WHEN = (
    r"[ :(]{1,2}(?:(?:efter|före|från|mellan|till) (?:kl\.? ?)?[0-9]{1,2}(?:[.:]?[0-9]{2})?(?: ?(?:-|och) ?[0-9]{1,2})?"
    r"|dygnet runt|(?:dag|natt|kväll|kvälls|natte)tid|vardagar|helger|sommartid)[):]{0,2}[ :]{1,2}"
)
"""`Entrékod efter 21: 4711`, `kod dygnet runt 4711#`."""
_DISARMED = r"[lL]arm(?:et|a) (?:av|på|är av)[^\n\0;:0-9]{0,20}(?:kl\.? ?[0-9.:]{1,5})?[.,] ?"
"""`Larmet av kl 14. Kod 4711`."""
_FAILS = r" (?:fungerar|funkar|går|gick) (?:inte|ej)[.,] ?[^\n\0;:0-9]{0,20}[pP]rova(?:t|de|r)? "
"""`Koden funkar inte, prova 4711 och 4712`."""
_FAILS_TOO = rf"{_FAILS}[0-9]{{4,6}} (?:o|och|eller) "
_PLACE = r" (?:plats|användare|anv\.?|position) [0-9]{1,3} ?[:=] ?"
"""`Användarkod plats 3: 4711`."""
_ARROW = r"[^\n\0.;:0-9]{0,20}[0-9]{4,6}[*#]? ?(?:->|→|=>) ?"
_AND_NEW = rf"{IS}[0-9]{{4,6}}[*#]?,? (?:nya|ny)[: ]{{1,2}}"
_DASHED = r"\?{1,2}[ \n][-–] ?"
_TO_A_THING = rf"{DIGITS}(?= (?:till|på|i|för|vid) (?i:[^\n\0.,0-9]{{0,12}}(?<![^\W_])(?:{THINGS})))"
"""`Kod 4711 till porten`."""
_SET_UP = (
    *(rf"{did} (?:till|upp|in) (?:ny )?kod" for did in ("la", "lade", "lagt", "lägg", "lägger")),
    *(rf"{did} bort (?:gammal |gamla )?kod(?:en)?" for did in ("tog", "tagit", "ta", "tar")),
)
_NAMED_AFTER = late(rf"{_PLAIN}[*#]?(?= (?i:{KIND_CODE})(?:[.,;\n\0]|\Z))")
"""`4711 portkod`."""
_DIALLED = r"[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9A-Za-z]|[.,:-][0-9])"
_PADLOCK = ("hänglåskod(?:en)?", "kod(?:en)? (?:till|på) (?:häng|cykel)låset")
_THREE = re.compile("000")
_BOX = ("boxen", "skåpet", "nyckelboxen", "nyckelskåpet")


def of_kod(pattern: str) -> re.Pattern[str]:
    """Make a pattern of what stands with `kod`."""
    return remember(late(pattern), ("kod",))


def _after(way: str, score: float, label: str = KOD) -> Shape:
    """Shape of a code after `koden` and what is said of it."""
    return Shape("code", of_kod(rf"{label}{way}(?P<value>{DIGITS})"), score, GATE)


SHAPES = (
    Shape("code", of_kod(rf"{KOD}{IS}(?P<value>{_PAIRS})"), 0.65, _PAIRED),
    Shape("code", of_kod(rf"{KOD}{IS}(?P<value>{SINGLY})"), 0.75, SINGLE),
    Shape("code", labelled(("kombination(?:en)?", "hänglåskod(?:en)?"), _DIALLED, IS), 0.6, _PAIRED),
    Shape("code", labelled(_PADLOCK, r"[0-9]{3}(?![0-9A-Za-z]|[.,:-][0-9])", IS), 0.55, _THREE),
    Shape("code", labelled(_BOX, SINGLY, r"[,:(]{0,2} ?"), 0.7, SINGLE),
    Shape("code", _BACKWARDS, 0.75, _SAID_FIRST),
    Shape("plain", _FOR, 0.6, _SAID_FIRST),
    Shape("code", labelled(_CHANGED_TO, _LATER, " "), 0.7, GATE),
    Shape("plain", _OPENS, 0.55, re.compile("[:=] ?[*#]?0{4}")),
    Shape("bare", _KEYED, 0.3, re.compile("0{4}[*#]")),
    Shape("bare", labelled(_USER, _LISTED, "[:=]? "), 0.2, GATE),
    _after(ANSWER, 0.65, KIND_KOD),
    _after(ANSWERED_AT, 0.65, KIND_KOD),
    _after(SAID_AT, 0.65, KIND_KOD),
    _after(rf"{REMARK}{IS}{_FIRST}", 0.8, KIND_KOD),
    _after(f"{REMARK}{_OWNER}", 0.7, KIND_KOD),
    _after(_NEXT, 0.65, KIND_KOD),
    Shape("code", remember(labelled(PLACES, DIGITS, IS), ("kod",)), 0.7, GATE),
    _after(_REPLACED, 0.75),
    _after(_WHOSE, 0.8),
    _after(_SECOND, 0.7),
    _after(_NOT_IT, 0.75),
    _after(_CHANGED, 0.75),
    _after(f"{_CHANGED}{_TO}", 0.75),
    _after(_RENEWED, 0.7),
    _after(_RENEWED_TOO, 0.7),
    _after(_BY_THE_WAY, 0.65),
    _after(_ASKED, 0.6),
    _after(_ON_A_DAY, 0.75),
    _after(_AS_CHECKED, 0.65),
    _after(_WHEN, 0.7),
    Shape("code", of_kod(rf"{_DISARMED}[kK]od (?P<value>{DIGITS})"), 0.6, GATE),
    _after(_FAILS, 0.6),
    _after(_PLACE, 0.7),
    _after(_ARROW, 0.65),
    _after(_AND_NEW, 0.65),
    _after(_DASHED, 0.6),
    Shape("code", of_kod(rf"{KOD} (?P<value>{_TO_A_THING})"), 0.65, GATE),
    Shape("plain", labelled(_USER, _LISTED, " ?[:=] ?"), 0.55, GATE),
    _after(_FAILS_TOO, 0.6),
    Shape("code", of_kod(rf"{KOD}[ :]{{1,2}}(?P<value>{_FOUND_RIGHT})"), 0.6, GATE),
    Shape("plain", labelled(_SET_UP, DIGITS, " "), 0.6, GATE),
    Shape("plain", _NAMED_AFTER, 0.6, _SAID_FIRST),
    Shape("code", of_kod(rf"{KOD}[^\n\0;:0-9]{{1,40}}[,.] (?P<value>{_IN_FORCE})"), 0.6, GATE),
    Shape("code", of_kod(rf"{KOD} (?P<value>{_PLAIN}[*#](?![\w*#]))"), 0.6, re.compile("0{4}[*#]")),
)
"""Shapes of codes; `alarm_code` proves them."""
