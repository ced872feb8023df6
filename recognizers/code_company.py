"""Further codes beside the word for them, and codes of several things that open, told together.

Examples: `Koden till porten är 4711, till garaget 6612`, `Portkod byts 1/3 från 4711 till 6612`, `Lägg in larmkoder: …
städ 1190`, `Entré 4711, garage 6612`. Near-misses: `Garage 1200 kr`, `Felkod 4711 till 4712`, `port 8080, port 8443`,
`hyra garage 1200, förråd 4500`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from recognizers.code_labels import AFTER_KIND
from recognizers.code_talk import DIGITS
from recognizers.late import late
from recognizers.name_words import judge

_NO_YEAR = r"(?!(?:19|20)[0-9]{2}(?![0-9]))"
_NO_AMOUNT = r"(?! ?(?:per|i månaden|/ ?mån|mån|kvm|meter|personer|gånger|timmar|dagar))"
_CODE = rf"{_NO_YEAR}{DIGITS}{_NO_AMOUNT}"
_SAYS = (
    r"(?: (?:är|e|har|får|fick|blir|ska ha|gäller|(?:öppnas |slås av )?med)(?: nu| numera)?)?"
    r"[ \t]*(?:[:=|–-]|\.{2,})?[ \t|]{0,3}"
)
_THING = (
    r"(?:(?:port|dörr|trapp|entré|grind|garage|garageport|bom|hiss|förråd|cykelrum|cykelförråd|soprum|sophus|miljörum"
    r"|hänglås|kodlås|nyckelskåp|nyckelbox|ytterdörr|altandörr|källardörr|uppgång|lås|gym)(?:en|n|et|t|met)?|trapphus(?:et)?"
    r"|trappan?|källare(?:n)?|tvättstuga(?:n)?)(?![^\W\d_])"
)
_USER = (
    r"(?:mastern?|hot|tvång|överfall|tillkoppling|frånkoppling|larm(?:et)? (?:av|på)|user|användare|gäst|ägare"
    r"|städ(?:et|are|erska|erskan|firma|firman)?|installatör|familj(?:en)?|barn(?:en)?)(?![^\W\d_])"
)
_WHEN = (
    r"(?:(?:dag|natt|kväll|helg)(?:tid|etid|stid)?|på (?:natten|dagen|kvällen|helgen|helger))(?: är| gäller)?[ :]{1,2}"
)
_MADE = (
    r"(?:från|fr\.?|till|mot|t\.?|gamla,|nya,|ersätts (?:av|med)|ersatts (?:av|med)|istället för|i stället för"
    r"|lägg (?:till|in|upp)|ta bort|tog bort|la (?:till|in)|bytt|är|och|nu|numera|gäller"
    r"|(?:ours|mine|yours|hers|theirs|the new one) (?:is|was|will be)) "
)
_NUMBER = re.compile(r"[0-9](?<![0-9A-Za-z.,:\-+/][0-9])[0-9]{3,5}(?![0-9A-Za-z])")
_VALUE = late(rf"[*#]?{_CODE}")
_LABELLED = late(
    rf"(?<![^\W_])(?:(?i:(?:{_THING}|{_USER})(?: [a-z0-9](?![^\W_]))?){_SAYS}|(?i:{_WHEN})"
    rf"|(?P<who>[A-ZÅÄÖ][^\W\d_]{{1,20}}){_SAYS}|(?i:{_MADE}))[*#]?\Z"
)
"""Before a code."""
_FOLLOWED = late(
    rf"[*#]?(?: (?:till|på|för|i|öppnar) (?i:(?:[^\W\d_]-)?{_THING}|larmet)"
    r"| (?:på (?:dagen|natten|kvällen|helgen|helger)|(?:dag|natt|natte|kvälls)tid|(?:efter|före) (?:kl\.? ?)?[0-9])"
    rf"| \((?i:{_THING}|{_USER}|dag|natt)[^\n\0()]{{0,12}}\))"
)
"""After a code."""
_WORD = late(
    rf"(?:[kK](?=[oO][dD])(?i:(?:{AFTER_KIND})od(?:en|er|erna)?|(?<![^\W_]k)od(?:en|er|erna)?)|[cC](?=odes?|ODES?)(?i:odes?))"
    r"(?![^\W\d_])"
)
_AROUND_BEFORE, _AROUND_AFTER = 140, 90
_ROW = 3
_BETWEEN = re.compile(r"[^0-9\0]{1,32}(?:[0-9]{1,3}[^0-9\0]{1,12})?")
"""Between two numbers of a row."""
_ITEM = late(rf"(?<![^\W_])(?P<thing>(?i:{_THING}|{_USER}))(?: (?P<more>[A-Za-z0-9])(?![^\W_]))?{_SAYS}[*#]?\Z")
_LONGEST = 45
"""Characters before a code that tell of what it is."""
_GAP = re.compile(r"[\s,;./|•*)–-]{0,6}(?:(?:och|o|samt|and)\s)?(?:(?:till|för|på|vid|i)\s)?")
_AGAINST = re.compile(
    r"(?<![^\W\d_])(?:hyra|hyror|avgift|pris|kostar|moms|zon|sektion|larmzon|fel|anknytning|ankn|intern|server|host|tcp"
    r"|öppet|yta|artik|order|ordr|faktur|summa|belopp|händelse|objekt(?:nr|nummer|en)|lön|konto|konter|kurs|rabatt|produkt"
    r"|serie|ärende|telefon|mätar|inbrott|brand|kommun|lägenhet|nycklar|nyckelnr|tagg|bricka|logg|plats|kunder|kundnr"
    r"|(?:qr|ip|lgh|rum|tel|år|p-plats|postnr|rad|rader|raderna)(?![^\W\d_]))",
    re.IGNORECASE,
)
_LOOKED_AT = 60
_NEAR = 40
"""Characters between two codes that are told together: `4711 till porten, 6612 till garaget`."""
_LEAST = 2
_STEMS = (
    *("port", "dörr", "trapp", "entré", "grind", "garage", "hiss", "förråd", "rum", "lås", "nyckel", "källare", "städ"),
    *("master", "install", "gäst", "hot", "tvång", "koppling", "hus"),
)
"""Of which one stands in a text in which codes are told together."""


class _Item(NamedTuple):
    """A code, and of what it is."""

    start: int
    """Where what it is of begins."""
    code: tuple[int, int]
    thing: tuple[str, str]


def codes(text: str) -> Iterator[tuple[int, int]]:
    """Places of such codes in a text, or in a column's values joined by NUL."""
    lower = text.lower()
    if any(thing in lower for thing in _STEMS):
        yield from _together(text)
    if "kod" in lower or "code" in lower:
        yield from _in_a_row(text)
        yield from _beside_the_word(text)


