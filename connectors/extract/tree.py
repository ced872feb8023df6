"""A nested value (JSON, XML) as flat fields: `kund.namn`, `rader[0].pris`."""

from __future__ import annotations

from typing import TypeAlias

from connectors.extract.encoding import clean
from connectors.extract.limits import LimitReachedError
from connectors.extract.names import Names

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | int | float | bool | None"


def flatten(value: Tree, depth: int = 200) -> dict[str, str]:
    """Give every leaf its path. Null is left out, numbers and truth values are text as JSON writes them.

    A key "" stands for the path itself; paths that meet (`{"a.b": …, "a": {"b": …}}`) are told apart as `a.b_2`.

    Raises:
        LimitReachedError: nested deeper than `depth`.
    """
    fields: dict[str, str] = {}
    names = Names()
    stack: list[tuple[str, Tree, int]] = [("", value, 0)]
    while stack:
        path, node, level = stack.pop()
        if level > depth:
            raise LimitReachedError("json_depth")
        if isinstance(node, dict):
            stack += [(_join(path, key), child, level + 1) for key, child in reversed(node.items())]
        elif isinstance(node, list):
            stack += [(f"{path}[{i}]", node[i], level + 1) for i in reversed(range(len(node)))]
        elif node is not None:
            fields[names.take(path)] = _text(node)
    return fields


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path and key else path or key


def _text(leaf: str | float) -> str:
    if isinstance(leaf, bool):
        return "true" if leaf else "false"
    return clean(str(leaf))
