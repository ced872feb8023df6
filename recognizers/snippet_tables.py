"""Tables that stand in texts: lines of cells below a line of names, and the rows of an `INSERT`.

Cells are parted by semicolons, tabs, bars, two blanks at least, or commas without a blank. Near-misses: a sentence with
commas, an address on lines of its own, a table without names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

Cell = tuple[str, int, int]
"""Name of its column, start, end."""
_Span = tuple[int, int]
_HEAD = r"[\"']?[^\W\d_][\w./()%-]{0,30}(?: [\w./()%-]{1,20}){0,3}[\"']?"
_HEADER = re.compile(
    rf"(?:\| *+|# )?(?:{_HEAD}(?:(?: *+[;|\t] *+| {{2,}}+)(?:{_HEAD})){{1,40}}+|{_HEAD}(?:,{_HEAD}){{1,40}}+)"
    r"(?: *+[|;])? *+\r?\n(?=[^\n\0])"
)
"""A line of names, to its end."""
_LINE_END, _TAB, _BLANK, _COMMA, _SEMICOLON, _BAR = b"\n\t ,;|"
_LETTERS = np.array([chr(code).isalpha() or chr(code) in "\"'?" for code in range(256)])
"""Of each sign of Latin-1 whether it is a letter, or a quote; what is beyond Latin-1 is `?`."""
_CELLS = {sign: re.compile(rf' *(?:"([^"\n\0]*)"|([^{sign}\n\0]*?)) *\r?(?:[{sign}]|\Z)') for sign in "|;\t,"}
_COLUMNS = re.compile(r" *((?:[^ \r\n\0]| (?! ))+)(?: {2,}|\s*\Z)")
_END = re.compile("[\n\0]")
_NEXT = re.compile(r",?\s{0,3}")
_RULE = re.compile(r"[-:=+| ]+")
_SHORT = 512
"""Characters. In a shorter text the pattern is tried at every line."""
_MOST_ROWS = 2000
_VALUES = re.compile(r"\)(?: |\n){0,3}(?i:values)\s{0,3}(?=\()")
_LITERAL = re.compile(r"\s{0,3}(?:N?'((?:[^'\\\0]|''|\\.){0,200}+)'|([^,()'\0]{0,60}))\s{0,3}(?=([,)]))")
_LONGEST_LIST = 1000


def rows(text: str, latin: bytes) -> Iterator[Cell]:
    """The cells of all tables in a column, its values joined by NUL; also given in Latin-1."""
    if "\n" in text:
        yield from _tables(text, latin)
    for found in _VALUES.finditer(text):
        yield from _inserted(text, found)


def _tables(text: str, latin: bytes) -> Iterator[Cell]:
    done = 0
    for header in _headers(text, latin):
        if header.start() < done:
            continue
        names = [text[start:end].strip("\"'") for start, end in _line(text, header.start(), header.group())]
        at = header.end()
        for _ in range(_MOST_ROWS):
            cells = _line(text, at, header.group())
            end = _line_end(text, at)
            if len(cells) == len(names):
                yield from ((name, *cell) for name, cell in zip(names, cells, strict=True) if cell[0] < cell[1])
            elif not _RULE.fullmatch(text, at, end) and len(cells) < 2:
                break
            done = end
            if text[end : end + 1] != "\n":
                break
            at = end + 1


def _headers(text: str, latin: bytes) -> Iterator[re.Match[str]]:
    """Lines of names. Looked for in lines alone that hold what parts cells: few do, and the pattern takes long.

    The last line of a value is none.
    """
    for begin in _parted(latin) if len(text) > _SHORT else [0, *map(re.Match.end, _END.finditer(text))]:
        if header := _HEADER.match(text, begin):
            yield header


def _parted(latin: bytes) -> list[int]:
    """Where the lines begin that hold what parts cells, and after which others follow."""
    signs = np.frombuffer(latin, np.uint8)
    before, after = signs[:-1], signs[1:]
    commas = np.flatnonzero(before == _COMMA)
    parting = (
        np.flatnonzero((signs == _SEMICOLON) | (signs == _BAR) | (signs == _TAB)),
        commas[_LETTERS[after[commas]]],
        np.flatnonzero((before == _BLANK) & (after == _BLANK)),
    )
    places = np.sort(np.concatenate(parting))
    ends = np.flatnonzero((signs == _LINE_END) | (signs == 0))
    begins = np.append(0, ends[:-1] + 1)
    wanted = np.searchsorted(places, begins) < np.searchsorted(places, ends)
    found: list[int] = begins[wanted & (signs[ends] == _LINE_END)].tolist()
    return found


def _line_end(text: str, at: int) -> int:
    """Where the line that begins at `at` ends."""
    end = _END.search(text, at)
    return end.start() if end else len(text)


def _line(text: str, at: int, header: str) -> list[_Span]:
    """The cells of the line at `at`, parted as those of the table's first line are."""
    end = _line_end(text, at)
    sign = next((sign for sign in "|;\t," if sign in header), "")
    if sign == "|" and text[at] == "|":
        at += 1
    pattern = _CELLS.get(sign, _COLUMNS)
    found = []
    while at < end and (cell := pattern.match(text, at, end)) and cell.end() > at:
        found.append(cell.span(cell.lastindex or 0))
        at = cell.end()
    return [*found, (end, end)] if sign in set(";\t,") & {text[end - 1]} else found


def _inserted(text: str, found: re.Match[str]) -> Iterator[Cell]:
    """`(namn, tel) VALUES ('Ek', '070-174 06 05'), (…)`."""
    first = text.rfind("(", max(0, found.start() - _LONGEST_LIST), found.start()) + 1
    names = [name.strip(' \n`"[]') for name in text[first : found.start()].split(",")] if first else []
    at = found.end()
    while names and text[at : at + 1] == "(":
        cells = []
        at += 1
        while value := _LITERAL.match(text, at):
            cells.append(value.span(1) if value.start(1) >= 0 else value.span(2))
            at = value.end() + 1
            if value[3] == ")":
                break
        if len(cells) != len(names):
            return
        yield from ((name, *cell) for name, cell in zip(names, cells, strict=True) if cell[0] < cell[1])
        at = blank.end() if (blank := _NEXT.match(text, at)) else at
