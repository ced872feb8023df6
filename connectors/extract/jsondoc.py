"""JSON and JSON lines. Numbers are kept as they are written: no rounding, no lost zero."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice

from connectors.base import Batch, State, Unread
from connectors.extract.limits import LimitReachedError
from connectors.extract.names import Names
from connectors.extract.part import Part, Row, row_batches, whole
from connectors.extract.text import lines, read_text
from connectors.extract.tree import Tree, flatten

_LIKE_JSON = re.compile(r"""\s*(?:\{\s*(?:"|\}\s*$)|\[\s*(?:[\[{"]|\]\s*$))""")
_CORRUPT = "corrupt json"


def is_json(text: str) -> bool:
    """Tell whether the text begins like a JSON object or array of objects (`[INFO] …` and `{ a: 1 }` do not)."""
    if _LIKE_JSON.match(text):
        return True
    return text.lstrip()[:1] in ("[", "{") and _load(text) is not None


def read_json(part: Part, text: str, notes: list[str]) -> Iterator[Batch | Unread]:
    """Give the objects of the one big array as records, else the document as one record; JSON lines a record a line.

    What does not parse is read as running text and reported.
    """
    try:
        value = _load(text)
    except LimitReachedError:
        yield from _as_text(part, text, notes, "limit:json_depth")
        return
    if value is not None:
        yield from _document(part, text, value, notes)
    elif _are_lines(text):
        yield from _lines(part, text, notes)
    else:
        yield from _as_text(part, text, notes, _CORRUPT)


def _load(text: str) -> Tree:
    """Parse; None if it is no JSON.

    Raises:
        LimitReachedError: nested deeper than the parser goes.
    """
    try:
        value: Tree = _DECODER.decode(text.strip())
    except RecursionError as error:
        raise LimitReachedError("json_depth") from error
    except ValueError:
        return None
    return value


def _object(pairs: list[tuple[str, Tree]]) -> Tree:
    """Keep the members of an object whose key is repeated: a plain dict would lose all but the last."""
    value = dict(pairs)
    if len(value) == len(pairs):
        return value
    names = Names()
    return {names.take(key): member for key, member in pairs}


_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_object)


def _document(part: Part, text: str, value: Tree, notes: list[str]) -> Iterator[Batch | Unread]:
    array, rest = _split(value)
    depth = part.limits.json_depth
    try:
        fields = flatten(rest, depth)
        if fields or not array:
            yield whole(part.unit, fields, notes)
        rows: Iterator[Row] = (({"row": n}, flatten(item, depth)) for n, item in enumerate(array, 1))
        yield from row_batches(part, rows, notes)
    except LimitReachedError:
        yield from _as_text(part, text, notes, "limit:json_depth")


def _split(value: Tree) -> tuple[list[Tree], Tree]:
    """Part the array of objects that the document is, or has as its only one, from the rest."""
    if _is_records(value):
        return value, None  # type: ignore[return-value]
    if isinstance(value, dict):
        arrays = [key for key, member in value.items() if _is_records(member)]
        if len(arrays) == 1:
            rest = {key: member for key, member in value.items() if key != arrays[0]}
            return value[arrays[0]], rest  # type: ignore[return-value]
    return [], value


def _is_records(value: Tree) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _are_lines(text: str) -> bool:
    """Tell JSON lines: most of the first lines are an object or array each."""
    head = [line for line in islice(lines(text), 20) if line.strip()]
    return len(head) > 1 and sum(1 for line in head if _line(line) is not None) * 2 >= len(head)


def _line(line: str) -> dict[str, Tree] | list[Tree] | None:
    try:
        value = _load(line)
    except LimitReachedError:
        return None
    return value if isinstance(value, dict | list) else None


def _lines(part: Part, text: str, notes: list[str]) -> Iterator[Batch | Unread]:
    broken: list[int] = []

    def rows() -> Iterator[Row]:
        for number, line in enumerate(lines(text), 1):
            if line.strip():
                yield {"row": number}, _fields(line, number)

    def _fields(line: str, number: int) -> dict[str, str]:
        value = _line(line)
        try:
            if value is not None:
                return flatten(value, part.limits.json_depth)
        except LimitReachedError:
            pass
        broken.append(number)
        return {"": line.rstrip("\r\n")}

    yield from row_batches(part, rows(), notes)
    if broken:
        yield Unread(part.unit, State.PARTIAL, f"{_CORRUPT} ({len(broken)} lines, first {broken[0]})")


def _as_text(part: Part, text: str, notes: list[str], reason: str) -> Iterator[Batch | Unread]:
    yield from read_text(part, text, notes)
    yield Unread(part.unit, State.PARTIAL, reason)
