"""The queries of the store that ages of data are made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, and_, func, select

from connectors import Record
from connectors.day_forms import Form
from scanner.linking.identity import CONTACT, STRONG
from scanner.linking.links import PATH
from scanner.store import Store, schema

Frame = Any
"""A pandas frame: what stands in its columns is known at run time only, so no type is claimed for it."""
PAIRS = ["record", "root"]
_AT_ONCE = 50_000
"""Rows that are fetched at a time."""
_UNITS = 10_000
"""Units that are asked for at a time."""
_SHARED = 3
"""An identifier that stands in more rows of the register than this is nobody's own."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit, opened."""

    id: int
    source: str
    key: str
    place: str
    kind: str
    extension: str
    parent: int | None
    records: int


@dataclass(frozen=True, slots=True)
class Step:
    """A key that leads from a unit towards the register: `field` holds what `ref_field` of `ref_unit` holds."""

    unit: int
    field: int
    ref_unit: int
    ref_field: int


class AgeQueries:
    """Reads what ages are made of from one view of a store."""

    def __init__(self, store: Store, connection: Connection, dismissed: Sequence[bytes] = ()) -> None:
        """Findings of tokens that somebody has dismissed are left out."""
        self._dismissed = dismissed
        self._store = store
        self._connection = connection
        self.unseal = store.keys.unseal
        self.field = cache(self._field)
        """Number of a field -> its name."""
        self.term = cache(self._term)
        """Number of an entity, a kind or another open word -> its text."""

    def _frame(self, query: Select[Any], columns: Sequence[str]) -> Frame:
        """What a query of whole numbers finds; there may be millions, so no row of it becomes an object of ours."""
        cursor = self._connection.execute(query).cursor
        parts = [np.empty((0, len(columns)), np.int64)]
        while rows := cursor.fetchmany(_AT_ONCE) if cursor else ():
            flat = chain.from_iterable(rows)
            parts.append(np.fromiter(flat, np.int64, len(rows) * len(columns)).reshape(-1, len(columns)))
        return pd.DataFrame(np.concatenate(parts), columns=list(columns))

    def _of_units(self, query: Callable[[Sequence[int]], Select[Any]], units: Sequence[int], columns: str) -> Frame:
        """What a query finds of units, some of them at a time: a database takes so many numbers, no more."""
        names = columns.split()
        some = range(0, max(1, len(units)), _UNITS)
        return pd.concat([self._frame(query(units[at : at + _UNITS]), names) for at in some], ignore_index=True)

    def _field(self, number: int) -> str:
        return self.unseal(self._store.field_names.text(self._connection, number))

    def _term(self, number: int) -> str:
        return str(self._store.terms.text(self._connection, number))

    def units(self) -> dict[int, UnitRow]:
        """All units by number."""
        unit, source = schema.unit, schema.source
        query = select(unit, source.c.name).join(source, source.c.id == unit.c.source_id).order_by(unit.c.id)
        return {
            row.id: UnitRow(
                row.id,
                row.name,
                self.unseal(row.key),
                self.unseal(row.place),
                row.kind,
                row.extension,
                row.parent_id,
                row.records,
            )
            for row in self._connection.execute(query)
        }

    def records(self, unit: int) -> list[int]:
        """Numbers of a unit's records."""
        query = select(schema.record.c.id).where(schema.record.c.unit_id == unit).order_by(schema.record.c.id)
        return list(self._connection.scalars(query))

    def records_of(self, units: Sequence[int]) -> Frame:
        """Records of units, with their unit."""
        record = schema.record
        query = select(record.c.id, record.c.unit_id)
        return self._of_units(lambda some: query.where(record.c.unit_id.in_(some)), units, "record unit")

    def locators(self, unit: int) -> dict[int, Record]:
        """Where a unit's records lie; None: the unit is one record."""
        record = schema.record
        query = select(record.c.id, record.c.locator).where(record.c.unit_id == unit)
        return {
            number: None if locator is None else json.loads(self.unseal(locator))
            for number, locator in self._connection.execute(query)
        }

    def steps(self) -> list[Step]:
        """All keys between units."""
        relation = schema.relation
        query = select(relation.c.unit_id, relation.c.field_id, relation.c.ref_unit_id, relation.c.ref_field_id)
        return [Step(*row) for row in self._connection.execute(query.order_by(*query.selected_columns))]

    def joined(self, step: Step) -> Frame:
        """Records of both ends of a key."""
        here, there = schema.link.alias(), schema.link.alias()
        query = (
            select(here.c.record_id, there.c.record_id)
            .join(there, there.c.token == here.c.token)
            .where(here.c.unit_id == step.unit, here.c.field_id == step.field)
            .where(there.c.unit_id == step.ref_unit, there.c.field_id == step.ref_field)
        )
        return self._frame(query, ["here", "there"])

    def keys_of(self, unit: int) -> dict[int, str]:
        """Key columns of a register by the number of their field."""
        fact = schema.field_fact
        query = select(fact.c.field_id).where(fact.c.unit_id == unit, fact.c.is_key)
        return {number: self.field(number) for number in self._connection.scalars(query)}

    def link_fields(self) -> dict[int, str]:
        """Fields that hold keys, by number."""
        query = select(schema.link.c.field_id).distinct()
        return {number: self.field(number) for number in self._connection.scalars(query)}

    def meeting(self, root: int, key: int, fields: Sequence[int]) -> Frame:
        """Records of other units in whose fields the register's key stands."""
        here, there = schema.link.alias(), schema.link.alias()
        query = (
            select(here.c.unit_id, here.c.record_id, there.c.record_id, here.c.field_id)
            .join(there, there.c.token == here.c.token)
            .where(there.c.unit_id == root, there.c.field_id == key)
            .where(here.c.unit_id != root, here.c.field_id.in_(fields))
        )
        frame = self._frame(query, ["unit", "record", "root", "by_path"])
        frame["by_path"] = frame["by_path"].map(lambda field: self.field(field) == PATH)
        return frame

    def same_people(self, root: int, min_score: float) -> Frame:
        """Records of other units that hold an identifier which stands in a column of the register."""
        own, theirs, fact = schema.finding.alias(), schema.finding.alias(), schema.field_fact
        wanted = [self._store.terms.find(self._connection, name) for name in (*STRONG, *CONTACT)]
        mine = (
            select(own.c.token, func.min(own.c.record_id).label("root"))
            .join(fact, and_(fact.c.unit_id == own.c.unit_id, fact.c.field_id == own.c.field_id))
            .where(own.c.unit_id == root, own.c.entity.in_(wanted), own.c.score >= min_score, ~fact.c.is_text)
            .group_by(own.c.token)
            .having(func.count(own.c.record_id.distinct()) <= _SHARED)
            .subquery()
        )
        query = (
            select(theirs.c.unit_id, theirs.c.record_id, mine.c.root)
            .join(theirs, theirs.c.token == mine.c.token)
            .where(theirs.c.unit_id != root, theirs.c.score >= min_score)
        )
        return self._frame(query, ["unit", *PAIRS]).drop_duplicates()

    def named_days(self, unit: int, name: str) -> Frame:
        """The days of one name in a unit's records."""
        moment, record = schema.moment, schema.record
        number = self._store.terms.find(self._connection, name)
        query = (
            select(moment.c.record_id, moment.c.day)
            .join(record, record.c.id == moment.c.record_id)
            .where(record.c.unit_id == unit, moment.c.name == (-1 if number is None else number))
        )
        return self._frame(query, ["record", "day"])

    def day_names(self, unit: int) -> list[str]:
        """Names of the dates that a unit's records have."""
        moment, record = schema.moment, schema.record
        query = select(moment.c.name).join(record, record.c.id == moment.c.record_id)
        numbers = self._connection.scalars(query.where(record.c.unit_id == unit).distinct())
        return sorted(self.term(number) for number in numbers)

    def day_forms(self, unit: int) -> dict[str, Form]:
        """How fields of a unit write their dates, where it is not as ISO has it."""
        fact = schema.field_fact
        query = select(fact.c.field_id, fact.c.day_form).where(fact.c.unit_id == unit, fact.c.day_form != Form.ISO)
        return {self.field(number): Form(form) for number, form in self._connection.execute(query)}

    def days(self, units: Sequence[int]) -> Frame:
        """First and last date of each record."""
        moment, record = schema.moment, schema.record
        query = (
            select(moment.c.record_id, func.min(moment.c.day), func.max(moment.c.day))
            .join(record, record.c.id == moment.c.record_id)
            .group_by(moment.c.record_id)
        )
        return self._of_units(lambda some: query.where(record.c.unit_id.in_(some)), units, "record received last")

    def findings(self, units: Sequence[int], min_score: float) -> Frame:
        """Findings of units."""
        finding = schema.finding
        query = select(finding.c.unit_id, finding.c.record_id, finding.c.field_id, finding.c.entity, finding.c.kind)
        counts = finding.c.score >= min_score, finding.c.token.not_in(self._dismissed)
        query = query.where(*counts)
        columns = "unit record field entity kind"
        return self._of_units(lambda some: query.where(finding.c.unit_id.in_(some)), units, columns)

    def fields(self, units: Sequence[int]) -> list[tuple[int, int]]:
        """Fields of units that hold something."""
        fact = schema.field_fact
        query = select(fact.c.unit_id, fact.c.field_id).where(fact.c.total > 0)
        found = self._of_units(lambda some: query.where(fact.c.unit_id.in_(some)), units, "unit field")
        return list(zip(found["unit"].tolist(), found["field"].tolist(), strict=True))
