"""The inventory place by place: a place that no scan has read again since it was counted is not counted again.

Which version a place is of follows from the store alone, in the same view in which it is counted: its units, the
numbers of their records (no two readings give the same), how much their fields hold, which values were dismissed.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Row, Select, and_, cast, func, select

from reports.facts import FieldFacts
from scanner.reporting.facts import Facts
from scanner.reporting.packing import Packed, Unpacking
from scanner.store import Store, schema
from scanner.store.lookup import having

_RECORDS = 5_000
"""Counted at a time: what is sorted then lies in memory."""
_AT_ONCE = 10_000
"""Units fetched at a time."""
_UNITS = 5_000
"""Asked for by number at a time; a place of more is asked for by itself."""
_TOKENS = 200
"""Looked up at a time."""
_LOW = 1 << 20
"""Of a record's number so much is summed: the sum of twenty billion fits."""
Counted = Mapping[str, Sequence[FieldFacts]]
"""Facts of places by their version."""


@dataclass(slots=True)
class _Place:
    source: int
    place: bytes
    _read: Any
    """A digest of all that tells this reading of its units from the next."""
    units: array[int] = field(default_factory=lambda: array("q"))
    records: int = 0

    def add(self, unit: Row[Any], dismissed: Sequence[bytes] | None) -> None:
        """Take one of its units, of which nothing but the number is kept."""
        self._read.update(repr((*unit, dismissed)).encode())
        self.units.append(unit.id)
        self.records += unit.records

    @property
    def version(self) -> str:
        """Which reading of all its units this is."""
        return str(self._read.hexdigest())


@dataclass(frozen=True, slots=True)
class _Kept:
    version: str
    facts: int


class Places:
    """All places of one view of a store."""

    def __init__(self, store: Store, connection: Connection, min_score: float, dismissed: Sequence[bytes]) -> None:
        """Findings below a score are left out, and those of tokens that somebody has dismissed."""
        self._store = store
        self._connection = connection
        self._facts = Facts(store, connection, min_score, dismissed)
        self._said = repr(min_score).encode()
        self._dismissed = dismissed

    def counted(self, known: Counted) -> dict[str, Sequence[FieldFacts]]:
        """Facts of all places by version.

        Args:
            known: Facts of places that were counted before, which count for those that still are of that version.
        """
        places = self._places()
        found = {one.version: known[one.version] for one in places if one.version in known}
        for some in _portions(one for one in places if one.version not in found):
            found |= self._count(some)
        return {one.version: found[one.version] for one in places}

    def _count(self, places: Sequence[_Place]) -> dict[str, Sequence[FieldFacts]]:
        unseal, names = self._store.keys.unseal, self._facts.sources
        version = {(names[one.source], unseal(one.place)): one.version for one in places}
        found: dict[str, list[FieldFacts]] = {one.version: [] for one in places}
        for fact in self._facts.whole(_wanted(places)):
            found[version[fact.source, fact.unit]].append(fact)
        return dict(found)

    def _places(self) -> list[_Place]:
        tokens = self._dismissed_in()
        inside: dict[tuple[int, bytes], _Place] = {}
        for row in self._connection.execute(_units(), execution_options={"yield_per": _AT_ONCE}):
            if (key := (row.source_id, row.place)) not in inside:
                inside[key] = _Place(*key, sha256(self._said))
            inside[key].add(row, tokens.get(row.id))
        return list(inside.values())

    def _dismissed_in(self) -> Mapping[int, Sequence[bytes]]:
        """Which dismissed values stand in which units."""
        finding, found = schema.finding, defaultdict(list)
        tokens = iter(sorted(self._dismissed))
        while some := list(islice(tokens, _TOKENS)):
            query = select(finding.c.unit_id, finding.c.token).where(having(self._connection, some)).distinct()
            for unit, token in self._connection.execute(query.order_by(finding.c.token)):
                found[unit].append(token)
        return found


def _units() -> Select[Any]:
    """Every unit with all that tells one reading of it from the next, in the order of the configuration's places."""
    unit, source, record, fact = schema.unit, schema.source, schema.record, schema.field_fact
    low = cast(func.sum(record.c.id % _LOW), BigInteger)  # PostgreSQL sums to a decimal
    read = select(record.c.unit_id, func.count().label("many"), func.max(record.c.id).label("last"), low.label("low"))
    held = cast(func.sum(fact.c.total), BigInteger)
    full = select(fact.c.unit_id, func.count().label("fields"), held.label("held"))
    reading, filled = read.group_by(record.c.unit_id).subquery(), full.group_by(fact.c.unit_id).subquery()
    told = ("id", "source_id", "place", "key", "kind", "extension", "version", "state", "whole")
    more = ("records", "amount", "sampled", "readers")
    return (
        select(
            *(unit.c[name] for name in (*told, *more)),
            source.c.name,
            *(reading.c[name] for name in ("many", "last", "low")),
            *(filled.c[name] for name in ("fields", "held")),
        )
        .join(source, source.c.id == unit.c.source_id)
        .outerjoin(reading, reading.c.unit_id == unit.c.id)
        .outerjoin(filled, filled.c.unit_id == unit.c.id)
        .order_by(unit.c.source_id, unit.c.id)
    )


def _portions(places: Iterator[_Place]) -> Iterator[list[_Place]]:
    """Places together of so many records and units, or one of more."""
    some: list[_Place] = []
    units = records = 0
    for place in places:
        if some and (units + len(place.units) > _UNITS or records >= _RECORDS):
            yield some
            some, units, records = [], 0, 0
        some.append(place)
        units, records = units + len(place.units), records + place.records
    if some:
        yield some


def _wanted(places: Sequence[_Place]) -> ColumnElement[bool]:
    unit, first = schema.unit, places[0]
    if len(first.units) > _UNITS:
        return and_(unit.c.source_id == first.source, unit.c.place == first.place)
    return unit.c.id.in_([number for one in places for number in one.units])


def packed(counted: Counted) -> bytes:
    """Facts of places as bytes."""
    to = Packed()
    to.rows([_Kept(version, len(facts)) for version, facts in counted.items()], _Kept)
    to.rows([fact for facts in counted.values() for fact in facts], FieldFacts)
    return to.content()


def unpacked(content: bytes) -> dict[str, Sequence[FieldFacts]]:
    """What `packed` wrote."""
    unpacking = Unpacking(content)
    kept, facts = unpacking.rows(_Kept), iter(unpacking.rows(FieldFacts))
    return {one.version: list(islice(facts, one.facts)) for one in kept}
