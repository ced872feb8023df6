"""Records and tokens as the search for one person sees them; read from the store once and remembered meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import chain, groupby, islice
from operator import itemgetter

from sqlalchemy import Connection, or_, select

from scanner.finding import WHY
from scanner.linking.deliveries import with_receivers
from scanner.linking.identity import PERSONNUMMER, PROTECTED, STRONG, Persona, Seen, View
from scanner.linking.key_values import BARE
from scanner.linking.links import GENERIC, LINK, normal_name
from scanner.linking.ownership import Ownership, Spot
from scanner.linking.party_roles import ROLE, ROLES
from scanner.linking.person_keys import is_doer, is_kin
from scanner.linking.role_words import are_invitations, are_leads, is_catalogue, is_emergency, is_sign_in
from scanner.linking.unit_days import UnitDays
from scanner.linking.unit_findings import UnitFindings
from scanner.store import Store, schema
from scanner.subject import record_queries as queries
from scanner.subject.customer_numbers import CustomerNumbers
from scanner.subject.firms import Firms
from scanner.subject.handed import Handed
from scanner.subject.joint import Joint
from scanner.subject.keyed_rows import KeyedRows
from scanner.subject.lasting import Lasting
from scanner.subject.located import locator
from scanner.subject.named_files import NamedFiles
from scanner.subject.numbers_elsewhere import NumbersElsewhere
from scanner.subject.people import People
from scanner.subject.row_by_row import RowByRow
from scanner.subject.same_things import SameThings
from scanner.subject.stored import Remembered, Stored
from scanner.subject.tenures import Tenures
from scanner.subject.told import Told

Standing = tuple[int, int, int, str]
"""Where a token stands: record, unit, field, entity."""
_MANY = 500
SOME = 200
"""Rows below a row that are looked at to tell whose it is."""
_HOUSEHOLD = 8
ENOUGH = 400
"""Records of a token that are looked at to tell whose it is."""


class Records:
    """Records of the store, remembered for one search."""

    def __init__(self, store: Store, connection: Connection, ownership: Ownership, min_score: float) -> None:
        self._store = store
        self._connection = connection
        self._ownership = ownership
        self._min_score = min_score
        self._stored = Stored(connection, self.is_key, lambda field: self.called(field).endswith(ROLE))
        self.ahead, self.first, self.latest_day = self._stored.ahead, self._stored.first, self._stored.latest_day
        self.days, self.read_days, self.links = self._stored.days, self._stored.read_days, self._stored.links
        self._standing = queries.standing(connection, min_score)
        self._having: Remembered[bytes, list[Standing]] = Remembered()
        self._views: Remembered[int, View] = Remembered()
        self._children: Remembered[int, list[tuple[int, bool, bool]]] = Remembered()
        self._keys: Remembered[int, frozenset[bytes]] = Remembered()
        self._parents: Remembered[int, list[tuple[int, bool]]] = Remembered()
        self._relations = KeyedRows(connection)
        self._row_by_row = RowByRow(store, connection, ownership, self)
        self._handed = Handed(connection, self, self._relations)
        self.joint = Joint(self, ownership, self._relations)
        self.people = People(self, ownership, UnitDays(store, connection))
        self.lasting = Lasting(self)
        self.tenures = Tenures(self, ownership, SameThings(self, self._relations, ownership))
        findings = UnitFindings(store, connection)
        self._elsewhere = NumbersElsewhere(self, ownership, findings)
        self.customers = CustomerNumbers(self, self._relations, ownership, self._elsewhere)
        self.told = Told(self, self._elsewhere)
        self.firms = Firms(self, self._relations, findings, ownership)
        self.files = NamedFiles(store, connection, ownership, self)
        self._nine: dict[bytes, bytes] = {}
        """Personnummer that were met -> their first nine digits."""

    def having(self, token: bytes) -> list[Standing]:
        """Where a token stands, in reading order."""
        if token not in self._having:
            rows, entity = self._connection.execute(self._standing, {"token": token}), self._ownership.entity
            of_records = (dict.fromkeys(map(tuple, some)) for _, some in groupby(rows, itemgetter(0)))
            found = chain.from_iterable(of_records)
            self._having[token] = [(record, unit, field, entity(sort)) for record, unit, field, sort in found]
        return self._having[token]

    def let_go(self) -> None:
        """Forget where tokens stand and what hangs below rows: of a person with very many records that is much."""
        self._having.clear()
        self._children.clear()

    def span(self, record: int, token: bytes) -> tuple[int, int]:
        """Start and end of a token in the field of a record in which it stands first."""
        finding = schema.finding
        query = (
            select(finding.c.start, finding.c.end)
            .where(finding.c.record_id == record, or_(*(column == token for column in schema.TOKENS)))
            .order_by(*schema.READING_ORDER)
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
            unit, locator, rows = self._stored.record(number)
            seen = tuple(self._seen(unit, row) for row in rows if row[-1] >= self._min_score)
            view = self._views[number] = View(number, unit, locator, with_receivers(seen))  # also ends a circle
            if any(self._row_by_row.is_mixed(unit, row) for row in rows):
                self._views[number] = replace(view, seen=with_receivers(self._row_by_row.placed(view)), mixed=True)
            else:
                self._views[number] = self._row_by_row.beside_others(self.joint.placed(view))
        return self._views[number]

    def _seen(self, unit: int, row: Sequence[object]) -> Seen:
        field, entity, why, token, variant, further, _ = row
        name = self._ownership.entity(entity)  # type: ignore[arg-type]
        trusted = name != PERSONNUMMER or "checksum" in self._ownership.entity(why).split(WHY)  # type: ignore[arg-type]
        place = self._ownership.place(unit, field, entity)  # type: ignore[arg-type]
        seen = Seen(field, name, place, token, variant, further, trusted, self._ownership.group(field))  # type: ignore[arg-type]
        if name == PERSONNUMMER:
            self._nine[seen.token] = seen.identity
        return seen

    def identities(self, number: int) -> frozenset[bytes]:
        """The people whom a record is about: tokens of personnummer, or of customer numbers where there are none."""
        return self.told.identities(number)

    def next(self, number: int) -> list[int]:
        """Rows above a record, unless that is a list: what these are about is not what it is about."""
        return [] if self.view(number).is_list else [above for above, _ in self.parents(number)]

    def person(self, entity: str, token: bytes) -> frozenset[bytes]:
        """Whom a strong identifier points to: a personnummer to its nine digits, a customer number to that beside it.

        A customer number without a personnummer anywhere points to itself.
        """
        if entity == PERSONNUMMER:
            return frozenset({self._nine.get(token, token)})
        return self.customers.person(token)

    def is_anyones(self, token: bytes) -> bool:
        """Whether a number stands as somebody's own; in texts alone it may be the key of a register that says `nr`."""
        some = self.having(token)[:ENOUGH]
        views = (self.view(record) for record, *_ in some)
        return len(some) == ENOUGH or any(one.token == token for view in views for one in view.owned(*STRONG))

    def numbers(self, persona: Persona) -> frozenset[bytes]:
        """Whom the numbers point to with which somebody stands in a record."""
        people = (self.person(one.entity, one.identity) for one in persona.of(*STRONG))
        return frozenset[bytes]().union(*people)

    def units_below(self, unit: int) -> AbstractSet[int]:
        """The tables whose keys point to a table."""
        return self._relations.below.get(unit, frozenset())

    def are_sign_ins(self, unit: int) -> bool:
        """Whether a table is called as one of who signs in to accounts."""
        return is_sign_in(normal_name(self._ownership.unit(unit).key.rpartition(".")[2]))

    def is_catalogue(self, unit: int) -> bool:
        """Whether a table is called as one of what many choose from."""
        return is_catalogue(normal_name(self._ownership.unit(unit).key.rpartition(".")[2]))

    def are_leads(self, unit: int) -> bool:
        """Whether a table is called as one of people who may become customers."""
        return are_leads(normal_name(self._ownership.unit(unit).key.rpartition(".")[2]))

    def are_asked(self, unit: int) -> bool:
        """Whether a table is called as one of whom to call, or to ask to join: what its rows are of is not theirs."""
        called = normal_name(self._ownership.unit(unit).key.rpartition(".")[2])
        return are_invitations(called) or (is_emergency(called) and not self._ownership.is_register(unit))

    def children_in(self, view: View, units: AbstractSet[int], most: int) -> Iterator[int]:
        """Rows of some tables whose keys point to a row as to what they are about: the first of each, and no more."""
        links = [(view.unit, *link) for link in self._stored.links(view.id)] if units else []
        return islice(self._relations.first_below(links, units, most, self._ownership.points_to_role), most)

    def below(self, view: View) -> frozenset[bytes]:
        """Whom the rows are about that point to a row which itself is about nobody: an address, a household."""
        if self.identities(view.id) or view.owner.names:
            return frozenset()
        rows = (record for record, _, in_role in self.children(view)[:SOME] if not in_role)
        people = frozenset(self.identities(record) or self.people.below(record) for record in rows)
        return frozenset[bytes]().union(*people) if len(people) <= _HOUSEHOLD else frozenset()

    def parents(self, number: int) -> list[tuple[int, bool]]:
        """Rows that a record's keys point to as to what it is about: record, and whether the key is declared."""
        if number not in self._parents:
            view, is_role = self.view(number), self._ownership.points_to_role
            self._parents[number] = sorted(
                (above, declared)
                for field, token in (self._stored.links(view.id) if view.unit in self._relations.pointing else ())
                for ref_unit, ref_field, declared in self._relations.up.get((view.unit, field), ())
                if not is_role(view.unit, field) and not self.firms.leads_to((token, ref_unit, ref_field))
                for above in self._relations.one_at((token, ref_unit, ref_field))
            )
            self._parents[number] += [(above, False) for above in self._handed.above(view)]
        return self._parents[number]

    def children(self, view: View) -> list[tuple[int, bool, bool]]:
        """Rows whose keys point to a row: record, whether the key is declared, and whether it points to a role."""
        if view.id not in self._children:
            found = (
                (record, declared, self._ownership.points_to_role(unit, field))
                for own, token in (self._stored.links(view.id) if view.unit in self._relations.pointed else ())
                if not self.firms.leads_to((token, view.unit, own))
                for unit, field, declared in self._relations.down.get((view.unit, own), ())
                for record in self._relations.all_at((token, unit, field))
            )
            handed = ((record, False, False) for record in self._handed.below(view))
            self._children[view.id] = sorted((*found, *handed), key=itemgetter(0))
        return self._children[view.id]

    def is_pointed_at(self, unit: int, field: int) -> bool:
        """Whether keys of other rows point to a column, and it points to none itself."""
        return (unit, field) in self._relations.down and (unit, field) not in self._relations.up

    def called(self, field: int) -> str:
        """The name of a field."""
        return self._ownership.field(field)

    def is_pointer(self, unit: int, field: int) -> bool:
        """Whether a column holds keys of other rows."""
        return (unit, field) in self._relations.up

    def is_key(self, unit: int, field: int) -> bool:
        """Whether a linked column is one of keys: mere numbers only if a key leads to or from them."""
        column, name = (unit, field), self.called(field)
        return column in self._relations.up or column in self._relations.down or not name.endswith((BARE, ROLE))

    def role(self, view: View) -> str:
        """What a row says that its person is to what it joins the person with: one of `party_roles.ROLES`, or ""."""
        told = self._stored.roles(view.id)
        return next((role for role in ROLES if self._store.keys.token(LINK, role) in told), "")

    def keys(self, view: View) -> frozenset[bytes]:
        """Values of a row's keys, to which other rows point or may: of no other row of its table, and no pointers."""
        if view.id not in self._keys:
            self._keys[view.id] = frozenset(self._keys_of(view))
        return self._keys[view.id]

    def own_keys(self, view: View) -> frozenset[bytes]:
        """Values by which a row is told from the others of its table: a bare `id`, too."""
        own = self.told_apart_by(view)
        return frozenset(token for field, token in self._stored.links(view.id) if own == {self.called(field)})

    def told_apart_by(self, view: View) -> AbstractSet[str]:
        """The columns by which a row is told from the others of its table."""
        return (locator(self._store.keys, view) or {}).keys()

    def _keys_of(self, view: View) -> Iterator[bytes]:
        links = self._stored.links(view.id)
        yield from (token for field, token in links if (view.unit, field) in self._relations.down)
        own = ((field, token) for field, token in links if (view.unit, field) not in self._relations.up)
        yield from (token for field, token in own if self._is_single(view, field, token))

    def _is_single(self, view: View, field: int, token: bytes) -> bool:
        name = normal_name(self.called(field))
        if name in GENERIC or is_doer(name) or is_kin(name):
            return False  # whoever recommended somebody is called by another's key
        values = {"token": token, "unit": view.unit, "field": field}
        return len(self._connection.execute(queries.SAME_KEY, values).all()) == 1

    def pointers(self, view: View) -> frozenset[bytes]:
        """Values of the columns of a row that are called as keys to other rows are; a bare `id` is its own."""
        links = self._stored.links(view.id)
        return frozenset(token for field, token in links if normal_name(self.called(field)) not in GENERIC)

    def marked(self, numbers: Sequence[int]) -> bool:
        """Whether one of these records carries a mark of protected identity."""
        entity = self._store.terms.find(self._connection, PROTECTED)
        finding = schema.finding
        for at in range(0, len(numbers) if entity is not None else 0, _MANY):
            some, sure = finding.c.record_id.in_(numbers[at : at + _MANY]), finding.c.score >= self._min_score
            query = select(finding.c.record_id).where(some, sure, finding.c.entity == entity)
            if self._connection.scalar(query.limit(1)) is not None:
                return True
        return False

    def beside(self, view: View) -> list[int]:
        """The other records of a record's unit."""
        return [one for one in self._stored.all_of(view.unit) if one != view.id]
