"""The trained pipeline's network, at work without spaCy: the same weights, the same arithmetic, in numpy.

Words become vectors by their hashed features, four layers let each see its neighbours, and a greedy parser decides
token by token whether a name begins, goes on or ends. Architecture: spaCy's `MultiHashEmbed.v2`,
`MaxoutWindowEncoder.v2` and `TransitionBasedParser.v2`; a test holds this to spaCy's answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from recognizers.murmur import rows

Floats = NDArray[np.float32]
FEATURES = 5
"""LOWER, NORM, PREFIX, SUFFIX, SHAPE, in this order."""
_SEED = 8
"""Of the first feature's table; each further one has the next."""
OUT, BEGIN, IN, LAST, UNIT = range(1, 6)
"""Columns of the parser's moves, in its order; the first one is never allowed."""
_TINY = np.float32(1e-8)


class Network:
    """Judges tokens."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        """Take the weights by name: `embed0.E` …, and of `mix`, `layer0` …, `out`, `lower`, `upper` their parts."""
        self._tables = [weights[f"embed{number}.E"] for number in range(FEATURES)]
        self._mix = _Maxout(weights, "mix")
        depth = sum(name.startswith("layer") and name.endswith(".W") for name in weights)
        self._layers = [_Maxout(weights, f"layer{number}") for number in range(depth)]
        self._out = weights["out.W"].T.copy(), weights["out.b"]
        lower = weights["lower.W"]
        self._parts = lower.shape[0], lower.shape[1] * lower.shape[2]
        self._lower = lower.reshape(-1, lower.shape[3]).T.copy()
        self._bias = weights["lower.b"].reshape(-1)
        self._missing = weights["lower.pad"][0].reshape(self._parts)
        self._pieces = lower.shape[2]
        self._upper = weights["upper.W"].T.copy(), weights["upper.b"]

    def embed(self, ids: NDArray[np.uint64]) -> Floats:
        """Make the vectors of words, each of which has one number a feature."""
        parts = [
            table[rows(ids[:, number], _SEED + number, len(table))].sum(axis=1)
            for number, table in enumerate(self._tables)
        ]
        return self._mix(np.concatenate(parts, axis=1))

    def names(self, vectors: Floats, lengths: Sequence[int], blank: NDArray[np.bool_]) -> list[list[tuple[int, int]]]:
        """Find the names in sentences.

        Args:
            vectors: Of all tokens, sentence after sentence.
            lengths: Tokens of each sentence.
            blank: Which tokens are blanks, where no name begins.

        Returns:
            For each sentence the names' first tokens and the ones after their last, counted within the sentence.
        """
        features = self._encode(vectors, lengths) @ self._lower
        features = features.reshape(len(vectors), *self._parts)
        ends = np.cumsum(lengths)
        scores = self._scores(features[:, 0] + self._missing[1:].sum(axis=0))
        last = np.zeros(len(vectors), bool)
        last[ends[np.asarray(lengths) > 0] - 1] = True
        scores[:, [0, IN, LAST]] = -np.inf
        scores[blank | last, BEGIN] = scores[blank, UNIT] = -np.inf
        moves = scores.argmax(axis=1)
        return [list(self._read(moves, features, end - length, end)) for end, length in zip(ends, lengths, strict=True)]

    def _read(self, moves: NDArray[np.int64], features: Floats, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Read the names of one sentence: from where one begins, step by step to its end."""
        at = start
        for place in (start + np.flatnonzero(moves[start:end] != OUT)).tolist():
            if place < at:
                continue
            at = place + 1 if moves[place] == UNIT else self._last(features, place, end) + 1
            yield place - start, at - start

    def _last(self, features: Floats, first: int, end: int) -> int:
        """The last token of the name that begins at `first`."""
        for at in range(first + 1, end - 1):
            scores = self._scores(features[at, 0] + features[first, 1] + features[at - 1, 2])
            if scores[LAST] > scores[IN]:
                return at
        return end - 1

    def _scores(self, summed: Floats) -> Floats:
        pieces = (summed + self._bias).reshape(*summed.shape[:-1], -1, self._pieces)
        # Block by block: a `max` over an axis of two takes six times as long.
        hidden: Floats = reduce(np.maximum, (pieces[..., at] for at in range(self._pieces)))
        weights, bias = self._upper
        scores: Floats = hidden @ weights + bias
        return scores

    def _encode(self, vectors: Floats, lengths: Sequence[int]) -> Floats:
        """Let each token see its neighbours; between sentences lie as many empty ones as there are layers."""
        pad = len(self._layers)
        gaps = np.repeat(np.arange(1, len(lengths) + 1) * pad, lengths)
        places = np.arange(len(vectors)) + gaps
        padded = np.zeros((len(vectors) + (len(lengths) + 1) * pad, vectors.shape[1]), np.float32)
        padded[places] = vectors
        for layer in self._layers:
            padded += layer(_windows(padded))
        weights, bias = self._out
        encoded: Floats = padded[places] @ weights + bias
        return encoded


class _Maxout:
    """A layer: of several linear answers the largest, scaled to mean 0 and variance 1."""

    def __init__(self, weights: Mapping[str, Floats], name: str) -> None:
        whole = weights[f"{name}.W"]
        # Piece by piece, so that the largest is taken of whole blocks.
        self._weights = whole.transpose(2, 1, 0).reshape(whole.shape[2], -1).copy()
        self._bias = weights[f"{name}.b"].T.reshape(-1).copy()
        self._width = whole.shape[0]
        self._scale, self._shift = weights[f"{name}.G"], weights[f"{name}.shift"]

    def __call__(self, given: Floats) -> Floats:
        pieces = given @ self._weights
        pieces += self._bias
        answer = pieces[:, : self._width]
        for at in range(self._width, pieces.shape[1], self._width):
            answer = np.maximum(answer, pieces[:, at : at + self._width])
        answer = answer - answer.mean(axis=1, keepdims=True)
        answer /= np.sqrt(np.einsum("ij,ij->i", answer, answer)[:, None] / np.float32(self._width) + _TINY)
        scaled: Floats = answer * self._scale + self._shift
        return scaled


def _windows(vectors: Floats) -> Floats:
    """Beside each vector the one before and the one after it."""
    width = vectors.shape[1]
    wide = np.zeros((len(vectors), 3 * width), np.float32)
    wide[1:, :width] = vectors[:-1]
    wide[:, width : 2 * width] = vectors
    wide[:-1, 2 * width :] = vectors[1:]
    return wide
