"""Codes in a table that stands in a text: a column headed `Kod`, in lines of doors, alarms and keys.

`Objekt    Typ    Kod`, `Förråd    Port    4410`, or `Namn    Kod`, `Anna    4410`; cells are parted by tabs, bars,
semicolons or two blanks at least. Or a column is called after what its codes open: `Kund | Nyckelbox`.
Near-misses: a table of goods (`Artikel    Kod    Pris`), of errors, of ports, a table that names nothing that a code
opens, and nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from recognizers.code_labels import THINGS
from recognizers.code_talk import DIGITS
from recognizers.name_words import judge
from recognizers.places import towns

_KOD = (
    r"(?:kod(?:er)?|code|pin(?:-?kod)?)(?: (?:dag|natt|kväll|helg|in|ut|[1-9])| (?:till|för|på|i) [^\t|;,\n\0]{2,20}?)?"
)
_OPENING = (
    r"(?:nyckelskåp|nyckelbox|kodlås|port|grind|entré|garage|källare|hiss|soprum|larm|dörr|trapphus|lås)"
    r"(?: (?:dag|natt))?"
)
_END = r"(?= *(?:[\t|;,\n]|  ))"
_HEADER = re.compile(rf"[cdeghklnpst](?<![^\t\n|;,\0 ].)(?<=(?=(?:{_KOD}|{_OPENING}){_END}).)", re.IGNORECASE)
"""It begins with a set of letters, and looks back for the rest: that is searched for faster."""
_CALLED_CODE = re.compile(rf"{_KOD}{_END}", re.IGNORECASE)
_CALLED_THING = re.compile(rf"{_OPENING}{_END}", re.IGNORECASE)
_NETWORK = re.compile(r"(?<![^\W\d_])(?:host|ip|server|tcp|udp|protokoll|protocol|service)", re.IGNORECASE)
_SEPARATOR = re.compile(r" *[\t|;] *| {2,}")
_SIGN = re.compile(r"[\t|;]")
_COMMA = re.compile(r" *, *")
_RULER = re.compile(r"[-+=|: \t]*")
_OPENED = re.compile(rf"(?<![^\W\d_])(?:{THINGS}|användare|brukare|anv|user|kodord|adress|door|gate)", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?<![^\W\d_])(?:artikel|vara|pris|antal|fel|moms|valuta|land|konto|belopp|händelse|zon|rabatt|kampanj|kurs|produkt|product|item"
    r"|price|zone|event|error|country|art(?![^\W\d_])|butik|kommun)",
    re.IGNORECASE,
)
_WITHIN = re.compile(rf"(?<![0-9A-Za-z+])(?<![0-9][.,:\-]){DIGITS}")
"""`4711 (natt 6612)`."""
_LONG_CELL = 30
_NO_YEAR = re.compile(rf"(?!(?:19|20)[0-9]{{2}}(?![0-9])){DIGITS}")
_Row = list[tuple[int, int]]
"""Places of cells."""
_MOST_LINES = 200
_LONGEST = 2000


def codes(text: str) -> Iterator[tuple[int, int]]:
    """Places of the codes in the tables of a column, its values joined by NUL."""
    if "\n" not in text:
        return
    done = 0
    for header in _HEADER.finditer(text):
        first = max(text.rfind("\n", 0, header.start()), text.rfind("\0", 0, header.start())) + 1
        if first < done or (table := _table(text, first)) is None:
            continue  # `Portens kod` alone on its line
        names, rows = table
        done = rows[-1][-1][1]
        if not _OTHERS.search(text, first, names[-1][1]):
            yield from _of_codes(text, names, rows)
            yield from _of_things(text, names, rows)


def _table(text: str, first: int) -> tuple[_Row, list[_Row]] | None:
    """The header and the rows of the table whose first line begins at a place; None if it has none.

    Where blanks part the cells, one that is empty is told by where the others begin.
    """
    stop = text.find("\n", first)
    separator = _SEPARATOR if _SEPARATOR.search(text, first, stop) else _COMMA
    lines = list(islice(_lines(text, first, separator), _MOST_LINES))
    cut = [_cells(text, *line, separator) for line in lines]
    if len(cut) < 2 or len(names := cut[0]) < 2:
        return None
    signed = _SIGN.search(text, *lines[0]) is not None
    rows = (_fitted(row, names, line[0] - first, signed=signed) for row, line in zip(cut[1:], lines[1:], strict=True))
    found = [row for row in rows if row is not None]
    return (names, found) if found else None


def _fitted(row: _Row, names: _Row, shift: int, *, signed: bool) -> _Row | None:
    """A row with a cell for each name; None if it is none of the table's."""
    missing = len(names) - len(row)
    if not missing:
        return row
    if missing < 0 or len(row) < 2:
        return None
    empty = (row[-1][1], row[-1][1])
    if signed:
        return [*row, *[empty] * missing]
    begins = {start: (start, end) for start, end in row}
    fitted = [
        next((begins[at] for at in (start + shift, start + shift - 1) if at in begins), empty) for start, _ in names
    ]
    return fitted if sum(cell != empty for cell in fitted) == len(row) else None


def _of_codes(text: str, names: _Row, rows: list[_Row]) -> Iterator[tuple[int, int]]:
    """The codes in columns called `Kod`, where the table names what they open, or somebody."""
    columns = [at for at, name in enumerate(names) if _CALLED_CODE.match(text, name[0])]
    opens = columns and (
        _OPENED.search(text, names[0][0], rows[-1][-1][1]) or any(_names_someone(text, row) for row in rows)
    )
    if opens:
        cells = (row[column] for row in rows for column in columns if row[column][1] - row[column][0] <= _LONG_CELL)
        yield from (code.span() for cell in cells for code in _WITHIN.finditer(text, *cell))


def _of_things(text: str, names: _Row, rows: list[_Row]) -> Iterator[tuple[int, int]]:
    """The codes in columns called after what they open, all of whose cells are codes."""
    if _NETWORK.search(text, names[0][0], names[-1][1]):
        return
    found: list[tuple[int, int]] = []
    for at, name in enumerate(names):
        cells = [row[at] for row in rows if row[at][0] < row[at][1]]
        if _CALLED_THING.match(text, name[0]) and all(_NO_YEAR.fullmatch(text, *cell) for cell in cells):
            found += cells
    if len(found) > 1:
        yield from found


def _names_someone(text: str, row: list[tuple[int, int]]) -> bool:
    """Whether a cell begins with a name, and no town's: whoever has the code."""
    words = [text[start:end].partition(" ")[0] for start, end in row]
    judged = [judge(word) for word in words if word.istitle() and word.casefold() not in towns()]
    return any((word.given or word.surname) and not word.ordinary for word in judged)


def _lines(text: str, at: int, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The lines of a value from `at` on, until one without cells; rulers are none."""
    stop = text.find("\0", at)
    stop = len(text) if stop < 0 else stop
    while at < stop:
        end = text.find("\n", at, stop)
        end = stop if end < 0 else end
        if not _RULER.fullmatch(text, at, end):
            if end - at > _LONGEST or not separator.search(text, at, end):
                return
            yield at, end
        at = end + 1


def _cells(text: str, start: int, end: int, separator: re.Pattern[str]) -> _Row:
    """The cells of a line; those at its ends that are empty are none."""
    cells = []
    at = start
    for found in separator.finditer(text, start, end):
        cells.append((at, found.start()))
        at = found.end()
    cells.append((at, end))
    return [cell for number, cell in enumerate(cells) if cell[0] < cell[1] or 0 < number < len(cells) - 1]
