"""What the codes of alarms, doors and boxes are called: kinds of codes, things that codes open, labels and fields."""

from __future__ import annotations

import re

_OF_ALARMS = (
    *("larm", "manöver", "avlarmning", "hot", "tvång", "makulering", "duress", "överfalls", "panik", "nöd", "panel"),
    *("frånkopplings", "tillkopplings", "avstängnings", "motsvarande", "anläggnings", "återuppringnings"),
    *("identifierings", "centralskåps", "installatör", "master", "huvud", "service", "säkerhets", "reserv", "inst"),
)
_OF_DOORS = (
    *(
        "port",
        "dörr",
        "entré",
        "grind",
        "garage",
        "lås",
        "kodlås",
        "hänglås",
        "bom",
        "hiss",
        "källar",
        "vinds",
        "soprums",
    ),
    *("cykelrums", "tvättstuge", "trapphus", "förråds", "villa", "stug", "hus", "hem"),
    *("nyckel", "nyckelskåp", "nyckelbox", "skåp", "box", "passage", "passer", "inpasserings", "tillträdes", "åtkomst"),
)
_OF_PEOPLE = (
    *("pin", "siffer", "användar", "brukar", "personal", "gäst", "tillfällig", "städ", "städar", "hantverkar"),
    *("tekniker", "väktar", "leverans", "bud", "familje", "hyresgäst"),
)
KINDS = (*_OF_ALARMS, *_OF_DOORS, *_OF_PEOPLE)
"""What stands before `kod`, with or without an s between."""
KIND_CODE = rf"(?:{'|'.join(KINDS)})s?-?kod(?:en|er|erna)?"
AFTER_KIND = "|".join(f"(?<={kind}{joint}k)" for kind in KINDS for joint in ("", "s", "-"))
"""Right after the k of `kod` in a compound."""
KIND_KOD = rf"[kK](?=[oO][dD])(?i:(?:{AFTER_KIND})od(?:en|er|erna)?)(?![^\W\d_])"
"""`Larmkoden`."""
KOD = rf"[kK](?=[oO][dD])(?i:(?:{AFTER_KIND})od(?:en|er|erna)?|(?<![^\W_]k)od(?:en)?)(?![^\W\d_])"
"""`Larmkoden`, or `koden` alone where what follows says more."""
THINGS = (
    "larm|port|dörr|grind|garage|nyckel|lås|huset|skåp|box|hiss|källar|förråd|soprum|bom|entré|trapp|villa|stug|kontor"
    "|lager|butik|drift|elcentral|undercentral|teknikrum|miljörum|pannrum|serverrum|sophus"
)
"""How words begin for what a code opens."""
PLACES = tuple(rf"{thing}[^\W\d_]{{0,8}},? kod(?:en)?" for thing in THINGS.split("|"))
"""`Undercentralen kod 4711`."""
OPENED = (
    *("porten", "grinden", "garaget", "garageporten", "ytterdörren", "entrédörren", "dörren", "entrén", "bommen"),
    *("soprummet", "cykelrummet", "tvättstugan", "hissen", "källardörren", "förrådet", "nyckelskåpet", "nyckelboxen"),
    *("hänglåset", "kodlåset", "låset"),
)
"""What a code opens, as it is spoken of."""
_WHOSE = ("min", "mitt", "vår", "hans", "hennes", "hens", "deras", "sin")
_ENGLISH = ("door", "gate", "entry", "alarm", "duress", "access", "keypad", "garage", "lockbox")
_ENGLISH_THINGS = "door|gate|entr|alarm|keypad|key ?box|garage|lock|building|safe|storage|basement|house|panel"
_MED = r"m(?:ed|\.)?"
"""`med`, and as technicians write it."""

_NOT_CARDS = r"(?![^\n\0.,:;0-9]{0,20}(?:kort(?:et)?(?![^\W\d_])|bank|sim|mobil|telefon|paket|padda|ipad|dator|app))"
"""What a PIN is for that opens nothing."""

