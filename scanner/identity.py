"""Records and tokens as the search for one person sees them: what stands in a record, and who has a token."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, func, or_, select

from scanner import schema
from scanner.finding import WHY
from scanner.links import PATH
from scanner.lookup import having
from scanner.ownership import CUSTOMER_ID, Ownership, Place, Spot
from scanner.store import Store

PERSONNUMMER = "SE_PERSONNUMMER"
STRONG = (PERSONNUMMER, CUSTOMER_ID)
"""Entities that point to one person by themselves."""
CONTACT = ("EMAIL_ADDRESS", "PHONE_NUMBER")
"""Entities that point to one person when nobody else has them."""
NAME, ADDRESS = "PERSON", "ADDRESS"
PROTECTED = "PROTECTED_IDENTITY"
_UP = 3
_MANY = 500
_ENOUGH_RECORDS = 400


@dataclass(frozen=True, slots=True)
class Seen:
    """One finding in a record."""

    field: int
    entity: str
    place: Place
    token: bytes
    parts: bytes | None
    """Of a name with several parts: the token to search for. Of a personnummer: that of its first nine digits."""
    trusted: bool
    """The number's check digit is right; a mistyped number is found, but nobody is identified by it."""

    @property
    def identity(self) -> bytes:
        """Whom a personnummer stands for: itself, or its nine digits where the check digit is wrong."""
        return self.token if self.trusted or self.parts is None else self.parts


@dataclass(frozen=True)
class View:
    """A record and what was found in it."""

    id: int
    unit: int
    locator: bytes | None
    seen: tuple[Seen, ...]

    @cached_property
    def is_list(self) -> bool:
        """Several people's personnummer in the owner's place: the record as a whole is nobody's."""
        return len({one.token for one in self.seen if one.entity == PERSONNUMMER and one.place is Place.OWNER}) > 1

    @cached_property
    def told(self) -> frozenset[bytes]:
        """The one personnummer that running text of the record names, if nothing else says whom it is about."""
        named = frozenset(one.token for one in self.seen if one.entity == PERSONNUMMER and one.trusted)
        owned = any(one.place is Place.OWNER for one in self.seen if one.entity in STRONG)
        return named if len(named) == 1 and not owned else frozenset()

    def owned(self, *entities: str) -> Iterator[Seen]:
        """Findings of these entities in the owner's place."""
        if not self.is_list:
            yield from (one for one in self.seen if one.place is Place.OWNER and one.entity in entities)

    def names(self, places: Collection[Place]) -> set[bytes]:
        """Whole names that stand in these places."""
        return {one.parts for one in self.seen if one.parts and one.entity == NAME and one.place in places}


@dataclass(frozen=True, slots=True)
class Bearers:
    """Who has a token: identities with which it stands in the owner's place."""

    strong: frozenset[bytes]
    names: frozenset[bytes]
    """Whole names beside it, in the same place; a switchboard has many."""


