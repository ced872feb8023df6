"""How to find the rows whose time is up: SQL for the tables that keys tie to a register. Nothing is ever deleted here.

The condition is the verdict turned round: for each rule that was worked out, the last date at which it has run out
today. The same rows come out as were counted; a test runs the SQL and counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    FromClause,
    Select,
    TableClause,
    and_,
    column,
    exists,
    literal_column,
    make_url,
    not_,
    or_,
    select,
    table,
)

from connectors.day_forms import Form
from reports.ages import Age
from reports.expiry import RECEIVED, Events, expiry, parts
from reports.policy import Policy
from reports.retention import Item
from scanner.config import Config
from scanner.reporting.ages import Ages
from scanner.reporting.day_column import DayColumn

_EARLIEST = date(1900, 1, 1)
_WITHIN = frozenset(".[")
"""In the name of a field: it lies within a column. A column with such a name is taken for one: its rows are listed."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """The last dates at which all rules of an item have run out; None: no rule hangs on that date."""

    ended: date | None
    received: date | None
    last: date | None
    settled: bool
    """Accounting records count, too."""


class Selections:
    """Writes the SQL for the items of one store."""

    def __init__(self, ages: Ages, config: Config, policy: Policy, on: date) -> None:
        self._ages = ages
        self._config = config
        self._policy = policy
        self._on = on
        self._events = Events(policy.document.events)
        self._units = {(unit.source, unit.place): unit for unit in ages.units.values() if unit.kind == "table"}
        self._cut = cache(self._cut_of)
        self._text = cache(self._written)
        self._fields = cache(self._fields_of)
        self._dates = cache(self._dates_of)
        self._forms = cache(ages.read.day_forms)

    def sql(self, item: Item) -> str:
        """SELECT of the rows that an overdue item was counted in; "" where no key or date of the table tells.

        Where an objection decides, the other dates do not tell: `retention --rows` lists those records."""
        unit = self._units.get((item.source, item.unit))
        by_objection = item.event in {purpose.ends_at for purpose in self._policy.purposes.values()}
        if unit is None or item.verdict != "overdue" or by_objection:
            return ""
        return self._text(unit.id, item.rules)

    def _written(self, unit: int, rules: tuple[str, ...]) -> str:
        query = self._query(unit, self._cut(rules))
        if query is None:
            return ""
        compiled = query.compile(dialect=self._dialect(unit), compile_kwargs={"literal_binds": True})
        return " ".join(str(compiled).split()) + ";"

    def _cut_of(self, rules: tuple[str, ...]) -> _Cut:
        days: dict[str, list[date]] = {"ended": [], "received": [], "last": []}
        settled = False
        for id in rules:
            names = self._names(id)
            kind = "ended" if "contract_end_date" in names else "received" if names <= RECEIVED else "last"
            days[kind].append(self._run_out(id))
            settled |= "final_invoice_settled" in names
        first = {kind: min(some, default=None) for kind, some in days.items()}
        return _Cut(first["ended"], first["received"], first["last"], settled)

    def _names(self, rule: str) -> set[str]:
        """Dates that the later reading of a rule's event is made of."""
        one = self._policy.retention_rules[rule]
        found: set[str] = set()
        waiting = [one.resolves_to[0].after if one.resolves_to else one.after]
        while waiting:
            event = self._policy.document.events.get(name := waiting.pop())
            if event is None or "compute" in event:
                found.add(name)
            else:
                waiting += parts(str(event["latest"]))
        return found

    def _run_out(self, rule: str) -> date:
        """The last date at which the rule has run out: later dates are still in time, or may be."""
        low, high = _EARLIEST.toordinal(), self._on.toordinal()
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._is_out(rule, date.fromordinal(middle)) else (low, middle - 1)
        return date.fromordinal(low)

    def _is_out(self, rule: str, day: date) -> bool:
        age = Age(linked=True, ended=day, ended_last=day, settled=day, received=day, last=day)
        last = expiry(rule, self._policy.retention_rules[rule], self._events, age).until.last
        return last is not None and last < self._on

    def _query(self, unit: int, cut: _Cut) -> Select[Any] | None:
        path = self._path(unit)
        if (cut.ended and path[-1] not in self._ages.customers.roots) or not self._in_columns(path, cut):
            return None
        tables = {number: self._table(number) for number in path}
        conditions = [*self._ended(path[-1], tables[path[-1]], cut), *self._dated(unit, tables[unit], cut)]
        if not conditions:
            return None
        needed = path if cut.ended else path[:1]
        return select(self._all_of(unit)).select_from(self._joined(needed, tables)).where(*conditions)

    def _in_columns(self, path: Sequence[int], cut: _Cut) -> bool:
        """Whether all keys and dates that the SQL needs are columns, none a value within one (`payload.kund.nr`),
        and whether the dates sort by how they are written: `31/1/2024` does not."""
        accounts = [self._path(unit) for unit in (self._ages.accounting() if cut.ended and cut.settled else ())]
        ways = [path if cut.ended else path[:1], *(way for way in accounts if way[-1] == path[-1])]
        steps = [self._ages.customers.steps[unit] for way in ways for unit in way[:-1]]
        keys = [self._ages.read.field(field) for step in steps for field in (step.field, step.ref_field)]
        if any(Form.OTHER in self._forms(unit).values() for unit in {path[-1], *(way[0] for way in ways)}):
            return False
        return not any(_WITHIN & {*name} for name in (*keys, *(day for way in ways for day in self._dates(way[0]))))

    def _all_of(self, unit: int) -> ColumnElement[object]:
        prepare = self._dialect(unit).identifier_preparer
        return literal_column(f"{prepare.format_table(self._table(unit))}.*")

    def _dialect(self, unit: int) -> Dialect:
        url = make_url(str(self._config.sources[self._ages.units[unit].source].options["url"]))
        return url.get_dialect()()

    def _path(self, unit: int) -> list[int]:
        """Units from here to the register."""
        path = [unit]
        while path[-1] in self._ages.customers.steps and path[-1] not in self._ages.customers.roots:
            path.append(self._ages.customers.steps[path[-1]].ref_unit)
        return path

    def _table(self, unit: int) -> TableClause:
        schema, _, name = self._ages.units[unit].key.rpartition(".")
        return table(name, *(column(field) for field in self._fields(unit)), schema=schema or None)

    def _fields_of(self, unit: int) -> list[str]:
        return [self._ages.read.field(field) for _, field in self._ages.read.fields([unit])]

    def _joined(self, path: Sequence[int], tables: Mapping[int, FromClause]) -> FromClause:
        joined = tables[path[0]]
        for here, there in pairwise(path):
            joined = joined.join(tables[there], self._on_key(here, tables))
        return joined

    def _on_key(self, unit: int, tables: Mapping[int, FromClause]) -> ColumnElement[bool]:
        step, name = self._ages.customers.steps[unit], self._ages.read.field
        return tables[unit].c[name(step.field)] == tables[step.ref_unit].c[name(step.ref_field)]

    def _ended(self, root: int, register: FromClause, cut: _Cut) -> Iterator[ColumnElement[bool]]:
        if cut.ended is None:
            return
        yield self._day(root, register, str(self._ages.customers.roots[root].relationship_end)).not_after(cut.ended)
        for unit in self._ages.accounting() if cut.settled else ():
            path = self._path(unit)
            if path[-1] != root:
                continue
            tables: dict[int, FromClause] = {number: self._table(number).alias(f"k{number}") for number in path[:-1]}
            tables[root] = register
            later = or_(*(self._day(unit, tables[unit], name).after(cut.ended) for name in self._dates(unit)))
            hangs = self._on_key(path[-2], tables)
            yield not_(exists(literal_column("1")).select_from(self._joined(path[:-1], tables)).where(hangs, later))

    def _dated(self, unit: int, here: FromClause, cut: _Cut) -> Iterator[ColumnElement[bool]]:
        dates = [self._day(unit, here, name) for name in self._dates(unit)]
        if cut.received:
            configured = self._ages.customers.table(self._ages.units[unit])
            own = [self._day(unit, here, configured.received)] if configured and configured.received else dates
            yield or_(*(day.not_after(cut.received) for day in own))
        if cut.last:
            yield and_(*(or_(day.missing(), day.not_after(cut.last)) for day in dates))
            yield or_(*(day.told() for day in dates))

    def _day(self, unit: int, here: FromClause, name: str) -> DayColumn:
        return DayColumn(here.c[name], self._forms(unit).get(name) is Form.DIGITS)

    def _dates_of(self, unit: int) -> list[str]:
        """Columns that date the unit's rows."""
        fields = set(self._fields(unit))
        return [name for name in self._ages.read.day_names(unit) if name in fields]
