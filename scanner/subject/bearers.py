"""With how many people does an identifier stand? Told from the store alone: by numbers, names, else contacts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from scanner.linking.identity import BORN, CONTACT, PERSONNUMMER, STRONG, TRACE, USERNAME, Persona
from scanner.linking.ownership import Place
from scanner.subject.records import ENOUGH, Records

_DRAWN, _LEAST = 200, 4
"""Rows of a table that are looked at to tell whose its user names are, and how many must have one."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """A person with whom a token stands, as far as records tell people apart."""

    strong: frozenset[bytes] = frozenset()
    """Numbers."""
    names: frozenset[bytes] = frozenset()
    givens: frozenset[bytes] = frozenset()
    contacts: frozenset[bytes] = frozenset()
    """E-mail addresses and telephones, where there is neither number nor name."""

    def may_be(self, other: Bearer) -> bool:
        """Whether something joins the two, and no number tells them apart."""
        if self.strong and other.strong:
            return bool(self.strong & other.strong)
        return bool(self.names & other.names or self.givens & other.givens or self.contacts & other.contacts)

    def with_(self, other: Bearer) -> Bearer:
        """The two as one."""
        return Bearer(
            self.strong | other.strong,
            self.names | other.names,
            self.givens | other.givens,
            self.contacts | other.contacts,
        )


class Bearers:
    """Tells whose tokens are; remembered for one search."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._met: dict[bytes, list[Bearer]] = {}
        self._told: dict[bytes, list[Bearer]] = {}
        self._accounts: dict[tuple[int, int], bool] = {}

    def of(self, token: bytes) -> list[Bearer]:
        """The people with whom a token stands."""
        if token not in self._told:
            self._told[token] = self._told_apart(self._resolved(one) for one in self._bearers(token))
        return self._told[token]

    def are_accounts(self, unit: int, field: int) -> bool:
        """Whether user names in a column are of whom its rows are about: each stands once; staff sign many rows."""
        if (unit, field) not in self._accounts:
            rows = map(self._records.view, self._records.first(unit, _DRAWN))
            found = [one.token for row in rows for one in row.owned(USERNAME) if one.field == field]
            self._accounts[unit, field] = _LEAST <= len(found) == len(set(found))
        return self._accounts[unit, field]

    def is_organisations(self, token: bytes) -> bool:
        """Whether a token stands as that of a firm to whose row its people's rows with it point: its switchboard."""
        standing = self._records.having(token)[:ENOUGH]
        firms = {record for record, _, field, _ in standing if self._is_firms(record, token, field)}
        rows = (record for record, _, field, _ in standing if firms and self._is_owned(record, token, field))
        return any(above in firms for record in rows for above, _ in self._records.parents(record))

    def _is_firms(self, record: int, token: bytes, field: int) -> bool:
        return self._records.firms.has(self._records.view(record)) and self._is_owned(record, token, field)

    def numbers(self, token: bytes) -> frozenset[bytes]:
        """All numbers with which a token stands."""
        return frozenset[bytes]().union(*(one.strong for one in self._bearers(token)))

    def residents(self, token: bytes) -> frozenset[bytes]:
        """The numbers with which a token stands, or by whose account, or to which their rows point: an address."""
        rows = self._records.ahead(self._records.having(token)[:ENOUGH])
        below = (self._records.below(self._records.view(record)) for record, *_ in rows)
        return self.numbers(token).union(*below, *(self._resolved(one).strong for one in self._bearers(token)))

    def rows(self, token: bytes) -> frozenset[int]:
        """The rows that name somebody to which an identifier leads: its own, or others over keys."""
        standing = self._records.ahead(self._records.having(token)[:ENOUGH])
        owned = (record for record, _, field, _ in standing if self._is_owned(record, token, field))
        return frozenset[int]().union(*map(self._records.people.named, owned))

    def are_one(self, rows: Collection[int]) -> bool:
        """Whether no number, day of birth or contact tells rows that name people apart."""
        if len({numbers for row in rows if (numbers := self._records.identities(row))}) > 1:
            return False
        owners = [self._records.view(row).owner for row in rows]
        for entity in (BORN, *CONTACT):
            told = [tokens for owner in owners if (tokens := {one.token for one in owner.of(entity)})]
            if told and not set.intersection(*told):
                return False
        return True

    def _is_owned(self, record: int, token: bytes, field: int) -> bool:
        persona = self._records.view(record).persona(token, field)
        return persona is not None and persona.place is Place.OWNER

    def _bearers(self, token: bytes) -> list[Bearer]:
        """One for each record in which the token stands as somebody's."""
        if token not in self._met:
            standing = self._records.having(token)[:ENOUGH]
            read = self._records.ahead(standing)
            found = [(record, unit, self._bearer(record, token, field)) for record, unit, field, _ in read]
            met = [(record, unit, one) for record, unit, one in found if one]
            self._met[token] = list(dict.fromkeys(self._rather(record, unit, one, met) for record, unit, one in met))
        return self._met[token]

    def _rather(self, record: int, unit: int, bearer: Bearer, met: Sequence[tuple[int, int, Bearer]]) -> Bearer:
        """Of several whom a row names, the one with whom the token stands elsewhere: who ordered, not the dead."""
        view = self._records.view(record)
        others = [one for one in view.others if one.names]
        if not others or any(view.owned(*STRONG)):  # a register knows whose its telephones are
            return bearer
        elsewhere = frozenset[bytes]().union(*(one.names for _, other, one in met if other != unit))
        theirs = next((one for one in others if one.names & elsewhere), None)
        if theirs is None or bearer.names & elsewhere:
            return bearer
        return Bearer(_trusted(theirs), theirs.names, theirs.givens)

    def _bearer(self, record: int, token: bytes, field: int) -> Bearer | None:
        persona = self._records.view(record).persona(token, field)
        if persona is None:
            return None
        strong = self._numbers(record) if persona.place is Place.OWNER else _trusted(persona)
        if strong or persona.names:
            return Bearer(strong, persona.names, persona.givens)
        named = self._records.people.above(record) if persona.place is Place.OWNER else frozenset()
        if named:  # a list of telephones names nobody itself: `user_id, phone, valid_from, valid_to`
            return Bearer(names=named)
        # A telephone beside an e-mail address is no other person; an account beside an IP address is one of many.
        contacts = frozenset(one.token for one in persona.of(*CONTACT))
        is_trace = any(one.has(token) for one in persona.of(*TRACE))
        return Bearer(contacts=contacts) if contacts and is_trace else None

    def _resolved(self, bearer: Bearer) -> Bearer:
        """Whose an account is: its e-mail address, or telephone, stands elsewhere with the number of one person."""
        if bearer.strong or not bearer.contacts:
            return bearer
        numbers = [self.numbers(contact) for contact in bearer.contacts]
        told = frozenset[bytes]().union(*numbers)
        return bearer.with_(Bearer(strong=told)) if len(told) == 1 else bearer

    def _numbers(self, record: int) -> frozenset[bytes]:
        """Whom a record is about; a mistyped number makes no other person of whoever is named beside it."""
        owner = self._records.view(record).owner
        mistyped = any(True for _ in owner.of(PERSONNUMMER)) and not _trusted(owner)
        return frozenset() if mistyped and owner.names else self._named(record, owner)

    def _named(self, record: int, owner: Persona) -> frozenset[bytes]:
        """Of several whom a row's keys mean (whose claim, and who reported it) the one who is named there."""
        numbers = self._records.identities(record)
        if not numbers or not owner.names or any(owner.of(*STRONG)):
            return numbers
        above = [parent for parent, _ in self._records.parents(record)]
        rows = frozenset[int]().union(*map(self._records.people.named, above))
        owners = {row: self._records.view(row).owner for row in rows}
        same = [row for row, one in owners.items() if one.names & owner.names or one.givens & owner.givens]
        if len(numbers) == 1:  # a parcel's receiver has not the number of the buyer, who is named otherwise
            return numbers if same or not owners else frozenset()
        named = [self._records.identities(row) for row in same if owners[row].names & owner.names]
        return frozenset[bytes]().union(*named) or numbers

    def _told_apart(self, bearers: Iterable[Bearer]) -> list[Bearer]:
        """Bearers that nothing tells apart as one; those with numbers come first, so that names go to them."""
        found: list[Bearer] = []
        for bearer in sorted(bearers, key=lambda one: (not one.strong, not one.names)):
            same = [one for one in found if one.may_be(bearer) or self._has_name(one, bearer)]
            same = same if bearer.strong else same[:1]  # a name does not make one of father and son
            found = [one for one in found if one not in same]
            for one in same:
                bearer = bearer.with_(one)
            found.append(bearer)
        return found

    def _has_name(self, one: Bearer, other: Bearer) -> bool:
        """Whether other records give a number a name: a firm's contact person, a name that no register knows."""
        return bool(one.strong) and not other.strong and any(self.numbers(name) & one.strong for name in other.names)


def _trusted(persona: Persona) -> frozenset[bytes]:
    return frozenset(one.identity for one in persona.of(*STRONG) if one.trusted)


def are_one(people: set[frozenset[bytes]]) -> bool:
    """Whether sets of numbers hang together."""
    groups: list[frozenset[bytes]] = []
    for numbers in people:
        same = [group for group in groups if group & numbers]
        groups = [group for group in groups if group not in same]
        groups.append(numbers.union(*same))
    return len(groups) <= 1
