"""Codes in a table that stands in a text: a column headed `Kod`, in lines of doors, alarms and keys.

`Objekt    Typ    Kod`, `Förråd    Port    4410`; cells are parted by tabs, bars, semicolons or two blanks at least.
Near-misses: a table of goods (`Artikel    Kod    Pris`), of errors, a table that names nothing that a code opens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from recognizers.code_labels import THINGS
from recognizers.code_talk import DIGITS

_HEADER = re.compile(r"[kK](?<![^\W_].)(?i:od(?:er)?)(?= *(?:[\t|;\n]|  ))")
_SEPARATOR = re.compile(r" *[\t|;] *| {2,}")
_OPENED = re.compile(rf"(?<![^\W\d_])(?:{THINGS}|användare|brukare)", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?<![^\W\d_])(?:artikel|vara|pris|antal|fel|moms|valuta|land|konto|belopp|händelse|zon|rabatt|kampanj|kurs)",
    re.IGNORECASE,
)
_CODE = re.compile(DIGITS)
_MOST_LINES = 200
_LONGEST = 2000


def codes(text: str) -> Iterator[tuple[int, int]]:
    """Places of the codes in the tables of a column, its values joined by NUL."""
    if "\n" not in text:
        return
    done = 0
    for header in _HEADER.finditer(text):
        first = max(text.rfind("\n", 0, header.start()), text.rfind("\0", 0, header.start())) + 1
        if first < done:
            continue
        lines = list(islice(_lines(text, first), _MOST_LINES))
        if not lines:
            continue  # `Portens kod` alone on its line
        cells = _cells(text, *lines[0])
        column = next((at for at, (start, _) in enumerate(cells) if start == header.start()), None)
        rows = [row for line in lines[1:] if len(row := _cells(text, *line)) == len(cells)]
        if column is None or len(cells) < 2 or not rows:
            continue
        done = rows[-1][-1][1]
        table = text[first:done]
        if _OPENED.search(table) and not _OTHERS.search(text, first, lines[0][1]):
            yield from (row[column] for row in rows if _CODE.fullmatch(text, *row[column]))


def _lines(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The lines of a value from `at` on, until one without cells."""
    stop = text.find("\0", at)
    stop = len(text) if stop < 0 else stop
    while at < stop:
        end = text.find("\n", at, stop)
        end = stop if end < 0 else end
        if end - at > _LONGEST or not _SEPARATOR.search(text, at, end):
            return
        yield at, end
        at = end + 1


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cells of a line; those at its ends that are empty are none."""
    cells = []
    at = start
    for separator in _SEPARATOR.finditer(text, start, end):
        cells.append((at, separator.start()))
        at = separator.end()
    cells.append((at, end))
    return [cell for number, cell in enumerate(cells) if cell[0] < cell[1] or 0 < number < len(cells) - 1]
