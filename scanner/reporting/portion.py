"""Some units of a source with all their records: what is held there by age, counted in columns of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from reports.ages import Age, Aged, Held, Numbers
from scanner.reporting.age_queries import AgeQueries, Frame, UnitRow
from scanner.reporting.customers import GOES_ON

_EPOCH = date(1970, 1, 1).toordinal()
_AGE = ["ended", "ended_last", "settled", "received", "last", "objected"]
"""Days that make an age."""
_WHAT = ["field", "entity", "kind"]


@dataclass(frozen=True, slots=True)
class Whose:
    """Records of some units, each with what is held in it."""

    aged: Aged
    units: Sequence[UnitRow]
    """Of each that is held."""
    records: Sequence[int]
    """Number of the record of each that is held; those of a record stand together."""


class Part:
    """Some units of a source with all their records."""

    def __init__(self, read: AgeQueries, units: Sequence[UnitRow], records: Frame) -> None:
        self._read = read
        self._units = {unit.id: unit for unit in units}
        self._example = {unit.place: unit for unit in reversed(units)}
        self._places = list(self._example)
        number = {place: at for at, place in enumerate(self._places)}
        self._place = {unit.id: number[unit.place] for unit in units}
        self._extensions = _extensions(units)
        self._record = records["record"].to_numpy(np.int64)
        self._unit = records["unit"].to_numpy(np.int64)
        self._code = records.groupby(_AGE, dropna=False, sort=True).ngroup().to_numpy(np.int64)
        distinct, first = np.unique(self._code, return_index=True)
        self._ages = [_age(row) for row in records.iloc[first][_AGE].itertuples(index=False)]
        self._fields = {} if not len(distinct) else self._named_fields()

    def found(self, min_score: float, fields: set[int]) -> Aged:
        """What was found, by age; its fields are added to those known."""
        findings = self._read.findings([*self._units], min_score)
        fields |= set(findings["field"].unique().tolist())
        at = findings["unit"].map(self._place).to_numpy(np.int64)
        age = self._code[np.searchsorted(self._record, findings["record"].to_numpy())]
        what, number = _distinct(findings, _WHAT)
        met, counts = np.unique((at * len(what) + number) * len(self._ages) + age, return_counts=True)
        groups, ages = np.divmod(met, max(1, len(self._ages)))
        kinds, spans = _spans(groups)
        names = [self._names(one) for one in what.tolist()]
        units = [self._example[place] for place in self._places]
        held = [self._one(units[one // len(what)], names[one % len(what)]) for one in kinds.tolist()]
        return Aged(held, spans, self._ages, ages, counts)

    def bare(self, found: set[int]) -> Aged:
        """Fields without findings, and files as such: a recording is held for as long as its file is."""
        met, counts = np.unique(
            pd.Series(self._unit).map(self._place).to_numpy(np.int64) * len(self._ages) + self._code, return_counts=True
        )
        places, ages = np.divmod(met, max(1, len(self._ages)))
        numbers, spans = _spans(places)
        held: list[Held] = []
        shared: list[Numbers] = []
        for number, span in zip(numbers.tolist(), spans, strict=True):
            unit = self._example[self._places[number]]
            names = [self._read.field(field) for field in sorted(self._fields.get(number, set()) - found)]
            held += [self._one(unit, (name, None, "")) for name in [*names, *([""] if unit.kind != "table" else [])]]
            shared += [span] * (len(held) - len(shared))
        return Aged(held, np.array(shared, np.int64).reshape(-1, 2), self._ages, ages, counts)

    def by_record(self, min_score: float) -> Whose:
        """Each record, with what is held in it."""
        findings = self._read.findings([*self._units], min_score)[["record", *_WHAT]].drop_duplicates()
        what, number = _distinct(findings, _WHAT)
        names = dict(enumerate(self._names(one) for one in what.tolist())) | {len(what): ("", None, "")}
        nothing = np.setdiff1d(self._record, findings["record"].to_numpy())
        record = np.concatenate([findings["record"].to_numpy(np.int64), nothing])
        number = np.concatenate([number, np.full(len(nothing), len(what))])
        order = np.lexsort((number, record))
        at = np.searchsorted(self._record, record[order])
        units = [self._units[unit] for unit in self._unit[at].tolist()]
        held = [self._one(unit, names[one]) for unit, one in zip(units, number[order].tolist(), strict=True)]
        each = np.arange(len(held))
        aged = Aged(held, np.stack([each, each + 1], axis=1), self._ages, self._code[at], np.ones_like(each))
        return Whose(aged, units, record[order].tolist())

    def _named_fields(self) -> Mapping[int, set[int]]:
        """Place -> fields that hold something."""
        found: dict[int, set[int]] = {}
        for unit, field in self._read.fields([*self._units]):
            found.setdefault(self._place[unit], set()).add(field)
        return found

    def _names(self, one: Sequence[int]) -> tuple[str, str | None, str]:
        field, entity, kind = one
        return self._read.field(field), self._read.term(entity), self._read.term(kind)

    def _one(self, unit: UnitRow, names: tuple[str, str | None, str]) -> Held:
        return Held(unit.source, unit.place, unit.kind, *names, self._extensions.get(unit.place, ()))


def _distinct(frame: Frame, columns: Sequence[str]) -> tuple[Numbers, Numbers]:
    """The distinct rows of some columns, and which of them each row has."""
    widths = [int(frame[name].max()) + 1 if len(frame) else 1 for name in columns]
    key = np.zeros(len(frame), np.int64)
    for name, width in zip(columns, widths, strict=True):
        key = key * width + frame[name].to_numpy(np.int64)
    met, number = np.unique(key, return_inverse=True)
    parts = []
    for width in reversed(widths):
        met, part = np.divmod(met, width)
        parts.append(part)
    return np.stack(parts[::-1], axis=1), number


def _spans(sorted_keys: Numbers) -> tuple[Numbers, Numbers]:
    """The distinct keys of a sorted column, and where each begins and ends."""
    keys, first = np.unique(sorted_keys, return_index=True)
    return keys, np.stack([first, np.append(first[1:], len(sorted_keys))], axis=1)


def _age(key: Sequence[Any]) -> Age:
    return Age(not pd.isna(key[0]), *map(_date, key))


def _date(day: Any) -> date | None:
    return None if pd.isna(day) or day == GOES_ON else date.fromordinal(int(day) + _EPOCH)


def _extensions(units: Iterable[UnitRow]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for unit in units:
        if unit.extension:
            found.setdefault(unit.place, set()).add(unit.extension)
    return {place: tuple(sorted(some)) for place, some in found.items()}
