"""Code words as operators write them: `kodord granatäpple ok`, `fel kodord ("päron")`, `motsvarandeord: nytt ord Båt`.

Between label and word there is often no sign, so that what follows, quotes, a capital or a digit must tell the word
from what is said of it. Near-misses: `kodord stämmer`, `kodord lämnat, ok`, `kodordet efterfrågas`, `lösenordet byts`.
"""

from __future__ import annotations

import re

from recognizers.base import Shape
from recognizers.code_talk import ANSWER, ANSWERED_AT, DIGITS, SAID_AT
from recognizers.labels import GATE, REMARK, SIGN, SIGN_GATE, labelled
from recognizers.late import late
from recognizers.literals import remember

_KINDS = ("kod", "svars", "säkerhets", "larm", "motsvarande", "kontroll", "identifierings", "code w", "codew")
_KINDS_TOO = ("safe w", "safew", "security w", "securityw", "verbal passw")
_PHRASES = ("lösenfr", "lösenordsfr", "passphr", "pass phr")
_AFTER = "|".join(
    [*(f"(?<={kind}o)rd(?:et)?" for kind in (*_KINDS, *_KINDS_TOO)), *(f"(?<={one}a)se?n?" for one in _PHRASES)]
)
LABEL = (
    rf"[oOaA](?:(?<=[oO])(?=[rR][dD])|(?<=[aA])(?=[sS]))(?i:{_AFTER})(?![^\W\d_])"
    r"(?: (?i:för|till|hos|mot) [^\n\0:.]{2,20}?(?=:))?"
)
"""`Kodordet`, `safe word`, `lösenfrasen för kund`: it begins with the o of `ord` or the a of `fras`, which are rare."""
_COUNTERSIGNS = (r"motlösen(?:ord)?(?:et)?", r"motord(?:et)?", r"mot(?:rings|ringnings)ord(?:et)?")
"""What is answered to a code word."""
_SINCE = (
    r"(?:(?i:fr\.? ?o\.? ?m\.?|från och med|från|sedan|from) "
    r"(?:i ?dag|nu|i ?morgon|[0-9]{1,2}/[0-9]{1,2}|[a-zåäö]{2,5}dag(?:en)?)[,:]? )?"
)
"""`Kodordet är fr o m idag Fjällräv`."""
_HESITATION = (
    r"(?:(?i:e+h+m*|ö+h*m*|hm+|jo+|ja+|jadå|alltså|vänta|yes|well)(?:[,.…]{1,3} | )"
    r"|(?i:det|den|it) (?:är|e|var|va|is|was) |(?i:it|that)['’]s ){0,5}"
)
"""`Ehh, kanelbulle`, `Ja det är eh kanelbulle`."""
_POLITELY = r"(?:,? (?i:sir|madam|please|tack|då|nu|igen|också|först)(?![^\W\d_])){0,2}"
"""Between what is asked for and the question mark."""
_TOLD = (
    r"kodord(?:et)?",
    r"svarsord(?:et)?",
    r"motsvarandeord(?:et)?",
    *(
        rf"{said} (?:ordet|frasen|orden)"
        for said in (r"uppge[rst]{1,2}", "uppgav", r"ange[rst]{1,2}", "angav", "säger", "sade?", "sagt", r"svara[rd]e?")
    ),
)
_PASSWORD = (r"lösen(?:ord)?(?:et)?", "password")
"""Of a person who is called back as of a computer: what is said of it tells."""
_SINGLE = r"[^\W\d_][^\W_]{2,23}"
_ONE = r"[^\W_]{2,24}(?![^\W_])"
_WORD = r"[^\W_]{2,24}(?: [^\W_]{2,24}(?=[\"'\0]|$))?(?![^\W_])"
_LAST = rf"{_ONE}(?=[.,;!\"'\n\0]|\Z)"
_QUOTED = r"[^\W_][^\n\0\"”“«»:]{1,38}[^\W_](?=[\"'”’»]"
_QUOTE = re.compile("[\"'”“’«»]|\\?")
"""Of outlines; curly quotes are not in Latin-1, and stand there as `?`."""
_BLANK = re.compile(" ")
_BLANKS = re.compile(r" [^ \0]* ")
_TIME = re.compile(r"\[0")
_TURN = re.compile(":")
_OPENING = r"[\"'”“’«»]"
_SEEN = (
    r"(?:,? (?:ok|okej|o\.k\.|godk[^\W\d_]*|korrekt|rätt|stämmer|stämde|kontroll[^\W\d_]*"
    r"|verifi[^\W\d_]*|motring[^\W\d_]*|återuppring[^\W\d_]*|identifi[^\W\d_]*|legitim[^\W\d_]*|avbr[^\W\d_]*|återställ[^\W\d_]*|bekräft[^\W\d_]*|angett|angivet|uppgett|uppgivet|gäller|noterat)(?![^\W\d_]))"
)
_SAID_OF_IT = (
    r"(?!(?i:inte|ej|var|som|är|har|ska|att|och|med|till|från|vid|för|men|inget|okänt|fel|nytt?|samma|rätt|kund(?:en)?"
    r"|han|hon|hen|de|vi|ni|du|man|kl)(?![^\W\d_]))(?![^\W_]*(?i:at|ats|ades?|as|its|tts|gs|rs|ts|et)(?![^\W_]))"
)
_CAPITAL = r"(?:[A-ZÅÄÖ][a-zåäöéü]{2,23}|[A-ZÅÄÖ]{3,24})(?=[.,;/)\n\0]|\Z)"
"""A word with a capital that ends what is said: `Kodord Solros. Kontakt 1 är maken`."""
_SAID = (r"uppg(?:av|er|ett|ivit) kodord(?:et)?", r"angav kodord(?:et)?", r"sa(?:de)? kodord(?:et)?")
_GIVEN = r" (?:uppgivet|angivet|noterat|registrerat|inlagt|valt|gäller|var|är) ?: ?"
_AFTER_ALL = r"[^\n\0:;0-9]{0,30}?[ ,](?:sa(?:de)?|svarade|uppgav|angav|gav) (?:ordet )?"
"""`Kodordet var fel, hon sa jordgubbe`."""
_CORRECTED = (
    r"[.,;] (?:(?:det )?(?:rätta?|nya?|korrekta?)(?: (?:kod)?ord(?:et)?)?) (?:är|e|ska(?:ll)? vara|var)[ :]{1,2}[\"']?"
)
"""`Fel kodord. Rätt är solros`."""
_OUR_WORD = (
    r"password (?:with|at|for|to) (?:the |your )?(?:monitor|alarm|station|cent)[^\n\0.:;0-9]{0,24}(?= is)",
    r"lösen(?:ord)?(?:et)? (?:hos|vid|för) (?:er|larmcentralen|motringning|återuppringning)(?= är| ?:)",
    r"kodord(?:et)? (?:som|vi|ni|på|hos|för|till|i) [^\n\0.:;0-9]{1,40}?(?= är[ :]| ?:)",
)
"""`Kodordet som vi har noterat är tulpan`."""
_NEW_WORD = (
    r"[^\n\0.:;0-9]{0,30}\b(?:byt[^\W\d_]{0,3}|ändra[^\W\d_]{0,3}|sat[^\W\d_]{0,2}|uppdatera[^\W\d_]{0,3})"
    r" till[ :]{1,2}[\"']?"
)
"""`Kodordet bytt till vintersol`, `Kodord solros byts till vintersol`."""
_RENAMED = rf"{_WORD}(?= (?:byt|ändra)[^\W\d_]{{0,3}} till)"

