"""What somebody holds together with another: an account in two names, an agreement with a second party, an estate.

What hangs below it is about both. Nothing of it is the second one's to be searched further: the row is the first's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from scanner.linking.identity import CONTACT, NAME, PERSONNUMMER, STRONG, Persona, View
from scanner.linking.links import key_stem, kinds_of, normal_name
from scanner.linking.ownership import CUSTOMER_ID, Ownership, Place
from scanner.linking.party_roles import HOLDER, OTHER, USER, is_role_column
from scanner.linking.person_keys import is_holder, is_spouse
from scanner.linking.role_words import SECOND_NUMBER, firsts_of, is_joint, is_others

if TYPE_CHECKING:
    from scanner.subject.keyed_rows import KeyedRows
    from scanner.subject.known import Known
    from scanner.subject.records import Records

_SOME = 200
"""Rows beside a row that are looked at."""
_DRAWN = 50
"""Rows of a table that are looked at to tell whether they are people."""
_SECOND = ".second"
"""Group of what stands in a row as the second holder's, whatever its columns are called."""


class Joint:
    """Tells it.

    Args:
        records: Of the search.
        ownership: Tells what units and fields are called.
        relations: The keys of all tables.
    """

    def __init__(self, records: Records, ownership: Ownership, relations: KeyedRows) -> None:
        self._records = records
        self._ownership = ownership
        self._seconds: dict[int, bool] = {}
        self._holders: dict[int, bool] = {}
        self._people: dict[int, bool] = {}
        self._told: dict[int, bool] = {}
        self._asked: set[int] = set()
        """Rows whose holders are being looked for: parties themselves may be told by what they hold."""
        self._keys: dict[int, set[int]] = {}
        """Of tables, the fields of keys to second holders: few have any, and rows below a row may be very many."""
        for unit, field in relations.up:
            if self._is_called_so(field) or self._is_second_key(unit, field):
                self._keys.setdefault(unit, set()).add(field)

    def held(self, view: View, persona: Persona | None) -> Iterator[tuple[int, bool]]:
        """What is held by somebody whose number stands second in a row, or in a table of second holders.

        Args:
            view: The row.
            persona: As whom the person stands there.

        Yields:
            The row itself, or those that it is below; and whether the key to them is declared.
        """
        if persona is None or persona.place is not Place.OTHER or not any(persona.of(*STRONG)):
            return
        if is_joint(self._called(view.unit)):
            yield from self._records.parents(view.id)
        elif any(self._is_second(view, one.field) for one in persona.of(PERSONNUMMER)):
            yield view.id, True

    def are_holders(self, unit: int) -> bool:
        """Whether the rows of a table are called as those who hold what they point to: parties, owners, tenants."""
        if unit not in self._holders:
            called = kinds_of(self._ownership.unit(unit).key)
            holders = any(is_joint(name) or is_holder(name) for name in called)
            self._holders[unit] = holders and not any(map(is_others, called))
        return self._holders[unit]

    def holders(self, number: int) -> frozenset[bytes]:
        """Whom rows of parties, owners or tenants below a row tell to hold it: an account, no customer's own row."""
        view = self._records.view(number)
        if number in self._asked or any(view.owned(*CONTACT, PERSONNUMMER)):
            return frozenset()
        self._asked.add(number)
        people = frozenset[bytes]().union(*(self._records.identities(row.id) for row in self._parties(view)))
        self._asked.remove(number)
        return people

    def numbered(self, view: View) -> frozenset[bytes]:
        """The personnummer of those who hold a row, in the rows of people with whom rows of parties below join it."""
        parties = (row.id for row in self._parties(view))
        rows = (above for row in parties for above, _ in self._records.parents(row) if above != view.id)
        return frozenset(one.identity for row in rows for one in self._records.view(row).owned(PERSONNUMMER))

    def _parties(self, view: View) -> Iterator[View]:
        units = {unit for unit in self._records.units_below(view.unit) if self._are_parties(unit)}
        rows = map(self._records.view, self._records.children_in(view, units, _SOME))
        parties = [(row, self._records.role(row)) for row in rows if self._is_party(row)]
        has_holder = any(role == HOLDER for _, role in parties)
        yield from (row for row, role in parties if role != USER or not has_holder)

    def _tells(self, unit: int) -> bool:
        """Whether rows of a table say in a word that somebody holds what they point to: `household_members`."""
        if unit not in self._told:
            called = any(map(is_role_column, self._ownership.fields(unit)))
            rows = map(self._records.view, self._records.first(unit, _DRAWN) if called else ())
            self._told[unit] = any(self._records.role(row) == HOLDER for row in rows)
        return self._told[unit]

    def _is_party(self, row: View) -> bool:
        return self._records.role(row) != OTHER and self._are_parties(row.unit)

    def _are_parties(self, unit: int) -> bool:
        return self.are_holders(unit) or self._tells(unit)

    def leads_to(self, view: View, above: View) -> bool:
        """Whether a row points to another by a key called so: `med_kund_nr`."""
        fields = self._keys.get(view.unit)
        if not fields:
            return False
        own = {token for _, token in self._records.links(above.id)}
        return any(token in own for field, token in self._records.links(view.id) if field in fields)

    def things(self, known: Known, view: View, holder: View) -> Iterator[tuple[int, bool]]:
        """What a row of several holders is about, and is theirs: the home for which they have a contract.

        Args:
            known: What is known of the person, who is one of them.
            view: The row.
            holder: To whom it points: the person, as the second one, or an account of several.

        Yields:
            A row above it, and whether the key to it is declared.
        """
        holders, tenures = self._records.identities(view.id), self._records.tenures
        several = self.leads_to(view, holder) or not known.numbers.isdisjoint(self.holders(holder.id))
        for record, declared in self._records.parents(view.id) if several else ():
            people, above = self._records.identities(record), self._records.view(record)
            numbers = (one for one in above.owned(CUSTOMER_ID) if not self._records.is_pointer(above.unit, one.field))
            if record == holder.id or any((*above.owned(PERSONNUMMER, *CONTACT), *numbers)):
                continue
            theirs = bool(people) and people <= holders  # a site may name whoever is first, too
            if any(above.owned(NAME)) and not theirs:
                continue
            if theirs or (tenures.restricts(above) and tenures.had_by(known, above)):
                yield record, declared

    def is_part_of_another(self, known: Known, view: View, above: View) -> bool:
        """Whether a row but says that another, to whom another of its keys points, has a part in the one above.

        As a party to it, or among its parties, as who pays for it or may look at it.
        """
        if not (self._are_parties(view.unit) and self._records.people.are_joined_by(view)):
            return False
        beside = [one for one, _ in self._records.parents(view.id) if one != above.id]
        people = [row for row in map(self._records.view, beside) if self._are_people(row.unit)]
        if not people and self._records.role(view) == OTHER and self._is_shared(view, above):
            people = [row for row in map(self._records.view, beside) if row.owner.names]
        if people:
            return all(_is_another(known, row) for row in people)
        if any(one.entity != CUSTOMER_ID for one in above.owned(*STRONG, NAME)):
            return False
        return known.differs(frozenset[bytes]().union(*map(self._records.identities, beside)))

    def _is_shared(self, view: View, above: View) -> bool:
        """Whether it is the one above that others have a part in: the account, after which its members are called."""
        called = self._called(view.unit)
        pointers = [one for one in self._records.links(view.id) if self._records.is_pointer(view.unit, one[0])]
        own = {token for _, token in self._records.links(above.id)}
        stems = {field: key_stem(normal_name(self._ownership.field(field))) for field, _ in pointers}
        return any(token in own and stems[field] and called.startswith(stems[field]) for field, token in pointers)

    def _are_people(self, unit: int) -> bool:
        """Whether a table is a register of people: rows of it have a personnummer."""
        if unit not in self._people:
            rows = map(self._records.view, self._records.first(unit, _DRAWN))
            self._people[unit] = any(True for row in rows for _ in row.owned(PERSONNUMMER))
        return self._people[unit]

    def is_of_other_times(self, known: Known, view: View, above: View) -> bool:
        """Whether a row below what several hold is of a day on which people had that who hold it no more."""
        now = self._records.identities(above.id)
        if all(one.people <= now for one in self._records.tenures.of(above)):
            return False
        return self._records.tenures.is_of_other_times(known, above, view)

    def is_the_others(self, known: Known, view: View, above: View) -> bool:
        """Whether a row below what several hold is another's of them: each has one, by name or by how to reach whom."""
        if not any(view.owned(NAME, *CONTACT)) or self._is_persons(known, view):
            return False
        beside = (self._records.view(record) for record, *_ in self._records.children(above)[:_SOME])
        return any(row.unit == view.unit and self._is_persons(known, row) for row in beside)

    @staticmethod
    def _is_persons(known: Known, view: View) -> bool:
        names = not view.owner.names.isdisjoint(known.names) or not view.owner.called.isdisjoint(known.givens)
        return names or any(one.token in known.owned for one in view.owned(*CONTACT))

    def placed(self, view: View) -> View:
        """A row in whose columns a second person has name or number: the telephone so numbered is that one's, too."""
        told = [one for one in view.seen if one.place is Place.OTHER and one.entity in (NAME, PERSONNUMMER)]
        second = {number for one in told if (number := self._number(one.field))}
        if second:
            theirs = [one for one in view.owned(*CONTACT) if self._number(one.field) in second]
            return replace(
                view, seen=tuple(replace(one, place=Place.OTHER) if one in theirs else one for one in view.seen)
            )
        spouses = [one for one in view.seen if one.place is Place.OTHER and self._is_second(view, one.field)]
        if not spouses:
            return view
        return replace(view, seen=tuple(replace(one, group=_SECOND) if one in spouses else one for one in view.seen))

    def is_held(self, view: View) -> bool:
        """Whether a second person stands in a row."""
        return any(
            self._is_second(view, one.field) for persona in view.others for one in persona.of(PERSONNUMMER, NAME)
        )

    def _number(self, field: int) -> str | None:
        number = SECOND_NUMBER.fullmatch(self._ownership.parts(field)[-1])
        return number.group(2) if number else None

    def _called(self, unit: int) -> str:
        return normal_name(self._ownership.unit(unit).key.rpartition(".")[2])

    def _is_second(self, view: View, field: int) -> bool:
        if self._is_called_so(field) or self._ownership.is_second(view.unit, field):
            return True
        return is_spouse(self._ownership.parts(field)[-1]) and self._has_seconds(view.unit)

    def _has_seconds(self, unit: int) -> bool:
        """Whether a column of a table is called as that of second holders: `MEDKUND`, beside `SAMBO_PNR`."""
        if unit not in self._seconds:
            self._seconds[unit] = any(is_joint(normal_name(name)) for name in self._ownership.fields(unit))
        return self._seconds[unit]

    def _is_second_key(self, unit: int, field: int) -> bool:
        """Whether a key stands beside the first one's: `KUNDNR2`, `KUNDNR`."""
        firsts = firsts_of(self._ownership.parts(field)[-1])
        return bool(firsts) and any(normal_name(name) in firsts for name in self._ownership.fields(unit))

    def _is_called_so(self, field: int) -> bool:
        return any(map(is_joint, self._ownership.parts(field)))


def _is_another(known: Known, view: View) -> bool:
    """Whether a row of a register is somebody else's: by number, else by name."""
    numbers = frozenset(one.identity for one in view.owned(PERSONNUMMER))
    return known.differs(numbers) if numbers else known.is_named_otherwise(view.owner.givens, view.owner.names)
