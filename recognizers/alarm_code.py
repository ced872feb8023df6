"""Codes of alarms and doors, and the code words by which a monitoring centre knows its customers.

They have no form: four to six digits or a word. Only a label or a field tells one.
Example: `Portkod 4711#`, `kodord: blå båt`; near-misses: `Kodord stämmer`, `felkod 4711`, `postkod 11620`,
`larmkod saknas`. Like a secret it is never shown.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers import code_words
from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.labels import LINK, REMARK, SIGN, SIGN_GATE, labelled, whole

_KINDS = (
    *("larm", "port", "dörr", "pin", "lås", "entré", "grind", "garage", "skåp", "nyckel", "nyckelskåp"),
    *("nyckelbox", "manöver", "avlarmning", "användar", "hot", "tvång", "makulering", "installatör"),
    *("master", "hus", "hem", "duress", "överfalls", "service", "tillträdes", "hiss", "källar"),
    *("soprums", "bom", "gäst", "tillfällig", "nöd", "städ", "hantverkar", "passage", "passer", "inpasserings"),
    *("åtkomst", "frånkopplings", "tillkopplings", "säkerhets", "siffer", "panel"),
    *("motsvarande", "anläggnings", "återuppringnings", "identifierings", "centralskåps", "väktar"),
)
_AFTER = "|".join(f"(?<={kind}{joint}k)" for kind in _KINDS for joint in ("", "s", "-"))
_THINGS = (
    "larm|port|dörr|grind|garage|nyckel|lås|huset|skåp|box|hiss|källar|förråd|soprum|bom|entré|trapp|villa|stug|kontor"
    "|lager|butik"
)
_CODE_LABELS = (
    r"öppna(?:s|r)? med kod(?:en)?",
    r"låses upp med kod(?:en)?",
    r"nyckel(?:skåp|box|gömma)(?:et|en|n)?(?:,? kod(?:en)?| \()",
    rf"kod(?:en|er|erna)? (?:till|på|för|vid|i) (?=[^\n\0.,:;0-9]{{0,24}}(?:{_THINGS}))[^\n\0.,:;0-9]{{2,40}}?",
    r"nyckel(?:skåp|box|tub)(?:et|en)?(?: (?:nr )?[0-9]{1,3})? öppnas med",
    *(rf"{letter}-kod(?:en)?" for letter in "abcd"),
    r"duress(?:kod)?(?:en)?(?: (?:uppgiven|angiven|slagen|använd))?",
    r"pin(?:-?kod(?:en)?)? (?:till|på|för|i) [^\n\0.,:;0-9]{2,30}?",
    rf"kod(?:en)? (?:{_THINGS})[^\W\d_]{{0,8}}",
    r"kodlås(?:et)?(?: (?:har|i|på|vid) [^\n\0.,:;0-9]{2,24}?)?",
    r"pin(?:[ -]code)?",
    *(rf"{what}[ -]?code" for what in ("door", "gate", "entry", "alarm", "duress")),
    *(rf"{what}_code" for what in ("new", "old", "door", "gate", "entry", "alarm", "user", "access", "master")),
)
_PLAIN_LABELS = (
    "koden",
    "koderna",
    r"sl(?:år?|og)(?: in)?(?: koden?)?(?! 1177)",
    r"tryck(?:er|te)?(?: in(?: koden?)?| koden?|(?= [0-9*#]))",
    r"nyckel(?:skåp|box)(?:et|en)?",
    r"knappar?(?: in)?(?: koden?)?",
    r"mata(?:de)?(?: in)?(?: koden?)?",
    r"avlarma(?:s|r)? med(?: koden?)?",
    r"larma(?:s|r)? (?:av|på) med(?: koden?)?",
    rf"öppna(?:s|r)? (?:{_THINGS})[^\W\d_]{{0,6}} med(?: koden?)?",
    r"stängs? av(?: larmet)? med(?: koden?)?",
    r"s[äa]tts? (?:på|av)(?: larmet)? med(?: koden?)?",
    r"kod [1-9](?= ?[:=])",
    r"kod(?:en)? (?:till|för|åt|hos) [^\n\0.,:;0-9]{2,30}?(?= ?[:=]| är)",
    r"kod(?:en)? (?:hem|hit|in)(?: till [^\n\0.,:;0-9]{2,20})?(?= ?[:=]| är)",
    *(rf"{whose} kod(?:en)?(?: \()?" for whose in ("min", "mitt", "vår", "hans", "hennes", "hens", "deras", "sin")),
    r"och (?:till|för|på) (?:hiss|grind|port|dörr|garage|nyckel|förråd|källar|soprum|bom|entré)[^\W\d_]{0,8}",
    r"slås? av(?: larmet)? med(?: koden?)?",
)
"""Codes of what, only what stands around can tell."""
_ITS_CODE = rf"(?:{'|'.join(_KINDS)})s?-?kod|kod(?:en)? (?:till|på|för|i) [^\n\0.,:;0-9]{{0,20}}(?:{_THINGS})"
_BACKWARDS = re.compile(
    r"[0-9](?<![0-9A-Za-z.,:\-][0-9])[0-9]{3,5}[*#]?"
    rf"(?= (?:är|=) (?:den |vår |din )?(?:nya? )?(?i:{_ITS_CODE}))"
)
"""`4711 är koden till grinden`."""
_NEW_WORD = (
    r"[^\n\0.:;0-9]{0,30}\b(?:byt[^\W\d_]{0,3}|ändra[^\W\d_]{0,3}|sat[^\W\d_]{0,2}|uppdatera[^\W\d_]{0,3})"
    r" till[ :]{1,2}[\"']?"
)
"""`Kodordet bytt till vintersol`, `Kodord solros byts till vintersol`."""
_ANSWER = r"[?.]?\n[^\W\d_][^\n:\0]{0,12}: ?"
"""Between a question and its answer in a transcript: `Vad är kodordet?`, `Kund: vintersol`."""
_FOR = re.compile(
    r"[0-9](?<![0-9A-Za-z.,:\-][0-9])[0-9]{3,5}(?= för att (?:larma|avlarma|koppla|öppna|låsa|komma in)(?![^\W\d_]))"
)
_SAID = (r"uppg(?:av|er|ett|ivit) kodord(?:et)?", r"angav kodord(?:et)?", r"sa(?:de)? kodord(?:et)?")
_GATE = re.compile("0{4}")
_DIGITS = (
    r"[*#A-D]?[0-9]{4,6}[*#A-D]?(?![0-9A-Za-z])(?![.,:\-][0-9])"
    r"(?! ?(?:kr|sek|st|:-|%|psi|bar|mm|kg|rpm|gånger|ggr|kwh|mah|hz)(?![^\W\d_]))"
    r"(?!\.? [dD]ela )(?!\.? [gG]iltig i )(?! mott[ao]g)(?!-[A-Za-z])(?! för (?!att ))"
)
_PAIRS = r"[0-9]{2}[ \-][0-9]{2}(?:[ \-][0-9]{2})?(?![ .,:\-]?[0-9])(?![0-9A-Za-z])"
_PAIRED = re.compile("0{2}[- ]0{2}")
_ONE_WORD = r"[^\W_]{2,24}(?![^\W_])"
_WORD = r"[^\W_]{2,24}(?: [^\W_]{2,24}(?=[\"'\0]|$))?(?![^\W_])"
_LAST_WORD = rf"{_ONE_WORD}(?=[.,;!\"'\n\0]|\Z)"
_OUR_WORD = (r"kodord(?:et)? (?:som|vi|ni|på|hos|för|till|i) [^\n\0.:;0-9]{1,40}?(?= är[ :]| ?:)",)
"""`Kodordet som vi har noterat är tulpan`."""
_KOD = rf"[kK](?=[oO][dD])(?i:(?:{_AFTER})od(?:en|er|erna)?|(?<![^\W_]k)od(?:en)?)(?![^\W\d_])"
"""`Larmkoden`, or `koden` alone where what follows says more."""
_WHOSE = r" (?:till|för|hos) [^\n\0.,:;0-9]{2,50} (?:är|ska vara|blir)[ :]{1,2}"
_NOT_IT = (
    r"[: ]{1,2}[0-9]{4,6} [^\n\0.0-9]{2,40}(?:enl\. [^\n\0.0-9]{2,20})?"
    r"(?:rätt(?: kod)?|ny(?: kod)?|nya) är[ :]{1,2}"
)
_SECOND = (
    r"(?: [^\n\0.;0-9]{2,40})? (?:är|ska vara|blir)[ :]{1,2}[*#]?[0-9]{4,6}[*#]?(?:,|,? och) "
    r"[^\n\0.;0-9]{2,30} (?:är|gäller|blir|har)[ :]{1,2}"
)
"""`Koden för att avlarma är 4711, och för städaren gäller 4712`."""
_CHANGED = r"[^\n\0.;0-9]{1,30}(?:från|mot|till|blir|är (?:nu|numera|fortfarande))[ :]{1,2}"
_OTHERS = "ring|tel|tfn|mobil|order|faktur|ärende|kund|nr|saknas|zon|fel|datum|kl|post|rum|lgh|sedan"
_ELSE = rf"(?![^\n\0.;0-9]{{0,30}}(?i:{_OTHERS}))"
_OWNER = rf"{_ELSE} [^\n\0.;0-9]{{2,30}}[ :]{{1,2}}"
"""Between a code's label and the code: whose or for what it is."""
_FIRST = r"[*#]?[0-9]{4,6}[*#]?(?:, ?| ?/ ?| och | eller )"
_REPLACED = r"[: ]{1,2}[0-9]{4,6} (?:ändra[^\W\d_]{0,3}|byt[^\W\d_]{0,3}|ersat[^\W\d_]{0,3}) (?:till|mot|av)[ :]{1,2}"
_TO = r"[0-9]{4,6}[*#]? (?:till|mot|->|→) "
_TURN = re.compile(r"\n[^\n\0]*:")
_BLANKS = re.compile(r" [^ \0]* ")
_CODE = re.compile("[*#A-D]?[0-9]+[*#A-D]?")
_NO_CODE = frozenset(
    (
        *("stämmer", "saknas", "fel", "rätt", "ändrat", "ändrad", "bytt", "okänt", "okänd", "ej", "inte", "nej"),
        *("ja", "null", "samma", "hemligt", "hemlig", "kontrollerat", "uppgivet", "glömt", "none", "nan", "true"),
        *("false", "ingen", "inget", "nytt", "ny", "det", "den", "som", "att", "vilket", "korrekt", "felaktigt"),
        *(
            "verifierat",
            "viktigt",
            "valfritt",
            "personligt",
            "obligatoriskt",
            "noterat",
            "registrerat",
            "ok",
            "kunden",
            "ett",
            "en",
            "annat",
            "annan",
            "honom",
            "henne",
            "hen",
            "oss",
            "vad",
            "vet",
        ),
    )
)


