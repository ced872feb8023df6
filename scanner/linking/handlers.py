"""Keys that point to somebody in a role, not to whom a row is about: who handled it, sold it, entered it.

Evidence, in this order: the key's name; the child's rows are people of their own, by number, and others than those that
the key points to; few people stand in all the rows, beside another key with many more.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, exists, func, select

from scanner.linking.links import normal_name
from scanner.linking.ownership import CUSTOMER_ID
from scanner.linking.role_words import is_others
from scanner.store import Store, schema

_HANDLER = re.compile(
    r"(^|_)(handler|handlaggare|agent|emp|employee|staff|anst|anstalld|personal|saljare|seller|sls|sales\w*|rep|operator|technician"
    r"|tekniker|montor|installer|installator|admins?|administrators?|administrator(er|en)|manager|mgr|chef|author|sign|assigned\w*|assignee|\w+_(by|av))(_|$)"
)
_CUSTOMERS_ACT = re.compile(
    r"(^|_)(reported|requested|ordered|booked|bought|purchased|paid|submitted|rented|leased|signed_up|anmal[dt]|bestall[dt]"
    r"|bok(ad|at)|kopt|betal[dt]|inskick(ad|at)|insan[dt]|hyr[dt]|begar[dt]|claimed|owned|refer(red|rals?)|recommended|invited"
    r"|rekommendera[dt]|varva[dt]|inbju(den|dna)|tipsa[dt])_(by|av)(_|$)"
)
"""What customers do: `reported_by` is who has the fault, `handled_by` who mends it."""
_STAFF = re.compile(
    r"(^|_)(emp|employee|staff|anst|anstalld|anstallnings?|personal|medarbetar[en])_?(nr|no|id|nummer|number)?$"
)
_CALLED_STAFF = re.compile(r"(^|_)(staff|personal(en)?|personnel|anstallda?|employees?|medarbetare)$")
"""Tables of those employed."""
_ARE_HOURS = re.compile(
    r"(^|_)(tid_?rapp?\w*|tid_?redov\w*|tid_?post\w*|arbetstid\w*|arbetspass|timmar|tim_?rapport\w*|time_?(sheet|report|entr|log|card)\w*"
    r"|work_?(log|time|hour)\w*|shifts?|skift\w*|korjournal\w*|franvaro\w*|semester\w*|absences?|attendance\w*)(_|$)"
)
"""Tables of what somebody employed did when: they are about that one, whatever order it was for."""
_OWN_NUMBER = re.compile(
    r"(emp|employee|staff|anst|anstalld|anstallnings?|personal|medarbetar[en])(s|ns)?_?(nr|no|id|nummer|number)?|sign(atur)?"
)
"""How the number of whoever did it is called there; not `attest_anst_nr`."""
Agreement = tuple[int, int, int, int]
"""Field, entity, rows that could be compared, those of them that agree."""
_NAMING = ("SE_PERSONNUMMER", CUSTOMER_ID, "PERSON", "EMAIL_ADDRESS", "USERNAME")
_TELLING = ("SE_PERSONNUMMER", CUSTOMER_ID, "EMAIL_ADDRESS", "USERNAME", "PHONE_NUMBER", "ADDRESS", "DATE_OF_BIRTH")
_ENOUGH, _RARELY = 5, 0.25
_FEWER, _SORTS = 3, 4
_MORE = 2
"""The same as `_FEWER`, where a table is called as that of those employed."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of keys."""

    unit: int
    field: int
    table: str
    name: str
    rows: int
    distinct: int
    bare: str = dataclasses.field(default="", compare=False)
    """Its name without the letters that all columns of its table begin with: `CUNO` of `OKCUNO`."""

    @property
    def called(self) -> str:
        """By what it is told to which key it refers."""
        return self.bare or self.name


@dataclass(frozen=True, slots=True)
class Kept:
    """A key and what it points to."""

    child: Column
    parent: Column
    apart: bool
    """The child's rows are people by number, and named otherwise than those that the key points to."""


