"""Which customer each record belongs to, and when that relationship ended.

A record belongs to a customer over keys to a register whose `relationship_end` is configured (also over several tables,
by a number in a path, from another source), else by an identifier that stands in that register.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import pandas as pd

from scanner.config import Config, Table
from scanner.linking.key_names import names_meet
from scanner.linking.links import PATH
from scanner.reporting.age_queries import PAIRS, AgeQueries, Frame, Step, UnitRow

GOES_ON = 2**31 - 1
"""Day of the end of a relationship that has not ended."""


class Customers:
    """The customers of the registers of a store."""

    def __init__(self, read: AgeQueries, config: Config) -> None:
        self._read = read
        self._config = config
        self.units = read.units()
        self.roots = {unit.id: table for unit in self.units.values() if (table := self._register(unit))}
        """The registers."""
        self._owners: dict[int, Frame] = {}
        self._whole: dict[int, Frame] = {}

    def table(self, unit: UnitRow) -> Table | None:
        """What the configuration says of a unit."""
        tables = self._config.sources[unit.source].tables if unit.source in self._config.sources else {}
        return tables.get(unit.key) or tables.get(unit.key.rpartition(".")[2])

    def _register(self, unit: UnitRow) -> Table | None:
        table = self.table(unit)
        return table if table and table.relationship_end else None

    @cached_property
    def _ways(self) -> Sequence[Step]:
        """Keys from the registers outwards, declared and discovered; the nearest register counts."""
        steps, reached, found = self._read.steps(), set(self.roots), list[Step]()
        while new := [step for step in steps if step.ref_unit in reached and step.unit not in reached]:
            found += new
            reached |= {step.unit for step in new}
        return found

    @cached_property
    def steps(self) -> dict[int, Step]:
        """The key that leads on from a unit, of those that are reached over keys."""
        found: dict[int, Step] = {}
        for step in self._ways:
            found.setdefault(step.unit, step)
        return found

    def follow(self, min_score: float) -> None:
        """Find out whose each record is; needed once, before anything is asked of records."""
        if self._owners or not self.roots:
            return
        self._follow_keys()
        self._follow_names()
        self._follow_identifiers(min_score)

    def _follow_keys(self) -> None:
        for root in self.roots:
            records = self._read.records(root)
            self._owners[root] = pd.DataFrame({"record": records, "root": records})
        for step in self._ways:
            pairs = self._read.joined(step).merge(self._owners[step.ref_unit], left_on="there", right_on="record")
            self._add(step.unit, pd.DataFrame({"record": pairs["here"], "root": pairs["root"]}))

    def _follow_names(self) -> None:
        """Over columns of other sources, JSON and paths that hold the register's own key."""
        for root in self.roots:
            unit = self.units[root]
            for key, name in self._read.keys_of(root).items():
                fields = [
                    field
                    for field, other in self._read.link_fields().items()
                    if other == PATH or names_meet(other.rpartition(".")[2], unit.key.rpartition(".")[2], name)
                ]
                self._add_named(self._read.meeting(root, key, fields))

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
            found = self._read.same_people(root, min_score)
            for number, pairs in found.groupby("unit"):
                if number not in self._owners and number not in self._whole and number not in self.roots:
                    self._add(int(number), pairs[PAIRS])

    def _add(self, unit: int, pairs: Frame) -> None:
        known = [self._owners[unit]] if unit in self._owners else []
        self._owners[unit] = pd.concat([*known, pairs]).drop_duplicates()

    def ended(self, accounts: Sequence[int]) -> Frame:
        """For each row of a register: the day on which the relationship ended, and that of the last account.

        Args:
            accounts: Units of accounting records.
        """
        ends = [self._read.named_days(root, str(table.relationship_end)) for root, table in self.roots.items()]
        frame = pd.DataFrame({"root": [r for root in self.roots for r in self._read.records(root)]}, dtype="int64")
        end = pd.concat(ends) if ends else pd.DataFrame(columns=["record", "day"], dtype="int64")
        frame = frame.merge(end, left_on="root", right_on="record", how="left")
        frame["end"] = frame["day"].fillna(GOES_ON).astype("int64")
        frame = frame[["root", "end"]].merge(self._objected(), on="root", how="left")
        frame["objected"] = frame["objected"].fillna(GOES_ON).astype("int64")
        return frame.merge(self._settled(accounts), on="root", how="left")

    def _objected(self) -> Frame:
        """For rows of a register: the day on which somebody objected, where its column is configured."""
        days = [self._read.named_days(root, table.objection) for root, table in self.roots.items() if table.objection]
        every = pd.concat(days) if days else pd.DataFrame(columns=["record", "day"], dtype="int64")
        return every.rename(columns={"record": "root", "day": "objected"})

    def _settled(self, accounts: Sequence[int]) -> Frame:
        found = [
            self._owners[number].merge(self._read.days([number]), on="record")[["root", "last"]]
            for number in accounts
            if number in self._owners
        ]
        every = pd.concat(found) if found else pd.DataFrame({"root": [], "last": []}, dtype="int64")
        return every.groupby("root", as_index=False).agg(settled=("last", "max"))

    def of(self, units: Sequence[UnitRow], records: Frame) -> Frame:
        """Pairs of records of units and rows of registers that they belong to.

        Args:
            units: Some.
            records: All of these units, with their unit.
        """
        pairs = [self._owners[unit.id] for unit in units if unit.id in self._owners]
        for unit in units:
            if whole := self._whole_of(unit):
                inside = records.loc[records["unit"] == unit.id, ["record"]]
                pairs.append(inside.merge(self._whole[whole][["root"]].drop_duplicates(), how="cross"))
        return pd.concat(pairs) if pairs else pd.DataFrame(columns=PAIRS, dtype="int64")

    def _whole_of(self, unit: UnitRow) -> int | None:
        """The unit whose path names a customer: itself, or the archive that it is a member of."""
        while unit.id not in self._whole and unit.id not in self._owners and unit.parent is not None:
            unit = self.units[unit.parent]
        return unit.id if unit.id in self._whole else None
