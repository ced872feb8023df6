"""Sweep a column with one recognizer: candidates, their proofs, their spans within the values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recognizers import literals
from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.columns import Column, Positions, View, distinct
from recognizers.digit_runs import Run
from recognizers.evidence import FEW

_DIGIT = re.compile("0")
"""Found in the outline of a value with a digit."""
_LABEL = 2
"""A candidate is its value as a whole if at most so many characters stand around it: quotes, a bracket, a full stop."""

_UNTRIMMED = (0, 0)


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
            return distinct(self.value[self.whole])
        strong = np.fromiter(("checksum" in proof.why for proof in self.proofs), bool, len(self.proofs))
        return distinct(self.value[self.whole & strong])

    def moved(self, values: int, places: int) -> Found:
        """The same in a column in which as many values, and their text, stand before."""
        self.value, self.shaped = self.value + values, self.shaped + values
        self.start, self.end = self.start + places, self.end + places
        return self

    def __repr__(self) -> str:
        """Show the size only."""
        return f"Found({self.entity} x {len(self.proofs)})"


Sweep = Callable[[Recognizer, Column], list[Found]]
"""How one recognizer sweeps one column: `sweep`, or with an eye on what it raises."""


def sweep(recognizer: Recognizer, column: Column) -> list[Found]:
    """Find what `recognizer` proves in `column`, by entity; scores are those of the proofs."""
    if not column.may_hold(recognizer.needs):
        return []
    parts = [(view, _surest(found, recognizer)) for view, found in _candidates(recognizer, column) if found]
    if not parts:
        return []
    candidates = [candidate for _, found in parts for candidate in found]
    spans = _spans(column, parts)
    proven: dict[str, tuple[list[int], list[Proof]]] = {}
    own = recognizer.entity
    for at, proof in enumerate(_proofs(recognizer, candidates)):
        if proof is None:
            continue
        group = proven.get(proof.entity or own)
        if group is None:
            group = proven[proof.entity or own] = ([], [])
        group[0].append(at)
        group[1].append(proof)
    founds = [_found(recognizer, entity, spans, group) for entity, group in proven.items()]
    for found in founds:
        # What the recognizer finds of another entity on the way says nothing of chance.
        if recognizer.chance and found.entity == own:
            found.chance, found.shaped = recognizer.chance, distinct(spans.value[spans.room <= _LABEL])
    return founds


def sweep_each(recognizer: Recognizer, column: Column) -> list[Found]:
    """What `sweep` gives, where the values have nothing to do with each other: as if each were alone."""
    if not recognizer.compares or len(column.values) < FEW:
        return sweep(recognizer, column)
    firsts = range(0, len(column.values), FEW - 1)
    return [
        found.moved(first, int(column.starts[first]))
        for first in firsts
        for found in sweep(recognizer, column.part(range(first, first + FEW - 1)))
    ]


def _surest(candidates: list[Candidate], recognizer: Recognizer) -> list[Candidate]:
    """One candidate a span where the shape judges: the others would be proven only to lose."""
    if not recognizer.shape_judges:
        return candidates
    best: dict[tuple[int, int], Candidate] = {}
    for candidate in candidates:
        other = best.setdefault(candidate[:2], candidate)
        if candidate.shape.score > other.shape.score:
            best[candidate[:2]] = candidate
    return list(best.values())


class _Spans(NamedTuple):
    """Where candidates stand: one entry each."""

    start: Positions
    """Position in the column's text; likewise `end`."""
    end: Positions
    value: Positions
    room: Positions
    """Characters of the value around it."""


def _spans(column: Column, parts: Sequence[tuple[View, list[Candidate]]]) -> _Spans:
    starts, values = [], []
    for view, candidates in parts:
        start = np.array([candidate[0] for candidate in candidates], np.int64)
        within = view.value_of(start)
        starts.append(start + view.shift[within])
        values.append(view.values[within])
    start, value = np.concatenate(starts), np.concatenate(values)
    size = np.array([candidate[1] - candidate[0] for _, found in parts for candidate in found], np.int64)
    return _Spans(start, start + size, value, column.lengths[value] - size)


def _is_plain(recognizer: Recognizer) -> bool:
    """Whether candidates are what the shapes propose."""
    return type(recognizer).candidates is Recognizer.candidates


def _proofs(recognizer: Recognizer, candidates: list[Candidate]) -> Iterable[Proof | None]:
    """Prove each distinct text of each shape once; of shapes with one name each may be worth something else."""
    if len({candidate.text for candidate in candidates}) == len(candidates):
        return recognizer.prove_all(candidates)
    distinct = {(candidate.text, candidate.shape): candidate for candidate in candidates}
    proofs = dict(zip(distinct, recognizer.prove_all(list(distinct.values())), strict=True))
    return [proofs[candidate.text, candidate.shape] for candidate in candidates]


def _candidates(recognizer: Recognizer, column: Column) -> Iterator[tuple[View, list[Candidate]]]:
    """Propose spans in the values that can hold them, in all of a column whose name speaks for the entity."""
    speaks = recognizer.speaks(column.name)
    named = list(recognizer.sweep(column.text, named=True)) if speaks else []
    if _is_plain(recognizer):
        for gated in _by_gate(type(recognizer)):  # type: ignore[arg-type]
            if gated.by_run and column.runs:
                for shape, run in gated.by_run:
                    yield column.whole, list(shape.found_at(column.text, column.runs.places(run)))
                continue
            if gated.gate is not None and not column.outlines.open(gated.gate):
                continue  # as in nearly all columns
            for group in gated.standing(column):
                view = column.behind(None if speaks else group.needed, group.wanted)
                if view is not None:
                    yield view, list(_proposed(recognizer, group, view, column))
        yield column.whole, [*recognizer.further(column.text), *named]
    elif speaks or recognizer.needs != "digit":
        yield column.whole, [*recognizer.candidates(column.text), *named]
    elif (view := column.behind(_DIGIT)) is not None:
        yield view, list(recognizer.candidates(view.text))


