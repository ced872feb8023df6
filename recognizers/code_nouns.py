"""Code words that follow their label without a sign: `kodord solros`, `uppgav rätt kodord tulpan`, `kodord? Solros.`

Only a noun, a name or, where the label stands alone on its line, a word of no list can be one; what is said of a code
word is mostly none. Near-misses: `kodord stämmer`, `kodord via telefon`, `nytt kodord önskas`, `kodord legitimation`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from recognizers.base import Shape
from recognizers.code_talk import DIGITS
from recognizers.code_words import LABEL
from recognizers.labels import GATE, SIGN, labelled
from recognizers.late import late
from recognizers.literals import remember
from recognizers.name_labels import VERBS
from recognizers.name_words import judge
from recognizers.ordinary import is_inflected

ALONE = "alone"
"""Shape of a word that only what kind of word it is tells to be one."""
_DEFINITE = ("en", "n", "et", "t")
_SHORTEST = 3
SAID_OF_IT = frozenset(
    (
        *("tack", "ok", "okej", "fel", "rätt", "svar", "fråga", "namn", "telefon", "telefonen", "sms", "mail", "mejl"),
        *("kund", "kunden", "ägare", "kontakt", "legitimation", "leg", "bankid", "personnummer", "adress", "larm"),
        *("larmet", "central", "larmcentral", "larmcentralen", "kontroll", "regel", "rutin", "lista", "listan", "brev"),
        *("text", "person", "kontaktperson", "anhörig", "igen", "direkt", "muntligt", "muntligen", "skriftligt", "nu"),
        *(
            "idag",
            "igår",
            "imorgon",
            "först",
            "sist",
            "sedan",
            "sen",
            "här",
            "där",
            "själv",
            "istället",
            "alls",
            "ändå",
        ),
        *("korrekt", "tydligt", "omgående", "samtidigt", "tidigare", "senare", "framöver", "finns", "krävs", "behövs"),
        *("gärna", "please", "now", "again", "check", "correct", "wrong", "missing", "change", "hjälp", "lösenord"),
        *(
            "kodord",
            "kod",
            "koden",
            "person",
            "par",
            "gång",
            "gången",
            "gånger",
            "order",
            "ärende",
            "motringning",
            "chef",
        ),
        *("byte", "ändring", "uppgift", "uppgifter", "system", "systemet", "objekt", "objektet", "avtal", "avtalet"),
        *("larmkod", "pin", "app", "appen", "mina", "sidor", "samtal", "samtalet", "dag", "morgon", "kväll", "natt"),
    )
)
"""Words that are said of code words, or of how they are given."""
_WORD = r"[^\W\d_][^\W_]{2,23}"
_ENDS = (
    r"(?=[.,;)!\n\0\"'”]|\Z| (?:på (?:alla|båda|samtliga)|svar(?:sord)?|motord)(?![^\W\d_])"
    r"| \((?:maken|makan|hustrun?|frun?|mannen)(?![^\W\d_]))"
)
_HESITATION = r"(?:(?i:ja|jo|jadå|japp|yes|eh+m*|öh+m*|hm+|mm)(?:[,.…]{1,3} | ))?(?:(?i:det|den|it) (?:är|e|is) )?"
_SPEAKER = r"[^\W\d_]{1,10}: ?"
_ANSWERED = (
    rf"(?:,? (?i:tack|då|please))?\??(?: / | ?\n[-–—] ?|\?{{1,2}} ?[-–—]? ?(?:{_SPEAKER})?|\n{_SPEAKER}){_HESITATION}"
)
"""Between the question and the answer: `Kodordet?`, `– Solros.`; `kodord tack / solros`; `A: kodord? K: solros`."""
_BECOMES = r" (?:blir|ska(?:ll)? (?:va|vara|bli|heta)|satt till|sätts till|t\.?|lämnat:?|lämnade:?)[ :]{1,2}[\"']?"
_BEFORE_SLASH = r"[^\W_]{2,24}(?: ?/ ?| ?(?:->|→|=>) ?| svar(?:sord)?[: ]{1,2})"
_PAIRED = rf"(?:/(?:svars|mot)ord(?:et)?)?(?:{SIGN}| ){_BEFORE_SLASH}"
_AS_WORD = (
    *(r"sa(?:de)?", "säger", "lämnade", "lämnat", r"l[äa]gg(?:er|a)? (?:in|upp)", r"la(?:de)? (?:in|upp)"),
    *(r"sätt(?:er|a)?", "satte", "ha", "använd(?:er|a)?", "svarade", "svarar", "gav", "önskar"),
)
_FOR_CODE_WORD = rf"{_WORD}(?= (?:som (?:nytt |sitt |mitt )?kodord|på frågan om (?:sitt )?kodord))"
_COLOURED = (
    r"(?i:blå|röd|rött|grön|grönt|gul|gult|svart|vit|vitt|stor|stora|lilla|liten|gamla|glada?)(?i:a|t)? [^\W_]{3,20}"
)
_PHRASES = ("kodfras(?:en)?", "säkerhetsfras(?:en)?")
_PHRASE = r"[^\W_]{2,24}(?: [^\W_]{2,24}){0,5}(?=[.,;\n\0]|\Z)"
_COUNTERSIGNS = (r"mot(?:rings|ringnings)ord(?:et)?", r"svarsord(?:et)?", "motord(?:et)?")
_CENTRE = (
    r"lösen(?:ord)?(?:et)? (?:till|hos|vid|för|mot) (?:larmcentral(?:en)?|lc|er|stationen|bevakningen)(?= är| ?[:=])",
)
_YEARS = r"(?!(?:19|20)[0-9]{2}(?![0-9]))"
_BLANK = re.compile(" ")


def _after(link: str, value: str, score: float, name: str = ALONE, gate: re.Pattern[str] = _BLANK) -> Shape:
    """Shape of a word after its label."""
    return Shape(name, remember(late(rf"{LABEL}{link}(?P<value>{value})"), ("ord", "fras", "phras")), score, gate)


SHAPES = (
    _after(" ", rf"{_WORD}{_ENDS}", 0.55),
    _after(" ", rf"{_COLOURED}{_ENDS}", 0.55, "word"),
    _after(" ", rf"{_YEARS}{DIGITS}", 0.6, "code", GATE),
    _after(r" \([\"']?", rf"{_WORD}(?=[\"']?\))", 0.55),
    _after(", ", rf"{_WORD}(?=[.,\0]|\Z)", 0.5),
    _after(_ANSWERED, rf"{_WORD}(?=[.,;!?\n\0]|\Z| /)", 0.6, gate=re.compile("[/?:\\-\n]")),
    _after(_BECOMES, rf"{_WORD}(?=[.,;!\n\0\"']|\Z)", 0.6),
    _after(_PAIRED, rf"{_WORD}(?=[.,;!\n\0]|\Z)", 0.6),
    _after("(?: |: )", rf"{_WORD}(?= ?(?:/|->|→|=>) ?[^\W\d_]{{3}})", 0.6),
    Shape(ALONE, labelled(_AS_WORD, _FOR_CODE_WORD, " "), 0.65, _BLANK),
    Shape("word", labelled(_PHRASES, _PHRASE, SIGN), 0.65, _BLANK),
    Shape(ALONE, labelled(_COUNTERSIGNS, rf"{_WORD}{_ENDS}", " "), 0.55, _BLANK),
    Shape("word", labelled(_CENTRE, rf"(?:{DIGITS}|{_WORD})", SIGN), 0.65, re.compile("[:= ]")),
)
"""Shapes of words; `alarm_code` proves them."""


@lru_cache(maxsize=4096)
def may_be(text: str) -> bool:
    """Tell whether a word alone after a label can be the code word: a noun, a name, or of no list with a capital."""
    word = text.casefold().rstrip(".!")
    if word in SAID_OF_IT or word in VERBS or len(word) < _SHORTEST:
        return False
    judged = judge(text)
    if judged.given or judged.surname or any(is_inflected(word + ending) for ending in _DEFINITE):
        return True
    return not is_inflected(word) and (text[0].isupper() or any(letter.isdigit() for letter in text))