_NO_WORD_OF_IT = (
    r"(?![^()\n\0]{0,60}(?<![^\W_])(?i:inte|ej|av|till|från|för|med|är|har|var|ska|som|och|på|hos|i|ut|in|bort)(?![^\W_]))"
    r"(?![^\W_]*(?i:ades?|ats?|as|its)(?![^\W_]))"
)
_BRACKETED = rf"{_NO_WORD_OF_IT}(?:{_SAID_OF_IT}[^\W_]{{2,24}}|[^\W_]{{2,24}}(?: [^\W_]{{2,24}}){{1,2}})(?=\))"
"""`Anna Ek (kodord blå båt)`: all that follows in brackets."""
_PUT_TO = (
    *(
        rf"{did} (?:sitt |mitt |ditt |hans |hennes )?kodord(?:et)?"
        for did in ("byt(?:t|a|er|te|s)?", "ändra(?:t|r|de|s|d)?", "sätt(?:a|er)?", "satte?")
    ),
    r"nytt kodord(?: (?:byts|ändras|sätts))?",
)
_CHANGED = tuple(
    rf"{did} (?:sitt |mitt |kundens |larm)?kodord(?:et)?"
    for did in ("byt(?:te|t|er|a)?", "ändra(?:de|t|r)?", "uppdatera(?:de|t|r)?")
)
_WHILE = r" (?:från|fr)[ :]{1,2}[\"']?"
_ON_ALL = r"[^\W\d_][^\W_]{2,23}(?= på (?:båda|bägge|alla|samtliga)(?![^\W\d_]))"
"""`Samma kodord makrill på båda`."""
_SAY = (r"säg(?:a|er|s)? kodord(?:et)?", *(rf"{did} kodord(?:et)?" for did in ("ange", "uppge", "svara med", "använd")))
"""`Säg kodordet solros när ni ringer`."""
_AS_WORD = (r"uppg(?:av|er|ett)", "angav", "angett", "valde", "valt", "vill ha")
_OTHER_LABELS = (r"hemligt ord", r"säkerhetsfras(?:en)?", r"larmlösen(?:ord)?(?:et)?", r"motringningslösen(?:ord)?")
_WHOSE = r" (?i:maken|makan|hustrun?|frun?|mannen|kund(?:en)?|kontakt ?[1-5]|kp ?[1-5]|ägaren?|sonen|dottern)[: ]{1,2}"
_WORD_IN_BRACKETS = r"[A-ZÅÄÖ][^\W_]{2,23}(?=\))"
_NEW_NAME = (
    r"(?!(?i:något|nåt|ett|en|nytt|annat|annan|sitt|mitt|ditt|larm|kund|central|objekt|panel|den|det|de)[^\W_]{0,5}(?![^\W_]))"
    rf"(?:{_ONE}(?=[.,;!?)\"'\n\0]|\Z| (?:och|å|o|samt|istället|tack)(?![^\W_]))|[A-ZÅÄÖ][A-ZÅÄÖ]{{2,23}}(?![^\W_]))"
)
"""`Bytt kodord till solros.`"""
_RIGHT_THEN = rf"[^\n\0]{{0,60}}?[ ,](?:rätt|sedan|sen|därefter|andra)(?![^\W_])[^\n\0\"'”“]{{0,20}}{_OPENING}"
"""`Fel kodord ("solros"), sedan rätt ("tulpan")`."""


