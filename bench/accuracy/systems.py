"""The systems under test: from texts to findings."""

from __future__ import annotations

from collections.abc import Sequence

from bench.accuracy.scoring import Found
from recognizers import Analyzer


class Insyn:
    """Our analyzer, as the scanner calls it."""

    name = "insyn"

    def __init__(self) -> None:
        self._analyzer = Analyzer()

    def read(self, texts: Sequence[str]) -> list[list[Found]]:
        """Find in each text alone, as a file is read: no text is evidence for another."""
        return [self.column("", [text])[0] for text in texts]

    def column(self, header: str, values: Sequence[str]) -> list[list[Found]]:
        """Find in the values of one column."""
        rows: list[list[Found]] = [[] for _ in values]
        for match in self._analyzer.find({header: values}):
            rows[match.record].append(Found(match.entity, match.start, match.end, match.score))
        return rows