CODE_LABELS = (
    rf"öppna(?:s|r)? {_MED} kod(?:en)?",
    rf"låses upp {_MED} kod(?:en)?",
    *(rf"{thing} (?:öppnas|låses upp|öppnar du|öppnar man) {_MED}" for thing in OPENED),
    r"nyckel(?:skåp|box|gömma)(?:et|en|n)?(?:,? kod(?:en)?| \()",
    rf"kod(?:en|er|erna)? (?:till|på|för|vid|i) (?=[^\n\0.,:;0-9]{{0,24}}(?:{THINGS}))[^\n\0.,:;0-9]{{2,40}}?",
    rf"nyckel(?:skåp|box|tub)(?:et|en)?(?: (?:nr )?[0-9]{{1,3}})? öppnas {_MED}",
    *(rf"{letter}-kod(?:en)?" for letter in "abcd"),
    r"duress(?:kod)?(?:en)?(?: (?:uppgiven|angiven|slagen|använd))?",
    rf"pin(?:-?kod(?:en)?)? (?:till|på|för|i) {_NOT_CARDS}[^\n\0.,:;0-9]{{2,30}}?",
    rf"kod(?:en)? (?:{THINGS})[^\W\d_]{{0,8}}",
    r"kodlås(?:et)?(?: (?:har|i|på|vid) [^\n\0.,:;0-9]{2,24}?)?",
    r"pin(?:[ -]code)? (?:to|for|on|of|at) [^\n\0.,:;0-9]{2,30}?",
    rf"code (?:to|for|on|of|at) (?=[^\n\0.,:;0-9]{{0,24}}(?:{_ENGLISH_THINGS}))[^\n\0.,:;0-9]{{2,30}}?",
    r"pin(?:[ -]code)?",
    r"hemliga? kod(?:en)?",
    r"personliga? kod(?:en)?",
    rf"kombination(?:en)? (?:till|på|för) (?=[^\n\0.,:;0-9]{{0,24}}(?:{THINGS}))[^\n\0.,:;0-9]{{2,30}}?",
    r"pass ?code",
    *(rf"{what}[ -]?code(?: (?:to|for|at|of|on) [^\n\0.,:;0-9]{{2,30}}?)?" for what in _ENGLISH),
    r"disarm[^\n\0;:0-9]{0,30}?[,.] ?(?:the |with )?code",
    *(
        rf"{what}[ -]?code (?:satt|sattes|ändrad|bytt|set|changed|reset) t(?:ill|o)"
        for what in ("master", "user", "installer", "alarm", "door")
    ),
    *(
        rf"{did} (?:master|huvudanvändaren?|installatör(?:en)?) till"
        for did in ("byt(?:t|te|er)", "ändra(?:de|t|r)?", "satte?")
    ),
    r"anv(?:ändare|\.)? [0-9]{1,2} \((?=[0-9]{4,6}\))",
    *(rf"{what}_(?:code|pin)" for what in ("new", "old", "user", "master", "installer", *_ENGLISH)),
)
"""Labels that nothing but such a code has."""
_STAFF = "städ|gäst|hantverkar|personal|familj|barn|grann|hemtjänst|vaktmästar|hyresgäst"