class Records:
    """Records of the store, remembered for one search."""

    def __init__(self, store: Store, connection: Connection, ownership: Ownership, min_score: float) -> None:
        self._store = store
        self._connection = connection
        self._ownership = ownership
        self._min_score = min_score
        self._having: dict[bytes, list[tuple[int, int, int, str]]] = {}
        self._views: dict[int, View] = {}
        self._identities: dict[int, frozenset[bytes]] = {}
        self._bearers: dict[bytes, Bearers] = {}
        self._customers: dict[bytes, frozenset[bytes]] = {}

    def having(self, token: bytes) -> list[tuple[int, int, int, str]]:
        """Where a token stands: record, unit, field, entity; in reading order."""
        if token not in self._having:
            self._having[token] = self._find(token)
        return self._having[token]

    def _find(self, token: bytes) -> list[tuple[int, int, int, str]]:
        finding = schema.finding
        query = (
            select(finding.c.record_id, finding.c.unit_id, finding.c.field_id, finding.c.entity)
            .where(having(self._connection, [token]), finding.c.score >= self._min_score)
            .order_by(finding.c.record_id, finding.c.id)
        )
        found = dict.fromkeys(map(tuple, self._connection.execute(query)))
        return [(record, unit, field, self._ownership.entity(entity)) for record, unit, field, entity in found]

    def span(self, record: int, token: bytes) -> tuple[int, int]:
        """Start and end of a token in the field of a record in which it stands first."""
        finding = schema.finding
        query = (
            select(finding.c.start, finding.c.end)
            .where(finding.c.record_id == record, or_(*(column == token for column in schema.TOKENS)))
            .order_by(finding.c.id)
        )
        row = self._connection.execute(query).first()
        return (row.start, row.end) if row else (0, 0)

    def spots(self, record: int) -> list[Spot]:
        """Everything that was found in a record, with its place."""
        finding = schema.finding
        columns = (finding.c.field_id, finding.c.start, finding.c.end, finding.c.entity, *schema.TOKENS)
        query = select(*columns).where(finding.c.record_id == record, finding.c.score >= self._min_score)
        name, entity = self._ownership.field, self._ownership.entity
        return [
            Spot(name(field), start, end, entity(sort), frozenset(filter(None, tokens)))
            for field, start, end, sort, *tokens in self._connection.execute(query)
        ]

    def view(self, number: int) -> View:
        """A record with its findings."""
        if number not in self._views:
            self._views[number] = self._load(number)
        return self._views[number]

    def _load(self, number: int) -> View:
        finding = schema.finding
        row = self._connection.execute(
            select(schema.record.c.unit_id, schema.record.c.locator).where(schema.record.c.id == number)
        ).one()
        query = (
            select(finding.c.field_id, finding.c.entity, finding.c.why, finding.c.token, finding.c.variant)
            .where(finding.c.record_id == number, finding.c.score >= self._min_score)
            .order_by(finding.c.id)
        )
        seen = []
        for field, entity, why, token, variant in self._connection.execute(query):
            name = self._ownership.entity(entity)
            trusted = name != PERSONNUMMER or "checksum" in self._ownership.entity(why).split(WHY)
            place = self._ownership.place(row.unit_id, field, entity)
            seen.append(Seen(field, name, place, token, variant, trusted))
        return View(number, row.unit_id, row.locator, tuple(seen))

    def identities(self, number: int, depth: int = 0) -> frozenset[bytes]:
        """The people whom a record is about: tokens of personnummer, or of customer numbers where there are none."""
        if number not in self._identities:
            view = self.view(number)
            found = self._own_identities(view)
            if not found and not view.is_list and depth < _UP:
                found = frozenset[bytes]().union(*(self.identities(parent, depth + 1) for parent in self.parents(view)))
            self._identities[number] = found
        return self._identities[number]

    def _own_identities(self, view: View) -> frozenset[bytes]:
        numbers = frozenset(one.identity for one in view.owned(PERSONNUMMER))
        if numbers:
            return numbers
        customers = [self.person(one.entity, one.token) for one in view.owned(CUSTOMER_ID)]
        return frozenset[bytes]().union(*customers) if customers else view.told

    def person(self, entity: str, token: bytes) -> frozenset[bytes]:
        """Whom a strong identifier points to: a personnummer to itself, a customer number to that beside it.

        A customer number without a personnummer anywhere points to itself.
        """
        if entity == PERSONNUMMER:
            return frozenset({token})
        if token not in self._customers:
            self._customers[token] = frozenset({token})  # also ends a circle
            views = [self.view(record) for record, *_ in self.having(token)[:_ENOUGH_RECORDS]]
            beside = [
                one
                for view in views
                if any(own.token == token for own in view.owned(CUSTOMER_ID))
                for one in view.owned(PERSONNUMMER)
            ]
            right = frozenset(one.token for one in beside if one.trusted)
            self._customers[token] = right or frozenset(one.identity for one in beside) or frozenset({token})
        return self._customers[token]

    def parents(self, view: View) -> Iterator[int]:
        """Rows that a row's keys point to."""
        relation, here, there = schema.relation, schema.link.alias(), schema.link.alias()
        query = (
            select(there.c.record_id)
            .select_from(here)
            .join(relation, (relation.c.unit_id == here.c.unit_id) & (relation.c.field_id == here.c.field_id))
            .join(
                there,
                (there.c.token == here.c.token)
                & (there.c.unit_id == relation.c.ref_unit_id)
                & (there.c.field_id == relation.c.ref_field_id),
            )
            .where(here.c.record_id == view.id)
            .order_by(there.c.record_id)
        )
        yield from self._connection.scalars(query).all()

    def children(self, view: View) -> Iterator[tuple[int, bool, int]]:
        """Rows whose keys point to a row: record, whether the key is declared, the key's field."""
        relation, here, there = schema.relation, schema.link.alias(), schema.link.alias()
        query = (
            select(there.c.record_id, relation.c.declared, relation.c.field_id)
            .select_from(here)
            .join(relation, (relation.c.ref_unit_id == here.c.unit_id) & (relation.c.ref_field_id == here.c.field_id))
            .join(
                there,
                (there.c.token == here.c.token)
                & (there.c.unit_id == relation.c.unit_id)
                & (there.c.field_id == relation.c.field_id),
            )
            .where(here.c.record_id == view.id)
            .order_by(there.c.record_id)
        )
        yield from ((record, declared, field) for record, declared, field in self._connection.execute(query).all())

    def in_paths(self, view: View) -> list[int]:
        """Files whose path names a customer number that a record holds as its own."""
        fields = {one.field for one in view.owned(CUSTOMER_ID)}
        return self._linked(view, fields, self._path_fields()) if fields else []

    def named_by_path(self, view: View) -> list[int]:
        """Records that hold as their own a customer number that a file's path names."""
        found = self._linked(view, self._path_fields(), None)
        return [record for record in found if any(self.view(record).owned(CUSTOMER_ID))]

    def _linked(self, view: View, fields: Collection[int], others: Collection[int] | None) -> list[int]:
        """Records that share a link with fields of a record: in the fields `others`, or in any but a path."""
        here, there = schema.link.alias(), schema.link.alias()
        wanted = there.c.field_id.not_in(self._path_fields()) if others is None else there.c.field_id.in_(others)
        query = (
            select(there.c.record_id)
            .select_from(here)
            .join(there, there.c.token == here.c.token)
            .where(here.c.record_id == view.id, here.c.field_id.in_(fields), wanted)
            .order_by(there.c.record_id)
            .distinct()
        )
        return list(self._connection.scalars(query).all())

    def _path_fields(self) -> list[int]:
        number = self._store.field_names.find(self._connection, self._store.keys.seal(PATH))
        return [] if number is None else [number]

    def latest_day(self, number: int) -> int | None:
        """The latest date that a record carries, as days since 1970-01-01."""
        moment = schema.moment
        day: int | None = self._connection.scalar(select(func.max(moment.c.day)).where(moment.c.record_id == number))
        return day

    def marked(self, numbers: Sequence[int]) -> bool:
        """Whether one of these records carries a mark of protected identity."""
        entity = self._store.terms.find(self._connection, PROTECTED)
        finding = schema.finding
        for at in range(0, len(numbers) if entity is not None else 0, _MANY):
            some = finding.c.record_id.in_(numbers[at : at + _MANY])
            query = select(finding.c.id).where(some, finding.c.entity == entity, finding.c.score >= self._min_score)
            if self._connection.scalar(query.limit(1)) is not None:
                return True
        return False

    def beside(self, view: View) -> list[int]:
        """The other records of a record's unit."""
        table = schema.record
        query = select(table.c.id).where(table.c.unit_id == view.unit, table.c.id != view.id).order_by(table.c.id)
        return list(self._connection.scalars(query).all())

    def bearers(self, token: bytes) -> Bearers:
        """With how many people a phone or e-mail stands: whose own it is, and who is named beside it."""
        if token not in self._bearers:
            strong: set[bytes] = set()
            names: set[bytes] = set()
            for record, *_ in self.having(token)[:_ENOUGH_RECORDS]:
                view = self.view(record)
                places = {one.place for one in view.seen if one.token == token and one.entity in CONTACT}
                names |= view.names(places - {Place.TEXT})
                if Place.OWNER in places:
                    strong |= self.identities(record)
            self._bearers[token] = Bearers(frozenset(strong), frozenset(names))
        return self._bearers[token]
