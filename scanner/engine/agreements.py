"""How often what stands in a column is what the row that a key points to holds itself: whose the column is.

The row that a key points to need not name anybody: the key leads on, from a site to its customer; and a register may
keep its people's names in a table of their own, a row a person, beside the one of their numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Integer, and_, cast, exists, func, not_, or_, select
from sqlalchemy.sql.elements import ColumnElement

from scanner.engine.enumeration import parts
from scanner.linking.handlers import Agreement, Column, People
from scanner.store import schema

Pair = tuple[Column, Column]
"""A column of keys, and the one that it points to."""
_AT_ONCE = 500
_COVERS, _TWICE = 0.8, 1.5
"""Share of the people whom a table of their names names at least, and how many rows it has for each at most."""


class Ways:
    """The keys over which the rows of a table lead to people.

    Args:
        kept: All keys of a source.
        people: Of which tables the rows name people.
        units: The source's own tables: a list of another one that names somebody for each row is of whom it likes.
        sources: Number of the source of each unit.
    """

    def __init__(
        self, kept: Sequence[Pair], people: People, units: Collection[int], sources: Mapping[int, int]
    ) -> None:
        self._people, self._sources = people, sources
        self._up: dict[int, list[Pair]] = {}
        self._down: dict[int, list[Pair]] = {}
        for pair in kept:
            self._up.setdefault(pair[0].unit, []).append(pair)
            if pair[0].unit in units:
                self._down.setdefault(pair[1].unit, []).append(pair)

    def of(self, pair: Pair) -> Iterator[Sequence[Pair]]:
        """The key itself, or with one more, from a site to its customer; and each with the table of the names."""
        for way in self._to_people(pair):
            yield way
            beside = self._names_beside(way[-1][1], pair[0].unit)
            if beside:
                yield (*way, beside)

    def tell_of(self, way: Sequence[Pair], entity: int) -> bool:
        """Whether data are compared at the end of a way: no customer numbers beyond keys of another source.

        There the same customer may have had another number.
        """
        return not self._people.are_customers(entity) or len({self._sources[child.unit] for child, _ in way}) == 1

    def _to_people(self, pair: Pair) -> Iterator[Sequence[Pair]]:
        """To rows that name people; and further from those that do so by a customer number only: a site."""
        named = self._people.named_in(pair[1].unit)
        if named:
            yield (pair,)
        if named and self._people.has_names(pair[1].unit) and not self._people.in_roles(pair[1].unit):
            return
        finest = self._further(pair, named=named)
        if finest:
            yield (pair, finest)

    def _further(self, pair: Pair, *, named: bool) -> Pair | None:
        above = (one for one in self._up.get(pair[1].unit, ()) if one[1].unit != pair[0].unit)
        knows = self._people.has_names if named else self._people.named_in
        further = (one for one in above if knows(one[1].unit))
        return max(further, key=lambda one: one[0].distinct, default=None)

    def in_roles(self, way: Sequence[Pair]) -> frozenset[int]:
        """The fields at the end of a way that name our own reference on a bill, which leads on to whom it is for."""
        end = way[-1][1].unit
        return self._people.in_roles(end) if len(way) == 1 and self._further(way[0], named=True) else frozenset()

    def _names_beside(self, key: Column, own: int) -> Pair | None:
        """Down from people without a name to the table that names nearly all of them, each about once."""
        if self._people.has_names(key.unit):
            return None
        below = (child for child, parent in self._down.get(key.unit, ()) if parent.field == key.field)
        named = (
            child
            for child in below
            if child.unit != own
            and _COVERS * key.rows <= child.distinct
            and child.rows <= _TWICE * child.distinct
            and self._people.has_names(child.unit)
        )
        names = max(named, key=lambda child: (child.distinct, child.table), default=None)
        return (key, names) if names else None


def keys_beyond(connection: Connection, kept: Sequence[Pair]) -> Iterator[Pair]:
    """The keys by which the tables lead on to which some keys lead, and that are none of these: a site's, elsewhere."""
    known = {(child.unit, child.field, parent.unit, parent.field) for child, parent in kept}
    relation = schema.relation
    for units in parts(sorted({parent.unit for _, parent in kept}), _AT_ONCE):
        for row in connection.execute(select(relation).where(relation.c.unit_id.in_(units))):
            if (row.unit_id, row.field_id, row.ref_unit_id, row.ref_field_id) not in known:
                child = Column(row.unit_id, row.field_id, "", "", 0, row.compared)
                yield child, Column(row.ref_unit_id, row.ref_field_id, "", "", 0, 0)


def sources_of(connection: Connection, keys: Sequence[Pair]) -> dict[int, int]:
    """Of which source the tables are at the ends of keys, by their numbers."""
    unit, found = schema.unit.c, dict[int, int]()
    for units in parts(sorted({end.unit for pair in keys for end in pair}), _AT_ONCE):
        query = select(unit.id, unit.source_id).where(unit.id.in_(units))
        found |= dict(connection.execute(query).all())
    return found


def at(link: Any, column: Column) -> tuple[ColumnElement[bool], ...]:
    """The condition that a link is of a column."""
    return link.c.unit_id == column.unit, link.c.field_id == column.field


def all_of(link: Any, column: Column) -> ColumnElement[bool]:
    """The links of a column, by way of its table's records: links are kept by record."""
    records = select(schema.record.c.id).where(schema.record.c.unit_id == column.unit)
    return and_(link.c.record_id.in_(records), link.c.field_id == column.field)


def agreements(connection: Connection, way: Sequence[Pair], apart: Collection[int] = ()) -> list[Agreement]:
    """For each identifier column of the child: how often does it agree with the row that the keys lead to?

    Args:
        connection: To the store.
        way: The keys.
        apart: Fields of that row that are compared with nothing.
    """
    here, own, theirs = schema.link.alias(), schema.finding.alias(), schema.finding.alias()
    joined, reached = here.join(own, own.c.record_id == here.c.record_id), here
    for step, (child, parent) in enumerate(way):
        if step:
            up = schema.link.alias()
            is_key = and_(up.c.record_id == reached.c.record_id, up.c.field_id == child.field)
            joined, reached = joined.join(up, is_key), up
        there = schema.link.alias()
        joined, reached = (
            joined.join(there, and_(schema.is_token(there.c.token, reached.c.token), *at(there, parent))),
            there,
        )
    fact = schema.field_fact.c
    notes = select(fact.field_id).where(fact.unit_id == way[-1][1].unit, fact.is_text)  # tell of whom they like
    there_too = and_(
        theirs.c.record_id == reached.c.record_id, theirs.c.field_id.not_in(notes), theirs.c.field_id.not_in(apart)
    )
    same_entity = and_(there_too, theirs.c.entity == own.c.entity)
    comparable = exists().where(same_entity)
    # Not by value alone: a name may stand in one field here and in two there. A surname is also the family's.
    whole = and_(schema.present(own.c.variant), schema.present(theirs.c.variant))
    same = or_(and_(theirs.c.token == own.c.token, not_(whole)), and_(theirs.c.variant == own.c.variant, whole))
    agrees = exists().where(same_entity, same)
    query = (
        select(own.c.field_id, own.c.entity, func.count(), func.sum(cast(agrees, Integer)))
        .select_from(joined)
        .where(all_of(here, way[0][0]), comparable)
        .group_by(own.c.field_id, own.c.entity)
    )
    return [(field, entity, compared, int(same or 0)) for field, entity, compared, same in connection.execute(query)]