PLAIN_LABELS = (
    "koden",
    "ny kod",
    "gammal kod",
    *(rf"{old} koden" for old in ("nya", "gamla", "rätta")),
    *(rf"{did} kod(?:en)?" for did in ("uppgav", "använd(?:er|e)", "testa(?:de|t)", "angav")),
    rf"kod(?:en)? (?:{_STAFF})[^\W\d_]{{0,8}}",
    r"kod [a-d](?= [0-9]{4})",
    *(rf"{what}(?:en)? {_MED}" for what in ("frånkoppling", "tillkoppling", "avlarmning", "pålarmning", "urkoppling")),
    "koderna",
    r"sl(?:år?|og)(?: in)?(?: kod(?:en)?)?(?! 1177)",
    r"tryck(?:er|te)?(?: in(?: kod(?:en)?)?| kod(?:en)?|(?= [0-9*#]))",
    r"nyckel(?:skåp|box)(?:et|en)?",
    r"knappar?(?: in)?(?: kod(?:en)?)?",
    r"mata(?:de)?(?: in)?(?: kod(?:en)?)?",
    rf"avlarma(?:s|r|de|des|d|t)? {_MED}(?: kod(?:en)?)?",
    rf"larma(?:s|r|de|des|t)? (?:av|på) {_MED}(?: kod(?:en)?)?",
    rf"lås(?:er?|a|es|as)? upp {_MED}",
    rf"koppla(?:r|s|de)? (?:bort|från|ur|ner|ned|till|in|av|på)(?: larmet)? {_MED}(?: kod(?:en)?)?",
    *(rf"{prefix}aktivera(?:r|s)?(?: larmet)? {_MED}(?: kod(?:en)?)?" for prefix in ("", "in", "av")),
    rf"öppna(?:s|r)? (?:{THINGS})[^\W\d_]{{0,6}} {_MED}(?: kod(?:en)?)?",
    rf"stängs? av(?: larmet)? {_MED}(?: kod(?:en)?)?",
    rf"s[äa]tts? (?:på|av)(?: larmet)? {_MED}(?: kod(?:en)?)?",
    r"kod [1-9](?= ?[:=])",
    r"kod(?:en)? (?:till|för|åt|hos) [^\n\0.,:;0-9]{2,30}?(?= ?[:=]| är)",
    r"kod(?:en)? (?:hem|hit|in|ut)(?: till [^\n\0.,:;0-9]{2,20})?(?= ?[:=]| är)",
    *(rf"{whose} kod(?:en)?(?: \()?" for whose in _WHOSE),
    r"och (?:till|för|på) (?:hiss|grind|port|dörr|garage|nyckel|förråd|källar|soprum|bom|entré)[^\W\d_]{0,8}",
    rf"slås? av(?: larmet)? {_MED}(?: kod(?:en)?)?",
    *(rf"{whose}(?: new| old)? code" for whose in ("the", "my", "our", "his", "her", "their", "your")),
)
"""Codes of what, only what stands around can tell."""
BARE_LABELS = ("kod", "ange", "använd(?:a|er)?", "prova", "skriv(?:er)? in")
"""Words before a code that need others near by."""
SIGNED_LABELS = ("kod", "avlarma", "larma (?:av|på)")
"""Labels that are also ordinary words: a sign must follow."""
AFTER_OPENED = "|".join(f"(?<={thing}.)" for thing in OPENED)
"""Right after the sign that follows what a code opens: `porten:`."""

_ASCII = str.maketrans("åäöé", "aaoe")
_FIELD_KINDS = "|".join(kind.translate(_ASCII) for kind in KINDS)
FIELDS = re.compile(
    r"(^|_)(kod_?ord|(code|safe|security|secret)_?word|losenfras|pass_?phrase|(sakerhets|makulerings|svars|larm)_?ord"
    r"|losen(ord)?_?(motr|motringning|callback|larm)|(motringning|ateruppringning)s?_?(losen|ord|kod)"
    rf"|pin_?\d?|anv_?kod|pin_?(kod|code)|(hemlig|personlig)a?_?kod(er)?|alarm_?(code|pin)|({_FIELD_KINDS})s?_?kod(er)?"
    r"|kod_?(larm|port|dorr|las|entre|grind|garage|nyckelskap|anv|anvandare|brukare|panel|pin|master|hot)(_?\d)?|(motsvarande|anlaggnings)_?(kod|ord)"
    r"|(door|gate|entry|duress|user|installer|master|keypad|access)_?(code|pin)|(tur|zugangs)_?code)(_?\d)?(_|$)"
)
NOT_FIELDS = re.compile(
    r"(^|_)(datum|date|tid|time|typ|type|status|andrad|andrat|bytt|changed|antal|count|fel|error|kontrollerat|ok)(_|$)"
)