class AlarmCodeRecognizer(Recognizer):
    """Finds codes (kind `code`) and code words (kind `word`) by label or field."""

    entity: ClassVar[str] = "ALARM_CODE"
    version: ClassVar[str] = "7"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape(
            "code",
            re.compile(
                rf"[kK](?=[oO][dD])(?i:{_AFTER})(?i:od(?:en|er|erna)?)(?: [0-9](?=[ :=]))?(?![^\W\d_]){REMARK}{LINK}"
                rf"\(?(?P<value>{_DIGITS})"
            ),
            0.85,
            _GATE,
        ),
        Shape("code", labelled(_CODE_LABELS, _DIGITS, LINK), 0.85, _GATE),
        Shape("code", re.compile(rf"{_KOD}{LINK}(?P<value>{_PAIRS})"), 0.65, _PAIRED),
        Shape("plain", labelled(_PLAIN_LABELS, _DIGITS, LINK), 0.55, _GATE),
        Shape("plain", labelled(("kod", "avlarma", "larma (?:av|på)"), _DIGITS, SIGN), 0.55, _GATE),
        Shape("bare", labelled(("kod",), _DIGITS, " "), 0.35, _GATE),
        Shape("code", _BACKWARDS, 0.75, _GATE),
        Shape("plain", _FOR, 0.6, _GATE),
        Shape("code", labelled((rf"{kind}s?-?kod(?:en)?" for kind in _KINDS), _DIGITS, _ANSWER), 0.65, _GATE),
        Shape("word", labelled(code_words.LABELS, _WORD, _ANSWER), 0.65, _TURN),
        Shape("word", labelled(_SAID, _ONE_WORD, " "), 0.6, _BLANKS),
        Shape("code", re.compile(rf"{_KOD}{_REPLACED}(?P<value>{_DIGITS})"), 0.75, _GATE),
        Shape(
            "code",
            labelled((rf"{kind}s?-?kod(?:en|er|erna)?" for kind in _KINDS), _DIGITS, rf"{LINK}{_FIRST}"),
            0.8,
            _GATE,
        ),
        Shape("code", labelled((rf"{kind}s?-?kod(?:en|er|erna)?" for kind in _KINDS), _DIGITS, _OWNER), 0.7, _GATE),
        Shape("code", re.compile(rf"{_KOD}{_WHOSE}(?P<value>{_DIGITS})"), 0.8, _GATE),
        Shape("code", re.compile(rf"{_KOD}{_SECOND}(?P<value>{_DIGITS})"), 0.7, _GATE),
        Shape("code", re.compile(rf"{_KOD}{_NOT_IT}(?P<value>{_DIGITS})"), 0.75, _GATE),
        Shape("code", re.compile(rf"{_KOD}{_CHANGED}(?P<value>{_DIGITS})"), 0.75, _GATE),
        Shape("code", re.compile(rf"{_KOD}{_CHANGED}{_TO}(?P<value>{_DIGITS})"), 0.75, _GATE),
        Shape("word", labelled(code_words.LABELS, _WORD, _NEW_WORD), 0.7, _BLANKS),
        Shape(
            "word", labelled(code_words.LABELS, rf"{_WORD}(?= (?:byt|ändra)[^\W\d_]{{0,3}} till)", " "), 0.7, _BLANKS
        ),
        Shape("word", labelled(code_words.LABELS, rf"(?:{_DIGITS}|{_WORD})", SIGN), 0.75, SIGN_GATE),
        Shape("word", labelled(_OUR_WORD, rf"(?:{_DIGITS}|{_LAST_WORD})", SIGN), 0.6, SIGN_GATE),
        *code_words.SHAPES,
        Shape(
            "field",
            whole(r"[0-9A-Za-zÅÄÖåäöéü*#][0-9A-Za-zÅÄÖåäöéü*#\-]{1,24}(?: [0-9A-Za-zÅÄÖåäöéü]{1,24}){0,3}[.!]?"),
            0.45,
            named=True,
        ),
    )
    # Not `larm` or `panelen`: alarms and panels give codes of events (`larm med kod 1130`).
    context: ClassVar[tuple[str, ...]] = (
        *(
            "dörr",
            "grind",
            "entré",
            "nyckel",
            "nycklar",
            "tub",
            "garage",
            "lås",
            "användare",
            "anv",
            "uppgav",
            "uppger",
            "angav",
            "angett",
        ),
        *("tillfällig", "personlig", "siffrig", "hantverkar", "städ"),
    )
    against: ClassVar[tuple[str, ...]] = (
        *("felkod", "error", "rabatt", "kampanj", "erbjudande", "status", "artikel", "postkod", "landskod", "färgkod"),
        *("bokningskod", "kurskod", "menyval", "qr", "bankid", "engångs", "verifiering", "panelen visar", "betyder"),
        *("paket", "avhämt", "händelsekod"),
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(kod_?ord|code_?word|losenfras|sakerhetsord|makuleringsord|pin|pin_?(kod|code)|alarm_?(code|pin)"
        r"|(larm|port|dorr|las|entre|grind|garage|nyckelskaps?|nyckelbox|manover|avlarmnings|anvandar|hot|tvangs|makulerings|master|installators)_?kod(er)?"
        r"|kod_?(larm|port|dorr|las|entre|grind|garage|nyckelskap)|(motsvarande|anlaggnings)_?(kod|ord)"
        r"|(door|gate|entry|duress|user)_?code)(_?\d)?(_|$)"
    )
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(datum|date|tid|time|typ|type|status|andrad|changed|antal|count|fel|error|kontrollerat|ok)(_|$)"
    )
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 19

    def prove(self, candidate: Candidate) -> Proof | None:
        """Refuse words that say something about a code instead of being one."""
        text, shape = candidate.text, candidate.shape
        value = text.casefold().rstrip(".!")
        if value in _NO_CODE or value.partition(" ")[0] in _NO_CODE:
            return None
        kind = "code" if _CODE.fullmatch(text) else "word"
        return Proof(value.strip("#*") or value, shape.score, kind, why=("field" if shape.named else "label",))

    def mask(self, value: str) -> str:  # noqa: ARG002
        """Show nothing, not even the length."""
        return "****"