class _Group(NamedTuple):
    """Shapes that are looked for together."""

    shapes: tuple[Shape, ...]
    gate: re.Pattern[str] | None
    """The one that all have; None: they have none, or several."""
    needed: re.Pattern[str] | None
    """The gate, else the recognizer's own need."""
    wanted: frozenset[str]
    """Literals of which one stands in every value that holds one of the shapes; none = any may hold it."""
    alone: bool
    """It is one shape, whose finds the recognizer does not compare."""


class _Gated:
    """The groups behind one gate. Made once, and known by being that one: to compare fields takes time."""

    __slots__ = ("by_run", "gate", "groups", "wanted")

    def __init__(self, gate: re.Pattern[str] | None, groups: tuple[_Group, ...]) -> None:
        self.gate = gate
        self.groups = groups
        self.wanted = frozenset(chain.from_iterable(group.wanted for group in groups))
        """The literals that they need; none = there are none to be looked for."""
        self.by_run = _by_run(groups)

    def standing(self, column: Column) -> tuple[_Group, ...]:
        """The groups of which a literal, if they need one, stands in any value."""
        return _standing(self, column.held.standing(self.wanted)) if self.wanted else self.groups


def _by_run(groups: tuple[_Group, ...]) -> list[tuple[Shape, Run]]:
    """The shapes of a gate, if the rows of digits that they begin with tell where all of them may stand."""
    shapes = [(group.shapes[0], group.shapes[0].run) for group in groups if group.alone]
    told = [(shape, run) for shape, run in shapes if run is not None]
    return told if len(told) == len(groups) else []


def _proposed(recognizer: Recognizer, group: _Group, view: View, column: Column) -> Iterable[Candidate]:
    """What the shapes of a group propose in the values that may hold them."""
    if group.alone:
        return group.shapes[0].found(view.text)
    return recognizer.sweep(view.text, opens=_opens(group, column))


def _opens(group: _Group, column: Column) -> Callable[[Shape], bool]:
    """Tell of a shape whether it is one of a group, and whether any value may hold it."""
    return lambda shape: (
        shape in group.shapes
        and (shape.gate is None or column.outlines.open(shape.gate))
        and column.may_hold_one(literals.of(shape.pattern))
    )


@cache
def _by_gate(kind: type[Recognizer]) -> tuple[_Gated, ...]:
    """The shapes that need no telling field, by gate: each by itself, or those whose finds the recognizer compares."""
    parts = groupby(_all_groups(kind), key=lambda group: group.gate)
    return tuple(_Gated(gate, tuple(groups)) for gate, groups in parts)


@lru_cache(maxsize=4096)  # short texts hold few literals, and the same ones again and again
def _standing(gated: _Gated, held: frozenset[str]) -> tuple[_Group, ...]:
    """Those of the groups that need no literal, or one of these."""
    return tuple(group for group in gated.groups if not group.wanted or not group.wanted.isdisjoint(held))


def _all_groups(kind: type[Recognizer]) -> list[_Group]:
    shapes = [shape for shape in kind.shapes if not shape.named]
    gates = list(dict.fromkeys(shape.gate for shape in shapes))
    of_gates = [tuple(shape for shape in shapes if shape.gate is gate) for gate in gates]
    if kind.sweep is not Recognizer.sweep:
        parts = tuple(of_gates) if None not in gates else (tuple(shapes),)
        return [_group(part, kind, alone=False) for part in parts]
    ordered = shapes if None in gates else chain.from_iterable(of_gates)
    return [_group((shape,), kind, alone=True) for shape in ordered]


def _group(shapes: tuple[Shape, ...], kind: type[Recognizer], *, alone: bool) -> _Group:
    gates = {shape.gate for shape in shapes}
    gate = gates.pop() if len(gates) == 1 else None
    wanted = [literals.of(shape.pattern) for shape in shapes]
    held = frozenset(chain.from_iterable(wanted)) if all(wanted) else frozenset()
    return _Group(shapes, gate, gate or (_DIGIT if kind.needs == "digit" else None), held, alone)


def _found(recognizer: Recognizer, entity: str, spans: _Spans, group: tuple[list[int], list[Proof]]) -> Found:
    chosen, proofs = np.array(group[0], np.int64), group[1]
    before, after = _trims(proofs)
    return Found(
        recognizer=recognizer,
        entity=entity,
        proofs=proofs,
        start=spans.start[chosen] + before,
        end=spans.end[chosen] - after,
        value=spans.value[chosen],
        score=np.array([proof.score for proof in proofs], np.float64),
        whole=spans.room[chosen] + before + after <= _LABEL,
        chance=0.0,
        shaped=np.empty(0, np.int64),
        why=[proof.why for proof in proofs],
    )


def _trims(proofs: Sequence[Proof]) -> tuple[Positions | int, Positions | int]:
    """How much of each candidate is left out at its start and at its end: mostly nothing."""
    trims = [proof.trim for proof in proofs]
    if set(trims) == {_UNTRIMMED}:
        return _UNTRIMMED
    before, after = np.array(trims, np.int64).T
    return before, after
