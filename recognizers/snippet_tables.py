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
    rf"[\n\0](?:\| *+|# )?(?:{_HEAD}(?:(?: *+[;|\t] *+| {{2,}}+)(?:{_HEAD})){{1,40}}+|{_HEAD}(?:,{_HEAD}){{1,40}}+)"
    r"(?: *+[|;])? *+\r?\n(?=[^\n\0])"
)
"""A line of names; it begins with the end of the line before."""
_VALUE, _LINE, _SIGN, _COMMA, _SPACE, _LETTER, _OTHER = range(7)
"""Sorts of signs: what ends a value or a line; what parts cells, a comma before a letter or a quote, two blanks."""


def _sort(code: int) -> int:
    signs = {"\0": _VALUE, "\n": _LINE, ",": _COMMA, " ": _SPACE, **dict.fromkeys(";|\t", _SIGN)}
    letter = chr(code).isalpha() or chr(code) in "\"'?"  # what is beyond Latin-1 is `?`
    return signs.get(chr(code), _LETTER if letter else _OTHER)


_SORTS = bytes(map(_sort, range(256)))
_CELLS = {sign: re.compile(rf' *(?:"([^"\n\0]*)"|([^{sign}\n\0]*?)) *\r?(?:[{sign}]|\Z)') for sign in "|;\t,"}
_COLUMNS = re.compile(r" *((?:[^ \r\n\0]| (?! ))+)(?: {2,}|\s*\Z)")
_END = re.compile("[\n\0]")
_BLANK = re.compile(r",?\s{0,3}")
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
    for header in _headers(f"\0{text}", b"\0" + latin):  # its places are one further on
        if header.start() < done:
            continue
        names = [text[start:end].strip("\"'") for start, end in _line(text, header.start(), header.group())]
        at = header.end() - 1
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
    for begin in _parted(latin) if len(text) > _SHORT else map(re.Match.start, _END.finditer(text)):
        if header := _HEADER.match(text, begin):
            yield header


def _parted(latin: bytes) -> list[int]:
    """Where the lines begin, roughly, that hold what parts cells; the end of the line before belongs to them."""
    sorts = np.frombuffer(latin.translate(_SORTS), np.uint8)
    borders = np.flatnonzero((sorts == _LINE) | (sorts == _VALUE))
    commas = np.flatnonzero(sorts[:-1] == _COMMA)
    parting = (
        np.flatnonzero(sorts == _SIGN),
        commas[sorts[commas + 1] == _LETTER],
        np.flatnonzero((sorts[:-1] == _SPACE) & (sorts[1:] == _SPACE)),
    )
    signs = np.sort(np.concatenate(parting))
    begins, ends = borders[:-1], borders[1:]
    wanted = np.searchsorted(signs, begins) < np.searchsorted(signs, ends)
    found: list[int] = begins[wanted & (sorts[ends] == _LINE)].tolist()
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
        at = blank.end() if (blank := _BLANK.match(text, at)) else at
