"""Names in other orders than `Anna Ek`: `Ek, Anna`, `de la Cruz, Inés`, `Björk Tommy` in a list, `Göran "Gurra" Ek`.

Near-misses: `Anna Ek, Erik`, `Ek, Anna, Erik`, `huset "Björk" Storgatan`, `Anna "larm" Ek`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from recognizers.name_words import judge
from recognizers.sentences import NORDIC

Span = tuple[int, int]

# These begin with what ends the line before, a sign that is searched for: not with a look-behind, tried at each letter.
_SURNAME_FIRST = re.compile(
    r"[\0\n;]([^\W\d_]+(?:[ -][^\W\d_]+){0,2}),[ ]?([^\W\d_]+(?:[ -][^\W\d_]+){0,2}\.?)(?![^\0\r\n;])"
)

_IN_A_LIST = re.compile(
    r"[\0\n;]([^\W\d_]+(?:[ -][^\W\d_]+)?), ?([^\W\d_]+(?:-[^\W\d_]+)?)(?= (?:[A-ZÅÄÖ][\w:]*\.? ){0,3}[(+]?[0-9])"
)
"""`Sjögren, Gösta Ringv. 14 070-174 06 75`: a line of a list, its street and numbers after the name."""

_CALLED_AT = re.compile(
    r"[\0\n;]([^\W\d_]+(?:-[^\W\d_]+)?)[ \t]([^\W\d_]+(?:-[^\W\d_]+)?)(?=(?: |\t|  |: )(?:\+46|\(?0[1-9])[0-9 ()-]{5})"
)
"""`Björk Tommy 070-174 06 75`: a line of a telephone list without a comma."""

_BIG = "A-ZÀ-ÞŚŠŻŽĆČŁİŞĞ"
_IN_TEXT = re.compile(
    rf"[{_BIG}](?<![\w.'’-].)([^\W\d_]+(?:-[^\W\d_]+)?), ([{_BIG}][^\W\d_]+(?:-[^\W\d_]+)?)(?![\w'’-])(?! [{_BIG}])"
)
_NOBLE = re.compile(
    r"(?<![^\W\d_])((?:[Vv]on der|[Vv]an de[rn]?|[Dd]e la|[Dd]e los|[VvAaDdEe](?:on|f|e|l|a|i|os|an)) )\Z"
)
"""`von Otter, Ebba`."""
_NAME_BEFORE = re.compile(rf"[{_BIG}][^\W\d_.]*(?:-[^\W\d_]+)?,? \Z")
"""`märk talongen Stanković, Zoran`; not `Anna Ek, Erik`, nor `Ek, Anna, Erik`."""

NICKNAME = re.compile(r"\s[\"“”(][^\W\d_]+[\"”)]\s")
"""`Göran "Gurra" Olander`: the name by which nobody writes to him."""
_NAME = rf"[{_BIG}][^\W\d_]+(?:-[^\W\d_]+)?"
_WITH_NICKNAME = re.compile(
    rf"[{_BIG}](?<![\w.'’-].)([^\W\d_]+(?:-[^\W\d_]+)?) [\"“”(][{_BIG}][^\W\d_]+[\"”)] ({_NAME})(?![\w'’-])"
)


def written_otherwise(text: str) -> Iterator[Span]:
    """Places of such names in a column, its values joined by NUL."""
    if "," in text:
        yield from _reversed_lines(text)
        yield from _reversed_in_text(text)
    yield from _telephone_lines(text)
    if '" ' in text or "” " in text or ") " in text:
        yield from _nicknamed(text)


def _nicknamed(text: str) -> Iterator[Span]:
    """A nickname in quotes or brackets between a given name and a surname."""
    for match in _WITH_NICKNAME.finditer(text):
        given, surname = judge(text[match.start() : match.end(1)]), judge(match.group(2))
        known = given.given == NORDIC or (given.given and not given.ordinary)
        if known and (surname.surname or surname.unknown) and not (surname.ordinary and surname.surname < NORDIC):
            yield match.start(), match.end() - surname.genitive


def _is_surname(words: str) -> bool:
    """Whether words are a surname of the lists, or particles and a name: `El Khoury`, `de la Cruz`."""
    *before, last = words.split(" ")
    if before and _NOBLE.fullmatch(f"{' '.join(before)} "):
        return judge(last).surname > 0 or judge(last).unknown
    return len(before) < 2 and judge(words).surname > 0


def _is_whole(words: str) -> bool:
    """Whether words are a given name and a surname: `Eva Ek`, not `Ek`, nor `Eva Maria`."""
    first, last = judge(words.partition(" ")[0]), judge(words.rpartition(" ")[2])
    return " " in words and first.given > first.surname and last.surname > 0 and last.surname >= last.given


def _reversed_lines(text: str) -> Iterator[Span]:
    """`Surname, Given` at the beginning of a line."""
    begun = f"\0{text}"
    for match in chain(_SURNAME_FIRST.finditer(begun), _IN_A_LIST.finditer(begun)):
        if _is_whole(match.group(1)) and _is_whole(match.group(2)):
            continue  # two people: `Eva Ek, Olle Ek`
        if _is_surname(match.group(1)) and judge(match.group(2).split(" ")[0].split("-")[0]).given:
            yield match.start(), match.end() - 1


def _telephone_lines(text: str) -> Iterator[Span]:
    """`Surname Given` at the beginning of a line, before a telephone number."""
    for match in _CALLED_AT.finditer(f"\0{text}"):
        surname, given = judge(match.group(1)), judge(match.group(2))
        one_each = surname.surname == given.given == NORDIC and surname.given < NORDIC
        if one_each and not (given.surname or given.ordinary):
            yield match.start(), match.end() - 1


def _reversed_in_text(text: str) -> Iterator[Span]:
    """`Surname, Given` among other words: a surname that is no given name, after a label one that no list has."""
    for match in _IN_TEXT.finditer(text):
        start = match.start()
        surname, given = judge(text[start : match.end(1)]), judge(match.group(2))
        particle = _NOBLE.search(text, max(0, start - 9), start)
        told = particle is not None or text[start - 2 : start] in (": ", "; ")
        labelled = told and surname.unknown and not surname.ordinary
        if surname.given or surname.genitive or not (surname.surname or labelled):
            continue
        sure = given.given == NORDIC and (particle or (surname.surname == NORDIC and not surname.ordinary))
        if (given.ordinary and not sure) or not given.given or given.given < given.surname:
            continue
        begin = particle.start(1) if particle else start
        if not _NAME_BEFORE.search(text, max(0, begin - 30), begin):
            yield begin, match.end()
