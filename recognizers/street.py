"""The Swedish street as words: which word can be a street, which words before it belong to it, one spelling for all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from recognizers.lexicon import GIVEN, SURNAME, WORD, names
from recognizers.ordinary import is_ordinary
from recognizers.places import cities

_STRONG = (
    "gatan|gata|vägen|gränd|gränden|torget|stigen|allén|allé|esplanaden|avenyn|boulevarden|promenaden|stråket"
    "|slingan|svängen|kroken|rundan|backen|brinken|kajen|leden|vagen"
)
# These end ordinary words too: only glued to a capitalised word.
_MIDDLE = "väg|torg|stig|backe|liden|ringen|platsen|vag|terrassen|trappan|vreten"
# These end names of farms, teams, parks and villages: a street only where context or field says so.
_WEAK = (
    "plan|plats|gång|gången|park|parken|strand|stranden|hamnen|gård|gården|gårdar|ängen|hagen|höjden|viken"
    "|udden|berget|dalen|lunden|kullen|åsen|bron|varvet|tunet|tomten|skogen|sund|näset|gärdet|lyckan|marken"
    "|heden|holmen|stallet|vången|byn|brynet|bäcken|gläntan|slätten|åkern|myren|mossen|tegen|branten|slänten|lyckorna|ängarna|höjd|haga|vik|dal|torp|torpet|stugan|bruk|kvarn"
)

# Words that begin a street's name before a glued last word: `Norra Barrgatan`.
_FIRST_WORDS = (
    "norra|södra|östra|västra|stora|lilla|gamla|nya|övre|nedre|inre|yttre|sankt|sankta|s:t|s:ta|st|mellersta"
    "|första|andra|tredje|fjärde|femte|n|s|ö|v|grev"
)
# Words with such an end that are no street's name.
_NOT_A_STREET = (
    "arbetsplatsen|årg|avfartsleden|avgången|bakgården|bondgården|cykelväg|cykelvägen|europaväg|europavägen"
    "|farleden|genvägen|gångväg|gångvägen|halvvägen|handlingsplan|huvudvägen|ingången|innergården|järnväg"
    "|järnvägen|kyrkogården|landsvägen|luftvägen|länsväg|länsvägen|marknaden|motorväg|motorvägen|nedgången"
    "|omgången|omvägen|parkeringsplatsen|reträttvägen|riksväg|riksvägen|skogsväg|skolgården|sommarstugan"
    "|stadsvägen|tidsplan|tillgången|uppgången|utgången|utvägen|övergången"
)
# Words before an address that are no part of it.
_LEADS = (
    "adress|adressen|besök|besöksadress|bo|bor|från|gata|gatuadress|hem|hemadress|i|kontor|kontoret|larm"
    "|larmet|lägenhet|mot|objekt|och|postadress|på|till|vid|villan"
    "|adr|besöksadr|bostadsadress|fakturaadr|fakturaadress|hemadr|installationsadress|leveransadr|leveransadress|postadr"
)


def _ends(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(words.split('|'), key=len, reverse=True))})$")


_GRADES = (("strong", _ends(_STRONG)), ("middle", _ends(_MIDDLE)), ("weak", _ends(_WEAK)))
_ALL_ENDS = frozenset(f"{_STRONG}|{_MIDDLE}|{_WEAK}".split("|"))
_FIRST, _NEVER, _LEAD = (frozenset(words.split("|")) for words in (_FIRST_WORDS, _NOT_A_STREET, _LEADS))
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
_SQUARES = frozenset(("Torget", "TORGET", "Hamnen", "Hamnplan", "Promenaden", "Esplanaden", "Avenyn", "Backen"))
_LIVED = frozenset(
    (
        *(
            "bor",
            "bodde",
            "bott",
            "boende",
            "bosatt",
            "flyttar",
            "flyttat",
            "flyttade",
            "flytta",
            "hemma",
            "hus",
            "huset",
        ),
        *(
            "stuga",
            "stugan",
            "sommarstuga",
            "sommarstugan",
            "torp",
            "torpet",
            "villa",
            "villan",
            "fastigheten",
            "gården",
        ),
        *("grinden", "leverans", "leveransen", "levereras", "installation", "installationen", "adress", "objekt"),
    )
)
_WHERE = frozenset(("på", "i", "vid", "till", "hos"))
_OF_PEOPLE = frozenset(("väg", "gata", "gränd", "allé", "stig", "backe"))
"""What in small letters is a street after a person's name: `drottning kristinas väg`."""
_TITLES = frozenset(("drottning", "kung", "konung", "prins", "prinsessan", "doktor", "biskop", "general", "kapten"))
_MIN_STEM = 3
_SHORTEST_SHORT = 4
_SHORT_STEMS = "åö"
"""Rivers and islands are words of one letter: `Ågatan`, `Östra Åg.`, `Övägen`."""
_MOST_WORDS = 4
_UP_TO = re.compile(r"(?<!\w)(?:[^\W\d_][\w:'’-]*\.?[ ]){0,4}[^\W\d_][\w:'’-]*\.?\Z")
_WINDOW = 70
_TO, _NOT_OF_NUMBERS = re.compile("[–/]"), re.compile("[^0-9a-zåäö-]")


