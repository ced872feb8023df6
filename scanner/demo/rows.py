"""A row of a table before it is written: its cells, and whom it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scanner.demo.texts import Text

Leaf = Text | str | int | float | date | None
Tree = Leaf | Mapping[str, "Tree"] | Sequence["Tree"]
Cell = Leaf | dict[str, "Tree"]


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by column, and the ids of those whom the row is about."""

    cells: Mapping[str, Cell]
    about: tuple[str, ...] = ()


def leaves(tree: Tree, path: str) -> Iterator[tuple[str, Text]]:
    """The texts of a tree with their paths: `kund.namn`, `rader[0].text`."""
    if isinstance(tree, Text):
        yield path, tree
    elif isinstance(tree, Mapping):
        for name, value in tree.items():
            yield from leaves(value, f"{path}.{name}" if path else str(name))
    elif isinstance(tree, Sequence) and not isinstance(tree, str):
        for number, value in enumerate(tree):
            yield from leaves(value, f"{path}[{number}]")


def plain(tree: Tree) -> object:
    """The tree as plain values, for a writer."""
    if isinstance(tree, Text):
        return tree.text
    if isinstance(tree, Mapping):
        return {name: plain(value) for name, value in tree.items()}
    if isinstance(tree, Sequence) and not isinstance(tree, str):
        return [plain(value) for value in tree]
    return tree.isoformat() if isinstance(tree, date) else tree
