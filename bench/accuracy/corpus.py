"""News text with people labelled, when the path of such a corpus is given: a token and its label a line, a blank line
after a sentence. It is read where it lies and never copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.accuracy.labels import Labelled, Span

CLOSING = frozenset(".,:;!?)”%")
"""Signs that stand without a blank before them in running text."""
PEOPLE = frozenset({"PER", "PRS"})


def sentences(path: Path) -> Iterator[Labelled]:
    """Give the sentences with the spans of their people. Raises `OSError` for a path that cannot be read."""
    rows: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if parts:
            rows.append((parts[0], parts[-1]))
        elif rows:
            yield _sentence(rows)
            rows = []
    if rows:
        yield _sentence(rows)


def _sentence(rows: list[tuple[str, str]]) -> Labelled:
    text, spans, before = "", list[Span](), ""
    for token, label in rows:
        text += "" if not text or token in CLOSING else " "
        start = spans.pop().start if label in PEOPLE and before in PEOPLE else len(text)
        text += token
        if label in PEOPLE:
            spans.append(Span("PERSON", start, len(text), slot="news"))
        before = label
    return Labelled("corpus", 0, "held", text, tuple(spans))
