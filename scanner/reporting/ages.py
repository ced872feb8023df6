"""How old what is held is: each record's own dates, and the customer relationship that it hangs on.

Much is held, so it is counted in columns of numbers, some units at a time. The queries of the store are in
`scanner.reporting.age_queries`; which customer a record belongs to is in `scanner.reporting.customers`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection

from connectors import Record
from reports.ages import Aged
from scanner.config import Config
from scanner.reporting.age_queries import AgeQueries, Frame, UnitRow
from scanner.reporting.customers import Customers
from scanner.reporting.portion import Part, Whose
from scanner.store import Store

_PORTION = 100_000
"""Records that are counted at once, with what was found in them; all of a folder or table at least."""
_FEW = 10_000
"""Records that are told one by one at once."""
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
        self.customers = Customers(self.read, config)
        self.units = self.customers.units

    def aged(self, min_score: float = 0.5) -> Iterator[Aged]:
        """What is held where, by age; fields and folders without findings too, for their names may tell."""
        for units, ended in self._sources(min_score):
            found: set[int] = set()
            parts = []
            for some in _portions(units, _PORTION):
                part = Part(self.read, some, self._dated(some, ended))
                yield part.found(min_score, found)
                parts.append(part)
            for part in parts:
                yield part.bare(found)

    def by_record(self, min_score: float = 0.5) -> Iterator[Whose]:
        """Each record that something was found in, or that belongs to a customer, with what is held in it."""
        for units, ended in self._sources(min_score):
            for some in _portions(units, _FEW):
                yield Part(self.read, some, self._dated(some, ended)).by_record(min_score)

    def locators(self, units: Iterable[UnitRow]) -> Mapping[int, Record]:
        """Where records of units lie; None: the unit is one record."""
        return {number: at for unit in units for number, at in self.read.locators(unit.id).items()}

    def accounting(self) -> list[int]:
        """Registers, and tables that keys tie to them, with accounting records."""
        return [one for one in (*self.customers.roots, *self.customers.steps) if self._has_accounts(self.units[one])]

    def _has_accounts(self, unit: UnitRow) -> bool:
        return self._accounts(unit.source, unit.place)

    def _sources(self, min_score: float) -> Iterator[tuple[Sequence[UnitRow], Frame]]:
        """The units of each source that is configured, and when the relationships have ended."""
        self.customers.follow(min_score)
        ended = self.customers.ended([unit.id for unit in self.units.values() if self._has_accounts(unit)])
        for source in self._config.sources:
            if units := [unit for unit in self.units.values() if unit.source == source]:
                yield units, ended

    def _dated(self, units: Sequence[UnitRow], ended: Frame) -> Frame:
        """Every record of some units with the days that make an age, by number."""
        numbers = [unit.id for unit in units]
        records = self.read.records_of(numbers).sort_values("record", ignore_index=True)
        records = records.merge(self._ends(units, records, ended), on="record", how="left")
        records = records.merge(self.read.days(numbers), on="record", how="left")
        for column in ("received", "last"):
            whole = records["unit"].map(records.groupby("unit")[column].max())
            loose = records["unit"].map({unit.id: unit.kind != "table" for unit in units})
            records[column] = records[column].fillna(whole.where(loose))
        for unit in units:
            self._named(records, unit)
        return records

    def _named(self, records: Frame, unit: UnitRow) -> None:
        """Write in the dates of a table of which the configuration says what they mean."""
        table = self.customers.table(unit)
        own = {"received": table.received, "objected": table.objection} if table else {}
        for column, name in own.items():
            if name and not (column == "objected" and unit.id in self.customers.roots):
                days = self.read.named_days(unit.id, name).set_index("record")["day"]
                mine = records["unit"] == unit.id
                records.loc[mine, column] = records.loc[mine, "record"].map(days)

    def _ends(self, units: Sequence[UnitRow], records: Frame, ended: Frame) -> Frame:
        known = self.customers.of(units, records).merge(ended, on="root").groupby("record", as_index=False)
        return known.agg(
            ended=("end", "min"),
            ended_last=("end", "max"),
            settled=("settled", "max"),
            objected=("objected", "max"),  # of several customers: when the last of them has objected
        )


def _portions(units: Iterable[UnitRow], most: int) -> Iterator[list[UnitRow]]:
    """Units of the same places together, about so many records at a time."""
    places: dict[str, list[UnitRow]] = {}
    for unit in units:
        places.setdefault(unit.place, []).append(unit)
    some: list[UnitRow] = []
    for inside in places.values():
        some += inside
        if sum(max(1, unit.records) for unit in some) >= most:
            yield some
            some = []
    if some:
        yield some
