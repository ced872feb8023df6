"""The Swedish street as words: which word can be a street, which words before it belong to it, one spelling for all."""

from __future__ import annotations

import re

_STRONG = (
    *(
        "gatan",
        "gata",
        "vägen",
        "gränd",
        "gränden",
        "torget",
        "stigen",
        "allén",
        "allé",
        "esplanaden",
        "avenyn",
        "liden",
    ),
    *("boulevarden", "promenaden", "stråket", "slingan", "svängen", "kroken", "rundan", "backen", "brinken", "kajen"),
    *("leden", "vagen"),
)
# These end ordinary words too: only glued to a capitalised word.
_MIDDLE = ("väg", "torg", "stig", "backe", "liden", "ringen", "platsen", "vag", "terrassen", "trappan", "vreten")
# These end names of farms, teams, parks and villages: a street only where context or field says so.
_WEAK = (
    *("plan", "plats", "gång", "gången", "park", "parken", "strand", "stranden", "hamnen", "gård", "gården", "gårdar", "ängen"),
    *("hagen", "höjden", "viken", "udden", "berget", "dalen", "lunden", "kullen", "åsen", "bron", "varvet", "tunet"),
    *("tomten", "skogen", "sund", "näset", "gärdet", "lyckan", "marken", "heden", "holmen", "stallet", "vången", "byn"),
    *("lyckorna", "ängarna", "höjd", "haga", "vik", "dal", "torp", "torpet", "stugan", "bruk", "kvarn"),
)


def _ends(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})$")


_GRADES = (("strong", _ends(_STRONG)), ("middle", _ends(_MIDDLE)), ("weak", _ends(_WEAK)))
_SHORT = re.compile(r"(?:g|gr|v|all|st|esp|pl)$")
_LONG_FORM = {
    "g": "gatan",
    "gr": "gränd",
    "v": "vägen",
    "all": "allén",
    "st": "stigen",
    "esp": "esplanaden",
    "pl": "plan",
}
_FIRST_WORDS = frozenset(
    (
        *(
            "norra",
            "södra",
            "östra",
            "västra",
            "stora",
            "lilla",
            "gamla",
            "nya",
            "övre",
            "nedre",
            "inre",
            "yttre",
            "sankt",
        ),
        *(
            "sankta",
            "s:t",
            "s:ta",
            "st",
            "mellersta",
            "första",
            "andra",
            "tredje",
            "fjärde",
            "femte",
            "n",
            "s",
            "ö",
            "v",
        ),
    )
)
_NOT_A_STREET = frozenset(
    (
        *("motorvägen", "järnvägen", "riksvägen", "länsvägen", "europavägen", "landsvägen", "huvudvägen", "stadsvägen"),
        *("riksväg", "länsväg", "europaväg", "motorväg", "järnväg", "cykelväg", "cykelvägen", "gångväg", "gångvägen"),
        *("skogsväg", "genvägen", "omvägen", "utvägen", "halvvägen", "luftvägen", "reträttvägen", "avfartsleden"),
        *("farleden", "arbetsplatsen", "parkeringsplatsen", "skolgården", "kyrkogården", "bakgården", "innergården"),
        *("bondgården", "marknaden", "tillgången", "utgången", "ingången", "avgången", "uppgången", "övergången"),
        *("nedgången", "omgången", "sommarstugan", "handlingsplan", "tidsplan"),
    )
)
_LEADS = frozenset(
    (
        *(
            "adress",
            "adressen",
            "gatuadress",
            "besöksadress",
            "postadress",
            "hemadress",
            "besök",
            "bor",
            "bo",
            "kontor",
        ),
        *(
            "kontoret",
            "hem",
            "gata",
            "larm",
            "larmet",
            "objekt",
            "villan",
            "lägenhet",
            "på",
            "från",
            "till",
            "vid",
            "i",
        ),
        *("och", "mot"),
    )
)
_MIN_STEM = 3
_MOST_WORDS = 4


def is_street(word: str, before: list[str]) -> str:
    """How surely a word ends a street's name: `strong`, `middle`, `weak`, `short` (abbreviated), "" for no street.

    Args:
        word: The word right before the street number; an abbreviation with its dot.
        before: The words before it, nearest last.
    """
    bare = word.rstrip(".").casefold()
    if bare in _NOT_A_STREET:
        return ""
    if word.endswith("."):
        return _abbreviated(word[:-1])
    for grade, ending in _GRADES:
        end = ending.search(bare)
        if end is None:
            continue
        if end.start() == 0:
            return "strong" if _stands_alone(bare, before) else ""
        if end.start() >= _MIN_STEM - 1 and (grade == "strong" or word[0].isupper()):
            return grade
    return ""


def _abbreviated(word: str) -> str:
    """`short` for `Storg`, `Kungsv`; "" for anything else with a dot."""
    end = _SHORT.search(word.casefold())
    return "short" if end and end.start() >= _MIN_STEM and word[0].isupper() else ""


def _stands_alone(word: str, before: list[str]) -> bool:
    """Whether `väg`, `gata`, `torg` as a word of its own ends a street's name: `Ivar Munks väg`, `Norra vägen`."""
    if not before or not before[-1][:1].isupper() or before[-1].casefold() in _LEADS:
        return False
    last = before[-1].casefold()
    return (
        last.endswith("s") or last in _FIRST_WORDS or word in {"väg", "gata", "torg", "plan", "gränd", "stig", "allé"}
    )


def words_before(word: str, before: list[str]) -> int:
    """How many of the words before the last word of a street's name belong to the name."""
    alone = word.casefold() in (*_STRONG, *_MIDDLE, *_WEAK)
    count = 0
    for previous in reversed(before[-_MOST_WORDS:]):
        plain = previous.rstrip(".").casefold()
        if not previous[:1].isupper() or plain in _LEADS or previous.endswith((":", ",", ";")):
            break
        if plain not in _FIRST_WORDS and not alone:
            break
        count += 1
    return count


def canonical(street: str, number: str) -> str:
    """One spelling of street and number: `Storg. 5 B`, `STORGATAN 5b` -> `storgatan 5b`."""
    words = street.casefold().replace("s:t", "sankt").replace("s:ta", "sankta").split()
    if words and words[-1].endswith("."):
        stem = words[-1][:-1]
        end = _SHORT.search(stem)
        words[-1] = stem[: end.start()] + _LONG_FORM[end.group()] if end else stem
    return f"{' '.join(words)} {re.sub(r'[^0-9a-zåäö-]', '', number.casefold().replace('–', '-').replace('/', '-'))}".strip()
