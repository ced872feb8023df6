"""Tell firms and products that bear a person's name from the person: `Axel Johnson AB`, `Vattenlarm Klara`.

Swedish writes nouns small: a capitalised noun right before a name, within a sentence, is the thing that is called so.
Near-misses: `Fru Anna`, `Ring Anna`, `Anna Ek, Larm AB`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from recognizers.name_firms import (
    CALLED,
    FIRMS,
    OPENINGS,
    TRADE,
    bears_alone,
    has_trade,
    is_borne,
    is_brand,
    is_called_so,
    is_house,
    is_mine,
    may_be_brand,
)
from recognizers.name_houses import names_a_house
from recognizers.name_places import is_place
from recognizers.name_units import is_month_or_unit
from recognizers.name_words import judge
from recognizers.sentences import NORDIC

_FORM = r"(?:AB|HB|KB|Aktiebolag|Handelsbolag|Ek\. ?för)(?![\w])"
_FIRM = re.compile(rf"[ ]{_FORM}")
_LONG_FIRM = re.compile(rf"(?:[ ](?:och|i|&|[A-ZÅÄÖ][\w&-]{{0,24}})){{0,5}}[ ]{_FORM}")
_FIRM_BEFORE = re.compile(
    r"(?<![^\W\d_])(?i:brf|kv|bostadsrättsföreningen|hotell?|restaurang(?:en)?|pizzeria|café|bageri|krog(?:en)?|bar|pub"
    r"|stiftelsen|skolan|förskolan|amazon|apple|google|samsung|microsoft|scandic|sank?ta?"
    r"|s:ta?|ica(?: nära| maxi| kvantum)?|coop|hemköp|lex|team|grupp|avdelning|sal|rum|konferensrum|hus)"
    r"[ ](?:(?:Lilla|Stora|Gamla|Nya|Prins|Prinsessan|Kung|Drottning|Biskop) )?\Z"
)
_PET = re.compile(
    r"(?i:(?:hund|katt|häst|valp|kanin|papegoja|tik|schäfer|labrador|tax|dog|cat|puppy|kitten|horse)(?:en|ar|arna|n|s)?)"
    r"(?:(?: (?:på|i|hos|där|här|hemma)(?: [^\W_]{2,14}){0,2})?,? (?:som )?"
    r"(?:heter|hette|kallas|lystrar till|vid namn))?[ ][(\"'”]?\Z"
)
_COUNTED = re.compile(r"[0-9] ?(?:st|stk|pcs|förp|ex)\.?[ ]\Z")
"""Before a thing in a list of goods: `10 st Bergman stol`."""
_COUNTS = frozenset(("st", "stk", "pcs", "förp", "ex"))
_ARTICLE = re.compile(r"(?<![^\W_])[Tt]he[ ]\Z")
_HOUSEHOLD = re.compile(r"[ ](?:family|household|couple|residence)")
_NUMBERED = re.compile(r"[-_][0-9]")
_NOUN_BEFORE = re.compile(r"(?P<around>.?[ ]|[\"'(]|^)(?P<noun>[A-ZÅÄÖ][^\W\d_]{2,30})[ ]\Z", re.DOTALL)
_DEVICE = re.compile(
    r"(?:detektor|larm|panel|sats|paket|varnare|klocka|bricka|router|termostat|rum|brytare|lampa|lås|kamera|sensor|siren|modell|batteri|dosa|sändare|mottagare|central)n?$",
    re.I,
)
_WITHIN = re.compile(r"[a-zåäö0-9,)] \Z")
ROLES = frozenset(
    (
        *("mrs", "mr", "ms", "miss", "dear"),
        *("fru", "herr", "fröken", "familjen", "tant", "farbror", "moster", "faster", "farmor", "mormor", "farfar"),
        *(
            "doktor",
            "tekniker",
            "kund",
            "kunden",
            "säljare",
            "handläggare",
            "hej",
            "mvh",
            "hälsningar",
            "ring",
            "hälsa",
        ),
        *("sankt", "drottning", "kung", "prins", "prinsessan", "advokat", "pastor", "rektor", "syster", "bror"),
    )
)
# Large firms whose name is a surname or given name too; alone they are the firm.
_FIRMS = frozenset(
    (
        *("ericsson", "sandvik", "carnegie", "bonnier", "philips", "siemens", "bosch", "mercedes", "volvo", "scania"),
        *("nobel", "garmin", "canon", "chevrolet", "peugeot", "renault", "lindex", "ahlsell", "electra", "skandia"),
        *("klarna", "toyota", "ferrari", "porsche", "cramo", "axis", "ajax", "jabra", "logitech", "huawei"),
        *("sector", "verisure", "securitas", "avarn", "spotify", "netflix", "tibber", "fortum", "ellevio", "telenor"),
        *(
            "comviq",
            "nordea",
            "avanza",
            "trustly",
            "postnord",
            "budbee",
            "instabox",
            "yale",
            "arlo",
            "amazon",
            "google",
        ),
        *("lenovo", "hogia", "elfa", "fortnox", "visma", "hikvision", "dahua", "nibe", "honda", "mazda", "nissan"),
        *("suzuki", "hyundai", "yamaha", "husqvarna", "paxton", "salto", "aptus", "axema", "jablotron", "honeywell"),
        *("tesla", "skoda", "viking", "silja", "peab", "docker", "grafana", "kubernetes", "kivra", "makita", "hilti"),
        *("biltema", "byggmax", "hornbach", "elgiganten", "systembolaget", "apotea", "milesight", "schneider"),
        *(
            "assa",
            "abloy",
            "kaba",
            "dorma",
            "skanska",
            "folksam",
            "bauhaus",
            "allianz",
            "telia",
            "collector",
            "oetker",
            "swedbank",
            "handelsbanken",
            "jula",
        ),
    )
)
_SAINTS = frozenset(("San", "Santa", "Saint", "Las", "Los", "Sankt", "Sankta"))
_COMPOUND = re.compile(r"[ ]([A-ZÅÄÖ][^\W\d_]+-[a-zåäö]{4,})(?![\w-])")
_WINDOW = 40
_NUMBER_JOINTS = ("-", "_")
"""With one of which `_NUMBERED` begins."""
_LATER_WORDS = frozenset(
    (
        "Lilla",
        "Stora",
        "Gamla",
        "Nya",
        "AB",
        "Nära",
        "Maxi",
        "Kvantum",
        "Prins",
        "Prinsessan",
        "Kung",
        "Drottning",
        "Biskop",
    )
)
_CALLED_SO = CALLED | {"namn"}
"""Last words of several that tell of a firm, a thing or a pet: `Hotell Stora `, `katten heter `."""
_LAST_LETTERS = re.compile(r"[^\W\d_]+\Z")
_WITHIN_WORDS = (":", "/")
"""Signs in words that tell of a firm or a ship: `S:ta `, `M/S `."""
_THING, _ANY = "thing", "any"


def is_thing(text: str, start: int, end: int) -> bool:
    """Whether the name at `text[start:end]` is a firm's or a product's."""
    name = text[start:end]
    single = " " not in name
    known = _of_firm(name)
    if known is not None and (known or is_brand(text, name, end)):
        return True
    joint = text[end : end + 1]
    if joint == " " or (joint == "s" and text[end + 1 : end + 2] == " "):
        opening = text[end + 1] if joint == " " and end + 1 < len(text) else text[end + 2 : end + 3]
        if (opening.isupper() or opening in OPENINGS) and _goes_on(text, end, single=single):
            return True
    if single:
        numbered = joint in _NUMBER_JOINTS and _NUMBERED.match(text, end) is not None
        if numbered or is_called_so(text, end) or is_month_or_unit(text, start, end):
            return True  # `SARA-02`, `12 Jan 2024`
    elif (
        _ends_as_firm(name)
        or _begins_as_thing(name)
        or is_house(name.partition(" ")[0])
        or is_mine(text, name, start, end)
    ):
        return True
    if names_a_house(text, start, end):
        return True
    opened = start - 1 if text[start - 1 : start] in ("(", '"', "'") else start
    return (text[opened - 1 : opened] == " " and _is_named(text, opened, end, single)) or is_place(text, start, end)


def is_firm(name: str) -> bool:
    """Whether a name by itself is a firm's or a brand's: `jula`, `volvo`."""
    return _of_firm(name) is True or name.casefold() in FIRMS


@lru_cache(maxsize=16384)
def _ends_as_firm(name: str) -> bool:
    """Whether the last word of a name is a trade or a house, and no surname: `Nova Hub`, `Grace Room`."""
    last = name.rpartition(" ")[2]
    return TRADE.fullmatch(last) is not None and not judge(last).surname


@lru_cache(maxsize=16384)
def _begins_as_thing(name: str) -> bool:
    """Whether the first word of a name is a maker's or a saint's: `Skoda Octavia`, `San Marino`."""
    first, _, rest = name.partition(" ")
    if first in _SAINTS:
        return True
    return first.casefold() in _FIRMS and not judge(first).given and judge(rest.partition(" ")[0]).given < NORDIC


@lru_cache(maxsize=16384)
def _of_firm(name: str) -> bool | None:
    """Whether a name is a large firm's; None: nor may what stands around make it a brand's."""
    folded = name.casefold()
    if " " not in name and folded.removesuffix("s") in _FIRMS:
        return True
    return False if may_be_brand(folded) else None


def _goes_on(text: str, end: int, *, single: bool) -> bool:
    """Whether what follows a name is the rest of a firm's or a thing's."""
    firm = (_LONG_FIRM if single else _FIRM).match(text, end)
    return firm is not None or has_trade(text, end) or _before_compound(text, end)


def _is_named(text: str, start: int, end: int, single: bool) -> bool:
    """Whether what stands before a name, of a single word or more, is the thing, or the pet, that bears it."""
    low = max(0, start - _WINDOW)
    first = max(low, text.rfind(" ", low, start - 1) + 1)
    word = text[first : start - 1]
    if word.rstrip(".").lstrip("0123456789") in _COUNTS:
        return _COUNTED.search(text[low:start]) is not None
    if _is_none(word):
        return False
    last = _LAST_LETTERS.search(word)
    if last is None or text[first + last.start() - 1] in _WITHIN_WORDS or not _bears_none(last.group()):
        before = text[low:start]
        if _FIRM_BEFORE.search(before) or is_borne(before) or _PET.search(before) or (single and is_house(word)):
            return True
    if not single:
        return False
    if word.endswith("he") and _ARTICLE.search(text[low:start]):
        return _HOUSEHOLD.match(text, end) is None
    noun = _NOUN_BEFORE.search(text[max(low, first - 2) : start])
    return noun is not None and _is_product(noun["noun"], noun["around"])


def _before_compound(text: str, end: int) -> bool:
    """Whether a noun made of a name follows: `Hugo Boss-butiken`."""
    compound = _COMPOUND.match(text, end)
    if not compound:
        return False
    word = judge(compound.group(1))
    return word.ordinary and not (word.given or word.surname)


@lru_cache(maxsize=4096)
def _is_none(word: str) -> bool:
    """Whether what stands before a name is no firm's: a word in small letters, or a sign. Most needs no closer look."""
    if not word[-1:].isalpha():
        return True
    return word.islower() and word.isalpha() and word not in CALLED and word != "the" and not _bears(word)


