"""Records and tokens as the search for one person sees them; read from the store once and remembered meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, or_, select

from scanner import record_queries as queries
from scanner import schema
from scanner.finding import WHY
from scanner.identity import PERSONNUMMER, PROTECTED, Seen, View, group_of
from scanner.links import PATH, normal_name
from scanner.lookup import having
from scanner.ownership import CUSTOMER_ID, Ownership, Spot
from scanner.store import Store

Standing = tuple[int, int, int, str]
"""Where a token stands: record, unit, field, entity."""
_UP = 3
_MANY = 500
ENOUGH = 400
"""Records of a token that are looked at to tell whose it is."""


class Records:
    """Records of the store, remembered for one search."""

    def __init__(self, store: Store, connection: Connection, ownership: Ownership, min_score: float) -> None:
        self._store = store
        self._connection = connection
        self._ownership = ownership
        self._min_score = min_score
        self._having: dict[bytes, list[Standing]] = {}
        self._views: dict[int, View] = {}
        self._identities: dict[int, frozenset[bytes]] = {}
        self._customers: dict[bytes, frozenset[bytes]] = {}
        self._children: dict[int, list[tuple[int, bool]]] = {}
        self._groups: dict[int, str] = {}

    def having(self, token: bytes) -> list[Standing]:
        """Where a token stands, in reading order."""
        if token not in self._having:
            finding = schema.finding
            query = (
                select(finding.c.record_id, finding.c.unit_id, finding.c.field_id, finding.c.entity)
                .where(having(self._connection, [token]), finding.c.score >= self._min_score)
                .order_by(finding.c.record_id, finding.c.id)
            )
            found = dict.fromkeys(map(tuple, self._connection.execute(query)))
            entity = self._ownership.entity
            self._having[token] = [(record, unit, field, entity(sort)) for record, unit, field, sort in found]
        return self._having[token]

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
        name, entity = self._ownership.field, self._ownership.entity
        return [
            Spot(name(field), start, end, entity(sort), frozenset(filter(None, tokens)))
            for field, start, end, sort, score, *tokens in self._connection.execute(queries.SPOTS, {"record": record})
            if score >= self._min_score
        ]

    def view(self, number: int) -> View:
        """A record with its findings."""
        if number not in self._views:
            unit, locator = self._connection.execute(queries.WHERE, {"record": number}).one()
            rows = self._connection.execute(queries.SEEN, {"record": number}).all()
            seen = tuple(self._seen(unit, row) for row in rows if row[-1] >= self._min_score)
            self._views[number] = View(number, unit, locator, seen)
        return self._views[number]

    def _seen(self, unit: int, row: Sequence[object]) -> Seen:
        field, entity, why, token, variant, further, _ = row
        name = self._ownership.entity(entity)  # type: ignore[arg-type]
        trusted = name != PERSONNUMMER or "checksum" in self._ownership.entity(why).split(WHY)  # type: ignore[arg-type]
        place = self._ownership.place(unit, field, entity)  # type: ignore[arg-type]
        return Seen(field, name, place, token, variant, further, trusted, self._group(field))  # type: ignore[arg-type]

    def _group(self, field: int) -> str:
        if field not in self._groups:
            parts = self._ownership.field(field).split(".")
            self._groups[field] = group_of(".".join(normal_name(part) for part in parts))
        return self._groups[field]

    def identities(self, number: int, depth: int = 0) -> frozenset[bytes]:
        """The people whom a record is about: tokens of personnummer, or of customer numbers where there are none."""
        if number not in self._identities:
            view = self.view(number)
            found = self._own_identities(view)
            if not found and not view.is_list and depth < _UP:
                parents = self._connection.scalars(queries.PARENTS, {"record": number}).all()
                found = frozenset[bytes]().union(*(self.identities(parent, depth + 1) for parent in parents))
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
            views = [self.view(record) for record, *_ in self.having(token)[:ENOUGH]]
            owned = (view for view in views if any(own.token == token for own in view.owned(CUSTOMER_ID)))
            beside = [one for view in owned for one in view.owned(PERSONNUMMER)]
            right = frozenset(one.token for one in beside if one.trusted)
            self._customers[token] = right or frozenset(one.identity for one in beside) or frozenset({token})
        return self._customers[token]

    def children(self, view: View) -> list[tuple[int, bool]]:
        """Rows whose keys point to a row: record, and whether the key is declared."""
        if view.id not in self._children:
            rows = self._connection.execute(queries.CHILDREN, {"record": view.id})
            self._children[view.id] = [(record, declared) for record, declared in rows]
        return self._children[view.id]

    def in_paths(self, view: View) -> list[int]:
        """Files whose path names a customer number that a record holds as its own."""
        fields = sorted({one.field for one in view.owned(CUSTOMER_ID)})
        values = {"record": view.id, "fields": fields, "paths": self._path_fields()}
        return list(self._connection.scalars(queries.IN_PATHS, values)) if fields and values["paths"] else []

    def named_by_path(self, view: View) -> list[int]:
        """Records that hold as their own a customer number that a file's path names."""
        paths = self._path_fields()
        found = self._connection.scalars(queries.NAMED_BY_PATH, {"record": view.id, "fields": paths, "paths": paths})
        return [record for record in found.all() if any(self.view(record).owned(CUSTOMER_ID))]

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
        return list(self._connection.scalars(queries.BESIDE, {"record": view.id, "unit": view.unit}))
