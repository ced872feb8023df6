"""What a file that describes calls says: rows of fields, whatever its form (CSV, JSON, XML, key and value, text)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace

from connectors.extract.encoding import decode
from connectors.extract.limits import LimitReachedError
from connectors.extract.names import Names
from connectors.extract.table import Table, rows
from connectors.extract.tree import Tree, flatten
from connectors.recordings.columns import meaning
from connectors.recordings.numbers import normalize
from connectors.recordings.xmltree import xml_tree

FORMS = frozenset((
    "csv", "tsv", "json", "jsonl", "ndjson", "xml", "txt", "text", "meta", "ini", "properties", "cfg", "log", "md",
    "yaml", "yml", "vtt", "srt",
))  # fmt: skip
"""Extensions of files that can describe calls."""

_TABULAR = frozenset(("csv", "tsv"))
NESTED = frozenset(("json", "jsonl", "ndjson", "xml"))
_PAIR = re.compile(r"\s*([^\W_][\w .()/-]{0,60}?)\s*[:=]\s*(.*\S)\s*")
_SECTION = re.compile(r"\s*(?:\[[^\]]*\]|[#;].*|---|)\s*")

Fields = dict[str, str]


@dataclass(slots=True, repr=False)
class Described:
    """The content of a describing file."""

    rows: list[Fields] = field(default_factory=list)
    """One a call, or one in all."""
    around: Fields = field(default_factory=dict)
    """What stands beside the list of calls: who made it, when."""
    notes: tuple[str, ...] = ()
    problem: str = ""
    """Why it was read as plain text only: `corrupt json`, `limit:depth`."""


def read_calls(data: bytes, extension: str) -> Described:
    """Read a call list (CDR file): one row a call."""
    return _read(data, extension, listed=True)


def read_one(data: bytes, extension: str) -> Described:
    """Read a sidecar: one row in all, unless it is a table of several."""
    return _read(data, extension, listed=False)


def _read(data: bytes, extension: str, *, listed: bool) -> Described:
    text, encoding = decode(data)
    notes = () if encoding == "utf-8" else (f"encoding:{encoding}",)
    try:
        if extension in NESTED:
            found = _from_tree(_tree(text, extension), listed=listed)
        elif extension in _TABULAR or (listed and not text.lstrip().startswith(("{", "[", "<"))):
            found = Described(_table(rows(text, "\t" if extension == "tsv" else ""), listed=listed))
        else:
            found = Described(_pairs(text))
    except ValueError:
        found = Described(_text(text), problem=f"corrupt {extension}")
    except (LimitReachedError, RecursionError):
        found = Described(_text(text), problem="limit:depth")
    found.notes = notes
    return found


def _tree(text: str, extension: str) -> Tree:
    """Parse nested data; of JSON lines, one object a line.

    Raises:
        ValueError: not well-formed.
    """
    if extension == "xml":
        return xml_tree(text)
    try:
        return _json(text)
    except json.JSONDecodeError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            raise
        return [_json(line) for line in lines]


def _json(text: str) -> Tree:
    tree: Tree = json.loads(text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_every_member)
    return tree


def _every_member(pairs: list[tuple[str, Tree]]) -> dict[str, Tree]:
    """Keep the members of an object that repeats a key."""
    names = Names()
    return {names.take(key): value for key, value in pairs}


def _from_tree(tree: Tree, *, listed: bool) -> Described:
    if not listed:
        return Described([flatten(tree)])
    found = _longest_list(tree)
    if found is None:
        while isinstance(tree, dict) and len(tree) == 1 and isinstance(only := next(iter(tree.values())), dict):
            tree = only
        return Described([flatten(tree)])
    calls = [flatten(call) for call in found]
    found.clear()  # what is left of the tree stands around the list
    return Described(calls, flatten(tree))


def _longest_list(tree: Tree) -> list[Tree] | None:
    """Find the list with most objects, the outermost first."""
    best: list[Tree] | None = None
    level = [tree]
    while level and best is None:
        lists = [node for node in level if isinstance(node, list) and any(isinstance(item, dict) for item in node)]
        best = max(lists, key=len, default=None)
        level = [child for node in level if isinstance(node, dict) for child in node.values()]
    return best


def _table(table: Table, *, listed: bool) -> list[Fields]:
    table = table if table.header else _with_header(table)
    lines, header = list(table.rows), table.header
    if not listed and (pairs := _as_pairs([header, *lines] if header else lines, header is None)):
        return [pairs]
    return [
        {name: cell for name, cell in zip(table.names(len(line)), line, strict=True) if cell.strip()} for line in lines
    ]


def _with_header(table: Table) -> Table:
    """Take the first row for names if one of its cells is known as such and none is a number: few rows tell little."""
    lines = list(table.rows)
    first = lines[0] if len(lines) > 1 else []
    if any(map(meaning, first)) and not any(map(normalize, first)):
        names = Names()
        return replace(table, header=[names.take(name.strip()) for name in first], rows=iter(lines[1:]))
    return replace(table, rows=iter(lines))


def _as_pairs(lines: list[list[str]], bare: bool) -> Fields:
    """Read a table of two columns as names and values (`caller;0701740605`) if the first are known names; else {}.

    Args:
        lines: All lines.
        bare: The first line does not look like a header: one known name will do.
    """
    if any(len(line) != 2 for line in lines) or len({name for name, _ in lines}) != len(lines):
        return {}
    known = sum(1 for name, _ in lines if meaning(name))
    return {name.strip(): value for name, value in lines if value} if known >= 2 or (bare and known) else {}


def _pairs(text: str) -> list[Fields]:
    """Read `key: value` or `key = value` lines; text of any other kind is one field, `text`."""
    lines = [line for line in text.splitlines() if not _SECTION.fullmatch(line)]
    found = [_PAIR.fullmatch(line) for line in lines]
    pairs = {match[1]: match[2] for match in found if match}
    if pairs and len(pairs) == len(lines):
        comments = "\n".join(line for line in text.splitlines() if _SECTION.fullmatch(line) and line.strip(" -\t"))
        return [pairs | ({"text": comments} if comments else {})]
    return _text(text)


def _text(text: str) -> list[Fields]:
    return [{"text": text}] if text.strip() else []
