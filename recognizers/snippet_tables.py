"""Tables that stand in texts: lines of cells below a line of names, and the rows of an `INSERT`.

Cells are parted by semicolons, tabs, bars, two blanks at least, or commas without a blank. Near-misses: a sentence with
commas, an address on lines of its own, a table without names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Cell = tuple[str, int, int]
"""Name of its column, start, end."""
_Span = tuple[int, int]
_HEAD = r"[\"']?[^\W\d_][\w./()%-]{0,30}(?: [\w./()%-]{1,20}){0,3}[\"']?"
_HEADER = re.compile(
    rf"[\n\0](?:\| *+|# )?(?:{_HEAD}(?:(?: *+[;|\t] *+| {{2,}}+)(?:{_HEAD})){{1,40}}+|{_HEAD}(?:,{_HEAD}){{1,40}}+)"
    r"(?: *+[|;])? *+\r?\n(?=[^\n\0])"
)
"""A line of names; it begins with the end of the line before."""
_PARTING = re.compile(r"[;|\t]|,[\"']?[^\W\d_]")
_BLANKS = re.compile("  +")
"""Signs of which a line of names holds one."""
_CELLS = {sign: re.compile(rf' *(?:"([^"\n\0]*)"|([^{sign}\n\0]*?)) *\r?(?:[{sign}]|\Z)') for sign in "|;\t,"}
_COLUMNS = re.compile(r" *((?:[^ \r\n\0]| (?! ))+)(?: {2,}|\s*\Z)")
_END = re.compile("[\n\0]")
_BLANK = re.compile(r",?\s{0,3}")
_RULE = re.compile(r"[-:=+| ]+")
_MOST_ROWS = 2000
_VALUES = re.compile(r"\)(?: |\n){0,3}(?i:values)\s{0,3}(?=\()")
_LITERAL = re.compile(r"\s{0,3}(?:N?'((?:[^'\\\0]|''|\\.){0,200}+)'|([^,()'\0]{0,60}))\s{0,3}(?=([,)]))")
_LONGEST_LIST = 1000


def rows(text: str) -> Iterator[Cell]:
    """The cells of all tables in a column, its values joined by NUL."""
    if "\n" in text:
        yield from _tables(text)
    for found in _VALUES.finditer(text):
        yield from _inserted(text, found)


def _tables(text: str) -> Iterator[Cell]:
    done = 0
    for header in _headers(f"\0{text}"):  # its places are one further on
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


def _headers(text: str) -> Iterator[re.Match[str]]:
    """Lines of names. Looked for in lines alone that hold what parts cells: few do, and the pattern takes long."""
    signs = [found.start() for found in _PARTING.finditer(text)]
    if "  " in text:
        signs = sorted({*signs, *(found.start() for found in _BLANKS.finditer(text))})
    end = 0
    for sign in signs:
        if sign < end:
            continue
        begin = max(text.rfind("\n", end, sign), text.rfind("\0", end, sign), end)
        end = _line_end(text, sign)
        if header := _HEADER.match(text, begin):
            end = header.end()
            yield header


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