def words_up_to(text: str, at: int) -> re.Match[str] | None:
    """The words right before a place in a column, five at most; only its own value is looked at."""
    first = max(0, at - _WINDOW)
    return _UP_TO.search(text[text.rfind("\0", first, at) + 1 or first : at])


def is_street(word: str, before: list[str]) -> str:
    """How surely a word ends a street's name: `strong`, `middle`, `weak`, `short` (abbreviated), "" for no street.

    Args:
        word: The word right before the street number; an abbreviation with its dot.
        before: The words before it, nearest last.
    """
    return _grade(word, tuple(before[-2:]))


@lru_cache(maxsize=16384)  # streets come again, with other numbers
def _grade(word: str, before: tuple[str, ...]) -> str:
    """What `is_street` says, by the two words before."""
    bare = word.rstrip(".").casefold()
    if bare in _NEVER and not _is_named(word, before):
        return ""
    if word.endswith("."):
        return _abbreviated(word[:-1])
    for grade, ending in _GRADES:
        end = ending.search(bare)
        if end is None:
            continue
        if end.start() == 0:
            return "strong" if _stands_alone(bare, before) else "weak" if _is_square(word, before) else ""
        stem = end.start() >= _MIN_STEM - 1 or bare[0] in _SHORT_STEMS
        if stem and (grade == "strong" or word[0].isupper()):
            return grade
    return ""


def is_lived_at(village: str, before: Sequence[str]) -> bool:
    """Whether words tell of a village with a house number, be it without a town: `bor i Ottsjö 168`.

    Args:
        village: Its last word, of which no city is called.
        before: The words before its name.
    """
    if len(before) < 2 or before[-1].casefold() not in _WHERE or village.casefold() in cities():
        return False
    return any(word.casefold() in _LIVED for word in before[-4:-1])


def _is_square(word: str, before: Sequence[str]) -> bool:
    """Whether a word is the square or harbour of a small town, `Torget 4`, or the farm of a name, `Ekeby gård 3`."""
    if word.casefold() == "gård":
        return bool(before) and before[-1][:1].isupper()
    return word in _SQUARES


def _is_named(word: str, before: Sequence[str]) -> bool:
    """Whether a word that is no street's name is one here: `Gamla Landsvägen`."""
    return word[0].isupper() and bool(before) and before[-1][:1].isupper() and before[-1].casefold() in _FIRST


def _abbreviated(word: str) -> str:
    """`short` for `Storg`, `Kungsv`, `Ålg`; "" for anything else with a dot."""
    end = _SHORT.search(word.casefold())
    stem = end is not None and (end.start() >= _MIN_STEM or word[0].casefold() in _SHORT_STEMS)
    return "short" if stem and word[0].isupper() else ""


