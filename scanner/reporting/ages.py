"""How old what is held is: each record's own dates, and the customer relationship that it hangs on.

A record belongs to a customer over keys to a register whose `relationship_end` is configured (also over several tables,
by a number in a path, from another source), else by an identifier that stands in that register. The queries of
the store are in `scanner.reporting.age_queries`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from connectors import Record
from reports.ages import Age, AgedFacts
from scanner.config import Config, Table
from scanner.linking.links import PATH, names_meet
from scanner.reporting.age_queries import PAIRS, AgeQueries, Frame, Step, UnitRow
from scanner.store import Store

_EPOCH = date(1970, 1, 1).toordinal()
_GOES_ON = 2**31 - 1
"""Day of the end of a relationship that has not ended."""
Accounts = Callable[[str, str], bool]
"""Source and unit -> whether accounting records lie there."""


class Ages:
    """Ages of all that a store holds."""

    def __init__(
        self,
        store: Store,
        connection: Connection,
        config: Config,
        accounts: Accounts,
        dismissed: Sequence[bytes] = (),
    ) -> None:
        """Look at the units and registers of a store; findings of `dismissed` tokens are left out."""
        self._config = config
        self._accounts = accounts
        self.read = AgeQueries(store, connection, dismissed)
        self.units = self.read.units()
        self.roots = {unit.id: table for unit in self.units.values() if (table := self._register(unit))}
        self.steps: dict[int, Step] = {}
        """The key that leads on from a unit, of those that are reached over keys."""
        self._owners: dict[int, Frame] = {}
        self._whole: dict[int, Frame] = {}

    def facts(self, min_score: float = 0.5) -> Iterator[AgedFacts]:
        """What is held where, by age; fields and folders without findings too, for their names may tell."""
        self._follow_keys()
        self._follow_names()
        self._follow_identifiers(min_score)
        ended = self._ended()
        for source in self._config.sources:
            if units := [unit for unit in self.units.values() if unit.source == source]:
                yield from self._of_source(units, ended, min_score)

    def records(self, min_score: float = 0.5) -> Iterator[tuple[UnitRow, Record, list[AgedFacts]]]:
        """Each record that something was found in, or that belongs to a customer, with what is held in it."""
        self._follow_keys()
        self._follow_names()
        self._follow_identifiers(min_score)
        ended = self._ended()
        for unit in self.units.values():
            if unit.source not in self._config.sources:
                continue
            records = self._aged([unit], ended)
            findings = self.read.findings([unit.id], min_score).groupby("record")
            found = {record: sorted(set(zip(one.field, one.entity, one.kind, strict=True))) for record, one in findings}
            locators = self.read.locators(unit.id)
            for row in records.sort_values("record").itertuples():
                age = _age([getattr(row, name) for name in AGE])
                names: list[tuple[str, str | None, str]] = [
                    (self.read.field(field), self.read.term(entity), self.read.term(kind))
                    for field, entity, kind in found.get(row.record, ())
                ]
                facts = [_fact(unit, name, {age: 1}, _extensions([unit])) for name in names or [("", None, "")]]
                yield unit, locators[row.record], facts

    def table(self, unit: UnitRow) -> Table | None:
        """What the configuration says of a unit."""
        tables = self._config.sources[unit.source].tables if unit.source in self._config.sources else {}
        return tables.get(unit.key) or tables.get(unit.key.rpartition(".")[2])

    def accounting(self) -> list[int]:
        """Tables of accounting records that belong to customers."""
        return [
            number for number in self._owners if self._accounts(self.units[number].source, self.units[number].place)
        ]

    def _register(self, unit: UnitRow) -> Table | None:
        table = self.table(unit)
        return table if table and table.relationship_end else None

    def _follow_keys(self) -> None:
        """From the registers outwards, over declared and discovered keys; the nearest register counts."""
        for root in self.roots:
            records = self.read.records(root)
            self._owners[root] = pd.DataFrame({"record": records, "root": records})
        steps, reached = self.read.steps(), set(self.roots)
        while new := [step for step in steps if step.ref_unit in reached and step.unit not in reached]:
            for step in new:
                self.steps.setdefault(step.unit, step)
                pairs = self.read.joined(step).merge(self._owners[step.ref_unit], left_on="there", right_on="record")
                self._add(step.unit, pd.DataFrame({"record": pairs["here"], "root": pairs["root"]}))
            reached |= {step.unit for step in new}

    def _follow_names(self) -> None:
        """Over columns of other sources, JSON and paths that hold the register's own key."""
        for root in self.roots:
            unit = self.units[root]
            for key, name in self.read.keys_of(root).items():
                fields = [
                    field
                    for field, other in self.read.link_fields().items()
                    if other == PATH or names_meet(other.rpartition(".")[2], unit.key.rpartition(".")[2], name)
                ]
                self._add_named(self.read.meeting(root, key, fields))

    def _add_named(self, found: Frame) -> None:
        for (number, by_path), pairs in found.groupby(["unit", "by_path"]):
            if number in self.roots or number in self.steps:
                continue
            if by_path:
                self._whole[int(number)] = pairs[PAIRS]
            else:
                self._add(int(number), pairs[PAIRS])

    def _follow_identifiers(self, min_score: float) -> None:
        for root in self.roots:
            found = self.read.same_people(root, min_score)
            for number, pairs in found.groupby("unit"):
                if number not in self._owners and number not in self._whole and number not in self.roots:
                    self._add(int(number), pairs[PAIRS])

    def _add(self, unit: int, pairs: Frame) -> None:
        known = [self._owners[unit]] if unit in self._owners else []
        self._owners[unit] = pd.concat([*known, pairs]).drop_duplicates()

    def _ended(self) -> Frame:
        """For each row of a register: the day on which the relationship ended, and that of the last account."""
        ends = [self.read.named_days(root, str(table.relationship_end)) for root, table in self.roots.items()]
        frame = pd.DataFrame({"root": [r for root in self.roots for r in self.read.records(root)]}, dtype="int64")
        end = pd.concat(ends) if ends else pd.DataFrame(columns=["record", "day"], dtype="int64")
        frame = frame.merge(end, left_on="root", right_on="record", how="left")
        frame["end"] = frame["day"].fillna(_GOES_ON).astype("int64")
        frame = frame[["root", "end"]].merge(self._objected(), on="root", how="left")
        frame["objected"] = frame["objected"].fillna(_GOES_ON).astype("int64")
        return frame.merge(self._settled(), on="root", how="left")

    def _objected(self) -> Frame:
        """For rows of a register: the day on which somebody objected, where its column is configured."""
        days = [self.read.named_days(root, table.objection) for root, table in self.roots.items() if table.objection]
        every = pd.concat(days) if days else pd.DataFrame(columns=["record", "day"], dtype="int64")
        return every.rename(columns={"record": "root", "day": "objected"})

    def _settled(self) -> Frame:
        found = [
            self._owners[number].merge(self.read.days([number]), on="record")[["root", "last"]]
            for number in self.accounting()
        ]
        every = pd.concat(found) if found else pd.DataFrame({"root": [], "last": []}, dtype="int64")
        return every.groupby("root", as_index=False).agg(settled=("last", "max"))

    def _of_source(self, units: Sequence[UnitRow], ended: Frame, min_score: float) -> Iterator[AgedFacts]:
        numbers = [unit.id for unit in units]
        records = self._aged(units, ended)
        ages = dict(enumerate(_ages(records)))
        records["age"] = records.groupby(AGE, dropna=False, sort=True).ngroup()
        places = pd.DataFrame({"unit": numbers, "place": [unit.place for unit in units]})
        findings = self.read.findings(numbers, min_score).merge(records[["record", "age"]], on="record")
        findings = findings.merge(places, on="unit")
        example = {unit.place: unit for unit in reversed(units)}
        extensions = _extensions(units)
        counted = findings.groupby(["place", "field", "entity", "kind", "age"]).size()
        for (place, field, entity, kind), of_kind in groupby(counted.items(), lambda one: one[0][:-1]):
            names = (self.read.field(field), self.read.term(entity), self.read.term(kind))
            counts = {ages[key[-1]]: int(count) for key, count in of_kind}
            yield _fact(example[place], names, counts, extensions)
        yield from self._bare(units, records.merge(places, on="unit"), ages, set(findings["field"]))

    def _bare(
        self, units: Sequence[UnitRow], records: Frame, ages: Mapping[int, Age], found: set[int]
    ) -> Iterator[AgedFacts]:
        """Fields without findings, and files as such: a recording is held for as long as its file is."""
        extensions = _extensions(units)
        example = {unit.place: unit for unit in reversed(units)}
        fields = self.read.fields([unit.id for unit in units])
        of_place = {unit.id: unit.place for unit in units}
        named: dict[str, set[int]] = {}
        for number, field in fields:
            named.setdefault(of_place[number], set()).add(field)
        for place, inside in records.groupby("place"):
            counts = {ages[age]: int(count) for age, count in inside.groupby("age").size().items()}
            for field in sorted(named.get(str(place), set()) - found):
                yield _fact(example[place], (self.read.field(field), None, ""), counts, extensions)
            if example[place].kind != "table":
                yield _fact(example[place], ("", None, ""), counts, extensions)

    def _aged(self, units: Sequence[UnitRow], ended: Frame) -> Frame:
        """Every record of some units with the columns of `AGE`."""
        numbers = [unit.id for unit in units]
        records = self.read.records_of(numbers)
        records = records.merge(self._ends(units, records, ended), on="record", how="left")
        records = records.merge(self.read.days(numbers), on="record", how="left")
        for column in ("received", "last"):
            whole = records["unit"].map(records.groupby("unit")[column].max())
            loose = records["unit"].map({unit.id: unit.kind != "table" for unit in units})
            records[column] = records[column].fillna(whole.where(loose))
        for unit in units:
            table = self.table(unit)
            own = {"received": table.received, "objected": table.objection} if table else {}
            for column, name in own.items():
                if name and not (column == "objected" and unit.id in self.roots):
                    days = self.read.named_days(unit.id, name).set_index("record")["day"]
                    mine = records["unit"] == unit.id
                    records.loc[mine, column] = records.loc[mine, "record"].map(days)
        return records

    def _ends(self, units: Sequence[UnitRow], records: Frame, ended: Frame) -> Frame:
        pairs = [self._owners[unit.id] for unit in units if unit.id in self._owners]
        for unit in units:
            if whole := self._whole_of(unit):
                inside = records.loc[records["unit"] == unit.id, ["record"]]
                pairs.append(inside.merge(self._whole[whole][["root"]].drop_duplicates(), how="cross"))
        every = pd.concat(pairs) if pairs else pd.DataFrame(columns=PAIRS, dtype="int64")
        known = every.merge(ended, on="root").groupby("record", as_index=False)
        return known.agg(
            ended=("end", "min"),
            ended_last=("end", "max"),
            settled=("settled", "max"),
            objected=("objected", "max"),  # of several customers: when the last of them has objected
        )

    def _whole_of(self, unit: UnitRow) -> int | None:
        """The unit whose path names a customer: itself, or the archive that it is a member of."""
        while unit.id not in self._whole and unit.id not in self._owners and unit.parent is not None:
            unit = self.units[unit.parent]
        return unit.id if unit.id in self._whole else None


AGE = ["ended", "ended_last", "settled", "received", "last", "objected"]
"""Days that make an age."""


def _ages(records: Frame) -> Iterator[Age]:
    """The distinct ages of records, in the order of `groupby`."""
    for key in records.groupby(AGE, dropna=False, sort=True).groups:
        yield _age(key)


def _age(key: Sequence[Any]) -> Age:
    return Age(not pd.isna(key[0]), *map(_date, key))


def _date(day: Any) -> date | None:
    return None if pd.isna(day) or day == _GOES_ON else date.fromordinal(int(day) + _EPOCH)


def _extensions(units: Iterable[UnitRow]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for unit in units:
        if unit.extension:
            found.setdefault(unit.place, set()).add(unit.extension)
    return {place: tuple(sorted(some)) for place, some in found.items()}


def _fact(
    unit: UnitRow,
    names: tuple[str, str | None, str],
    counts: Mapping[Age, int],
    extensions: Mapping[str, tuple[str, ...]],
) -> AgedFacts:
    return AgedFacts(unit.source, unit.place, unit.kind, *names, counts, extensions.get(unit.place, ()))