class People:
    """Tells of which tables the rows name people."""

    def __init__(self, store: Store, connection: Connection) -> None:
        terms = [store.terms.find(connection, name) for name in _NAMING]
        self._number, self._customer, self._name = terms[:3]
        self._naming = [term for term in terms if term is not None]
        self._telling = [term for name in _TELLING if (term := store.terms.find(connection, name)) is not None]
        self._store, self._connection = store, connection
        self._roles: dict[int, frozenset[int]] = {}
        self._named: dict[tuple[int, int | None], bool] = {}
        self._counts: dict[tuple[int, int], int] = {}

    def named_in(self, unit: int) -> bool:
        """Whether the rows of a table name people, by number, name or account."""
        return any(self._has(unit, term) for term in self._naming)

    def tells(self, unit: int) -> bool:
        """Whether anything of anybody stands in the rows of a table or file."""
        return self.named_in(unit) or any(self._has(unit, term) for term in self._telling)

    def has_names(self, unit: int) -> bool:
        """Whether the rows of a table give people's names, not only in notes: `Sirén på vinden`."""
        return self._has(unit, self._name) and bool(self._told(unit, self._name))

    def in_roles(self, unit: int) -> frozenset[int]:
        """The fields of a table's names if all of them are called as somebody's in a role: `VARREF`; else none."""
        if unit not in self._roles:
            finding, fact, names = schema.finding.c, schema.field_fact.c, self._store.field_names
            query = select(fact.field_id).where(fact.unit_id == unit, fact.is_text.is_(False))
            held = exists().where(
                finding.unit_id == unit, finding.field_id == fact.field_id, finding.entity == self._name
            )
            fields = self._connection.scalars(query.where(held)).all()
            called = (self._store.keys.unseal(names.text(self._connection, one)) for one in fields)
            self._roles[unit] = frozenset(fields if all(is_others(normal_name(name)) for name in called) else ())
        return self._roles[unit]

    def are_customers(self, entity: int) -> bool:
        """Whether an entity, by its number in the store, is a customer number."""
        return entity == self._customer

    def tells_of_more(self, child: Column, times: int) -> bool:
        """Whether so many times more people stand in rows than a key in them tells apart: callers, an operator."""
        finding, texts = schema.finding, self._texts(child.unit)
        of_unit = (finding.c.unit_id == child.unit, finding.c.field_id.not_in(texts))
        query = select(func.count(finding.c.token.distinct())).where(*of_unit, finding.c.entity.in_(self._telling))
        most = self._connection.scalars(query.group_by(finding.c.entity)).all()
        return max(most, default=0) >= times * child.distinct

    def are_rows(self, unit: int, rows: int) -> bool:
        """Whether most of the rows of a table are people: they have names, or numbers, that are no mention in text."""
        return any(2 * self._told(unit, term) >= rows for term in (self._name, self._number))

    def are_only_named(self, unit: int) -> bool:
        """Whether nothing of anybody stands in a table but names."""
        return self.has_names(unit) and not any(self._has(unit, term) for term in self._telling)

    def _has(self, unit: int, term: int | None) -> bool:
        if (unit, term) not in self._named:
            finding = schema.finding
            query = select(finding.c.record_id).where(finding.c.unit_id == unit, finding.c.entity == term).limit(1)
            self._named[unit, term] = term is not None and self._connection.scalar(query) is not None
        return self._named[unit, term]

    def told_apart(self, child: Column, agreed: Sequence[Agreement]) -> bool:
        """Whether rows have numbers of their own, and other names, or numbers, than the rows that a key points to."""
        names = [one for one in agreed if one[1] in (self._number, self._name) and one[2] >= _ENOUGH]
        others = bool(names) and all(one[3] <= _RARELY * one[2] for one in names)
        return others and bool(self._told(child.unit, self._number))

    def _told(self, unit: int, term: int | None) -> int:
        """In how many rows of a table something stands that is no mention in running text."""
        if term is None:
            return 0
        if (unit, term) not in self._counts:
            self._counts[unit, term] = self._counted(unit, term)
        return self._counts[unit, term]

    def _counted(self, unit: int, term: int) -> int:
        finding = schema.finding
        of_unit = (finding.c.unit_id == unit, finding.c.entity == term, finding.c.field_id.not_in(self._texts(unit)))
        query = select(func.count(finding.c.record_id.distinct())).where(*of_unit)
        return self._connection.scalar(query) or 0

    @staticmethod
    def _texts(unit: int) -> Select[tuple[int]]:
        """The fields of a table that hold running text."""
        fact = schema.field_fact
        return select(fact.c.field_id).where(fact.c.unit_id == unit, fact.c.is_text)


