"""Sweep a column with one recognizer: candidates, their proofs, their spans within the values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from recognizers.base import Candidate, Proof, Recognizer
from recognizers.columns import Column, Positions, View

_DIGIT = re.compile("0")
"""Found in the outline of a value with a digit."""
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
    chance: float
    """Share of random numbers that the recognizer takes for the entity; 0 = the shape is telling."""
    shaped: Positions
    """Values that are, as a whole, a candidate, proven or not."""
    why: list[tuple[str, ...]]

    def passed(self) -> Positions:
        """Values that are, as a whole, a candidate whose proof stands out from chance."""
        if not self.chance:
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
    speaks = recognizer.fields is not None and recognizer.fields.search(column.name) is not None
    view = column.whole if speaks else _view(recognizer, column)
    candidates = list(_candidates(recognizer, column, view, speaks)) if len(view.values) else []
    if not candidates:
        return []
    proven: dict[str, tuple[list[Candidate], list[Proof]]] = {}
    own = recognizer.entity
    for candidate, proof in zip(candidates, _proofs(recognizer, candidates), strict=True):
        if proof is None:
            continue
        group = proven.get(proof.entity or own)
        if group is None:
            group = proven[proof.entity or own] = ([], [])
        group[0].append(candidate)
        group[1].append(proof)
    founds = [_found(recognizer, entity, (column, view), group) for entity, group in proven.items()]
    for found in founds:
        # What the recognizer finds of another entity on the way says nothing of chance.
        if recognizer.chance and found.entity == own:
            found.chance, found.shaped = recognizer.chance, _whole_values(column, view, candidates)
    return founds


def _view(recognizer: Recognizer, column: Column) -> View:
    """The values that can hold a candidate at all."""
    if recognizer.needs != "digit":
        return column.whole
    gates = tuple(shape.gate for shape in recognizer.shapes if shape.gate and not shape.named)
    gated = _is_plain(recognizer) and all(shape.gate or shape.named for shape in recognizer.shapes)
    return column.behind(gates if gated else (_DIGIT,))


def _is_plain(recognizer: Recognizer) -> bool:
    """Whether candidates are what the shapes propose."""
    return type(recognizer).candidates is Recognizer.candidates


def _proofs(recognizer: Recognizer, candidates: list[Candidate]) -> Iterable[Proof | None]:
    """Prove each distinct text of each shape once."""
    if len({candidate.text for candidate in candidates}) == len(candidates):
        return recognizer.prove_all(candidates)
    distinct = {(candidate.text, candidate.shape.name): candidate for candidate in candidates}
    proofs = dict(zip(distinct, recognizer.prove_all(list(distinct.values())), strict=True))
    return [proofs[candidate.text, candidate.shape.name] for candidate in candidates]


def _candidates(recognizer: Recognizer, column: Column, view: View, speaks: bool) -> Iterable[Candidate]:
    """Propose spans in a view, the column as a whole if its name speaks for the entity."""
    if _is_plain(recognizer):
        found: Iterable[Candidate] = recognizer.sweep(view.text, opens=column.outlines.open)
    else:
        found = recognizer.candidates(view.text)
    return chain(found, recognizer.sweep(view.text, named=True)) if speaks else found


def _whole_values(column: Column, view: View, candidates: list[Candidate]) -> Positions:
    start = np.array([candidate.start for candidate in candidates], np.int64)
    end = np.array([candidate.end for candidate in candidates], np.int64)
    value = view.values[view.value_of(start)]
    return np.unique(value[column.lengths[value] - (end - start) <= _LABEL])


def _found(
    recognizer: Recognizer, entity: str, place: tuple[Column, View], group: tuple[list[Candidate], list[Proof]]
) -> Found:
    column, view = place
    proofs = group[1]
    start = np.array([candidate.start + proof.trim[0] for candidate, proof in zip(*group, strict=True)], np.int64)
    end = np.array([candidate.end - proof.trim[1] for candidate, proof in zip(*group, strict=True)], np.int64)
    within = view.value_of(start)
    value, shift = view.values[within], view.shift[within]
    return Found(
        recognizer=recognizer,
        entity=entity,
        proofs=proofs,
        start=start + shift,
        end=end + shift,
        value=value,
        score=np.array([proof.score for proof in proofs], np.float64),
        whole=column.lengths[value] - (end - start) <= _LABEL,
        chance=0.0,
        shaped=np.empty(0, np.int64),
        why=[proof.why for proof in proofs],
    )
