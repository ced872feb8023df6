"""Reads names in sentences with the trained pipeline that ships, without spaCy: it is there twenty times sooner."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizers.installed import RecognizerError
from recognizers.murmur import string_id
from recognizers.network import FEATURES, Floats, Network
from recognizers.tokens import RULES, Cut, Part, Tokenizer
from recognizers.word_classes import word_class, word_form

SHIPPED = Path(__file__).parent / "models" / "sv_names"
"""Directory of the trained pipeline in the package."""
WEIGHTS = "weights.npz"
_REMEMBERED = 65536
_BATCH = 1500
"""Tokens read at once: what the network needs for them stays in a processor's cache."""

Span = tuple[int, int]


class NameReader:
    """Finds names in sentences."""

    def __init__(self, directory: Path = SHIPPED) -> None:
        """Load the pipeline.

        Raises:
            RecognizerError: there is none in `directory`.
        """
        if not (directory / WEIGHTS).is_file():
            raise RecognizerError(f"no trained name model in {directory}: install Insyn again, or train one")
        rules = json.loads((directory / RULES).read_text(encoding="utf-8"))
        with np.load(directory / WEIGHTS) as weights:
            self._network = Network(dict(weights))
        self._tokenizer = Tokenizer(rules)
        self._features = _Features(rules)
        self._index: dict[Part, int] = {}
        self._vectors: Floats = np.empty((0, 0), np.float32)

    def __call__(self, sentences: Sequence[str]) -> list[tuple[Span, ...]]:
        """Find the names in each sentence, as places in it."""
        found: list[tuple[Span, ...]] = []
        waiting: list[Cut] = []
        size = 0
        for sentence in sentences:
            waiting.append(self._tokenizer.tokens(sentence))
            size += len(waiting[-1].parts)
            if size >= _BATCH:
                found += self._read(waiting)
                waiting, size = [], 0
        return found + self._read(waiting)

    def _read(self, cuts: Sequence[Cut]) -> list[tuple[Span, ...]]:
        words = [part for cut in cuts for part in cut.parts]
        if not words:
            return [() for _ in cuts]
        blank = np.fromiter((text.isspace() for text, _ in words), bool, len(words))
        named = self._network.names(self._embedded(words), [len(cut.parts) for cut in cuts], blank)
        return [tuple(cut.span(*name) for name in names) for cut, names in zip(cuts, named, strict=True)]

    def _embedded(self, words: Sequence[Part]) -> Floats:
        """The words' vectors; each word's is made once."""
        new = [word for word in dict.fromkeys(words) if word not in self._index]
        if len(self._index) + len(new) > _REMEMBERED:
            self._index.clear()
            new = list(dict.fromkeys(words))
        if new:
            made = self._network.embed(np.array([self._features.ids(*word) for word in new], np.uint64))
            kept = self._vectors[: len(self._index)]
            self._vectors = np.concatenate((kept, made)) if self._index else made
            self._index.update(zip(new, range(len(self._index), len(self._index) + len(new)), strict=True))
        places: NDArray[np.int64] = np.fromiter(map(self._index.__getitem__, words), np.int64, len(words))
        vectors: Floats = self._vectors[places]
        return vectors


class _Features:
    """What the network is told of a word."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        self._symbols: Mapping[str, int] = rules["symbols"]
        self._words: Mapping[str, list[str]] = rules["words"]
        """Words of the special cases, which spaCy knows before it is told of classes -> NORM, LOWER."""

    def ids(self, text: str, norm: str | None) -> tuple[int, ...]:
        """Numbers of a word's features, in the network's order.

        Args:
            text: The word.
            norm: What a special case says it stands for.
        """
        known = self._words.get(text)
        usual, lower = known or (word_class(text), word_form(text))
        features = (lower, norm or usual, text[0], text[-3:], _shape(text))
        return tuple(self._id(feature) for feature in features)

    def _id(self, feature: str) -> int:
        symbol = self._symbols.get(feature)
        return string_id(feature) if symbol is None else symbol


assert FEATURES == 5  # noqa: S101  what `_Features.ids` gives


@lru_cache(maxsize=4096)
def _shape(text: str) -> str:
    """spaCy's shape: `Xxxxx` of `Karlsson`; four of a kind at most."""
    if len(text) >= 100:
        return "LONG"
    shape, run, last = "", 0, ""
    for char in text:
        kind = ("X" if char.isupper() else "x") if char.isalpha() else "d" if char.isdigit() else char
        run = run + 1 if kind == last else 0
        last = kind
        if run < 4:
            shape += kind
    return shape
