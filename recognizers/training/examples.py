"""A text and the persons' names in it: what the model learns from and is measured with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

Span = tuple[int, int]
"""First character of a name and one past its last."""


class Example(NamedTuple):
    """A text with its names, in order of their places. `repr` hides both: corpora hold real people."""

    text: str
    spans: tuple[Span, ...]

    def __repr__(self) -> str:
        """Show the size only."""
        return f"Example({len(self.text)} characters, {len(self.spans)} names)"


def join(parts: Iterable[tuple[str, bool]]) -> Example:
    """Put a text together from its parts, each with whether it is a name."""
    texts, spans, at = [], [], 0
    for text, is_name in parts:
        if is_name and text:
            spans.append((at, at + len(text)))
        texts.append(text)
        at += len(text)
    return Example("".join(texts), tuple(spans))


def parts(example: Example) -> Iterator[tuple[str, bool]]:
    """Take a text apart: what `join` puts together."""
    at = 0
    for start, end in example.spans:
        yield example.text[at:start], False
        yield example.text[start:end], True
        at = end
    yield example.text[at:], False
