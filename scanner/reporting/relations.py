"""How tables hang together, out of the store: what `reports.relations` shows. Names are masked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, select

from reports.nearest import near
from reports.relations import (
    APART,
    BY_DAY,
    CONFIGURED,
    DECLARED,
    DENIED,
    DISCOVERED,
    EMPTY,
    FOLLOWED,
    NO_COLUMN,
    NO_TABLE,
    NOBODY,
    PERSON,
    ROLE,
    SEVERAL,
    UNSCANNED,
    WAITING,
    WRONG,
    Relation,
    Relations,
    Statement,
)
from scanner.config import Config
from scanner.engine.key_columns import in_both
from scanner.engine.said import is_settled, of_source
from scanner.linking.handlers import People
from scanner.linking.key_values import BARE
from scanner.linking.links import LINK
from scanner.linking.referenced import Referenced, linked
from scanner.linking.unit_days import UnitDays
from scanner.references import Said, heads, is_told
from scanner.store import Store, schema

Mask = Callable[[str], str]
_Ends = tuple[str, str, str, str, str, str]
"""Source, unit and column, and those that it refers to."""
_child, _parent = schema.unit.alias(), schema.unit.alias()
_own, _their = schema.source.alias(), schema.source.alias()


def relations(store: Store, config: Config, company: str, mask: Mask) -> Relations:
    """All keys between tables that are followed, and what the configuration says of keys.

    Args:
        store: After a scan.
        config: With its `relations:`.
        company: Whose they are.
        mask: Masks what is personal in a name.
    """
    with store.reading() as connection:
        found = _Found(store, connection, config.said).all()
        said = [_masked(one, mask) for one in statements(store, connection, config)]
    shown = [_shown(one, mask) for one in found]
    return Relations(company, store.last_scan(), sorted(shown, key=lambda one: (one.source, one.unit, one.field)), said)


def of(all_of: Relations, sources: Iterable[str]) -> Relations:
    """Those that lead out of some sources, or into them."""
    wanted = set(sources)
    found = [one for one in all_of.found if wanted & {one.source, one.to_source}]
    said = [one for one in all_of.said if wanted & {one.source, one.to_source}]
    return replace(all_of, found=found, said=said)


def _shown(one: Relation, mask: Mask) -> Relation:
    unit, field, to_unit, to_field = map(mask, (one.unit, one.field, one.to_unit, one.to_field))
    return replace(one, unit=unit, field=field, to_unit=to_unit, to_field=to_field)


def _masked(one: Statement, mask: Mask) -> Statement:
    column, to, what, near = map(mask, (one.column, one.to_column, one.what, one.near))
    return replace(one, column=column, to_column=to, what=what, near=near)


def _query(keys: Table) -> Select[Any]:
    return (
        select(
            keys,
            _own.c.name.label("source"), _child.c.key, _child.c.place,
            _their.c.name.label("to_source"), _parent.c.key.label("to_key"),
        )
        .join(_child, _child.c.id == keys.c.unit_id).join(_own, _own.c.id == _child.c.source_id)
        .join(_parent, _parent.c.id == keys.c.ref_unit_id).join(_their, _their.c.id == _parent.c.source_id)
    )  # fmt: skip


class _Found:
    """The keys that are followed."""

    def __init__(self, store: Store, connection: Connection, said: Iterable[Said]) -> None:
        self._store, self._connection = store, connection
        self._said = [one for one in said if not one.deny]
        self._people = People(store, connection)
        role, link = schema.role, store.terms.find(connection, LINK)
        in_role = select(role.c.unit_id, role.c.field_id).where(role.c.entity == (-1 if link is None else link))
        self._roles = {(unit, field) for unit, field in connection.execute(in_role)}
        self._by_day = connection.execute(_query(schema.turn)).all()
        self._keys = connection.execute(_query(schema.relation)).all()
        self._rows = [*self._keys, *self._by_day]
        self._leads = self._leading()
        self._tellers = self._told()
        of_things = {(row.unit_id, row.ref_unit_id) for row in self._rows}
        self._leads |= self._below({unit for unit, up in of_things if self._tellers.get(up, set()) - {unit}})

    def all(self) -> list[Relation]:
        """Each; the files of a folder whose columns do the same are one."""
        grouped: dict[tuple[object, ...], list[tuple[str, Relation]]] = {}
        for row, one in (*self._settled(), *self._dated()):
            key = (row.source, row.place, row.field_id, row.ref_unit_id, row.ref_field_id, one.origin, one.leads_to)
            grouped.setdefault(key, []).append((self._store.keys.unseal(row.place), one))
        return [_joined(some) for some in grouped.values()]

    def _settled(self) -> Iterator[tuple[Row[Any], Relation]]:
        """Those that hold whatever the day."""
        for row in self._keys:
            ends = self._ends(row)
            origin = (CONFIGURED if self._is_said(ends) else DECLARED) if row.declared else DISCOVERED
            yield row, Relation(*ends, origin, row.matched, row.compared, self._leading_to(row))

    def _dated(self) -> Iterator[tuple[Row[Any], Relation]]:
        """Those of which the day tells the row; their values are counted now, for few tables have any."""
        for row in self._by_day:
            counts = in_both(self._connection, (row.unit_id, row.field_id), (row.ref_unit_id, row.ref_field_id))
            yield row, Relation(*self._ends(row), BY_DAY, *counts, self._leading_to(row))

    def _ends(self, row: Row[Any]) -> _Ends:
        unseal = self._store.keys.unseal
        own = (row.source, unseal(row.key), self._name(row.field_id))
        return *own, row.to_source, unseal(row.to_key), self._name(row.ref_field_id)

    def _is_said(self, ends: _Ends) -> bool:
        source, unit, field, to_source, to_unit, to_field = ends
        return any(
            (one.source, one.other) == (source, to_source)
            and is_told((one.child,), unit, field)
            and is_told((one.parent,), to_unit, to_field)
            for one in self._said
        )

    def _leading_to(self, row: Row[Any]) -> str:
        if row.ref_unit_id in self._tellers:
            return PERSON if self._tellers[row.ref_unit_id] - {row.unit_id} else NOBODY
        if row.ref_unit_id not in self._leads:
            return NOBODY
        return ROLE if (row.unit_id, row.field_id) in self._roles else PERSON

    def _name(self, field: int) -> str:
        return self._store.keys.unseal(self._store.field_names.text(self._connection, field)).removesuffix(BARE)

    def _leading(self) -> set[int]:
        """Units whose rows name people, or lead on to such as do."""
        parents = {row.ref_unit_id for row in self._rows}
        return self._below({unit for unit in parents if self._people.named_in(unit)})

    def _below(self, leading: set[int]) -> set[int]:
        """The same units, and all whose rows lead on to one of them."""
        found, steps = set(leading), {(row.unit_id, row.ref_unit_id) for row in self._rows}
        while more := {unit for unit, up in steps if up in found} - found:
            found |= more
        return found

    def _told(self) -> dict[int, set[int]]:
        """Units of things that somebody has for a time, and the tables that tell who: by them a search goes down."""
        days, told = UnitDays(self._store, self._connection), dict[int, set[int]]()
        people = {row.unit_id for row in self._rows if row.ref_unit_id in self._leads}
        for row in self._rows:
            if row.unit_id in people and row.ref_unit_id not in self._leads and days.of(row.unit_id).times:
                told.setdefault(row.ref_unit_id, set()).add(row.unit_id)
        return told


def _joined(some: list[tuple[str, Relation]]) -> Relation:
    place, first = some[0]
    if len(some) == 1:
        return first
    matched, compared = (sum(getattr(one, name) for _, one in some) for name in ("matched", "compared"))
    return replace(first, unit=place, matched=matched, compared=compared, units=len(some))


@dataclass(frozen=True, slots=True)
class _Fault:
    state: str
    what: str
    near: str = ""


def statements(store: Store, connection: Connection, config: Config) -> Iterator[Statement]:
    """What the configuration says of keys, and what has become of it. Names are not masked."""
    judge = _Judge(store, connection, config)
    for one in config.said:
        told = judge.of(one)
        ends = (one.place, one.source, one.child, one.other, one.parent, one.deny)
        yield Statement(*ends, told.state, told.what, told.near)


class _Judge:
    """Tells what has become of what is said."""

    def __init__(self, store: Store, connection: Connection, config: Config) -> None:
        self._store, self._connection = store, connection
        self._known = Referenced(store, connection)
        self._settled = {name: self._is_settled(name, config.said) for name in config.sources}

    def _is_settled(self, source: str, said: Iterable[Said]) -> bool | None:
        """None: it was never scanned."""
        number = self._store.find_source(source)
        return None if number is None else is_settled(self._connection, number, of_source(list(said), source))

    def of(self, one: Said) -> _Fault:
        """What has become of one."""
        ends = [(one.source, one.child), *([(one.other, one.parent)] if one.parent else [])]
        faults = [fault for source, column in ends if (fault := self._fault(source, column, deny=one.deny))]
        parents = self._known.find(one.other, one.parent).spots if one.parent else ()
        if len(parents) > 1 and not one.deny:
            faults.append(_Fault(SEVERAL, one.parent))
        if faults:
            return min(faults, key=lambda fault: fault.state not in WRONG)
        if not all(self._settled[source] for source, _ in ends):
            return _Fault(WAITING, "")
        if one.deny:
            return _Fault(DENIED, "")
        return _Fault(FOLLOWED, "") if self._has_common(one) else _Fault(APART, one.child)

    def _has_common(self, one: Said) -> bool:
        """Whether any value of a column stands in the one that it is said to refer to."""
        relation = schema.relation.c
        (parent,) = self._known.find(one.other, one.parent).spots
        leading = (relation.ref_unit_id == parent.unit, relation.ref_field_id == parent.field, relation.matched > 0)
        query = select(relation.unit_id, relation.field_id).where(*leading)
        met = {(unit, field) for unit, field in self._connection.execute(query)}
        return any((spot.unit, spot.field) in met for spot in self._known.find(one.source, one.child).spots)

    def _fault(self, source: str, column: str, *, deny: bool) -> _Fault | None:
        if self._settled[source] is None:
            return _Fault(UNSCANNED, source)
        found = self._known.find(source, column)
        if not found.units:
            return _Fault(NO_TABLE, column, near(max(heads(column), key=len), self._known.called(source)))
        if not found.spots:
            columns = {name for unit in found.units for name in self._known.columns(unit)}
            near_one = near(column.rpartition(".")[2], columns)
            return _Fault(NO_COLUMN, column, near_one) if columns else _Fault(EMPTY, column)
        kept = deny or any(linked(self._connection, spot)[0] for spot in found.spots)
        filled = any(spot.total for spot in found.spots)
        return None if kept else _Fault(WAITING if filled else EMPTY, "" if filled else column)