def _beside_the_word(text: str) -> Iterator[tuple[int, int]]:
    """Numbers labelled as a thing's, somebody's, an old or a new one, near the word `kod`."""
    done = 0
    for word in _WORD.finditer(text):
        low = max(done, word.start() - _AROUND_BEFORE, text.rfind("\0", 0, word.start()) + 1)
        stop = text.find("\0", word.end())
        high = min(word.end() + _AROUND_AFTER, stop if stop >= 0 else len(text))
        done = word.end()
        numbers = list(_NUMBER.finditer(text, low, high))
        if numbers and not _AGAINST.search(text, low, high):
            yield from (number.span() for number in numbers if _is_labelled(text, low, number))


def _in_a_row(text: str) -> Iterator[tuple[int, int]]:
    """At least three numbers of one length, little between them, in the company of the word for codes."""
    row: list[tuple[int, int]] = []
    for number in _NUMBER.finditer(text):
        place = number.span()
        if row and not (_BETWEEN.fullmatch(text, row[-1][1], place[0]) and _length(row[-1]) == _length(place)):
            yield from _all_in(row, text)
            row = []
        if _VALUE.match(text, place[0]):
            row.append(place)
    yield from _all_in(row, text)


def _length(place: tuple[int, int]) -> int:
    return place[1] - place[0]


def _all_in(row: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    if len(row) < _ROW:
        return []
    low = max(text.rfind("\0", 0, row[0][0]) + 1, row[0][0] - _AROUND_BEFORE)
    stop = text.find("\0", row[-1][1])
    high = min(row[-1][1] + _AROUND_AFTER, stop if stop >= 0 else len(text))
    return [] if _AGAINST.search(text, low, high) or not _WORD.search(text, low, high) else row


def _is_labelled(text: str, low: int, number: re.Match[str]) -> bool:
    """Whether what stands around a number tells that it is a code."""
    if not _VALUE.match(text, number.start()) or text[number.end() : number.end() + 1].isalnum():
        return False  # the second: cut where what is looked at ends
    if _FOLLOWED.match(text, number.end()):
        return True
    label = _LABELLED.search(text[max(low, number.start() - _LONGEST) : number.start()])
    return label is not None and (label["who"] is None or _is_name(label["who"]))


def _together(text: str) -> Iterator[tuple[int, int]]:
    """Numbers of several things one after the other."""
    group: list[_Item] = []
    followed: list[tuple[int, int]] = []
    for number in _NUMBER.finditer(text):
        if not _VALUE.match(text, number.start()):
            continue
        if _FOLLOWED.match(text, number.end()):
            followed.append(number.span())
        item = _item(text, number)
        if item is None or (group and not _GAP.fullmatch(text, group[-1].code[1], item.start)):
            yield from _all_of(group, text)
            group = []
        group += [item] if item else []
    yield from _all_of(group, text)
    for one, other in pairwise(followed):
        between = text[one[1] : other[0]]
        if len(between) < _NEAR and "\0" not in between and not _AGAINST.search(text, one[0], other[1]):
            yield from (one, other)


def _item(text: str, number: re.Match[str]) -> _Item | None:
    """A number with the thing before it that it opens."""
    low = max(text.rfind("\0", 0, number.start()) + 1, number.start() - _LONGEST)
    label = _ITEM.search(text[low : number.start()])
    if label is None:
        return None
    return _Item(low + label.start(), number.span(), (label["thing"].casefold(), label["more"] or ""))


def _all_of(group: list[_Item], text: str) -> list[tuple[int, int]]:
    """The codes of a list of things; none if it is too short, or tells of rents, zones or servers."""
    if len({item.thing for item in group}) < _LEAST:
        return []
    first = text.rfind("\0", 0, group[0].start) + 1
    low = max(first, group[0].start - _LOOKED_AT)
    return [] if _AGAINST.search(text, low, group[-1].code[1]) else [item.code for item in group]


def _is_name(word: str) -> bool:
    judged = judge(word)
    return bool(judged.given or (judged.surname and not judged.ordinary))
