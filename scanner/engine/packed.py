"""What a page holds of each record, packed: an object each would take several times the room in the writing process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scanner.keys import TOKEN_BYTES

NO_TOKEN = bytes(TOKEN_BYTES)
Array = NDArray[Any]


@dataclass(frozen=True, slots=True, repr=False)
class Findings:
    """Findings as parallel arrays; names are indices into `Page.names`, words into `Page.words`."""

    record: Array
    """Index into `Page.locators`."""
    field: Array
    why: Array
    start: Array
    end: Array
    score: Array
    entity: Array
    kind: Array
    test: Array
    key: Array
    """Index into `tokens`."""
    tokens: tuple[bytes, bytes, bytes]
    """Values, variants and further forms, one after the other; zeros where there is none."""

    @property
    def weight(self) -> int:
        """How many bytes they take."""
        places = _bytes(self.record, self.field, self.start, self.end, self.key)
        return places + _bytes(self.why, self.score, self.entity, self.kind, self.test, *self.tokens)

    def standing(self, some: slice) -> Iterator[list[bytes]]:
        """Value, variant and further form of some findings, a list each; no bytes where there is none."""
        for tokens in self.tokens:
            each = opened(tokens)[self.key[some]].tolist()
            yield [b"" if token == NO_TOKEN else token for token in each]


@dataclass(frozen=True, slots=True, repr=False)
class Links:
    """Keys in records as parallel arrays."""

    record: Array
    """Index into `Page.locators`."""
    field: Array
    """Index into `Page.names`."""
    tokens: bytes
    """One after the other."""

    @classmethod
    def of(cls, links: Sequence[tuple[int, int, bytes]]) -> Links:
        """Pack links: record, field and token of each."""
        return cls(
            np.fromiter((record for record, _, _ in links), np.int32, len(links)),
            np.fromiter((field for _, field, _ in links), np.int32, len(links)),
            b"".join([token for _, _, token in links]),
        )

    @property
    def weight(self) -> int:
        """How many bytes they take."""
        return _bytes(self.record, self.field, self.tokens)


@dataclass(frozen=True, slots=True, repr=False)
class Locators:
    """Sealed locators of records, one after the other."""

    lengths: Array
    """Bytes of each; 0: the part as a whole."""
    sealed: bytes

    @classmethod
    def of(cls, locators: Sequence[bytes | None]) -> Locators:
        """Pack locators; None: the part as a whole."""
        each = [sealed or b"" for sealed in locators]
        return cls(np.fromiter(map(len, each), np.int32, len(each)), b"".join(each))

    def __len__(self) -> int:
        return len(self.lengths)

    def __iter__(self) -> Iterator[bytes | None]:
        ends = np.cumsum(self.lengths, dtype=np.int64).tolist()
        return (self.sealed[start:end] or None for start, end in pairwise((0, *ends)))

    @property
    def weight(self) -> int:
        """How many bytes they take."""
        return _bytes(self.lengths, self.sealed)


def opened(tokens: bytes) -> Array:
    """Tokens that stand one after the other as an array, which gives them as bytes and sorts like them."""
    return np.frombuffer(tokens, f"V{TOKEN_BYTES}")


def _bytes(*parts: Array | bytes) -> int:
    return sum(len(part) if isinstance(part, bytes) else part.nbytes for part in parts)
