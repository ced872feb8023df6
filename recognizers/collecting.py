"""Gather the settled spans of all columns of a batch and expand them from distinct values to records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import count
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from recognizers.arbitration import settle
from recognizers.base import Proof
from recognizers.columns import Column, Piece, Positions
from recognizers.matches import Ints, Key, Matches
from recognizers.sweep import Found

FLOOR = 0.25
"""What ends below is no match: it would only be noise to whoever reviews the doubtful ones."""
_TOLD = 0.3
"""A beaten candidate from this score on is named in the winner's `why`."""

T = TypeVar("T", bound=Hashable)
Rows = NDArray[np.void]
"""A row a match in a distinct value."""
_ROW = np.dtype(
    [
        *((name, np.int32) for name in ("value", "start", "end", "why", "key")),
        *((name, np.int16) for name in ("entity", "kind")),
        ("score", np.float32),
        ("test", np.bool_),
    ]
)


class Table(Generic[T]):
    """Numbers things in the order in which they are first seen."""

    def __init__(self) -> None:
        # No method of the index itself: a circle would keep all of them until Python's collector comes by.
        self._index: defaultdict[T, int] = defaultdict(count().__next__)

    def codes(self, things: Iterable[T]) -> list[int]:
        """Give the number of each thing."""
        return list(map(self._index.__getitem__, things))

    def things(self) -> list[T]:
        """Give all, by number."""
        return list(self._index)


class _Size(NamedTuple):
    """What is kept of a column: its text is let go when the next is swept."""

    inverse: Ints
    """Record -> value, -1 for none."""
    values: int
    filled: int


class Collector:
    """Builds the `Matches` of one batch, column by column."""

    def __init__(self) -> None:
        self._fields: list[str] = []
        self._entities: Table[str] = Table()
        self._kinds: Table[str] = Table()
        self._whys: Table[tuple[str, ...]] = Table()
        self._keys: Table[tuple[str, str, tuple[str, ...]]] = Table()
        self._columns: list[_Size] = []
        self._rows: list[list[Rows]] = []
        """By column."""

    def start(self, field: str, column: Column) -> None:
        """Begin a field; what is added next is of its column."""
        self._fields.append(field)
        self._columns.append(_Size(column.inverse.astype(np.int32), len(column.values), column.filled))
        self._rows.append([np.empty(0, _ROW)])

    def add(self, column: Column, founds: Sequence[Found], piece: Piece | None = None) -> None:
        """Take the weighed candidates of the field's column, or of a piece of it; overlaps are settled here."""
        if not founds:
            return
        rows = self._settled(column, founds)
        if piece is not None:
            rows["start"] += piece.shift
            rows["end"] += piece.shift
            rows["value"] = piece.value
            rows = rows[(rows["start"] >= piece.start) & (rows["start"] < piece.end)]
        self._rows[-1].append(rows)

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
        entities = np.array(self._entities.codes(found.entity for found in founds))
        told = self._told(
            [founds[number].entity for number, _ in places], [founds[number].proofs[at] for number, at in places]
        )
        rows = np.empty(len(winners), _ROW)
        rows["value"], rows["entity"], rows["score"] = value[winners], entities[source[winners]], score[winners]
        rows["start"], rows["end"] = start[winners] - base, end[winners] - base
        rows["why"] = self._whys.codes(whys)
        rows["kind"], rows["key"], rows["test"] = told
        return rows

    def _told(self, entities: list[str], proofs: list[Proof]) -> tuple[list[int], list[int], list[bool]]:
        """Codes of kinds and keys, and whether they are test numbers."""
        values, others = [proof.value for proof in proofs], [proof.others for proof in proofs]
        return (
            self._kinds.codes([proof.kind for proof in proofs]),
            self._keys.codes(zip(entities, values, others, strict=True)),
            [proof.test for proof in proofs],
        )

    def matches(self) -> Matches:
        """Put the columns together, sorted by record, field and start."""
        table, record, field, rows = self._expanded()
        # Within a column the rows are in order of starts; a stable sort keeps that.
        order = np.lexsort((field, record))
        rows = rows[order]
        parts = {name: table[name][rows] for name in _ROW.names or () if name != "value"}
        return Matches(
            fields=self._fields,
            entities=self._entities.things(),
            kinds=self._kinds.things(),
            whys=self._whys.things(),
            keys=list(map(Key._make, self._keys.things())),
            field=field[order].astype(np.int32),
            record=record[order].astype(np.int32),
            counts={
                name: (column.filled, column.values) for name, column in zip(self._fields, self._columns, strict=True)
            },
            **parts,
        )

    def _expanded(self) -> tuple[Rows, Positions, Positions, Positions]:
        """All rows, and of each match its record, field and row."""
        tables, records, taken, sizes = [np.empty(0, _ROW)], [np.empty(0, np.int64)], [np.empty(0, np.int64)], []
        count = 0
        for column, rows in zip(self._columns, self._rows, strict=True):
            table = rows[-1]
            if len(rows) > 2:  # the pieces of long values come after the others
                table = np.concatenate(rows)
                table = table[np.argsort(table["value"], kind="stable")]
            record, which = _expand(column.inverse.astype(np.int64), table["value"].astype(np.int64), column.values)
            tables.append(table)
            records.append(record)
            taken.append(which + count)
            sizes.append(len(record))
            count += len(table)
        field = np.repeat(np.arange(len(sizes)), sizes)
        return np.concatenate(tables), np.concatenate(records), field, np.concatenate(taken)


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
