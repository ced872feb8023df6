"""Judge a column whose values are names as a whole: what most cells are, the cells that no list knows are too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from recognizers.name_firms import FIRMS, bears_trade
from recognizers.name_labels import COMPANY
from recognizers.name_things import is_device
from recognizers.name_words import judge
from recognizers.places import towns

CELL = re.compile(r"(?<![^\0])[^\W\d_][^\W\d_'’.-]*(?:[ '’.,-]{1,2}[^\W\d_]+){0,4}\.?(?![^\0])")
_BLANKS = re.compile("[ ,]+")
_JOINS = re.compile(r" (?:och|o|samt|and|OCH|SAMT|AND) |(?<= )([^\W\d_]+), (?=[^\W\d_]+ )")
"""Between two people in one cell: `Eva Ek och Olle Ek`, `Eva Ek, Olle Ek`; not `Ek, Eva Maria`."""
_FEW = 8
"""Below this many values a share says nothing."""
_SOME, _MANY, _HARDLY = 0.3, 0.6, 0.2
"""Shares of known names from which unknown words, and ordinary ones (`Tjäder`), are taken for names too; the
latter also where hardly any value is made of them."""


class Cell(NamedTuple):
    """A value that is made of words only."""

    start: int
    end: int
    text: str
    known: bool
    """Holds a name of the lists."""
    label: bool
    """Is made of ordinary words only."""
    given: bool
    """Holds a given name."""
    thing: bool
    """Begins with an ordinary word that is no name, as `Detektor Alma` does, or ends with a noun: `Alma sensor`."""


def in_name_field(text: str) -> Iterator[Cell]:
    """The cells of a column whose field is called a name: known ones, and others by their share. Towns are none."""
    cells = list(_cells(text))
    if sum(cell.text.casefold() in towns() for cell in cells) > len(cells) / 2:
        return
    share = sum(cell.known for cell in cells) / max(1, len(cells))
    labels = sum(cell.label for cell in cells) / max(1, len(cells))
    things = sum(cell.thing for cell in cells) > _HARDLY * len(cells)  # `Detektor Alma`, `Panel Nova`
    most = share >= _MANY or (share >= _SOME and labels <= _HARDLY)
    for cell in cells:
        if things and cell.thing:
            continue
        unlisted = not cell.label and (cell.known or share >= _SOME)
        if unlisted or (most and " " not in cell.text):
            yield cell


def in_any_field(text: str) -> Iterator[Cell]:
    """The cells of a column that looks like one of names: most of all its values are, or hold, given names."""
    values = text.count("\0") + 1
    if values < _FEW or len(CELL.findall(text, 0, 2000)) < _FEW / 2:
        return
    cells = list(_cells(text))
    double = [cell for cell in cells if _BLANKS.search(cell.text)]
    for group in (double, [cell for cell in cells if not _BLANKS.search(cell.text)]):
        if sum(cell.given for cell in group) >= _MANY * values:
            yield from (cell for cell in group if not cell.label and not cell.thing)


def _cells(text: str) -> Iterator[Cell]:
    for start, cell in chain.from_iterable(map(_of_people, CELL.finditer(text))):
        words = [word for word in _BLANKS.split(cell) if word]
        if any(word.casefold() in COMPANY for word in words[words[0] == "El" :]) or cell.casefold() in FIRMS:
            continue
        if bears_trade(words):
            continue
        judged = [judge(word) for word in words]
        known = any(word.given or word.surname for word in judged)
        label = not known and not any(word.unknown for word in judged)
        given = any(word.given for word in judged)
        first = judged[0]
        nameless = not (first.given or first.surname or first.unknown)
        named = len(words) > 1 and "," not in cell
        noun = words[0].istitle() and words[-1].islower() and not (judged[-1].given or judged[-1].surname)
        thing = named and ((nameless and first.ordinary) or is_device(words[0]) or noun)
        yield Cell(start, start + len(cell), cell, known, label, given, thing)


def _of_people(match: re.Match[str]) -> Iterator[tuple[int, str]]:
    """A cell, or what it holds of each of two people: where that begins, and what it is."""
    text, start, at = match.group(), match.start(), 0
    for join in _JOINS.finditer(text):
        end = join.end(1) if join.group(1) else join.start()
        yield start + at, text[at:end]
        at = join.end()
    yield start + at, text[at:]
