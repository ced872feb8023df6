"""Gather the settled spans of all columns of a batch and expand them from distinct values to records."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from recognizers.arbitration import settle
from recognizers.base import Proof
from recognizers.columns import Column, Positions
from recognizers.matches import Key, Matches
from recognizers.sweep import Found

FLOOR = 0.25
"""What ends below is no match: it would only be noise to whoever reviews the doubtful ones."""
_TOLD = 0.3
"""A beaten candidate from this score on is named in the winner's `why`."""

T = TypeVar("T", bound=Hashable)
Rows = NDArray[np.float64]
"""A row a match in a distinct value: value, entity, start, end, score, why, kind, key, test."""
_WIDTH = 9


class Table(Generic[T]):
    """Numbers things in the order in which they are first seen."""

    def __init__(self) -> None:
        self._index: dict[T, int] = {}

    def code(self, thing: T) -> int:
        """Give the number of `thing`."""
        return self._index.setdefault(thing, len(self._index))

    def things(self) -> list[T]:
        """Give all, by number."""
        return list(self._index)


class Collector:
    """Builds the `Matches` of one batch, column by column."""

    def __init__(self) -> None:
        self._fields: list[str] = []
        self._entities: Table[str] = Table()
        self._kinds: Table[str] = Table()
        self._whys: Table[tuple[str, ...]] = Table()
        self._keys: Table[tuple[str, str, tuple[str, ...]]] = Table()
        self._rows: list[Rows] = [np.empty((0, _WIDTH))]
        self._parts: list[tuple[Positions, Positions]] = []
        """Record and row of each match, by column."""
        self._count = 0
        self._counts: dict[str, tuple[int, int]] = {}

    def add(self, field: str, column: Column, founds: Sequence[Found]) -> None:
        """Take the weighed candidates of one column; overlaps are settled here."""
        self._fields.append(field)
        self._counts[field] = (column.filled, len(column.values))
        rows = self._settled(column, founds) if founds else self._rows[0]
        record, taken = _expand(column.inverse, rows[:, 0].astype(np.int64), len(column.values))
        self._parts.append((record, taken + self._count))
        self._rows.append(rows)
        self._count += len(rows)

    def _settled(self, column: Column, founds: Sequence[Found]) -> Rows:
        """Make one row a winner, in order of positions, so of values."""
        kept = [np.flatnonzero(found.score >= FLOOR) for found in founds]
        source = np.repeat(np.arange(len(kept)), [len(which) for which in kept])
        start, end, value, score = (
            np.concatenate([getattr(found, part)[which] for found, which in zip(founds, kept, strict=True)])
            for part in ("start", "end", "value", "score")
        )
        winners, beaten = settle(start, end, score, np.array([f.recognizer.rank for f in founds])[source])
        places = list(zip(source[winners].tolist(), np.concatenate(kept)[winners].tolist(), strict=True))
        whys = [founds[number].why[at] for number, at in places]
        for place, winner in enumerate(winners.tolist()) if beaten else ():
            if winner in beaten:
                lost = {founds[source[loser]].entity for loser in beaten[winner] if score[loser] >= _TOLD}
                lost.discard(founds[places[place][0]].entity)
                whys[place] += tuple(f"over:{entity}" for entity in sorted(lost))
        base = column.starts[value[winners]]
        entities = np.array([self._entities.code(found.entity) for found in founds])
        told = self._told([(founds[number].entity, founds[number].proofs[at]) for number, at in places])
        codes = (value[winners], entities[source[winners]], start[winners] - base, end[winners] - base, score[winners])
        return np.column_stack((*codes, list(map(self._whys.code, whys)), *told))

    def _told(self, proofs: Sequence[tuple[str, Proof]]) -> tuple[list[int], list[int], list[bool]]:
        """Codes of kinds and keys, and whether they are test numbers."""
        return (
            [self._kinds.code(proof.kind) for _, proof in proofs],
            [self._keys.code((entity, proof.value, proof.others)) for entity, proof in proofs],
            [proof.test for _, proof in proofs],
        )

    def matches(self) -> Matches:
        """Put the columns together, sorted by record, field and start."""
        sizes = [len(record) for record, _ in self._parts]
        record = np.concatenate([np.empty(0, np.int64), *(record for record, _ in self._parts)])
        taken = np.concatenate([np.empty(0, np.int64), *(taken for _, taken in self._parts)])
        field = np.repeat(np.arange(len(sizes)), sizes)
        # Within a column the rows are in order of starts; a stable sort keeps that.
        order = np.lexsort((field, record))
        _, entity, start, end, score, why, kind, key, test = np.concatenate(self._rows).T
        rows = taken[order]
        return Matches(
            fields=self._fields,
            entities=self._entities.things(),
            kinds=self._kinds.things(),
            whys=self._whys.things(),
            keys=[Key(*parts) for parts in self._keys.things()],
            field=field[order].astype(np.int32),
            entity=entity.astype(np.int16)[rows],
            kind=kind.astype(np.int16)[rows],
            why=why.astype(np.int32)[rows],
            key=key.astype(np.int32)[rows],
            start=start.astype(np.int32)[rows],
            end=end.astype(np.int32)[rows],
            score=score.astype(np.float32)[rows],
            test=test.astype(np.bool_)[rows],
            record=record[order].astype(np.int32),
            counts=self._counts,
        )


def _expand(inverse: Positions, values: Positions, count: int) -> tuple[Positions, Positions]:
    """Repeat each value's rows for each record that holds the value.

    Args:
        inverse: Record -> value, -1 for none.
        values: Value of each row, ascending.
        count: Number of values.

    Returns:
        Record and row of each match, records ascending.
    """
    if not len(values):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    per_value = np.bincount(values, minlength=count)
    first = np.concatenate(([0], np.cumsum(per_value)))
    records = np.flatnonzero(inverse >= 0)
    held = inverse[records]
    repeats = per_value[held]
    record = np.repeat(records, repeats)
    offset = np.arange(len(record)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    return record, np.repeat(first[held], repeats) + offset
