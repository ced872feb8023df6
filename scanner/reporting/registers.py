"""Tables that look like the register of customers, where nobody has said which column tells when a customer left.

Without that day nothing about former customers can be judged; the names of a table's columns often tell it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Set
from typing import NamedTuple

from sqlalchemy import select

from reports.categorise import normalise
from reports.policy import CUSTOMERS, Policy
from reports.retention import Retention
from scanner.config import Config
from scanner.store import Store
from scanner.store.schema import field_fact, field_name, source, unit

LEFT = "customer_relationship_end"
"""The event of the policy that `relationship_end` of a register tells."""
_END = re.compile(
    r"(^|_)(avslut(ad|ades|at|s?_?(datum|dag))|upphor(d|de|t|s?_?datum)|uppsagd(_?(datum|per|den))?|slut_?(datum|dag)"
    r"|(kund|avtal|medlem)s?_?slut|churn(ed)?(_?(at|date))?|terminat(ed|ion)(_?(at|on|date))?"
    r"|cancell?ed(_?(at|on|date))?|end(ed)?_?(at|on|date)|inaktiv(erad)?_?(sedan|datum)|deactivated_?(at|on)"
    r"|giltig_?(tom|till)|valid_?(to|until))(_|$)"
)
"""Found in a normalised name of a column that may hold the day on which a relationship ended."""


class Suggestion(NamedTuple):
    """A column that may tell when a customer left."""

    source: str
    table: str
    column: str

    def line(self) -> str:
        """What to write in `insyn.yaml`, in one line."""
        place = f"sources.{self.source}.tables"
        return f"{place}: {{{self.table}: {{relationship_end: {self.column}}}}}"


def asked(store: Store, config: Config, report: Retention, mask: Callable[[str], str]) -> list[Suggestion]:
    """Where a report cannot tell whether data may be kept, for want of that day: columns that may hold it, masked."""
    if not any(item.verdict == "unknown" and item.event == LEFT for item in report.items):
        return []
    found = suggested(store, config, report.policy)
    return [one._replace(table=mask(one.table), column=mask(one.column)) for one in found]


def suggested(store: Store, config: Config, policy: Policy) -> list[Suggestion]:
    """Columns that may tell when a customer left; none where the configuration names one, in whatever source."""
    if any(table.relationship_end for one in config.sources.values() for table in one.tables.values()):
        return []
    return [
        Suggestion(name, table, column)
        for (name, table), columns in sorted(_tables(store, config).items())
        if _is_register(table, columns, policy)
        for column in sorted(columns)
        if _END.search(normalise(column))
    ]


def _is_register(table: str, columns: Set[str], policy: Policy) -> bool:
    """Whether its columns are called as a person's number and name are, and its name is not that of other people."""
    role = policy.role_named("", table)
    if role is not None and role not in CUSTOMERS:
        return False
    held = {policy.named(column, unit=table) for column in columns}
    return {policy.category_of(entity, "", "", "") for entity in ("SE_PERSONNUMMER", "PERSON")} <= held


def _tables(store: Store, config: Config) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, table, column in _columns(store):
        if name in config.sources:
            found[name, table].add(column)
    return found


def _columns(store: Store) -> Iterator[tuple[str, str, str]]:
    query = (
        select(source.c.name, unit.c.key, field_name.c.name)
        .join(unit, unit.c.source_id == source.c.id)
        .join(field_fact, field_fact.c.unit_id == unit.c.id)
        .join(field_name, field_name.c.id == field_fact.c.field_id)
        .where(unit.c.kind == "table")
    )
    with store.reading() as connection:
        for name, key, column in connection.execute(query):
            yield name, store.keys.unseal(key), store.keys.unseal(column)
