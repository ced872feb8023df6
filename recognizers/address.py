"""Swedish postal addresses: street and number, box, or village and number, with what follows up to the town.

Sources: Lantmäteriet (addresses, apartment numbers: two digits floor, two digits door), PostNord (postal codes).
Examples: `Ivar Munks väg 5 B, lgh 1102, 123 45 Hittestad`, `STORG. 5`, `Box 123, 111 22 Stockholm`, `Ottsjö 168, 830 05
Järpen`. Near-misses: `motorvägen 4 km`, `sidan 5`, `Plan 3`, `vägen 12 procent längre`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.address_parts import ANCHOR, FLOOR_FIRST, NUMBER, TAIL, follow, parts
from recognizers.base import Candidate, Gate, Proof, Recognizer, Shape
from recognizers.foreign_address import ELSEWHERE, NUMBER_FIRST, abroad, spelling
from recognizers.ordinary import is_inflected, is_ordinary
from recognizers.places import towns
from recognizers.street import canonical, is_lived_at, is_short, is_street, words_before, words_up_to

_LETTER_END = re.compile(r"[^\W\d_]\.?\Z")
_MOSTLY, _HALF, _FEW = 0.3, 0.5, 8
"""Share of addresses from which a column's other cells of words and a number are taken for addresses too, and the
fewest values that have shares."""
_SAMPLE = 20_000  # characters of a column that tell what it holds

_FULL = Shape("street+code", NUMBER, 0.95)
_STRONG = Shape("street", NUMBER, 0.85)
_WEAK = Shape("street:weak", NUMBER, 0.45)
_WEAK_AT = Shape("street:weak at", NUMBER, 0.6)
_MIDDLE = Shape("street:middle", NUMBER, 0.7)
_LOWER = Shape("street:lower", NUMBER, 0.65)
_SHORT = Shape("street:short", NUMBER, 0.7)
_BOX = Shape("box", NUMBER, 0.45)
_BOX_FULL = Shape("box+code", NUMBER, 0.9)
_BOX_TOWN = Shape("box+town", NUMBER, 0.7)
_RURAL = Shape("rural+code", NUMBER, 0.8)
_RURAL_TOWN = Shape("rural+town", NUMBER, 0.52)
_FARM = Shape("farm+code", NUMBER, 0.65)
_CELL = re.compile(
    r"(?<![^\0])[^\W\d_][\w:'’-]*\.?(?: [^\W\d_][\w:'’-]*\.?){0,3} [1-9]\d{0,3}(?: ?[A-Za-z](?![^\W_]))?"
    r"(?:(?=[ ,])[^\0\n]{1,60})?(?![^\0])"
)
_RURAL_BARE = Shape("rural", _CELL, 0.3, named=True)
_ALIKE = Shape("street:alike", _CELL, 0.55)
_NO_NUMBER = Shape(
    "street only", re.compile(r"(?<![^\0])[^\W\d_][\w:'’-]*\.?(?: [^\W\d_][\w:'’-]*\.?){0,3}(?![^\0])"), 0.3, named=True
)
_AT = ("på", "vid", "adress:", "adr:", "adress")
"""Words after which even a name that farms and parks have is where somebody lives."""
_HOUSES = ("herrgård", "prästgård", "säteri", "slott", "kungsgård", "storgård")
_GRADES = {"strong": _STRONG, "middle": _MIDDLE, "weak": _WEAK, "short": _SHORT}


class AddressRecognizer(Recognizer):
    """ADDRESS. Value: `storgatan 5b`; others `street:`, `full:` (with postal code). Kinds: street, box, rural."""

    entity = "ADDRESS"
    version = "9"
    needs = "letter"
    shapes = (
        _FULL,
        _STRONG,
        _SHORT,
        _LOWER,
        _MIDDLE,
        _WEAK,
        _WEAK_AT,
        _BOX_FULL,
        _BOX_TOWN,
        _BOX,
        _RURAL,
        _RURAL_TOWN,
        _FARM,
        _RURAL_BARE,
        _NO_NUMBER,
        _ALIKE,
        NUMBER_FIRST,
        ELSEWHERE,
    )
    context = ("adress", "bor på", "boende", "flytta", "bostad", "hemma på", "åk till", "leverans", "larm på", "objekt")
    against = ("riksväg", "europaväg", "motorväg", "match", "avsnitt", "kapitel")
    fields = re.compile(
        r"adress|address|gata|street|anschrift|strasse|stra_e|(?:^|_)adr(?:_?\d|_|$)|(?:^|_)(?:bostad|hem|objekt|co|box)(?:_|$)"
    )
    not_fields = re.compile(r"mail|e_?post|(?:^|_)(?:ip|mac|url)(?:_|$)|ip_?adr|mac_?adr|webb?adr")
    shape_judges = True
    compares = True
    rank = 30

    def candidates(self, text: str) -> Iterator[Candidate]:
        """Streets with a number; in a column mostly of such, also villages and farms with one."""
        count = 0
        for count, found in enumerate(_in_text(text), 1):  # noqa: B007
            yield found
        yield from abroad(text)
        values = text.count("\0") + 1
        if values >= _FEW and count >= _HALF * values:
            yield from _cells(text, _ALIKE)

    def sweep(self, text: str, *, named: bool = False, opens: Gate | None = None) -> Iterator[Candidate]:  # noqa: ARG002
        """In a field of addresses: also villages with a number, and streets and farms without one."""
        sample = text[:_SAMPLE] if named else ""
        share = sum(1 for _ in _in_text(sample)) / (sample.count("\0") + 1)
        for found in _cells(text, _RURAL_BARE) if named else ():
            if found.text[0].isupper() or share >= _MOSTLY:
                yield found
        for found in _NO_NUMBER.found(text) if named else ():
            street = is_street(found.text.rpartition(" ")[2], []) in ("strong", "middle")
            if street or _is_place(found.text, share):
                yield found

    def prove(self, candidate: Candidate) -> Proof | None:
        """Bring it to one spelling."""
        name, kind = candidate.shape.name, candidate.shape.name.partition("+")[0].partition(":")[0]
        if candidate.shape is _NO_NUMBER:
            return Proof(canonical(candidate.text, ""), candidate.shape.score, kind="street", why=(f"shape:{name}",))
        if candidate.shape in (NUMBER_FIRST, ELSEWHERE):
            value, code = spelling(candidate.text)
            others = (f"street:{value}", f"full:{value} {code}") if code else (f"street:{value}",)
            return Proof(value, candidate.shape.score, kind="street", others=others, why=(f"shape:{name}",))
        street, number, code = parts(candidate.text)
        value = canonical(street, number)
        others = (f"street:{value}", f"full:{value} {code}") if code else (f"street:{value}",)
        return Proof(value, candidate.shape.score, kind=kind, others=others, why=(f"shape:{name}",))

    def mask(self, value: str) -> str:
        """`Storgatan 5, 111 22 Stockholm` -> `Sto***`."""
        return f"{value[:3]}***"


def _in_text(text: str) -> Iterator[Candidate]:
    """Look before and behind every blank between a letter and a digit."""
    done = 0
    for anchor in ANCHOR.finditer(text):
        if anchor.start() >= done and text[anchor.start() - 1 : anchor.start()] == ",":
            found = _farm(text, anchor.start() - 1)
            if found is not None:
                done = found.end
                yield found
            continue
        if anchor.start() < done or not _LETTER_END.search(text, max(0, anchor.start() - 2), anchor.start()):
            continue
        found = _around(text, *anchor.span())
        if found is not None:
            done = found.end
            yield found


def _farm(text: str, comma: int) -> Candidate | None:
    """The house or farm without a number before the comma at `comma`, if a postal code and a town follow, or None."""
    end, code, town = follow(text, comma)
    before = words_up_to(text, comma) if code and town else None
    if before is None:
        return None
    *others, last = before.group().split(" ")
    house = last.casefold().endswith(_HOUSES)
    if not house and is_street(last, others) != "weak":
        return None
    named = last[0].isupper()
    if house and named:
        begin = comma - len(" ".join([*_last_capitals(others), last]))
        return Candidate(begin, end, text[begin:end], _FARM)
    if named and others and others[-1][0].isupper():
        return None  # `Anna Sandvik`
    first = len(others) - (0 if named else words_before(last, others))
    begin = comma - len(" ".join([*others[first:], last]))
    return Candidate(begin, end, text[begin:end], _FARM)


def _last_capitals(words: list[str]) -> list[str]:
    """The words with a capital at the end of some words: `Stora Hult` of `bor på Stora Hult`."""
    small = next((at for at in range(len(words) - 1, -1, -1) if not words[at][0].isupper()), -1)
    return words[small + 1 :][-3:]


def _cells(text: str, shape: Shape) -> Iterator[Candidate]:
    """Whole values of words and a number, but for floors and flats."""
    for match in shape.pattern.finditer(text):
        if not FLOOR_FIRST.match(match.group()):
            yield Candidate(match.start(), match.end(), match.group(), shape)


def _is_place(cell: str, share: float) -> bool:
    """Whether a cell without a number names a place to live, where `share` of the column are addresses."""
    known = cell.casefold() in towns() or all(is_inflected(word.casefold()) for word in cell.split(" "))
    return share >= _MOSTLY and cell[0].isupper() and not known


def _around(text: str, blank: int, at: int) -> Candidate | None:
    """The address whose number stands at `at`, after the blanks at `blank`, or None."""
    number = NUMBER.match(text, at)
    before = words_up_to(text, blank) if number else None
    if number is None or before is None:
        return None
    words = before.group().split(" ")
    end, code, town = follow(text, number.end("number"))
    numbered = len(words) > 1 and words[-1].casefold() in ("nr", "nr.", "nummer")  # `Storgatan nr 4`
    start, shape = _judge(words[:-1] if numbered else words, code, town)
    if shape is None and is_short(words[-1]) and TAIL.match(text, number.end("number")):
        start, shape = len(words) - 1, _SHORT  # `Kaptensg 11 B 2 tr`
    if shape is _WEAK and TAIL.match(text, number.end("number")):
        shape = _WEAK_AT  # `Hamnplan 1, uppgång C`
    if shape is None or (
        len(number.group("number")) > 3 and number.group("number")[:4].isdigit() and not shape.name.startswith("box")
    ):
        return None
    begin = blank - len(" ".join(words[start:]))
    return Candidate(begin, end, text[begin:end], shape)


def _judge(words: list[str], coded: str, town: bool) -> tuple[int, Shape | None]:
    """Which word begins the address, and what shape it has, if a postal code and a town follow or not."""
    last, before = words[-1], words[:-1]
    if coded and town and last.casefold() in ("pl", "postlåda"):
        return len(words) - 1, _BOX_FULL
    if last.casefold() in ("box", "postbox"):
        plain = _BOX_TOWN if town else _BOX if last[0].isupper() else None
        return len(words) - 1, _BOX_FULL if coded else plain
    grade = is_street(last, before)
    if grade:
        start = len(before) - words_before(last, before)
        shape = _FULL if coded else _GRADES[grade]
        if shape is _WEAK and last[0].isupper() and before and before[-1].casefold() in _AT:
            shape = _WEAK_AT
        return start, _LOWER if shape is _STRONG and not words[start][0].isupper() else shape
    if coded and town and last[-1] != "." and (last[0].isupper() or not is_ordinary(last)):
        return len(before) - _capitals(before), _RURAL
    village = last[0].isupper() and last[-1] != "." and not is_ordinary(last.casefold())
    if village and (town or is_lived_at(last, before[: len(before) - _capitals(before)])):
        return len(before) - _capitals(before), _RURAL_TOWN
    return 0, None


def _capitals(before: list[str]) -> int:
    """How many words of a village's name stand before its last one: `Norra Ottsjö 168` has one."""
    return (
        1
        if before and before[-1].casefold() in ("norra", "södra", "östra", "västra", "stora", "lilla", "nedre", "övre")
        else 0
    )