@lru_cache(maxsize=4096)
def _bears_none(word: str) -> bool:
    """Whether a word right before a name tells of no firm, thing or pet, nor do words before it with this one."""
    return word not in _LATER_WORDS and word.casefold() not in _CALLED_SO and not _bears(word)


def _bears(word: str) -> bool:
    """Whether a word, all letters, right before a name tells by itself of a firm, a thing or a pet."""
    return bool(_FIRM_BEFORE.match(f"{word} ") or bears_alone(word) or _PET.search(f"{word} ") or is_house(word))


def is_device(text: str) -> bool:
    """Whether a text ends as the word for a device does: `Vattenlarm`."""
    return _DEVICE.search(text) is not None


def _is_product(noun: str, around: str) -> bool:
    sort = _noun_sort(noun)
    return sort == _THING or (sort == _ANY and _WITHIN.search(around) is not None)


@lru_cache(maxsize=4096)
def _noun_sort(noun: str) -> str:
    """What a noun says of the name after it: a `_THING` bears it, `_ANY` noun within a sentence does, "" nothing."""
    if noun.casefold() in ROLES:
        return ""
    if _DEVICE.search(noun):
        return _THING
    word = judge(noun)
    named = word.given or word.surname or word.initial
    return _ANY if not named and word.ordinary and not noun.isupper() else ""
