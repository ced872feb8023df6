"""Counts what was found by place (a table, a folder), field, entity and kind, in the database, some units at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from sqlalchemy import CTE, BigInteger, ColumnElement, Connection, Integer, Row, Select, cast, distinct, func, select

from connectors import Readers
from reports.facts import FieldFacts
from scanner.linking.identity import STRONG
from scanner.reporting.counts import counted_by_place
from scanner.store import Store, schema

_EPOCH = date(1970, 1, 1).toordinal()
_Place = tuple[int, bytes, int]


class Facts:
    """Counts what one view of a store holds."""

    def __init__(self, store: Store, connection: Connection, min_score: float, dismissed: Sequence[bytes] = ()) -> None:
        """Findings below a score are left out, and those of tokens that somebody has dismissed."""
        self._store = store
        self._connection = connection
        self._min_score = min_score
        self._dismissed = dismissed
        named = connection.execute(select(schema.source.c.id, schema.source.c.name))
        self.sources = {row.id: row.name for row in named}
        """Their names by number."""
        self._field = cache(self._read_field)
        self._unsealed = cache(store.keys.unseal)

    def whole(self, wanted: ColumnElement[bool]) -> Iterator[FieldFacts]:
        """Facts of every entity in every field of some units, then of their fields that hold none.

        Args:
            wanted: A condition on units: all of a place, or none.
        """
        return self._rows(wanted, self._found(wanted), self._persons(wanted))

    def counts(self, wanted: ColumnElement[bool]) -> Iterator[FieldFacts]:
        """The same without persons, dates, values apart and confidence, with what was dismissed: soon done."""
        return self._rows(wanted, counted_by_place(wanted, self._min_score), {})

    def _rows(
        self,
        wanted: ColumnElement[bool],
        found: Select[tuple[object, ...]],
        persons: Mapping[tuple[int, bytes, int, int], int],
    ) -> Iterator[FieldFacts]:
        totals = {self._place(row): row for row in self._connection.execute(_totals(wanted))}
        extensions = self._extensions(wanted)
        met = set()
        for row in self._connection.execute(found):
            key = self._place(row)
            met.add(key)
            many = persons.get((*key, row.entity), 0)
            yield self._fact(row, total=totals[key].total, persons=many, extensions=extensions.get(key[:2], ()))
        for key, row in totals.items():
            if key not in met:
                yield self._bare(row, extensions.get(key[:2], ()))

    @staticmethod
    def _place(row: Row[tuple[object, ...]]) -> _Place:
        return row.source_id, row.place, row.field_id

    def _counting(self) -> ColumnElement[bool]:
        finding = schema.finding
        return (finding.c.score >= self._min_score) & finding.c.token.not_in(self._dismissed)

    def _found(self, wanted: ColumnElement[bool]) -> Select[tuple[object, ...]]:
        unit, finding = schema.unit, schema.finding
        dated = _dated(wanted)
        group = (unit.c.source_id, unit.c.place, finding.c.field_id, finding.c.entity, finding.c.kind)
        return (
            select(
                *group,
                func.min(unit.c.kind).label("unit_kind"),
                func.count(distinct(unit.c.id)).label("units"),
                func.count(distinct(finding.c.record_id)).label("records"),
                func.count(distinct(finding.c.token)).label("kinds"),
                func.avg(finding.c.score).label("score"),
                func.max(cast(unit.c.sampled, Integer)).label("sampled"),
                func.max(unit.c.readers).label("readers"),
                func.min(dated.c.oldest).label("oldest"),
                func.max(dated.c.newest).label("newest"),
            )
            .join(finding, finding.c.unit_id == unit.c.id)
            .outerjoin(dated, dated.c.record_id == finding.c.record_id)
            .where(wanted, self._counting())
            .group_by(*group)
            .order_by(*group)
        )

    def _persons(self, wanted: ColumnElement[bool]) -> dict[tuple[int, bytes, int, int], int]:
        """Distinct people beside an entity: the strong identifier of which the records hold most; a lower bound."""
        unit, finding = schema.unit, schema.finding
        numbers = [number for name in STRONG if (number := self._store.terms.find(self._connection, name)) is not None]
        strong = (  # made first: else all findings of each record are gone through once for each of them
            select(finding.c.record_id, finding.c.entity, finding.c.token)
            .where(finding.c.unit_id.in_(select(unit.c.id).where(wanted)), finding.c.entity.in_(numbers))
            .where(self._counting())
            .cte("strong")
            .prefix_with("MATERIALIZED")
        )
        group = (unit.c.source_id, unit.c.place, finding.c.field_id, finding.c.entity)
        query = (
            select(*group, strong.c.entity.label("by"), func.count(distinct(strong.c.token)).label("people"))
            .join(finding, finding.c.unit_id == unit.c.id)
            .join(strong, strong.c.record_id == finding.c.record_id)
            .where(wanted, self._counting())
            .group_by(*group, strong.c.entity)
        )
        people: dict[tuple[int, bytes, int, int], int] = {}
        for row in self._connection.execute(query):
            key = (row.source_id, row.place, row.field_id, row.entity)
            people[key] = max(people.get(key, 0), row.people)
        return people

    def _extensions(self, wanted: ColumnElement[bool]) -> Mapping[tuple[int, bytes], tuple[str, ...]]:
        unit = schema.unit
        query = select(unit.c.source_id, unit.c.place, unit.c.extension).where(wanted, unit.c.extension != "")
        found: dict[tuple[int, bytes], list[str]] = defaultdict(list)
        for source_id, place, extension in self._connection.execute(query.distinct()):
            found[source_id, place].append(extension)
        return {key: tuple(sorted(one)) for key, one in found.items()}

    def _fact(
        self, row: Row[tuple[object, ...]], *, total: int, persons: int, extensions: tuple[str, ...]
    ) -> FieldFacts:
        dated = "oldest" in row._fields
        return FieldFacts(
            source=self.sources[row.source_id],
            unit=self._unsealed(row.place),
            unit_kind=row.unit_kind,
            field=self._field(row.field_id),
            entity=self._term(row.entity),
            kind=self._term(row.kind),
            units=row.units,
            values=row.records,
            total=total,
            distinct=row.kinds,
            records=row.records,
            persons=persons,
            confidence=float(row.score),
            sampled=bool(row.sampled),
            oldest=_date(row.oldest) if dated else None,
            newest=_date(row.newest) if dated else None,
            extensions=extensions,
            readers=_readers(row.readers),
        )

    def _bare(self, row: Row[tuple[object, ...]], extensions: tuple[str, ...]) -> FieldFacts:
        return FieldFacts(
            source=self.sources[row.source_id],
            unit=self._unsealed(row.place),
            unit_kind=row.unit_kind,
            field=self._field(row.field_id),
            entity=None,
            units=row.units,
            values=row.total,
            total=row.total,
            sampled=bool(row.sampled),
            extensions=extensions,
            readers=_readers(row.readers),
        )

    def _read_field(self, number: int) -> str:
        return self._store.keys.unseal(self._store.field_names.text(self._connection, number))

    def _term(self, number: int) -> str:
        return str(self._store.terms.text(self._connection, number))


def _totals(wanted: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    unit, fact = schema.unit, schema.field_fact
    group = (unit.c.source_id, unit.c.place, fact.c.field_id)
    return (
        select(
            *group,
            func.min(unit.c.kind).label("unit_kind"),
            cast(func.sum(fact.c.total), BigInteger).label("total"),  # PostgreSQL sums to a decimal
            func.count().label("units"),
            func.max(cast(unit.c.sampled, Integer)).label("sampled"),
            func.max(unit.c.readers).label("readers"),
        )
        .join(fact, fact.c.unit_id == unit.c.id)
        .where(wanted)
        .group_by(*group)
        .order_by(*group)
    )


def _dated(wanted: ColumnElement[bool]) -> CTE:
    """First and last day of each record of some units."""
    unit, record, moment = schema.unit, schema.record, schema.moment
    inside = select(record.c.id).where(record.c.unit_id.in_(select(unit.c.id).where(wanted)))
    return (
        select(moment.c.record_id, func.min(moment.c.day).label("oldest"), func.max(moment.c.day).label("newest"))
        .where(moment.c.record_id.in_(inside))
        .group_by(moment.c.record_id)
        .cte("dated")
        .prefix_with("MATERIALIZED")
    )


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day + _EPOCH)


def _readers(number: int) -> str:
    """The widest of those who may read the units, as reports call them."""
    return Readers(number).name.lower() if number else ""
