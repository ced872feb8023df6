"""What the store knows, as the rows that reports are made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from sqlalchemy import BigInteger, ColumnElement, Connection, Integer, Row, Select, cast, distinct, func, select

from connectors import Readers, State
from reports.dates import today
from reports.facts import Coverage, Estate, FieldFacts, Source
from reports.review import Decision, counting
from scanner.config import Config
from scanner.decisions import review
from scanner.linking.identity import STRONG
from scanner.reporting.counts import counted_by_place
from scanner.store import Store, schema
from scanner.store.scan_schema import scan_source

_EPOCH = date(1970, 1, 1).toordinal()
LOWEST = 0.5
"""Score from which a finding is shown, unless less is asked for."""
NEVER = "never_scanned"
"""Coverage state of a configured source that no scan has listed."""
UNREACHED = "unreached"
"""Coverage state, beside others, of a source that the last scan of it could not list: what is new is not known."""
_Place = tuple[int, bytes, int]


def sources(config: Config) -> list[Source]:
    """The configured sources, as reports show them."""
    return [
        Source(
            name,
            one.type,
            one.owner,
            one.purposes,
            {unit: table.purposes for unit, table in one.tables.items() if table.purposes},
            tuple(one.options.get("categories", ())) if one.type == "declared" else (),
        )
        for name, one in config.sources.items()
    ]


def estate(store: Store, config: Config, min_score: float = LOWEST) -> Estate:
    """All that an inventory is made of.

    Args:
        store: With what was found.
        config: Says which sources there should be.
        min_score: Findings below it are left out.
    """
    decided = counting(review.decisions(store), today())
    with store.reading() as connection:
        facts = list(_Facts(store, connection, min_score, dismissed(decided)).rows(counts_only=False))
    return Estate(sources(config), facts, coverage(store, config), store.last_scan(), decided)


def counted(store: Store, still: Collection[str] = ()) -> Iterator[FieldFacts]:
    """How much is held, without persons, dates, values apart and confidence, with what was dismissed: soon done.

    Args:
        store: With what was found.
        still: Names of sources that are left out.
    """
    with store.reading() as connection:
        yield from _Facts(store, connection, LOWEST, (), still).rows(counts_only=True)


def dismissed(decisions: Sequence[Decision]) -> list[bytes]:
    """Tokens of values that somebody said are no personal data."""
    return [one.token for one in decisions if one.kind == "dismiss" and one.token]


def coverage(store: Store, config: Config) -> list[Coverage]:
    """How many units of each source ended in which state, and why; in the order of the configuration."""
    unit, source = schema.unit, schema.source
    group = (source.c.name, unit.c.state, unit.c.reason)
    query = select(*group, func.count().label("units")).join(unit, unit.c.source_id == source.c.id).group_by(*group)
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    with store.reading() as connection:
        for name, state, reason, units in connection.execute(query):
            found[name][state][reason] += units
        listed = set(connection.scalars(select(source.c.name)))
        missed = unreached(connection)
    rows = []
    for name in config.sources:
        states = dict(found.get(name, {}))
        if name in missed:
            states[UNREACHED] = Counter()
        states = states or {State.SCANNED if name in listed else NEVER: Counter()}
        for state in sorted(states, key=_state_order):
            reasons = {reason: count for reason, count in sorted(states[state].items()) if reason}
            rows.append(Coverage(name, state, states[state].total(), reasons))
    return rows


def unreached(connection: Connection) -> set[str]:
    """Sources that the last scan of them could not list, or not to the end."""
    source, last = schema.source, select(scan_source.c.source_id, func.max(scan_source.c.scan_id).label("number"))
    newest = last.group_by(scan_source.c.source_id).subquery()
    same = (newest.c.source_id == scan_source.c.source_id) & (newest.c.number == scan_source.c.scan_id)
    query = select(source.c.name).join(scan_source, scan_source.c.source_id == source.c.id).join(newest, same)
    return set(connection.scalars(query.where(scan_source.c.error != "")))


def _state_order(state: str) -> int:
    known = [str(one) for one in State]
    return known.index(state) if state in known else len(known)


class _Facts:
    """Counts findings by place (a table, a folder), field, entity and kind."""

    def __init__(
        self,
        store: Store,
        connection: Connection,
        min_score: float,
        dismissed: Sequence[bytes],
        left_out: Collection[str] = (),
    ) -> None:
        self._store = store
        self._connection = connection
        self._min_score = min_score
        self._dismissed = dismissed
        names = connection.execute(select(schema.source.c.id, schema.source.c.name))
        self._sources = {row.id: row.name for row in names if row.name not in left_out}
        self._field = cache(self._read_field)
        self._unsealed = cache(store.keys.unseal)

    def rows(self, *, counts_only: bool) -> Iterator[FieldFacts]:
        """Facts of every entity in every field, then of the fields that hold none."""
        totals = {self._place(row): row for row in self._connection.execute(self._totals())}
        dated = () if counts_only else self._connection.execute(self._days())
        days = {(*self._place(row), row.entity): row for row in dated}
        persons = {} if counts_only else self._persons()
        extensions = self._extensions()
        met = set()
        found = counted_by_place(self._counts(), self._min_score) if counts_only else self._found()
        for row in self._connection.execute(found):
            key = self._place(row)
            met.add(key)
            day = days.get((*key, row.entity))
            yield self._fact(
                row,
                total=totals[key].total,
                persons=persons.get((*key, row.entity), 0),
                days=(_date(day.oldest), _date(day.newest)) if day else (None, None),
                extensions=extensions.get(key[:2], ()),
            )
        for key, row in totals.items():
            if key not in met:
                yield self._bare(row, extensions.get(key[:2], ()))

    @staticmethod
    def _place(row: Row[tuple[object, ...]]) -> _Place:
        return row.source_id, row.place, row.field_id

    def _counts(self) -> ColumnElement[bool]:
        return schema.unit.c.source_id.in_(self._sources)

    def _found(self) -> Select[tuple[object, ...]]:
        unit, finding = schema.unit, schema.finding
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
            )
            .join(finding, finding.c.unit_id == unit.c.id)
            .where(self._counts(), finding.c.score >= self._min_score, finding.c.token.not_in(self._dismissed))
            .group_by(*group)
            .order_by(*group)
        )

    def _totals(self) -> Select[tuple[object, ...]]:
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
            .where(self._counts())
            .group_by(*group)
            .order_by(*group)
        )

    def _days(self) -> Select[tuple[object, ...]]:
        unit, finding, moment = schema.unit, schema.finding, schema.moment
        group = (unit.c.source_id, unit.c.place, finding.c.field_id, finding.c.entity)
        return (
            select(*group, func.min(moment.c.day).label("oldest"), func.max(moment.c.day).label("newest"))
            .join(finding, finding.c.unit_id == unit.c.id)
            .join(moment, moment.c.record_id == finding.c.record_id)
            .where(finding.c.score >= self._min_score)
            .group_by(*group)
        )

    def _persons(self) -> dict[tuple[int, bytes, int, int], int]:
        """Distinct people beside an entity: the strong identifier of which the records hold most; a lower bound."""
        unit, finding = schema.unit, schema.finding
        strong = schema.finding.alias()
        numbers = [number for name in STRONG if (number := self._store.terms.find(self._connection, name)) is not None]
        group = (unit.c.source_id, unit.c.place, finding.c.field_id, finding.c.entity)
        query = (
            select(*group, strong.c.entity.label("by"), func.count(distinct(strong.c.token)).label("people"))
            .join(finding, finding.c.unit_id == unit.c.id)
            .join(strong, strong.c.record_id == finding.c.record_id)
            .where(strong.c.entity.in_(numbers), finding.c.score >= self._min_score, strong.c.score >= self._min_score)
            .group_by(*group, strong.c.entity)
        )
        people: dict[tuple[int, bytes, int, int], int] = {}
        for row in self._connection.execute(query):
            key = (row.source_id, row.place, row.field_id, row.entity)
            people[key] = max(people.get(key, 0), row.people)
        return people

    def _extensions(self) -> Mapping[tuple[int, bytes], tuple[str, ...]]:
        unit = schema.unit
        query = select(unit.c.source_id, unit.c.place, unit.c.extension).where(unit.c.extension != "").distinct()
        found: dict[tuple[int, bytes], list[str]] = defaultdict(list)
        for source_id, place, extension in self._connection.execute(query):
            found[source_id, place].append(extension)
        return {key: tuple(sorted(one)) for key, one in found.items()}

    def _fact(
        self,
        row: Row[tuple[object, ...]],
        *,
        total: int,
        persons: int,
        days: tuple[date | None, date | None],
        extensions: tuple[str, ...],
    ) -> FieldFacts:
        return FieldFacts(
            source=self._sources[row.source_id],
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
            oldest=days[0],
            newest=days[1],
            extensions=extensions,
            readers=_readers(row.readers),
        )

    def _bare(self, row: Row[tuple[object, ...]], extensions: tuple[str, ...]) -> FieldFacts:
        return FieldFacts(
            source=self._sources[row.source_id],
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


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day + _EPOCH)


def _readers(number: int) -> str:
    """The widest of those who may read the units, as reports call them."""
    return Readers(number).name.lower() if number else ""
