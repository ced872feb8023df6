"""What the analyzer finds: parallel arrays for the bulk path, `Match` objects at the edges. No `repr` shows a value."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
Ints = NDArray[np.int32]
Codes = NDArray[np.int16]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


class Key(NamedTuple):
    """A datum, the same for every spelling: what tokens are made of."""

    entity: str
    value: str
    """Canonical form."""
    others: tuple[str, ...] = ()
    """Further canonical forms, `form:value`."""

    def __repr__(self) -> str:
        """Show the entity only."""
        return f"Key({self.entity})"


@dataclass(frozen=True, slots=True)
class Match:
    """One datum found in one field of one record. Lives milliseconds."""

    record: int
    """Index of the record in the batch."""
    field: str
    entity: str
    kind: str
    value: str = dataclasses.field(repr=False)
    """Canonical form."""
    others: tuple[str, ...] = dataclasses.field(repr=False)
    start: int
    """First character of the span in the field's text; `end` is one past its last."""
    end: int
    score: float
    why: tuple[str, ...]
    """Evidence codes, in the order in which they were weighed."""
    test: bool
    """An official test or fictional number."""


@dataclass(frozen=True, repr=False)
class Matches:
    """All matches of a batch, one entry a match, sorted by record, field and start."""

    fields: list[str]
    entities: list[str]
    kinds: list[str]
    whys: list[tuple[str, ...]]
    keys: list[Key]
    field: Ints
    """Index into `fields`; likewise `entity`, `kind`, `why`, `key`."""
    entity: Codes
    kind: Codes
    why: Ints
    key: Ints
    start: Ints
    end: Ints
    score: Floats
    test: Flags
    record: Ints
    counts: Mapping[str, tuple[int, int]]
    """Field name -> number of non-empty values, number of distinct ones."""

    def of(self, record: int, filled: Mapping[str, int]) -> Matches:
        """The matches of one record, as those of a batch of its own.

        Args:
            record: Its index.
            filled: Field name -> 1 if the record has a value there, else 0.
        """
        begin, end = np.searchsorted(self.record, (record, record + 1)).tolist()
        names = ("field", "key", "start", "end", "score", "test")
        arrays: dict[str, Any] = {name: getattr(self, name)[begin:end] for name in names}
        entities, arrays["entity"] = _used(self.entities, self.entity[begin:end])
        kinds, arrays["kind"] = _used(self.kinds, self.kind[begin:end])
        whys, arrays["why"] = _used(self.whys, self.why[begin:end])
        arrays |= {"record": np.zeros(end - begin, np.int32)}
        counts = {name: (number, number) for name, number in filled.items()}
        return Matches(self.fields, entities, kinds, whys, self.keys, counts=counts, **arrays)

    def __len__(self) -> int:
        """Count the matches."""
        return len(self.record)

    def __iter__(self) -> Iterator[Match]:
        """Give the matches one by one."""
        columns = (
            self.record,
            self.field,
            self.entity,
            self.kind,
            self.key,
            self.start,
            self.end,
            self.score,
            self.why,
        )
        for record, name, entity, kind, key, start, end, score, why, test in zip(
            *(column.tolist() for column in columns), self.test.tolist(), strict=True
        ):
            datum = self.keys[key]
            yield Match(
                record=record,
                field=self.fields[name],
                entity=self.entities[entity],
                kind=self.kinds[kind],
                value=datum.value,
                others=datum.others,
                start=start,
                end=end,
                score=round(score, 3),
                why=self.whys[why],
                test=test,
            )

    def __repr__(self) -> str:
        """Show the size only."""
        return f"Matches({len(self)} in {len(self.fields)} fields)"


def _used(things: Sequence[T], codes: NDArray[Any]) -> tuple[list[T], NDArray[Any]]:
    """Those of some things that a few codes name, and their codes among these."""
    given = codes.tolist()
    index = {code: at for at, code in enumerate(dict.fromkeys(given))}
    return [things[code] for code in index], np.array([index[code] for code in given], codes.dtype)
