"""JSON (or hstore) in a cell, opened to leaves with a path each: `payload.kund.namn`, `payload.larm[0].kod`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from connectors.database.texts import number

MAX_DEPTH = 200


_HSTORE = re.compile(r'"((?:[^"\\]|\\.)*)"=>(?:NULL|"((?:[^"\\]|\\.)*)")(?:, |$)', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class _Pairs(list[tuple[str, Any]]):
    """An object's members in order: a name may come twice, and no value may be lost."""


_decoder = json.JSONDecoder(object_pairs_hook=_Pairs, parse_int=str, parse_float=number, parse_constant=str)


def leaves(column: str, text: str) -> list[tuple[str, str]] | None:
    """Paths and texts of all values in a JSON object or array, None if `text` is none (or one too deep).

    A string that is itself JSON is opened too. Numbers are plain text, truth values `true` and `false`, nulls left out.
    """
    found = _parsed(text)
    if found is None:
        return None
    try:
        return list(_walk(column, found, 1))
    except _TooDeep:
        return None


def hstore_leaves(column: str, text: str) -> list[tuple[str, str]] | None:
    """Likewise of PostgreSQL's hstore: `"namn"=>"Anna", "tel"=>NULL`."""
    found = list(_HSTORE.finditer(text))
    if not found or "".join(match[0] for match in found) != text:
        return None
    pairs = [(_ESCAPED.sub(r"\1", match[1]), match[2]) for match in found]
    return [(f"{column}.{name}", _ESCAPED.sub(r"\1", value)) for name, value in pairs if value is not None]


class _TooDeep(Exception):  # noqa: N818 - a way out of the recursion, not an error
    pass


def _parsed(text: str) -> Any:
    bare = text.strip()
    if bare[:1] + bare[-1:] not in ("{}", "[]"):
        return None
    try:
        return _decoder.decode(bare)
    except (ValueError, RecursionError):
        return None


def _walk(path: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, list) and depth > MAX_DEPTH:
        raise _TooDeep
    if isinstance(value, _Pairs):
        for name, member in value:
            yield from _walk(f"{path}.{name}", member, depth + 1)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _walk(f"{path}[{index}]", member, depth + 1)
    elif isinstance(value, bool):
        yield path, str(value).lower()
    elif value is not None:
        yield from _leaf(path, value, depth)


def _leaf(path: str, text: str, depth: int) -> Iterator[tuple[str, str]]:
    inner = _parsed(text)
    if inner is None:
        yield path, text
    else:
        yield from _walk(path, inner, depth + 1)
