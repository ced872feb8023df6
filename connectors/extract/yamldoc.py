"""YAML, comments too. Every scalar is text: no lost zero, no number read in base 60."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from connectors.base import Batch, Unread
from connectors.extract.jsondoc import mapping
from connectors.extract.limits import LimitReachedError
from connectors.extract.part import Part, Row, row_batches, whole
from connectors.extract.text import swept
from connectors.extract.tree import Tree, flatten

_COMMENT = re.compile(r"(?:^|[ \t])#[ \t]*([^\r\n]*)", re.MULTILINE)
_NODES = 1_000_000
_DEPTH = 200
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Makes nothing but text; the one in C is ten times as fast."""
_TOO_DEEP = "maximum nesting depth"


def is_yaml(text: str, extension: str) -> bool:
    """Tell by the extension or the directive: any text may be YAML."""
    return extension in ("yaml", "yml") or text.startswith("%YAML ")


def read_yaml(part: Part, text: str, notes: list[str]) -> Iterator[Batch | Unread]:
    """Give the entries of a list of mappings, or the documents of a stream, as records, else one record."""
    try:
        documents = _Composer().documents(text)
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        yield from swept(part, text, notes, _reason(error))
        return
    except LimitReachedError as limit:
        yield from swept(part, text, notes, str(limit))
        return
    value: Tree = documents[0] if len(documents) == 1 else documents
    comments = "\n".join(found for found in _COMMENT.findall(text) if found.strip())
    rows = value if isinstance(value, list) and value and all(isinstance(one, dict) for one in value) else []
    depth = part.limits.json_depth
    fields = {} if rows or not documents else flatten(value, depth)
    if comments:
        fields["@comment"] = comments
    if fields:
        yield whole(part.unit, fields, notes)
    records: Iterator[Row] = (({"row": n}, flatten(one, depth)) for n, one in enumerate(rows, 1))
    yield from row_batches(part, records, notes)


def _reason(error: Exception) -> str:
    """Why a text could not be parsed: the parser in C has a limit of depth too, and may reach it first."""
    too_deep = _TOO_DEEP in str(getattr(error, "problem", ""))
    return str(LimitReachedError("yaml_depth")) if too_deep else "corrupt yaml"


class _Composer:
    """Makes trees of what the parser tells, without recursion; an alias costs what it stands for, each time."""

    def __init__(self) -> None:
        self._open: list[list[Tree]] = []
        """Nodes that have come so far of the collections that are open; of a mapping keys and values in turn."""
        self._anchors: dict[str, tuple[Tree, int]] = {}
        self._names: list[tuple[str, int]] = []
        self._nodes = 0

    def documents(self, text: str) -> list[Tree]:
        """Give the documents of a stream.

        Raises:
            LimitReachedError: too deep, or aliases of aliases make it too large.
            yaml.YAMLError: it is no YAML.
        """
        found: list[Tree] = []
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.DocumentStartEvent):
                self._open, self._anchors = [found], {}
            elif isinstance(event, yaml.AliasEvent):
                value, weight = self._anchors.get(event.anchor or "", (f"*{event.anchor}", 1))
                self._add(value, weight)
            elif isinstance(event, yaml.ScalarEvent):
                self._add(event.value, 1)
                self._keep(event.anchor, event.value, self._nodes - 1)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._start(event.anchor)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._end(isinstance(event, yaml.MappingEndEvent))
        return found

    def _add(self, value: Tree, weight: int) -> None:
        self._nodes += weight
        if self._nodes > _NODES:
            raise LimitReachedError("yaml_nodes")
        self._open[-1].append(value)

    def _start(self, anchor: str | None) -> None:
        if len(self._open) > _DEPTH:
            raise LimitReachedError("yaml_depth")
        self._names.append((anchor or "", self._nodes))
        self._open.append([])

    def _end(self, is_mapping: bool) -> None:
        nodes = self._open.pop()
        value: Tree = _mapping(nodes) if is_mapping else nodes
        anchor, before = self._names.pop()
        self._keep(anchor, value, before)
        self._add(value, 1)

    def _keep(self, anchor: str | None, value: Tree, before: int) -> None:
        if anchor:
            self._anchors[anchor] = value, self._nodes - before + 1


def _mapping(nodes: list[Tree]) -> Tree:
    """Pair keys and values as JSON's are; a key that is a collection itself is its leaves."""
    keys = [key if isinstance(key, str) else "; ".join(flatten(key).values()) for key in nodes[::2]]
    return mapping(list(zip(keys, nodes[1::2], strict=False)))