def _labelled(value: str, link: str, score: float, gate: re.Pattern[str]) -> Shape:
    """Shape of a word after its label."""
    pattern = late(rf"{LABEL}{REMARK}{link}(?P<value>{value})")
    return Shape("word", remember(pattern, ("ord", "fras", "phras")), score, gate)


SHAPES = (
    _labelled(rf"(?:{DIGITS}|{_WORD})", f"{SIGN}{_SINCE}", 0.75, SIGN_GATE),
    _labelled(rf"{_QUOTED})", rf"(?: är| blir)?[:=]?\s?{_OPENING}", 0.75, _QUOTE),
    _labelled(rf"(?![0-9]{{1,3}}(?![^\W_])){_WORD}", f"{_POLITELY}{ANSWER}{_HESITATION}", 0.65, _TURN),
    _labelled(rf"(?:{DIGITS}|{_LAST})", f"{_POLITELY}{ANSWERED_AT}{_HESITATION}", 0.65, _TIME),
    _labelled(_LAST, f"{_POLITELY}{SAID_AT}", 0.65, _TIME),
    Shape("word", labelled(_COUNTERSIGNS, rf"(?:{DIGITS}|{_WORD})", SIGN), 0.7, SIGN_GATE),
    _labelled(rf"{_SAID_OF_IT}{_SINGLE}(?={_SEEN})", " ", 0.65, _BLANK),
    _labelled(rf"{_SAID_OF_IT}{_CAPITAL}", " ", 0.6, _BLANK),
    _labelled(r"[^\W\d_]{3,20}-?[0-9]{1,4}(?![\w])", " ", 0.65, GATE),
    _labelled(_WORD, _NEW_WORD, 0.7, _BLANKS),
    _labelled(_WORD, _GIVEN, 0.7, SIGN_GATE),
    _labelled(_LAST, _AFTER_ALL, 0.6, _BLANKS),
    _labelled(_LAST, _CORRECTED, 0.65, _BLANKS),
    _labelled(_RENAMED, " ", 0.7, _BLANKS),
    _labelled(_BRACKETED, " ", 0.6, re.compile(r"\)")),
    _labelled(rf"{_QUOTED})", _RIGHT_THEN, 0.65, _QUOTE),
    Shape("word", labelled(_PUT_TO, _NEW_NAME, " (?i:till)[ :]{1,2}"), 0.65, _BLANKS),
    Shape("word", labelled(_CHANGED, rf"{_ONE}(?=[\"']? till )", _WHILE), 0.65, _BLANKS),
    Shape("word", labelled(_CHANGED, _ONE, rf"{_WHILE}[^\W_]{{2,24}}[\"']? till[ :]{{1,2}}[\"']?"), 0.65, _BLANKS),
    Shape("word", labelled((r"samma kodord", r"ett kodord"), _ON_ALL, " "), 0.6, _BLANKS),
    Shape(
        "word",
        labelled(_SAY, rf"{_SAID_OF_IT}{_SINGLE}(?= (?:när|då|om|så|till|vid|först)(?![^\W_]))", "[ :]{1,2}"),
        0.6,
        _BLANKS,
    ),
    Shape("word", labelled(_AS_WORD, rf"{_ONE}(?= som (?:nytt )?kodord)", " "), 0.65, _BLANKS),
    Shape("word", labelled(_OTHER_LABELS, _WORD, SIGN), 0.7, SIGN_GATE),
    Shape("word", labelled(_OTHER_LABELS, _CAPITAL, " "), 0.6, _BLANK),
    _labelled(_WORD_IN_BRACKETS, r" \(", 0.6, re.compile(r"\)")),
    _labelled(_CAPITAL, _WHOSE, 0.6, _BLANK),
    _labelled(_ONE, r":? (?:nytt ord|nya ordet|ändrat till)[ :]{1,2}", 0.65, _BLANK),
    Shape("word", labelled(_TOLD, rf"{_QUOTED})", rf"[^\n\0\"'”“«»]{{0,30}}{_OPENING}"), 0.65, _QUOTE),
    Shape("word", labelled(_PASSWORD, rf"{_QUOTED}{_SEEN})", rf":? {_OPENING}"), 0.7, _QUOTE),
    Shape("word", labelled(_PASSWORD, rf"{_SAID_OF_IT}{_SINGLE}(?={_SEEN})", ":? "), 0.6, _BLANK),
    Shape("word", labelled(_SAID, _ONE, " "), 0.6, _BLANKS),
    Shape("word", labelled(_OUR_WORD, rf"(?:{DIGITS}|{_LAST})", SIGN), 0.6, SIGN_GATE),
)
"""Shapes of words; `alarm_code` proves them."""
