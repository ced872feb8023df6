"""Sweep a column with one recognizer: candidates, their proofs, their spans within the values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from recognizers.base import Candidate, Proof, Recognizer
from recognizers.columns import Column, Positions

_LABEL = 2
"""A candidate is its value as a whole if at most so many characters stand around it: quotes, a bracket, a full stop."""


@dataclass(slots=True, repr=False)
class Found:
    """The proven candidates of one entity and recognizer in one column, one entry each."""

    recognizer: Recognizer
    entity: str
    proofs: list[Proof]
    start: Positions
    """Position in the column's text; likewise `end`."""
    end: Positions
    value: Positions
    """Index of the value it stands in."""
    score: NDArray[np.float64]
    whole: NDArray[np.bool_]
    """Whether it is its value as a whole."""
    shaped: Positions
    """Values that are, as a whole, a candidate, proven or not."""
    why: list[tuple[str, ...]]

    def passed(self) -> Positions:
        """Values that are, as a whole, a candidate whose proof stands out from chance."""
        if not self.recognizer.chance:
            return np.unique(self.value[self.whole])
        strong = np.fromiter(("checksum" in proof.why for proof in self.proofs), bool, len(self.proofs))
        return np.unique(self.value[self.whole & strong])

    def __repr__(self) -> str:
        """Show the size only."""
        return f"Found({self.entity} x {len(self.proofs)})"


def sweep(recognizer: Recognizer, column: Column) -> list[Found]:
    """Find what `recognizer` proves in `column`, by entity; scores are those of the proofs."""
    if not column.may_hold(recognizer.needs):
        return []
    candidates = list(_candidates(recognizer, column))
    if not candidates:
        return []
    distinct = {(candidate.text, candidate.shape.name): candidate for candidate in candidates}
    proofs = dict(zip(distinct, recognizer.prove_all(list(distinct.values())), strict=True))
    proven: dict[str, tuple[list[Candidate], list[Proof]]] = {}
    for candidate in candidates:
        proof = proofs[candidate.text, candidate.shape.name]
        if proof is not None:
            group = proven.setdefault(proof.entity or recognizer.entity, ([], []))
            group[0].append(candidate)
            group[1].append(proof)
    shaped = _whole_values(column, candidates) if recognizer.chance else np.empty(0, np.int64)
    return [_found(recognizer, entity, column, group, shaped) for entity, group in proven.items()]


def _candidates(recognizer: Recognizer, column: Column) -> Iterable[Candidate]:
    found = recognizer.candidates(column.text)
    speaks = recognizer.fields is not None and recognizer.fields.search(column.name)
    return chain(found, recognizer.sweep(column.text, named=True)) if speaks else found


def _whole_values(column: Column, candidates: list[Candidate]) -> Positions:
    start, end = _ends(candidates, [(0, 0)] * len(candidates))
    value = column.value_of(start)
    return np.unique(value[column.lengths[value] - (end - start) <= _LABEL])


def _ends(candidates: list[Candidate], trims: list[tuple[int, int]]) -> tuple[Positions, Positions]:
    size = len(candidates)
    start = np.fromiter((c.start + t[0] for c, t in zip(candidates, trims, strict=True)), np.int64, size)
    end = np.fromiter((c.end - t[1] for c, t in zip(candidates, trims, strict=True)), np.int64, size)
    return start, end


def _found(
    recognizer: Recognizer, entity: str, column: Column, group: tuple[list[Candidate], list[Proof]], shaped: Positions
) -> Found:
    candidates, proofs = group
    start, end = _ends(candidates, [proof.trim for proof in proofs])
    value = column.value_of(start)
    return Found(
        recognizer=recognizer,
        entity=entity,
        proofs=proofs,
        start=start,
        end=end,
        value=value,
        score=np.fromiter((proof.score for proof in proofs), np.float64, len(proofs)),
        whole=column.lengths[value] - (end - start) <= _LABEL,
        shaped=shaped,
        why=[proof.why for proof in proofs],
    )
