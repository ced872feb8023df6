"""Whose is it? Whether an identifier in a record is of the person whom the record is about, or of somebody else.

Evidence, in this order: running text only mentions; agreement with the row that the record's key points to, measured
over the whole table, or first the next where only some rows agree; words in the names of field and table (contact …);
the name that it stands beside, if that is somebody else's; else the record's own person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection, select

from scanner.linking.groups import is_correspondent, is_end_of_mail
from scanner.linking.links import LINK, normal_name
from scanner.linking.opened import Opened, UnitInfo
from scanner.linking.registers import Registers
from scanner.linking.role_words import (
    ADDRESS,
    CONTACT,
    FORMER,
    REACHED,
    SECOND,
    WAY,
    firsts_of,
    is_guardians,
    is_joint,
    is_of_gifts,
    is_others,
    is_recipients,
)
from scanner.linking.unit_findings import NAME, PERSONNUMMER, UnitFindings
from scanner.store import Store, schema

CUSTOMER_ID = "CUSTOMER_ID"
MAIL = "EMAIL_ADDRESS"
_WAYS = (MAIL, "PHONE_NUMBER")
_ENOUGH = 5
_MOSTLY, _RARELY = 0.6, 0.25
_SOME = 0.03
_AT_ONCE = 500
"""Units of which is read at once."""


class Place(Enum):
    """The place that an identifier has in a record."""

    OWNER = "owner"
    OTHER = "other"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Spot:
    """A datum at its place in a record."""

    field: str
    start: int
    end: int
    entity: str
    tokens: frozenset[bytes]
    """Of all its forms."""


class Ownership(Opened):
    """Answers from the store, remembered for one search."""

    def __init__(self, store: Store, connection: Connection) -> None:
        super().__init__(store, connection)
        self._places: dict[tuple[int, int, int], Place] = {}
        self._agreed: dict[int, dict[tuple[int, int | None], tuple[int, int]]] = {}
        self._texts: dict[int, frozenset[int]] = {}
        self._others: dict[int, bool] = {}
        self._findings = UnitFindings(store, connection)
        self._registers = Registers(store, connection, self, self.points_to_role)
        self.is_register = self._registers.has

    def ahead(self, units: Iterable[int]) -> None:
        """Read what is known of many units at once, a query for hundreds instead of three for each."""
        new = [unit for unit in dict.fromkeys(units) if unit not in self._agreed]
        for at in range(0, len(new), _AT_ONCE):
            self._read(new[at : at + _AT_ONCE])

    def _read(self, units: Sequence[int]) -> None:
        unit, role, fact = schema.unit.c, schema.role.c, schema.field_fact.c
        named = select(unit.id, schema.source.c.name, unit.key, unit.kind)
        named = named.join(schema.source, unit.source_id == schema.source.c.id).where(unit.id.in_(units))
        for number, source, key, kind in self._connection.execute(named):
            self._units[number] = UnitInfo(number, source, self._store.keys.unseal(key), kind)
        self._agreed |= {number: {} for number in units}
        measured = select(role.unit_id, role.field_id, role.entity, role.agreed, role.compared)
        for number, field, entity, agreed, compared in self._connection.execute(
            measured.where(role.unit_id.in_(units))
        ):
            self._agreed[number][field, entity] = (agreed, compared)
        texts: dict[int, set[int]] = {number: set() for number in units}
        for number, field in self._connection.execute(
            select(fact.unit_id, fact.field_id).where(fact.unit_id.in_(units), fact.is_text)
        ):
            texts[number].add(field)
        self._texts |= {number: frozenset(fields) for number, fields in texts.items()}

    def place(self, unit: int, field: int, entity: int) -> Place:
        """The place of an entity in a field of a unit."""
        key = (unit, field, entity)
        if key not in self._places:
            self._places[key] = self._decide(*key)
        return self._places[key]

    def points_to_role(self, unit: int, field: int) -> bool:
        """Whether a key points to somebody in a role, not to whom the row is about: see `scanner.linking.handlers`."""
        return (field, self._store.terms.find(self._connection, LINK)) in self._measured(unit)

    def is_mixed(self, unit: int, field: int, entity: int) -> bool:
        """Whether a column holds now the person's whom the key points to, now somebody else's: told row by row."""
        counts = self._counts(unit, field, entity)
        return counts is not None and _RARELY < counts[0] / counts[1] <= 1 - _SOME and not self._is_text(unit, field)

    def is_solid(self, unit: int, field: int, entity: int) -> bool:
        """Whether a column holds, in all rows, what is the person's whom the key points to."""
        counts = self._counts(unit, field, entity)
        return counts is not None and counts[0] / counts[1] > 1 - _SOME

    def names_others(self, unit: int) -> bool:
        """Whether most rows of a table name others than whom they are about: whom to call, not who signed a few."""
        if unit not in self._others:
            name = self._store.terms.find(self._connection, NAME)
            full = (field for field in self._findings.named(unit) if self._findings.filled(unit, field) >= _MOSTLY)
            others = (field for field in full if self.place(unit, field, name or 0) is Place.OTHER)
            self._others[unit] = any(self._findings.has_whole_names(unit, field) for field in others)
        return self._others[unit]

    def place_of(self, unit: int, spot: Spot) -> Place:
        """The place of a datum that was found by reading a record again; of a field never met before it is unknown."""
        field = self._store.field_names.find(self._connection, self._store.keys.seal(spot.field))
        entity = self._store.terms.find(self._connection, spot.entity)
        return Place.TEXT if field is None or entity is None else self.place(unit, field, entity)

    def is_text(self, unit: int, name: str) -> bool:
        """Whether a field holds running text; one never met before is taken to."""
        field = self._store.field_names.find(self._connection, self._store.keys.seal(name))
        return field is None or self._is_text(unit, field)

    def _is_text(self, unit: int, field: int) -> bool:
        if unit not in self._texts:
            fact = schema.field_fact
            query = select(fact.c.field_id).where(fact.c.unit_id == unit, fact.c.is_text)
            self._texts[unit] = frozenset(self._connection.scalars(query))
        return field in self._texts[unit] or self.field(field) in ("", "path")

    def _decide(self, unit: int, field: int, entity: int) -> Place:
        if self._is_text(unit, field):
            return Place.TEXT
        agreed, words = self._agreement(unit, field, entity), self._by_words(unit, field, entity)
        told = words if words and self.is_mixed(unit, field, entity) else agreed or words  # customers are called, too
        rules = (self._by_name_beside, self._beside_owner, self._as_second, self._as_host, self._as_guardians)
        return told or next((place for rule in rules if (place := rule(unit, field, entity))), Place.OWNER)

    def _measured(self, unit: int) -> dict[tuple[int, int | None], tuple[int, int]]:
        """What was measured of a unit's columns: field and entity -> rows that agree, and that could be compared."""
        if unit not in self._agreed:
            role = schema.role.c
            query = select(role.field_id, role.entity, role.agreed, role.compared).where(role.unit_id == unit)
            rows = self._connection.execute(query)
            self._agreed[unit] = {(field, entity): (agreed, compared) for field, entity, agreed, compared in rows}
        return self._agreed[unit]

    def _counts(self, unit: int, field: int, entity: int) -> tuple[int, int] | None:
        """In how many rows the column agrees with the row that the key points to, of how many."""
        counts = self._measured(unit).get((field, entity))
        # In a register each row is a person's own, whether its key leads to a household or to whoever pays.
        return None if counts is None or counts[1] < _ENOUGH or self._registers.has(unit) else counts

    def _agreement(self, unit: int, field: int, entity: int) -> Place | None:
        counts = self._counts(unit, field, entity)
        if counts is None:
            return None
        share = counts[0] / counts[1]
        if share >= _MOSTLY:
            return Place.OWNER
        rare = share <= _RARELY and not self._is_former(unit, field)
        return Place.OTHER if rare and not self._is_beside_the_named(unit, field, entity) else None

    def _is_beside_the_named(self, unit: int, field: int, entity: int) -> bool:
        """Whether a telephone stands beside the name of whom the key leads to, who has another there: a second one."""
        if self.entity(entity) not in _WAYS:
            return False
        name = self._store.terms.find(self._connection, NAME)
        beside = [one for one, what in self._measured(unit) if what == name and self.group(one) == self.group(field)]
        return bool(beside) and name is not None and all(self.is_solid(unit, one, name) for one in beside)

    def _is_former(self, unit: int, field: int) -> bool:
        names = (self.field(field).rpartition(".")[2], self.unit(unit).key.rpartition("/")[2])
        return any(FORMER.search(normal_name(name)) for name in names)

    def _by_words(self, unit: int, field: int, entity: int) -> Place | None:
        names = list(self.parts(field))
        given = is_recipients(names[-1]) and is_of_gifts(self.called(unit))  # the row is whoever gave it
        other = given or is_correspondent(names[-1]) or self._is_end_of_mail(unit, field)
        if CONTACT.search(names[-1]) and not self._is_named(unit, field):
            names[-1] = ""
        if self.entity(entity) != CUSTOMER_ID:  # a customer number in a list of contacts is still the customer's
            names.append("" if self._tells_how_reached(unit) or self._registers.has(unit) else self.called(unit))
        joint = self.entity(entity) != CUSTOMER_ID and (any(map(is_joint, names)) or is_joint(self.called(unit)))
        return Place.OTHER if other or joint or any(map(is_others, names)) else None

    def _is_end_of_mail(self, unit: int, field: int) -> bool:
        """One of several in a log of mails (`to_addr`, `cc_addr`): each is a person, or several, of its own."""
        mail = self._store.terms.find(self._connection, MAIL)
        groups = {self.group(one).rpartition(".")[2] for one, what in self._findings.places(unit) if what == mail}
        ends = set(filter(is_end_of_mail, groups))
        return len(ends) > 1 and self.group(field).rpartition(".")[2] in ends

    def _tells_how_reached(self, unit: int) -> bool:
        """`party_contact (party_id, kind, val)`; without the kind it may be whom to call in somebody's place."""
        if not REACHED.search(self.called(unit)) or self._findings.named(unit):
            return False
        return any(WAY.search(normal_name(name)) for name in self.fields(unit))

    def _is_named(self, unit: int, field: int) -> bool:
        """Whether a name stands in a field, or in one of its group."""
        return any(self.group(one) == self.group(field) for one in self._findings.named(unit))

    def _beside_owner(self, unit: int, field: int, entity: int) -> Place | None:
        """Beside the owner's name, which agrees, that of another group is somebody else's: a guarantor's."""
        name = self._store.terms.find(self._connection, NAME)
        if name is None or self.entity(entity) == CUSTOMER_ID or not self._measured(unit):
            return None
        named = [
            one for one in self._findings.named(unit) if not self._is_former(unit, one) and not self._is_text(unit, one)
        ]
        owners = {self.group(one) for one in named if self._agreement(unit, one, name) is Place.OWNER}
        own = any(self.group(one) == self.group(field) for one in named)
        return Place.OTHER if owners and own and self.group(field) not in owners else None

    def _as_second(self, unit: int, field: int, entity: int) -> Place | None:
        """A whole name in `namn2` beside one in `namn1` is a second person's: the wife's, or of whom one lives with."""
        if self.entity(entity) == PERSONNUMMER:
            return Place.OTHER if self.is_second(unit, field) else None
        name = normal_name(self.field(field))
        if not SECOND.fullmatch(name) or self.entity(entity) != NAME or not self._findings.has_whole_names(unit, field):
            return None
        named = (one for one in self._findings.named(unit) if normal_name(self.field(one)) in firsts_of(name))
        return Place.OTHER if any(self._findings.has_whole_names(unit, one) for one in named) else None

    def is_second(self, unit: int, field: int) -> bool:
        """Whether a column holds the personnummer of a second person, beside that of the first: `pnr2`, `pnr`."""
        firsts = firsts_of(self.parts(field)[-1])
        term = self._store.terms.find(self._connection, PERSONNUMMER) if firsts else None
        numbered = (one for one, what in self._findings.places(unit) if what == term) if firsts else ()
        return any(self.parts(one)[-1] in firsts for one in numbered)

    def _as_host(self, unit: int, field: int, entity: int) -> Place | None:
        """A name in an address (`c/o Eva Norling`) is that of whom somebody lives with, where people have a column."""
        if self.entity(entity) != NAME or not self._is_address(field):
            return None
        return Place.OTHER if any(not self._is_address(one) for one in self._findings.named(unit)) else None

    def _as_guardians(self, unit: int, field: int, entity: int) -> Place | None:
        """The one telephone in a list of children with the names of those who answer for them is not the child's."""
        if self.entity(entity) not in _WAYS or self.group(field).rpartition(".")[2]:
            return None
        named = self._findings.named(unit)
        ways = [one for one, what in self._findings.places(unit) if what == entity and not self._is_text(unit, one)]
        guardian = any(is_guardians(self.parts(one)[-1]) for one in named)
        return Place.OTHER if guardian and all(one == field for one in ways) else None

    def _is_address(self, field: int) -> bool:
        return ADDRESS.search(normal_name(self.field(field).rpartition(".")[2])) is not None

    def _by_name_beside(self, unit: int, field: int, entity: int) -> Place | None:
        """Beside the name of somebody else stands that one's telephone: names of its group agree with nobody's.

        So does all that stands in a document in which just somebody else is named.
        """
        if self.entity(entity) == CUSTOMER_ID or not self._measured(unit):
            return None
        name = self._store.terms.find(self._connection, NAME)
        named = [one for one, what in self._measured(unit) if what == name]
        document, _, last = self.group(field).rpartition(".")
        group = f"{document}." if CONTACT.search(last) and not self._is_named(unit, field) else self.group(field)
        of_group = [one for one in named if self.group(one) == group]
        names = of_group or [one for one in named if document and self.group(one).rpartition(".")[0] == document]
        names += [] if names else self._only_named(unit, named, self.entity(entity))
        places = {self._agreement(unit, one, name) for one in names} - {None} if name is not None else set()
        return Place.OTHER if places == {Place.OTHER} else None

    def _only_named(self, unit: int, named: Sequence[int], entity: str) -> list[int]:
        """A table's one column of names, if no word tells a role: a telephone is the giver's, not the technician's.

        Args:
            unit: The table.
            named: Its columns of names that were compared with those to whom its keys lead.
            entity: What stands beside.
        """
        if entity not in _WAYS or len(named) != 1 or len(self._findings.named(unit)) != 1:
            return []
        return [one for one in named if not is_others(self.parts(one)[-1])]