def handlers(kept: Sequence[Kept], people: People, columns: Collection[Column] = ()) -> set[Column]:
    """The columns of keys that point to somebody in a role.

    Args:
        kept: All keys of a source.
        people: Tells of which tables the rows name people.
        columns: All columns of keys of the source.
    """
    referred = {one.parent.unit for one in kept}
    of_unit, beside_in = _by_unit(kept), dict[int, list[Column]]()
    for column in columns:
        beside_in.setdefault(column.unit, []).append(column)
    found, registers = set(), _registers_of_staff(columns)
    for one in kept:
        apart = one.apart and one.child.unit in referred
        others = [other for other in of_unit[one.child.unit] if other.child != one.child]
        beside = [other.child for other in others if _leads(other, of_unit, people.named_in)]
        few = people.are_rows(one.parent.unit, one.parent.rows) and any(_is_finer(other, one.child) for other in beside)
        name = normal_name(one.child.name)
        acts = _is_handler(name) and not _is_personnel(one.child, beside_in.get(one.child.unit, ()), set(beside))
        times = _MORE if _is_of_staff(one.parent.table) else _FEWER
        acts |= registers.get(one.parent.unit, 0) >= one.parent.rows and people.tells_of_more(one.child, times)
        did = _CUSTOMERS_ACT.search(name) and any(other.parent == one.parent for other in others)
        if (apart or few or acts or did) and not _are_hours(one, others, people):
            found.add(one.child)
    return found


def _by_unit(kept: Sequence[Kept]) -> Mapping[int, list[Kept]]:
    """The keys of each table: of very many tables all would be gone through for each key."""
    found: dict[int, list[Kept]] = {}
    for one in kept:
        found.setdefault(one.child.unit, []).append(one)
    return found


def _are_hours(key: Kept, others: Sequence[Kept], people: People) -> bool:
    """Whether rows say what somebody employed did when, by this key, and not also of whom: a pupil who was absent."""
    called = normal_name(key.child.table.rpartition("/")[2])
    if not (_OWN_NUMBER.fullmatch(normal_name(key.child.name)) and _ARE_HOURS.search(called)):
        return False
    beside = (one.parent for one in others if one.parent.unit != key.parent.unit)
    return not any(people.are_rows(parent.unit, parent.rows) for parent in beside)


def _registers_of_staff(columns: Collection[Column]) -> dict[int, int]:
    """Tables called so, or whose rows have each a number of somebody employed, and in how many: operators, by signs."""
    keys = (one for one in columns if one.rows == one.distinct)
    return {one.unit: one.rows for one in keys if _STAFF.search(normal_name(one.name)) or _is_of_staff(one.table)}


def _is_of_staff(table: str) -> bool:
    return _CALLED_STAFF.search(normal_name(table.rpartition("/")[2].rpartition(".")[2])) is not None


def _is_personnel(child: Column, columns: Sequence[Column], leading: Collection[Column]) -> bool:
    """Whether rows are about the staff themselves: absence, hours. Nothing else in them says whom they are about.

    Their own number does not, nor a kind (of course, of absence), of which there are few.
    """
    if _STAFF.search(normal_name(child.name)) is None:
        return False
    beside = [one for one in columns if one != child]
    return all(one not in leading and (one.rows == one.distinct or one.rows >= _SORTS * one.distinct) for one in beside)


def _is_handler(name: str) -> bool:
    return _HANDLER.search(name) is not None and not _CUSTOMERS_ACT.search(name)


def _leads(one: Kept, of_unit: Mapping[int, Sequence[Kept]], named_in: Callable[[int], bool]) -> bool:
    """Whether a key points to people, or to rows from which a key leads on, and not back: an order to its lines."""
    further = (other.parent.unit for other in of_unit.get(one.parent.unit, ()))
    return named_in(one.parent.unit) or any(unit != one.child.unit for unit in further)


def _is_finer(column: Column, than: Column) -> bool:
    """Whether a key tells many more people apart than another that stands in as many rows."""
    return column.distinct >= _FEWER * than.distinct and 2 * than.rows >= column.rows
