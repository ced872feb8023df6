"""JSON and JSON lines. Numbers are kept as they are written: no rounding, no lost zero."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TypeGuard

from connectors.base import Batch, State, Unread
from connectors.extract.blocks import Lines
from connectors.extract.limits import LimitReachedError
from connectors.extract.names import Names
from connectors.extract.part import Part, Row, row_batches, whole
from connectors.extract.text import head, swept
from connectors.extract.tree import Tree, flatten

_LIKE_JSON = re.compile(r"""\s*(?:\{\s*(?:"|\}\s*$)|\[\s*(?:[\[{"]|\]\s*$))""")
DATA_KEY = re.compile(r"@|\d{6}|.{65}")
"""Keys that are data themselves."""
_CORRUPT = "corrupt json"


def is_json(text: str) -> bool:
    """Tell whether the text begins like a JSON object or array of objects (`[INFO] …` and `{ a: 1 }` do not)."""
    if _LIKE_JSON.match(text) or text.lstrip()[:1] not in ("[", "{"):
        return _LIKE_JSON.match(text) is not None
    try:
        return _load(text) is not None
    except LimitReachedError:
        return True


def is_json_lines(text: str) -> bool:
    """Tell JSON lines: the first line and most of those after it are an object or array each."""
    if text.lstrip()[:1] not in ("[", "{"):
        return False
    first = [_line(line) is not None for line in head(text, 1 << 22)]
    return len(first) > 1 and first[0] and 2 * sum(first) >= len(first)


def read_json(part: Part, text: str, notes: list[str]) -> Iterator[Batch | Unread]:
    """Give the objects of the one big array as records, else the document as one record.

    Keys that are data themselves (`{"anna@example.com": {…}}`) become entries of an array, with the field `@key`.
    What does not parse is read as running text and reported.
    """
    try:
        value = _load(text)
        if value is not None:
            yield from _document(part, value, notes)
            return
        reason = _CORRUPT
    except LimitReachedError as limit:
        reason = str(limit)
    yield from swept(part, text, notes, reason)


def read_json_lines(part: Part, found: Lines) -> Iterator[Batch | Unread]:
    """Give one record a line, `{"row": line number}`; a line that does not parse is running text, and reported."""
    first, broken = 0, 0

    def rows() -> Iterator[Row]:
        nonlocal first, broken
        for line in found:
            fields = None if found.part else _line_fields(line, part.limits.json_depth)
            if fields is None and line.strip():
                first, broken = first or found.number, broken + (found.part < 2)
                fields = {"": line.rstrip("\r\n")}
            if fields:
                yield found.place, fields

    yield from row_batches(part, rows(), found.notes)
    if broken:
        yield Unread(part.unit, State.PARTIAL, f"{_CORRUPT} ({broken} lines, first {first})")


def _line_fields(line: str, depth: int) -> dict[str, str] | None:
    value = _line(line)
    try:
        return None if value is None else flatten(value, depth)
    except LimitReachedError:
        return None


def _line(line: str) -> Tree:
    try:
        value = _load(line)
    except LimitReachedError:
        return None
    return value if isinstance(value, dict | list) else None


def _document(part: Part, value: Tree, notes: list[str]) -> Iterator[Batch]:
    array, rest = _split(value)
    depth = part.limits.json_depth
    fields = flatten(rest, depth)
    if fields:
        yield whole(part.unit, fields, notes)
    rows: Iterator[Row] = (({"row": n}, flatten(item, depth)) for n, item in enumerate(array, 1))
    yield from row_batches(part, rows, notes)


def _split(value: Tree) -> tuple[list[Tree], Tree]:
    """Part the array of objects that the document is, or has as its only one, from the rest."""
    if is_records(value):
        return value, None
    if isinstance(value, dict):
        arrays = [key for key, member in value.items() if is_records(member)]
        if len(arrays) == 1:
            rest = {key: member for key, member in value.items() if key != arrays[0]}
            return value[arrays[0]], rest  # type: ignore[return-value]
    return [], value


def is_records(value: Tree) -> TypeGuard[list[Tree]]:
    """Tell an array of objects, whose items are records."""
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def mapping(pairs: list[tuple[str, Tree]]) -> Tree:
    """Keep the members of an object whose key is repeated, and make entries of those whose key is data."""
    value = dict(pairs)
    if len(value) == len(pairs) and not DATA_KEY.search("\n".join(value)):
        return value
    names = Names()
    named = {names.take(key): member for key, member in pairs if not DATA_KEY.search(key)}
    entries: list[Tree] = [entry(key, member) for key, member in pairs if DATA_KEY.search(key)]
    if not entries:
        return named
    return {**named, names.take("*"): entries} if named else entries


def entry(key: str, member: Tree) -> Tree:
    """Give a member of an object whose key is data."""
    return {"@key": key, **(member if isinstance(member, dict) else {"": member})}


DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=mapping)


def _load(text: str) -> Tree:
    """Parse; None if it is no JSON.

    Raises:
        LimitReachedError: nested deeper than the parser goes.
    """
    try:
        value: Tree = DECODER.decode(text.strip())
    except RecursionError as error:
        raise LimitReachedError("json_depth") from error
    except ValueError:
        return None
    return value
