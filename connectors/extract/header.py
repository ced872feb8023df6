"""Whether the first row of a table holds names of columns or data. Data taken for names would not be read."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DATA = re.compile(r"@|\d{4}|\d[\d .,:-]*$|^[\d+(]|.{65}", re.DOTALL)
_IDENTIFIER = re.compile(r"[a-zåäö]+[a-zåäö0-9]*(?:[_A-ZÅÄÖ][A-ZÅÄÖa-zåäö0-9]*)+$")
_NUMBERED = re.compile(r"\D{2,40}\d{0,2}$")
_NUMBER = re.compile(r"[ _]?\d{1,2}$")
_COUNTED = re.compile(r"([^\W\d_]{2,30})[ _]?(\d{1,2})")
_KINDS = 2
_WORD_OF_CODE = re.compile(r"[^\W\d_][\w-]{0,39}")
_DIGITS = re.compile(r"\d+")
_FEW_DIGITS = re.compile(r"\d{1,2}|(?:19|20)\d\d")
_ENDS = r"namn|name|nummer|number|nr|datum|date|adress|address|telefon|phone|mail|post|kod|code|_?id|typ|type"
_WORDS = re.compile(
    rf"(?:{_ENDS})$|\b(?:{_ENDS}|mobil|gata|street|ort|stad|city|zip|person|kund|customer|tid|time|konto|account|belopp"
    r"|amount|summa|pris|price|status|text|kommentar|comment|not|notering|note|beskrivning|description|säljare|avtal"
    r"|ärende|order|faktura|invoice|land|country|kön|gender|född|birth|ip|latitud|longitud|tel|fax|titel|title|roll)\b",
    re.IGNORECASE,
)


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """Find the header among the first rows: the first one, or the one below titles that fill few cells."""
    width = max(map(len, rows), default=0)
    for index, row in enumerate(rows[:8]):
        if is_header(row, rows[index + 1 :]):
            return index
        if 2 * sum(1 for cell in row if cell.strip()) > width:
            return None
    return None


def is_header(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Judge the first row: nothing in it looks like data, and it speaks of columns or differs from what is below it.

    A row that stands alone is data: nothing is lost.
    """
    filled = [cell.strip() for cell in first if cell.strip()]
    wider = sum(1 for row in body if len(row) > len(first))
    if not filled or not body or 2 * len(filled) < len(first) or 2 * wider > len(body):
        return False
    names = {cell for cell in filled if _is_name(cell)} | _series(filled) | _numbered(first, body)
    named = sum(1 for cell in filled if cell in names)
    if any(_DATA.search(cell) for cell in filled if cell not in names):
        return False
    if 2 * named >= len(filled) or any(_IDENTIFIER.match(cell) for cell in filled):
        return True
    return _differs(first, body)


def _series(cells: Sequence[str]) -> set[str]:
    """Words that stand with the numbers from one on, of several kinds: `Kontakt 1`, `Tel 1`, `Kontakt 2`, `Tel 2`."""
    numbers: dict[str, list[str]] = {}
    for cell in cells:
        if match := _COUNTED.fullmatch(cell):
            numbers.setdefault(match.group(1).casefold(), []).append(match.group(2))
    counted = {word for word, some in numbers.items() if some == [str(n) for n in range(1, len(some) + 1)]}
    if len(counted) < _KINDS or max(len(numbers[word]) for word in counted) < _KINDS:
        return set()
    return {cell for cell in cells if (match := _COUNTED.fullmatch(cell)) and match.group(1).casefold() in counted}


def _numbered(first: Sequence[str], body: Sequence[Sequence[str]]) -> set[str]:
    """Words with a number or a year in them, no blank, over cells of another form: `card_last4`, `line_1`, `q1_2024`.

    Users and codes look so too (`usr_1`), but then most of what stands below does; over nothing nobody knows.
    """
    found = set()
    for column, cell in enumerate(map(str.strip, first)):
        if _is_numbered(cell):
            below = [row[column].strip() for row in body if column < len(row) and row[column].strip()]
            if below and 2 * sum(map(_is_numbered, below)) < len(below):
                found.add(cell)
    return found


def _is_numbered(cell: str) -> bool:
    """Tell whether a cell is one word with numbers of few digits, or years."""
    digits = _DIGITS.findall(cell) if _WORD_OF_CODE.fullmatch(cell) else []
    return bool(digits) and all(map(_FEW_DIGITS.fullmatch, digits))


def _is_name(cell: str) -> bool:
    """Tell whether a cell is a word for a column; it may be numbered: `telefon 2`."""
    return _NUMBERED.match(cell) is not None and _WORDS.search(_NUMBER.sub("", cell)) is not None


def _differs(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell whether some column holds nothing but data (numbers, dates, addresses of mail) below its first cell."""
    for column in range(len(first)):
        below = [row[column] for row in body if column < len(row) and row[column].strip()]
        if len(below) >= 2 and all(_DATA.search(cell) for cell in below):
            return True
    return False