def is_short(word: str) -> bool:
    """Whether a word without a dot may be an abbreviated street, where a floor follows: `Kaptensg`, `KUNGSV`."""
    return len(word) > _SHORTEST_SHORT and _abbreviated(word) == "short" and not is_ordinary(word.casefold())


def _stands_alone(word: str, before: Sequence[str]) -> bool:
    """Whether `väg`, `gata`, `torg` as a word of its own ends a street's name: `Ivar Munks väg`, `Norra vägen`."""
    if not before or before[-1].casefold() in _LEAD or before[-1].endswith((":", ",", ";")):
        return False
    last = before[-1].casefold().rstrip(".")
    if not before[-1][:1].isupper():
        named = word in _OF_PEOPLE and _is_owner(before)
        return named or (last in _FIRST and word not in ("väg", "vägen", "leden", "backen", "stranden"))
    if word == "plan" and is_ordinary(last):
        return last.endswith("s") or last in _FIRST  # `Hyresgäster plan 3` is a floor
    return last.endswith("s") or last in _FIRST or word in {"väg", "gata", "torg", "plan", "gränd", "stig", "allé"}


def words_before(word: str, before: list[str]) -> int:
    """How many of the words before the last word of a street's name belong to the name."""
    alone = word.casefold() in _ALL_ENDS
    count = 0
    for at, previous in reversed([*enumerate(before)][-_MOST_WORDS:]):
        plain = previous.rstrip(".").casefold()
        goes = word.islower() and (plain in _FIRST or _goes_small(before[: at + 1], word, alone=alone, first=not count))
        small = not previous[:1].isupper() and not goes
        if small or plain in _LEAD or previous.endswith((":", ",", ";")):
            break
        if count and plain not in _FIRST and before[-count].rstrip(".").casefold() in _FIRST:
            break
        if plain not in _FIRST and not alone and not (count == 0 and is_second_half(plain, word)):
            break
        count += 1
    return count


def _is_owner(words: Sequence[str]) -> bool:
    """Whether words in small letters end in a person's name with the genitive's s: `kristinas`, `ivar munks`."""
    last = words[-1].casefold()
    if not last.endswith("s"):
        return False
    known = names().get(last[:-1], 0) & (GIVEN | SURNAME)
    return bool(known or (len(words) > 1 and _is_given(words[-2].casefold())))


def _is_given(word: str) -> bool:
    return names().get(word, 0) & (GIVEN | WORD) == GIVEN


def _goes_small(words: list[str], word: str, *, alone: bool, first: bool) -> bool:
    """Whether the last of some words in small letters may be part of a street's name in small letters.

    Args:
        words: Those before the street's own last word, or before those that are known to be part of its name.
        word: The street's own last word: `väg`, `johansgatan`.
        alone: It is a word by itself.
        first: Nothing stands between.
    """
    plain = words[-1].casefold()
    if not alone:
        return first and is_second_half(plain, word)
    return _is_owner(words) if first else plain in _TITLES or _is_given(plain)


def is_second_half(first: str, word: str) -> bool:
    """Whether a glued last word is the second half of a person's name: Karl + Johansgatan, Erik + Dahlbergsgatan."""
    bare = word.casefold()
    end = next((end for _, ending in _GRADES if (end := ending.search(bare))), None)
    if end is None or not bare[: end.start()].endswith("s"):
        return False
    return bool(names().get(first, 0) & GIVEN and names().get(bare[: end.start() - 1], 0) & (GIVEN | SURNAME))


def canonical(street: str, number: str) -> str:
    """One spelling of street and number: `Storg. 5 B`, `STORGATAN 5b` -> `storgatan 5b`."""
    words = street.casefold().replace("s:t", "sankt").split()
    if words and words[-1].endswith("."):
        stem = words[-1][:-1]
        end = _SHORT.search(stem)
        words[-1] = stem[: end.start()] + _LONG_FORM[end.group()] if end else stem
    digits = _NOT_OF_NUMBERS.sub("", _TO.sub("-", number.casefold()))
    return f"{' '.join(words)} {digits}".strip()
