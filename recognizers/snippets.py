"""Fields that stand in texts: of JSON, XML, `key=value`, tables and SQL that somebody pasted, each with its value.

Examples: `{"user": "aek01"}`, `<efternamn>Ek</efternamn>`, `Kund{id=104732, namn='Ek'}`, lines below `id;namn;telefon`,
`INSERT INTO kund (namn, tel) VALUES ('Ek', …)`. Near-misses: `2 + 2 = 4`, `=SUM(A1)`, `a == b`, a list in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from recognizers.snippet_tables import rows

Wanted = Callable[[str], bool]
"""Tells of a field's name whether what it holds is asked for."""
_QUOTES = "\"'"
_LONGEST_NAME = 40
_LONGEST = 200
_KEY_END = re.compile(r"[\"'] ?: ?(?=[\"'0-9-])")
"""Between a quoted key and its value: it begins with a sign, which is searched for fast."""
_QUOTED = {quote: re.compile(rf"{quote}([^{quote}\n\0]{{1,{_LONGEST}}}){quote}") for quote in _QUOTES}
_NUMBER = re.compile(r"(-?[0-9][0-9.]{0,30})(?![\w.])")
_EQUALS = re.compile(r"[\w\]]=(?![=>~])")
_NAME_SIGNS = "abcdefghijklmnopqrstuvwxyzåäöéABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ0123456789_.-"
_NO_NAMES = frozenset("$?&/%#")
"""Signs before what is no field's name here, but a variable, or part of an address on the web."""
_OWNED = frozenset(("id", "nr", "no", "namn", "name", "nummer", "number", "ref"))
_OWNER = re.compile(r"(?:<([^\W\d_]{2,20}) |(?<![^\W_])([^\W\d_]{2,20})[\[{(])\Z")
"""Whose it is: `Kund{id=1`, `<kund id="1"`."""
_BARE = re.compile(r"([^\W_][^\s,;&\"'(){}\[\]<>|=\0]{0,80})(?=[\s,;)}\]>|\0]|\Z)")
_CLOSED = re.compile(r"</([\w:.-]{1,40})>")
_THINGS_TOO = frozenset(("name", "namn"))
"""Names that machines and settings have as often: before `=` only a value with a capital is somebody's."""


class Place(NamedTuple):
    """A value in a text, and what its field is called."""

    name: str
    start: int
    end: int


def places(text: str, latin: bytes, wanted: Wanted) -> Iterator[Place]:
    """All values in a column, its values joined by NUL, whose field has a name that is asked for.

    Args:
        text: The column's.
        latin: The same in Latin-1.
        wanted: What is asked of each name.
    """
    if "=" in text:
        yield from _assigned(text, wanted)
    if ":" in text and ('"' in text or "'" in text):
        yield from _keyed(text, wanted)
    if "<" in text and "</" in text:  # one sign is looked for in a tenth of the time of two
        yield from _tagged(text, wanted)
    yield from (Place(*cell) for cell in rows(text, latin) if wanted(cell[0]))


def _keyed(text: str, wanted: Wanted) -> Iterator[Place]:
    """`"user": "aek01"`, `'antal': 5`."""
    for joint in _KEY_END.finditer(text):
        first = text.rfind(joint[0][0], max(0, joint.start() - _LONGEST_NAME), joint.start()) + 1
        name = text[first : joint.start()]
        if first and wanted(name) and (value := _value(text, joint.end())):
            yield Place(name, *value.span(1))


def _assigned(text: str, wanted: Wanted) -> Iterator[Place]:
    """`user=aek01`, `namn='Ek'`."""
    for sign in _EQUALS.finditer(text):
        before = text[max(0, sign.end() - _LONGEST_NAME) : sign.end() - 1]
        name = before[len(before.rstrip(_NAME_SIGNS)) :]
        before = before[: -len(name)]
        if name in _OWNED and (owner := _OWNER.search(before)):
            name = f"{owner[1] or owner[2]}.{name}"
        if not wanted(name) or before[-1:] in _NO_NAMES:
            continue
        value = _value(text, sign.end()) or _BARE.match(text, sign.end())
        if value and not (name.casefold() in _THINGS_TOO and value[1].islower()):
            yield Place(name, *value.span(1))


def _value(text: str, at: int) -> re.Match[str] | None:
    """The quoted text or the number that begins at `at`."""
    quoted = _QUOTED.get(text[at : at + 1])
    return quoted.match(text, at) if quoted else _NUMBER.match(text, at)


def _tagged(text: str, wanted: Wanted) -> Iterator[Place]:
    """`<efternamn>Ek</efternamn>`."""
    for close in _CLOSED.finditer(text):
        name, end = close[1].rpartition(":")[2], close.start()
        if not wanted(name):
            continue
        start = text.rfind(">", max(0, end - _LONGEST), end) + 1
        opened = text.rfind("<", max(0, start - _LONGEST), start)
        if 0 < start < end and opened >= 0 and text.startswith(close[1], opened + 1):
            yield Place(name, start, end)
